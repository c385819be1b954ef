#include "chat/audit/audit_head.h"

#include "base/macro.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

void audit_head_write(const struct audit_head *head, char ret[AUDIT_HEAD_TEXT + 1])
{
        int n = snprintf(ret, AUDIT_HEAD_TEXT + 1, "%lld ", (long long)head->id);

        for (size_t i = 0; i < TOKEN_HASH_BYTES; i++, n += 2)
                snprintf(ret + n, (size_t)(AUDIT_HEAD_TEXT + 1 - n), "%02x", head->hash.bytes[i]);
}

static int digit(char c)
{
        if (c >= '0' && c <= '9')
                return c - '0';
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int audit_head_read(const char *text, struct audit_head *ret)
{
        struct audit_head head = { 0 };
        const char *p = text;
        int digits = 0;

        for (; digit(*p) >= 0 && digit(*p) < 10 && digits < 18; p++, digits++)
                head.id = head.id * 10 + digit(*p);
        if (digits == 0 || (*p != ' ' && *p != ':'))
                return -EINVAL;
        p++;
        for (size_t i = 0; i < TOKEN_HASH_BYTES; i++, p += 2) {
                if (digit(p[0]) < 0 || digit(p[1]) < 0)
                        return -EINVAL;
                head.hash.bytes[i] = (uint8_t)(digit(p[0]) << 4 | digit(p[1]));
        }
        if (*p != '\0' && *p != '\n')
                return -EINVAL;
        *ret = head;
        return 0;
}

static int write_whole(const char *path, const char *line)
{
        int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        int r = 0;

        if (fd < 0)
                return -errno;
        if (dprintf(fd, "%s\n", line) < 0 || fsync(fd) < 0)
                r = -errno;
        if (close(fd) < 0 && r == 0)
                r = -errno;
        return r;
}

int audit_head_save(const char *data, const struct audit_head *head)
{
        _cleanup_free_ char *path = NULL, *unready = NULL;
        char line[AUDIT_HEAD_TEXT + 1];
        int r;

        /* Another program may be at it too: each has its own file until it is whole. */
        if (asprintf(&path, "%s/audit.head", data) < 0 || asprintf(&unready, "%s/audit.head.%ld", data, (long)getpid()) < 0)
                return -ENOMEM;
        audit_head_write(head, line);
        r = write_whole(unready, line);
        if (r >= 0 && rename(unready, path) < 0)
                r = -errno;
        if (r < 0)
                unlink(unready);
        return r;
}

int audit_head_load(const char *data, struct audit_head *ret)
{
        _cleanup_free_ char *path = NULL;
        char line[AUDIT_HEAD_TEXT + 2];
        ssize_t n;
        int fd;

        if (asprintf(&path, "%s/audit.head", data) < 0)
                return -ENOMEM;
        fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
                return -errno;
        n = read(fd, line, sizeof(line) - 1);
        close(fd);
        if (n < 0)
                return -EIO;
        line[n] = '\0';
        return audit_head_read(line, ret) < 0 ? -EUCLEAN : 0;
}
