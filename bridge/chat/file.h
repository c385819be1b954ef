/* chat/file.h: photos, documents and voice messages, inside a store job.
 *
 * A file is its row, and its bytes in pieces. Each file has a random key of its own, with which whoever made it safe (media/) sealed the pieces already:
 * the writer only puts them down. The row holds that key under the conversation's (seal.h, SEAL_FILE), with what else nobody shall read; when the row
 * forgets it, or the conversation's key is destroyed, the pieces are noise, and are swept a few at a time.
 *
 * A file is uploaded first, for one person and conversation, and belongs to a message, or to a version of one, from the moment that is sent.
 */
#pragma once

#include "base/arena.h"
#include "base/words.h"
#include "proto/shape.h"
#include "secret/aead.h"
#include "store/db.h"

#include <stdbool.h>
#include <stdint.h>

enum file_part { FILE_SHOWN, FILE_THUMB, FILE_ORIGINAL, FILE_PARTS };

enum {
        FILE_PIECE = 192 * 1024, /* bytes of a part in one piece: what the writer takes in one job */
        FILE_PEAKS = 96,
        FILE_UNSENT_MAX = 24,    /* files that one person may have uploaded and not sent */
};

struct file_draft {
        int64_t thread, person;
        enum attachment_kind kind;
        const char *type;              /* static */
        int64_t width, height, duration_ms; /* -1: it has none */
        uint64_t bytes[FILE_PARTS];    /* 0: there is no such part */
        bool has_peaks;
        unsigned char peaks[FILE_PEAKS];
        char *name;                    /* NULL: none; free() */
        struct secret_key key;
};

/* Adds the row of a file whose pieces come next; until file_ready() nobody can send it.
 * room_max: bytes that all files of the school may take. Returns 0, -EDQUOT (too much of this person waits to be sent), -ENOSPC, or a store error. */
int file_add(struct tx *tx, const struct file_draft *draft, int64_t room_max, int64_t *id);

/* Seals one piece; `last` is of the part. out has room for n + AEAD_EXTRA. Any thread, without a transaction. */
void file_piece_seal(const struct secret_key *key, enum file_part part, uint64_t n, const void *bytes, size_t len, void *out);

/* Puts a sealed piece down. */
int file_piece_add(struct tx *tx, int64_t id, enum file_part part, int64_t n, const void *sealed, size_t len);

/* All its pieces are there. -ENOENT: it was forgotten meanwhile. */
int file_ready(struct tx *tx, int64_t id);

/* Gives uploads to a message (version 0) or to a version of it, in this order. voice_only: no other kind.
 * -ENOENT: one of them is not there, not this person's, not of this conversation, not ready, or sent already: they look the same. *wrong: which */
int file_attach(struct tx *tx, int64_t person, int64_t thread, int64_t seq, int64_t version, const int64_t *ids, size_t n, bool voice_only, size_t *wrong);

/* Whether a message was sent with just these, in this order. 1, 0, or a store error. */
int file_same(struct tx *tx, int64_t thread, int64_t seq, const int64_t *ids, size_t n);

/* The kind of one's own upload that was not sent. -ENOENT. */
int file_unsent_kind(struct tx *tx, int64_t person, int64_t thread, int64_t id, enum attachment_kind *ret);

/* All attachments of a message and of its versions. What does not open is left out. */
struct file_of {
        int64_t version; /* 0: of the message itself */
        const struct attachment_shape *attachment;
};
int file_load_all(struct tx *tx, struct arena *a, int64_t thread, int64_t seq, struct file_of **ret, size_t *n);

/* One as it is told. */
int file_load(struct tx *tx, struct arena *a, int64_t id, struct attachment_shape *ret);

/* To give its bytes. -ENOENT: there is none, it was never sent and is not this person's own, or it is gone. */
struct file_read {
        int64_t id, thread, seq, person; /* seq 0: not sent */
        enum attachment_kind kind;
        const char *type;                /* static */
        uint64_t bytes[FILE_PARTS];
        const char *name;                /* what its sender calls it, in the arena. NULL: nothing */
        struct secret_key key;           /* the caller wipes it */
};
int file_get(struct tx *tx, struct arena *a, int64_t id, struct file_read *ret);

/* Opens the bytes from `from` to before `to` of a part into out, which has room for them. -EBADMSG: they were changed. */
int file_bytes(struct tx *tx, const struct file_read *file, enum file_part part, uint64_t from, uint64_t to, unsigned char *out);

/* Forgets all files of a message. */
int file_forget(struct tx *tx, int64_t thread, int64_t seq);

/* Forgets all voices of a conversation, also those that were not sent. seqs: whose messages had one; in the arena. */
int file_forget_voices(struct tx *tx, struct arena *a, int64_t thread, int64_t **seqs, size_t *n);

/* Forgets what was uploaded before a moment and never sent, and deletes some pieces of what was forgotten. *more: there are more. */
int file_sweep(struct tx *tx, int64_t before_ms, bool *more);

/* A content type as the table has it, static; NULL: none of ours. */
const char *file_type(const char *type);
