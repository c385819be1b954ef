#include "chat/file_made.h"

#include "proto/command.h"
#include "text/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Static_assert((int)MEDIA_PARTS == (int)FILE_PARTS && (int)MEDIA_ORIGINAL == (int)FILE_ORIGINAL, "one list of parts");
_Static_assert((int)MEDIA_PEAKS == (int)FILE_PEAKS, "as many peaks");

/* Without a folder. NULL: nothing is left of it. */
static char *tidy_name(const char *given)
{
        _cleanup_free_ char *last = NULL;
        _cleanup_free_ char *name = NULL;
        const char *from = given;
        char *end, *tidy;

        for (const char *c = given; *c; c++)
                if (*c == '/' || *c == '\\')
                        from = c + 1;
        last = strdup(from);
        if (!last)
                return NULL;
        end = strrchr(last, '.');
        if (end && end > last && strlen(end) <= 5)
                *end = '\0';
        if (text_name(last, strlen(last), NAME_MAX_BYTES - 4, &name) < 0)
                return NULL;
        return asprintf(&tidy, "%s.pdf", name) < 0 ? NULL : tidy;
}

void file_made_draft(const struct media_made *made, const char *given, struct file_draft *ret)
{
        static const enum attachment_kind kinds[] = {
                [MEDIA_PHOTO] = ATTACHMENT_PHOTO,
                [MEDIA_DOCUMENT] = ATTACHMENT_DOCUMENT,
                [MEDIA_VOICE] = ATTACHMENT_VOICE,
        };

        ret->kind = kinds[made->kind];
        ret->type = made->type;
        ret->width = made->width;
        ret->height = made->height;
        ret->duration_ms = made->duration_ms;
        ret->has_peaks = made->has_peaks;
        memcpy(ret->peaks, made->peaks, FILE_PEAKS);
        memcpy(ret->bytes, made->bytes, sizeof(ret->bytes));
        ret->name = given && made->kind == MEDIA_DOCUMENT ? tidy_name(given) : NULL;
}

static size_t piece_of(uint64_t bytes, uint64_t n)
{
        uint64_t rest = bytes - n * FILE_PIECE;

        return rest < FILE_PIECE ? (size_t)rest : FILE_PIECE;
}

int file_made_seal(const struct secret_key *key, enum file_part part, int from, uint64_t bytes, int to)
{
        _cleanup_free_ unsigned char *room = malloc(2 * FILE_PIECE + AEAD_EXTRA);
        unsigned char *sealed = room + FILE_PIECE;

        if (!room)
                return -ENOMEM;
        for (uint64_t n = 0; n * FILE_PIECE < bytes; n++) {
                size_t len = piece_of(bytes, n);
                ssize_t put;

                if (pread(from, room, len, (off_t)(n * FILE_PIECE)) != (ssize_t)len)
                        return -EIO;
                file_piece_seal(key, part, n, room, len, sealed);
                put = write(to, sealed, len + AEAD_EXTRA);
                if (put != (ssize_t)(len + AEAD_EXTRA))
                        return put < 0 ? -errno : -ENOSPC;
        }
        return 0;
}

uint64_t file_made_size(uint64_t bytes)
{
        return bytes + (bytes + FILE_PIECE - 1) / FILE_PIECE * AEAD_EXTRA;
}

int file_made_put(struct tx *tx, int64_t id, const struct file_draft *draft, enum file_part part, int64_t n, int from, uint64_t at)
{
        _cleanup_free_ unsigned char *sealed = malloc(FILE_PIECE + AEAD_EXTRA);
        size_t len = piece_of(draft->bytes[part], (uint64_t)n);

        if (!sealed)
                return -ENOMEM;
        if (pread(from, sealed, len + AEAD_EXTRA, (off_t)(at + (uint64_t)n * (FILE_PIECE + AEAD_EXTRA))) != (ssize_t)(len + AEAD_EXTRA))
                return -EIO;
        return file_piece_add(tx, id, part, n, sealed, len + AEAD_EXTRA);
}
