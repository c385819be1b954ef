#include "secret/keyfile.h"

#include "base/macro.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DIGITS = 2 * SECRET_KEY };

static int say(char **why, int error, const char *format, ...) _printf_(3, 4);
static int say(char **why, int error, const char *format, ...)
{
        va_list ap;

        if (!why)
                return error;
        va_start(ap, format);
        free(*why);
        if (vasprintf(why, format, ap) < 0)
                *why = NULL;
        va_end(ap);
        return error;
}

static void closep(int *fd)
{
        if (*fd >= 0)
                close(*fd);
}

/* n characters that are exactly one key, perhaps with a newline behind. */
static int parse(const char *text, size_t n, struct secret_key *ret)
{
        size_t used;

        if (n == DIGITS + 1 && text[DIGITS] == '\n')
                n--;
        if (n != DIGITS || sodium_hex2bin(ret->bytes, sizeof(ret->bytes), text, n, NULL, &used, NULL) != 0 || used != SECRET_KEY)
                return -EINVAL;
        return 0;
}

static int from_environment(struct key_source *ret)
{
        char *text = getenv("OUDERBRUG_KEY");

        ret->given = secret_memory(sizeof(*ret->given));
        if (!ret->given)
                return -ENOMEM;
        if (parse(text, strlen(text), ret->given) < 0) {
                secret_memory_free(ret->given);
                ret->given = NULL;
        }
        return 0;
}

/* In place too: /proc shows where it stood. */
static void forget_environment(void)
{
        char *text = getenv("OUDERBRUG_KEY");

        if (text)
                sodium_memzero(text, strlen(text));
        unsetenv("OUDERBRUG_KEY");
}

static int beside(const char *data, struct key_source *ret, char **why)
{
        size_t n = strlen(data);
        const char *name;

        while (n > 1 && data[n - 1] == '/')
                n--;
        for (name = data + n; name > data && name[-1] != '/';)
                name--;
        n -= (size_t)(name - data);
        if (n == 0 || (n == 1 && name[0] == '.') || (n == 2 && name[0] == '.' && name[1] == '.') || (n == 1 && name[0] == '/'))
                return say(why, -EINVAL, "the data folder %s has no name to call a key file by: set key_file", data);
        return asprintf(&ret->path, "%.*s.key", (int)(name - data + (ptrdiff_t)n), data) < 0 ? (ret->path = NULL, -ENOMEM) : 0;
}

/* A link is followed once and for all: what is changed later is the file, and its old content goes, not the link. */
static int follow(struct key_source *source)
{
        char *real;

        if (!key_source_is_file(source))
                return 0;
        real = realpath(source->path, NULL);
        if (!real)
                return errno == ENOMEM ? -ENOMEM : 0; /* not there, or not to be seen: reading it will say so */
        free(source->path);
        source->path = real;
        return 0;
}

int key_source_find(const char *key_file, const char *data, struct key_source *ret, char **why)
{
        const char *credentials = getenv("CREDENTIALS_DIRECTORY"), *given = getenv("OUDERBRUG_KEY");
        _cleanup_free_ char *credential = NULL;
        struct key_source source = { 0 };
        int r = 0;

        if (credentials && asprintf(&credential, "%s/ouderbrug-key", credentials) < 0) {
                credential = NULL;
                return -ENOMEM;
        }
        if (*key_file) {
                source.origin = KEY_NAMED_FILE;
                source.path = strdup(key_file);
                r = source.path ? 0 : -ENOMEM;
        } else if (credential && access(credential, F_OK) == 0) {
                source.origin = KEY_CREDENTIAL;
                source.path = TAKE(credential);
        } else if (given && *given) {
                source.origin = KEY_ENVIRONMENT;
                r = from_environment(&source);
        } else {
                source.origin = KEY_FILE_BESIDE;
                r = beside(data, &source, why);
        }
        forget_environment();
        if (r >= 0)
                r = follow(&source);
        if (r < 0)
                key_source_done(&source);
        else
                *ret = source;
        return r;
}

void key_source_done(struct key_source *source)
{
        if (!source)
                return;
        free(source->path);
        secret_memory_free(source->given);
        *source = (struct key_source){ 0 };
}

int key_source_is_file(const struct key_source *source)
{
        return source->origin == KEY_NAMED_FILE || source->origin == KEY_FILE_BESIDE;
}

static int read_path(const char *path, bool is_private, struct secret_key *ret, char **why)
{
        _cleanup_(closep) int fd = -1;
        char text[DIGITS + 2];
        struct stat st;
        ssize_t n;
        int r;

        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
        if (fd < 0 && errno == ENOENT)
                return say(why, -ENOENT, "the school's key is missing: there is no file %s", path);
        if (fd < 0 || fstat(fd, &st) < 0)
                return say(why, -errno, "the school's key cannot be read: %s: %s", path, strerror(errno));
        if (!S_ISREG(st.st_mode))
                return say(why, -EPERM, "the school's key cannot be read: %s is not a file", path);
        if (is_private && (st.st_mode & 077) != 0)
                return say(why, -EPERM, "others may read the school's key in %s: set its mode to 0600, and then change the key", path);
        if (is_private && st.st_uid != geteuid() && st.st_uid != 0 && geteuid() != 0)
                return say(why, -EPERM, "the school's key in %s belongs to another user", path);
        n = read(fd, text, sizeof(text));
        if (n < 0)
                return say(why, -errno, "the school's key cannot be read: %s: %s", path, strerror(errno));
        r = parse(text, (size_t)n, ret);
        sodium_memzero(text, sizeof(text));
        return r < 0 ? say(why, r, "what stands in %s is not a key: 64 hexadecimal digits", path) : 0;
}

