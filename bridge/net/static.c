#include "net/static.h"

#include "secret/secret.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* A built app is some dozens of files and a few megabytes. Past these bounds the folder is somebody's home. */
enum { FILES_MAX = 4000, BYTES_MAX = 256 * 1024 * 1024, DEPTH_MAX = 12, PATH_MAX_BYTES = 1024 };

struct static_files {
        struct static_file *list; /* sorted by path once loaded */
        size_t count, room;
        size_t bytes;
};

static const char *type_of(const char *path)
{
        static const char *const types[][2] = {
                { ".html", "text/html; charset=utf-8" },
                { ".js", "text/javascript; charset=utf-8" },
                { ".mjs", "text/javascript; charset=utf-8" },
                { ".css", "text/css; charset=utf-8" },
                { ".json", "application/json" },
                { ".map", "application/json" },
                { ".webmanifest", "application/manifest+json" },
                { ".svg", "image/svg+xml" },
                { ".png", "image/png" },
                { ".jpg", "image/jpeg" },
                { ".webp", "image/webp" },
                { ".ico", "image/x-icon" },
                { ".woff2", "font/woff2" },
                { ".txt", "text/plain; charset=utf-8" },
                { ".md", "text/plain; charset=utf-8" },
                { ".wasm", "application/wasm" },
                { ".mp3", "audio/mpeg" },
                { ".m4a", "audio/mp4" },
                { ".ogg", "audio/ogg" },
        };
        const char *dot = strrchr(path, '.');

        for (size_t i = 0; dot && i < ELEMENTS(types); i++)
                if (strcmp(dot, types[i][0]) == 0)
                        return types[i][1];
        return "application/octet-stream"; /* with nosniff: nothing that runs */
}

static void file_done(struct static_file *f)
{
        free(f->path);
        for (int e = 0; e < ENCODINGS; e++)
                free(f->bodies[e].bytes);
}

static int by_path(const void *a, const void *b)
{
        const struct static_file *x = a, *y = b;

        return strcmp(x->path, y->path);
}

static struct static_file *find(const struct static_files *files, const char *path)
{
        for (size_t low = 0, high = files->count; low < high;) {
                size_t middle = (low + high) / 2;
                int order = strcmp(path, files->list[middle].path);

                if (order == 0)
                        return &files->list[middle];
                if (order < 0)
                        high = middle;
                else
                        low = middle + 1;
        }
        return NULL;
}

static int read_whole(int fd, struct static_body *body)
{
        struct stat st;
        size_t at = 0;

        if (fstat(fd, &st) < 0)
                return -errno;
        if (st.st_size > BYTES_MAX)
                return -E2BIG;
        body->bytes = malloc((size_t)st.st_size + 1);
        if (!body->bytes)
                return -ENOMEM;
        while (at < (size_t)st.st_size) {
                ssize_t n = read(fd, body->bytes + at, (size_t)st.st_size - at);

                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                if (n == 0)
                        break; /* it became shorter meanwhile: what is there is the file */
                at += (size_t)n;
        }
        body->len = at;
        return 0;
}

static void set_etag(struct static_body *body)
{
        struct token_hash hash;
        size_t at = 0;

        secret_hash(body->bytes, body->len, &hash);
        body->etag[at++] = '"';
        for (size_t i = 0; i < 16; i++)
                at += (size_t)snprintf(body->etag + at, ETAG_MAX - at, "%02x", hash.bytes[i]);
        snprintf(body->etag + at, ETAG_MAX - at, "\"");
}

/* Takes the bytes of an open file in under its path. */
static int add_file(struct static_files *files, const char *path, int fd)
{
        struct static_file *f;
        int r;

        if (files->count == FILES_MAX || files->bytes > BYTES_MAX)
                return -E2BIG;
        if (files->count == files->room) {
                size_t room = files->room ? files->room * 2 : 64;
                struct static_file *list = reallocarray(files->list, room, sizeof(*list));

                if (!list)
                        return -ENOMEM;
                files->list = list;
                files->room = room;
        }
        f = &files->list[files->count];
        *f = (struct static_file){ .path = strdup(path) };
        if (!f->path)
                return -ENOMEM;
        files->count++;
        r = read_whole(fd, &f->bodies[ENCODING_IDENTITY]);
        if (r < 0)
                return r;
        files->bytes += f->bodies[ENCODING_IDENTITY].len;
        f->type = type_of(path);
        f->lasting = strncmp(path, "/assets/", 8) == 0;
        set_etag(&f->bodies[ENCODING_IDENTITY]);
        return 0;
}

static int add_folder(struct static_files *files, int fd, const char *path, int depth, char **why);

