/* secret/keyfile.h: where a school's key comes from. Any one thread; waits for disk.
 *
 * A key is written as 64 hexadecimal digits, in a file perhaps with a newline behind them: `openssl rand -hex 32` makes one. The first of
 * these that is there counts, and only it:
 *
 *   1. the file that the setting key_file names
 *   2. the systemd credential ouderbrug-key ($CREDENTIALS_DIRECTORY/ouderbrug-key, systemd.exec(5))
 *   3. the environment, OUDERBRUG_KEY; it is wiped there as soon as it was read
 *   4. the file beside the data folder with its name and .key behind it
 *
 * Beside the folder and not in it: a copy of the data folder, the simplest backup there is, must not hold the key.
 */
#pragma once

#include "secret/aead.h"

enum key_origin { KEY_NAMED_FILE, KEY_CREDENTIAL, KEY_ENVIRONMENT, KEY_FILE_BESIDE };

struct key_source {
        enum key_origin origin;
        char *path;                /* of the file; NULL: the environment */
        struct secret_key *given;  /* what the environment held, in secret memory; NULL where that was no key */
};

/* Finds it. key_file: the setting, "" for none. Returns 0, -EINVAL (the data folder has no name of its own to call a file by) or -ENOMEM. */
int key_source_find(const char *key_file, const char *data, struct key_source *ret, char **why);

/* Takes NULL and half-built. */
void key_source_done(struct key_source *source);

/* Whether we may write a key there: it is a file. */
int key_source_is_file(const struct key_source *source);

/* Reads the key. Returns 0, or below 0 with *why (owned by the caller; a sentence without the key):
 *   -ENOENT  there is no such file
 *   -EPERM   others than its owner may read the file, or it is no plain file, or of another user
 *   -EINVAL  what is there is not a key
 *   or why it cannot be read */
int key_source_read(const struct key_source *source, struct secret_key *ret, char **why);

/* The key that a change of keys has written and perhaps not put in its place yet. -ENOENT: there is none. */
int key_source_read_next(const struct key_source *source, struct secret_key *ret);

/* Writes a new key file that only its owner may read, and waits until it is on disk. -EEXIST: there is one, left alone. */
int key_source_make(const struct key_source *source, const struct secret_key *key, char **why);

/* Changing the key of a file, in steps that can each be the last: the next key is written beside it; (the caller rewraps); the
 * next takes the place of the old, which is then overwritten. Returns 0 or an error. */
int key_source_write_next(const struct key_source *source, const struct secret_key *key, char **why);
int key_source_take_next(const struct key_source *source, char **why);
