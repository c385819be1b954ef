/* net/static.h: the files of the built app, all in memory, and which of them answers a path.
 *
 * A path is looked up in a table that was made at the start: nothing of a request ever reaches the file
 * system. Beside a file may lie FILE.br and FILE.gz, made by the build; they are the same file encoded, not
 * files of their own.
 */
#pragma once

#include "base/macro.h"
#include "net/headers.h"

#include <stdbool.h>
#include <stddef.h>

enum { ETAG_MAX = 40 };

struct static_body {
        char *bytes; /* NULL: not made in this encoding */
        size_t len;
        char etag[ETAG_MAX]; /* strong: another one for each encoding */
};

struct static_file {
        char *path; /* as in a request: starts with a slash */
        const char *type;
        bool lasting; /* its name changes with its content: may be kept for a year */
        bool varies;  /* there is more than one body */
        struct static_body bodies[ENCODINGS];
};

struct static_files;

/* Reads every file below the folder; hidden ones and links are left out. Returns 0, -ENOENT (no such folder),
 * -E2BIG (this cannot be a built app), another negative errno, or -ENOMEM; *why (owned by the caller) then
 * says which file. */
int static_load(const char *folder, struct static_files **ret, char **why);
void static_free(struct static_files *files);
DEFINE_CLEANUP(struct static_files *, static_free)

size_t static_count(const struct static_files *files);

/* The file that answers a path: itself, or for the addresses of the app's screens (no dot in them, not below
 * /assets/ or /api/) its index.html. NULL: there is none. Takes NULL files. */
const struct static_file *static_find(const struct static_files *files, const char *path);

/* The body that fits Accept-Encoding best (NULL: not sent), and its name for Content-Encoding (NULL: not
 * encoded). */
const struct static_body *static_choose(const struct static_file *file, const char *accept_encoding,
                                        const char **coding);
