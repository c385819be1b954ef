#include "media/spool.h"

#include "secret/aead.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

struct spool {
        const char *folder;
        int fd;
        struct secret_key key;
        uint64_t pieces, len;
};

int spool_new(const char *folder, struct spool **ret)
{
        struct spool *spool = calloc(1, sizeof(*spool));

        if (!spool)
                return -ENOMEM;
        *spool = (struct spool){ .folder = folder, .fd = -1 };
        secret_key_make(&spool->key);
        *ret = spool;
        return 0;
}

/* Where the file system knows no nameless files, one whose name is gone at once. */
int spool_file(const char *folder)
{
        _cleanup_free_ char *name = NULL;
        int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

        if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
                return fd < 0 ? -errno : fd;
        if (asprintf(&name, "%s/upload-XXXXXX", folder) < 0) {
                name = NULL;
                return -ENOMEM;
        }
        fd = mkostemp(name, O_CLOEXEC);
        if (fd < 0)
                return -errno;
        unlink(name);
        return fd;
}

static int write_all(int fd, const unsigned char *bytes, size_t n)
{
        while (n > 0) {
                ssize_t w = write(fd, bytes, n);

                if (w < 0 && errno == EINTR)
                        continue;
                if (w <= 0)
                        return w < 0 ? -errno : -EIO;
                bytes += w;
                n -= (size_t)w;
        }
        return 0;
}

int spool_add(struct spool *spool, const void *bytes, size_t n)
{
        unsigned char sealed[SPOOL_PIECE + AEAD_EXTRA];
        int r = 0;

        if (n > SPOOL_PIECE)
                return -EINVAL;
        if (spool->fd < 0)
                r = spool->fd = spool_file(spool->folder);
        if (r < 0)
                return r;
        aead_seal(&spool->key, &spool->pieces, sizeof(spool->pieces), bytes, n, sealed);
        r = write_all(spool->fd, sealed, n + AEAD_EXTRA);
        if (r < 0)
                return r;
        spool->pieces++;
        spool->len += n;
        return 0;
}

static int open_piece(struct spool *spool, uint64_t n, int to)
{
        unsigned char sealed[SPOOL_PIECE + AEAD_EXTRA], bytes[SPOOL_PIECE];
        uint64_t rest = spool->len - n * SPOOL_PIECE;
        size_t len = rest < SPOOL_PIECE ? (size_t)rest : SPOOL_PIECE;
        ssize_t got = pread(spool->fd, sealed, len + AEAD_EXTRA, (off_t)(n * (SPOOL_PIECE + AEAD_EXTRA)));
        int r;

        if (got != (ssize_t)(len + AEAD_EXTRA))
                return got < 0 ? -errno : -EIO;
        r = aead_open(&spool->key, &n, sizeof(n), sealed, len + AEAD_EXTRA, bytes);
        return r < 0 ? r : write_all(to, bytes, len);
}

int spool_open(struct spool *spool, int *fd, uint64_t *len)
{
        int to = memfd_create("upload", MFD_CLOEXEC), r = 0;

        if (to < 0)
                return -errno;
        for (uint64_t n = 0; r >= 0 && n < spool->pieces; n++)
                r = open_piece(spool, n, to);
        if (r < 0) {
                close(to);
                return r;
        }
        *fd = to;
        *len = spool->len;
        return 0;
}

void spool_free(struct spool *spool)
{
        if (!spool)
                return;
        if (spool->fd >= 0)
                close(spool->fd);
        secret_wipe(&spool->key, sizeof(spool->key));
        free(spool);
}
