/* chat/moving/pack.c: a file for another school, into its parcel, and on record. */
#include "chat/audit/audit.h"
#include "chat/moving/writing.h"
#include "chat/rights/consent.h"
#include "chat/seal/seal.h"

#include <errno.h>
#include <stdlib.h>

enum { FILES_CAP = 1024 * 1024 };

int moving_key(struct tx *tx, struct parcel_key *ret)
{
        struct secret_key seed;
        int r;

        r = seal_moving_key(tx, &seed);
        if (r < 0)
                return r;
        parcel_key_of(&seed, ret);
        secret_wipe(&seed, sizeof(seed));
        return 0;
}

static int put_content(const struct buf *content, struct parcel_out *to)
{
        unsigned char length[MOVING_LENGTH];
        int r;

        for (int i = 0; i < MOVING_LENGTH; i++)
                length[i] = (unsigned char)((uint64_t)content->len >> (8 * i));
        r = parcel_out_add(to, length, sizeof(length));
        return r < 0 ? r : parcel_out_add(to, content->data, content->len);
}

static int put_file(struct tx *tx, const struct moving_file *going, struct parcel_out *to)
{
        _cleanup_(arena_done) struct arena a = ARENA(64 * 1024);
        _cleanup_free_ unsigned char *piece = malloc(FILE_PIECE);
        struct file_read file = { 0 };
        int r;

        if (!piece)
                return -ENOMEM;
        r = file_get(tx, &a, going->id, &file);
        for (uint64_t at = 0; r >= 0 && at < going->bytes; at += FILE_PIECE) {
                uint64_t end = going->bytes - at < FILE_PIECE ? going->bytes : at + FILE_PIECE;

                r = file_bytes(tx, &file, going->part, at, end, piece);
                if (r >= 0)
                        r = parcel_out_add(to, piece, (size_t)(end - at));
        }
        secret_wipe(&file.key, sizeof(file.key));
        secret_wipe(piece, FILE_PIECE);
        return r;
}

static void content_done(struct moving_content *content)
{
        if (content->json.data)
                secret_wipe(content->json.data, content->json.len);
        buf_done(&content->json);
}

int moving_write(struct tx *tx, int64_t thread, const struct uuid *id, struct parcel_out *to, struct moving_made *ret)
{
        _cleanup_(arena_done) struct arena a = ARENA(FILES_CAP);
        _cleanup_(content_done) struct moving_content content = { .json = BUF(MOVING_BYTES_MAX), .a = &a };
        struct moving_made made = { .thread = thread };
        int r;

        r = moving_content(tx, thread, id, &content, &made);
        if (r >= 0)
                r = put_content(&content.json, to);
        for (size_t i = 0; r >= 0 && i < content.files_n; i++)
                r = put_file(tx, &content.files[i], to);
        if (r < 0)
                return r;
        made.files = content.files_n;
        *ret = made;
        return 0;
}

int moving_left(struct tx *tx, struct event_list *made, const struct moving_made *file)
{
        int r = 0;

        for (size_t i = 0; r >= 0 && i < file->consents_n; i++)
                r = consent_used(tx, made, file->thread, file->consents[i]);
        return r < 0 ? r : audit_add(tx, &(struct audit){ .deed = DEED_MOVED_OUT, .saw = true, .thread = file->thread, .person = file->by });
}