static int add_entry(struct static_files *files, int folder, const char *path, int depth, const char *name,
                     char **why)
{
        char below[PATH_MAX_BYTES];
        struct stat st;
        int fd, r;

        if (snprintf(below, sizeof(below), "%s/%s", path, name) >= (int)sizeof(below))
                return -ENAMETOOLONG;
        fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        if (fd < 0) {
                if (errno == ELOOP)
                        return 0; /* a link: what it points at is not of this folder */
                r = -errno;
        } else if (fstat(fd, &st) < 0) {
                r = -errno;
        } else if (S_ISDIR(st.st_mode)) {
                return depth < DEPTH_MAX ? add_folder(files, fd, below, depth + 1, why) : (close(fd), -E2BIG);
        } else {
                r = S_ISREG(st.st_mode) ? add_file(files, below, fd) : 0;
        }
        if (fd >= 0)
                close(fd);
        if (r < 0 && why && !*why && asprintf(why, "%s: %s", below, strerror(-r)) < 0)
                *why = NULL;
        return r;
}

/* Takes the descriptor over. */
static int add_folder(struct static_files *files, int fd, const char *path, int depth, char **why)
{
        DIR *dir = fdopendir(fd);
        int r = 0;

        if (!dir) {
                r = -errno;
                close(fd);
                return r;
        }
        while (r == 0) {
                struct dirent *e = readdir(dir);

                if (!e)
                        break;
                if (*e->d_name != '.')
                        r = add_entry(files, fd, path, depth, e->d_name, why);
        }
        closedir(dir);
        return r;
}

/* The file that this one encodes: FILE of FILE.br; NULL where it is a file of its own. */
static struct static_file *encoded_by(struct static_files *files, const struct static_file *f,
                                      enum encoding *ret)
{
        static const char *const endings[ENCODINGS] = { NULL, ".br", ".gz" };
        size_t len = strlen(f->path);

        for (int e = 1; e < ENCODINGS; e++) {
                char whole[PATH_MAX_BYTES];
                size_t end = strlen(endings[e]);

                if (len <= end || strcmp(f->path + len - end, endings[e]) != 0)
                        continue;
                memcpy(whole, f->path, len - end);
                whole[len - end] = '\0';
                *ret = (enum encoding)e;
                return find(files, whole);
        }
        return NULL;
}

/* Puts FILE.br and FILE.gz into FILE. The paths, by which files are found, go only at the end. */
static void join_encodings(struct static_files *files)
{
        size_t kept = 0;

        for (size_t i = 0; i < files->count; i++) {
                struct static_file *f = &files->list[i], *whole;
                enum encoding e;

                whole = encoded_by(files, f, &e);
                if (!whole)
                        continue;
                whole->bodies[e] = f->bodies[ENCODING_IDENTITY];
                whole->varies = true;
                f->bodies[ENCODING_IDENTITY].bytes = NULL;
        }
        for (size_t i = 0; i < files->count; i++) {
                if (files->list[i].bodies[ENCODING_IDENTITY].bytes)
                        files->list[kept++] = files->list[i];
                else
                        file_done(&files->list[i]);
        }
        files->count = kept;
}

int static_load(const char *folder, struct static_files **ret, char **why)
{
        _cleanup_(static_freep) struct static_files *files = calloc(1, sizeof(*files));
        int fd, r;

        if (why)
                *why = NULL;
        if (!files)
                return -ENOMEM;
        fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        r = fd < 0 ? -errno : add_folder(files, fd, "", 0, why);
        if (r < 0) {
                if (why && !*why && asprintf(why, "%s: %s", folder, strerror(-r)) < 0)
                        *why = NULL;
                return r;
        }
        qsort(files->list, files->count, sizeof(*files->list), by_path);
        join_encodings(files);
        *ret = TAKE(files);
        return 0;
}

void static_free(struct static_files *files)
{
        if (!files)
                return;
        for (size_t i = 0; i < files->count; i++)
                file_done(&files->list[i]);
        free(files->list);
        free(files);
}

size_t static_count(const struct static_files *files)
{
        return files ? files->count : 0;
}

const struct static_file *static_find(const struct static_files *files, const char *path)
{
        const struct static_file *f;

        if (!files || *path != '/')
                return NULL;
        f = find(files, path);
        if (f)
                return f;
        if (strchr(path, '.') || strncmp(path, "/assets/", 8) == 0 || strncmp(path, "/api/", 5) == 0)
                return NULL;
        return find(files, "/index.html");
}

const struct static_body *static_choose(const struct static_file *file, const char *accept_encoding,
                                        const char **coding)
{
        static const char *const names[ENCODINGS] = { NULL, "br", "gzip" };
        static const enum encoding preferred[] = { ENCODING_BROTLI, ENCODING_GZIP, ENCODING_IDENTITY };
        int quality[ENCODINGS], best = ENCODING_IDENTITY, best_quality = 0;

        encodings_accepted(accept_encoding, quality);
        for (size_t i = 0; i < ELEMENTS(preferred); i++) {
                enum encoding e = preferred[i];

                if (file->bodies[e].bytes && quality[e] > best_quality) {
                        best = (int)e;
                        best_quality = quality[e];
                }
        }
        *coding = names[best];
        return &file->bodies[best];
}
