/* chat/moving/files.c: the files of a parcel, one after the other: put aside, made anew by our own tools, and left waiting, sealed, until all that came
 * is known to be right. */
#include "chat/file_made.h"
#include "chat/moving/moving.h"
#include "media/spool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct taking {
        struct parcel_in *in;
        const struct media_settings *settings;
        const char *folder;
        struct moved *moved;
        uint64_t at; /* what waits so far, in bytes */
        char **why;
};

static int bad(struct taking *t, size_t i, const char *what)
{
        if (asprintf(t->why, "file %zu: %s", i + 1, what) < 0)
                *t->why = NULL;
        return -EBADMSG;
}

/* Why our tools made nothing of it; what is no fault of the file's stays as it is. */
static int refuse(struct taking *t, size_t i, int error)
{
        switch (error) {
        case -ENOMSG:
                return bad(t, i, "it is none of the kinds that are taken");
        case -EBADMSG:
                return bad(t, i, "it cannot be read");
        case -EFBIG:
                return bad(t, i, "the picture is too large");
        case -ETIME:
                return bad(t, i, "it takes too much to open");
        case -EACCES:
                return bad(t, i, "it asks for a password");
        case -ERANGE:
                return bad(t, i, "it is longer than a voice message may be here (voice_max_s)");
        default:
                return error;
        }
}

/* settings NULL: nothing is kept of it. */
static int put_aside(struct taking *t, size_t i, struct spool *spool)
{
        unsigned char piece[SPOOL_PIECE];
        uint64_t rest = t->moved->files[i].bytes;
        int r = 0;

        while (rest > 0 && r >= 0) {
                size_t n = rest < sizeof(piece) ? (size_t)rest : sizeof(piece);
                ssize_t got = parcel_in_get(t->in, piece, n);

                if (got < 0)
                        r = (int)got;
                else if ((size_t)got < n)
                        r = bad(t, i, "a part of it is missing");
                else if (spool)
                        r = spool_add(spool, piece, n);
                rest -= n;
        }
        secret_wipe(piece, sizeof(piece));
        return r;
}

/* Its parts go behind those of the others. */
static int keep(struct taking *t, struct moved_file *file, const struct media_made *made)
{
        int r = 0;

        secret_key_make(&file->made.key);
        file->at = t->at;
        for (int part = 0; r >= 0 && part < FILE_PARTS; part++) {
                if (made->fd[part] < 0)
                        continue;
                r = file_made_seal(&file->made.key, (enum file_part)part, made->fd[part], made->bytes[part], t->moved->waiting);
                t->at += file_made_size(made->bytes[part]);
        }
        return r;
}

static int make(struct taking *t, size_t i, struct spool *spool)
{
        _cleanup_(media_made_done) struct media_made made = MEDIA_MADE;
        struct moved_file *file = &t->moved->files[i];
        uint64_t length;
        int in, r;

        r = spool_open(spool, &in, &length);
        if (r < 0)
                return r;
        r = media_make(t->settings, in, NULL, &made);
        close(in);
        if (r < 0)
                return refuse(t, i, r);
        file_made_draft(&made, file->name, &file->made);
        if (file->made.kind != file->kind)
                return bad(t, i, "it is not what its message says it is");
        return keep(t, file, &made);
}

static int take(struct taking *t, size_t i)
{
        _cleanup_(spool_freep) struct spool *spool = NULL;
        int r = t->settings ? spool_new(t->folder, &spool) : 0;

        if (r >= 0)
                r = put_aside(t, i, spool);
        return r < 0 || !spool ? r : make(t, i, spool);
}

int moving_take_files(struct parcel_in *in, const struct media_settings *settings, const char *folder, struct moved *moved, char **why)
{
        struct taking t = { .in = in, .settings = settings, .folder = folder, .moved = moved, .why = why };
        ssize_t behind;
        char one;
        int r = 0;

        *why = NULL;
        if (settings && moved->files_n > 0)
                r = moved->waiting = spool_file(folder);
        for (size_t i = 0; r >= 0 && i < moved->files_n; i++)
                r = take(&t, i);
        if (r < 0)
                return r;
        behind = parcel_in_get(in, &one, 1);
        if (behind <= 0)
                return (int)behind;
        *why = strdup("file: more comes behind it than it says");
        return -EBADMSG;
}

void moved_done(struct moved *moved)
{
        if (!moved)
                return;
        if (moved->waiting >= 0)
                close(moved->waiting);
        moved->waiting = -1;
        for (size_t i = 0; i < moved->files_n; i++) {
                secret_wipe(&moved->files[i].made.key, sizeof(moved->files[i].made.key));
                free(TAKE(moved->files[i].made.name));
        }
}