int key_source_read(const struct key_source *source, struct secret_key *ret, char **why)
{
        if (source->origin != KEY_ENVIRONMENT)
                return read_path(source->path, source->origin != KEY_CREDENTIAL, ret, why);
        if (!source->given)
                return say(why, -EINVAL, "what stands in OUDERBRUG_KEY is not a key: 64 hexadecimal digits");
        *ret = *source->given;
        return 0;
}

static int next_of(const struct key_source *source, char **ret)
{
        return asprintf(ret, "%s.next", source->path) < 0 ? (*ret = NULL, -ENOMEM) : 0;
}

int key_source_read_next(const struct key_source *source, struct secret_key *ret)
{
        _cleanup_free_ char *next = NULL;
        int r;

        if (!key_source_is_file(source))
                return -ENOENT;
        r = next_of(source, &next);
        return r < 0 ? r : read_path(next, true, ret, NULL);
}

/* Opens the folder in which path is. */
static int open_folder_of(const char *path, int flags)
{
        _cleanup_free_ char *folder = strdup(path);
        char *slash;
        int fd;

        if (!folder)
                return -ENOMEM;
        slash = strrchr(folder, '/');
        if (slash)
                *slash = '\0';
        fd = open(slash ? (*folder ? folder : "/") : ".", flags | O_CLOEXEC, 0600);
        return fd < 0 ? -errno : fd;
}

static int sync_folder_of(const char *path)
{
        _cleanup_(closep) int fd = open_folder_of(path, O_RDONLY | O_DIRECTORY);

        return fd < 0 ? fd : fsync(fd) < 0 ? -errno : 0;
}

/* A file without a name gets one; nothing that is there is replaced. */
static int name_it(int fd, const char *path)
{
        char self[sizeof("/proc/self/fd/") + 3 * sizeof(fd)];

        snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
        return linkat(AT_FDCWD, self, AT_FDCWD, path, AT_SYMLINK_FOLLOW) < 0 ? -errno : 0;
}

/* like: the file whose owner the new one gets; may be NULL. */
static int write_path(const char *path, const char *like, const struct secret_key *key, char **why)
{
        _cleanup_(closep) int fd = -1;
        char text[DIGITS + 2];
        struct stat st;
        bool named;
        int r = 0;

        /* It has its name when it is whole: a power cut in between must not leave a key file that nothing starts with. Not every file system can. */
        fd = open_folder_of(path, O_WRONLY | O_TMPFILE);
        named = fd < 0;
        if (named)
                fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0)
                return say(why, -errno, "cannot make the key file %s: %s", path, strerror(errno));
        sodium_bin2hex(text, DIGITS + 1, key->bytes, sizeof(key->bytes));
        text[DIGITS] = '\n';
        /* Whoever changes the key as root leaves it to the user whom the server runs as. */
        if (like && geteuid() == 0 && stat(like, &st) == 0 && fchown(fd, st.st_uid, st.st_gid) < 0)
                r = -errno;
        if (r >= 0 && write(fd, text, DIGITS + 1) != DIGITS + 1)
                r = -EIO;
        if (r >= 0 && fsync(fd) < 0)
                r = -errno;
        sodium_memzero(text, sizeof(text));
        if (r >= 0 && !named) {
                r = name_it(fd, path);
                named = r >= 0;
        }
        if (r >= 0)
                r = sync_folder_of(path);
        if (r < 0) {
                if (named)
                        unlink(path);
                return say(why, r, "cannot write the key file %s: %s", path, strerror(-r));
        }
        return 0;
}

int key_source_make(const struct key_source *source, const struct secret_key *key, char **why)
{
        return write_path(source->path, NULL, key, why);
}

int key_source_write_next(const struct key_source *source, const struct secret_key *key, char **why)
{
        _cleanup_free_ char *next = NULL;
        int r;

        r = next_of(source, &next);
        if (r < 0)
                return r;
        unlink(next); /* of a change that never came to be: nothing was wrapped with it */
        return write_path(next, source->path, key, why);
}

/* What a disk keeps of an overwritten block is the disk's affair; what the file system still shows is ours. */
static void overwrite(int fd)
{
        static const char zeros[DIGITS + 1];

        if (write(fd, zeros, sizeof(zeros)) == (ssize_t)sizeof(zeros))
                fsync(fd);
}

int key_source_take_next(const struct key_source *source, char **why)
{
        _cleanup_free_ char *next = NULL;
        _cleanup_(closep) int old = -1;
        int r;

        r = next_of(source, &next);
        if (r < 0)
                return r;
        old = open(source->path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
        r = rename(next, source->path) < 0 ? -errno : sync_folder_of(source->path);
        if (r < 0)
                return say(why, r, "cannot put the new key in its place in %s: %s", source->path, strerror(-r));
        if (old >= 0)
                overwrite(old);
        return 0;
}
