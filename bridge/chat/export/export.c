#include "chat/export/export.h"

#include "base/clock.h"
#include "chat/audit/reader.h"
#include "chat/export/gather.h"
#include "chat/export/zip.h"
#include "chat/file.h"
#include "chat/message.h"
#include "chat/person.h"
#include "chat/reply.h"
#include "chat/rights/consent.h"
#include "chat/schoolrow.h"
#include "chat/thread.h"
#include "store/query.h"

#include <errno.h>

enum { KNOWN_CAP = 64 * 1024 * 1024, PAGE_CAP = 64 * 1024 * 1024, PAGE_MESSAGES = 100, FILE_CAP = 64 * 1024 };

struct export {
        struct tx *tx;
        struct arena a;
        struct gathered g;
        struct zip *zip;
        struct buf out;
        int64_t *files; /* attachments that were shown, in their order */
        size_t files_n, files_room;
};

static void export_done(struct export *ex)
{
        buf_done(&ex->out);
        arena_done(&ex->a);
        zip_free(ex->zip);
}

static int load_stays(struct export *ex)
{
        _cleanup_(query_endp) struct query *q = query(ex->tx, QUERY_session_of_person);
        struct stay *stays = NULL;
        size_t n = 0, room = 0;
        int r;

        query_int(q, ex->g.viewer.person);
        while ((r = query_row(q)) > 0) {
                stays = arena_grow(&ex->a, stays, n, &room, sizeof(*stays));
                if (!stays)
                        return arena_failed(&ex->a);
                stays[n++] = (struct stay){
                        .kind = (enum device_kind)query_get_word(q, 0, &words_device_kind),
                        .how = (enum sign_in)query_get_word(q, 1, &words_sign_in),
                        .made_ms = query_get_int(q, 2),
                        .seen_ms = query_get_int(q, 3),
                        .until_ms = query_get_int(q, 4),
                        .ended_ms = query_get_maybe(q, 5),
                };
        }
        ex->g.stays = stays;
        ex->g.stays_n = n;
        return r;
}

/* What a conversation has beside its messages. */
static int load_beside(struct export *ex)
{
        struct gathered *g = &ex->g;
        int r = 0;

        g->consents = arena_get(&ex->a, (g->threads.n + 1) * sizeof(*g->consents));
        g->readers = arena_get(&ex->a, (g->threads.n + 1) * sizeof(*g->readers));
        if (!g->consents || !g->readers)
                return arena_failed(&ex->a);
        for (size_t i = 0; r >= 0 && i < g->threads.n; i++) {
                struct viewer here = g->viewer;
                struct membership me;

                r = member_now(ex->tx, g->threads.items[i].id, here.person, &me);
                if (r < 0)
                        return r;
                here.from_ms = me.sight.from_ms;
                r = consent_load_all(ex->tx, &ex->a, g->threads.items[i].id, &here, true, &g->consents[i]);
                if (r >= 0)
                        r = reader_load_all(ex->tx, &ex->a, g->threads.items[i].id, &g->viewer, &g->readers[i]);
        }
        return r;
}

static int load_known(struct export *ex, int64_t person)
{
        struct gathered *g = &ex->g;
        int r;

        g->now_ms = clock_now_ms();
        r = person_viewer(ex->tx, person, &g->viewer);
        if (r < 0)
                return r;
        if (!g->viewer.family)
                return -EPERM;
        r = school_load(ex->tx, &ex->a, &g->school, NULL);
        if (r >= 0)
                r = person_load(ex->tx, &ex->a, person, &g->viewer, &g->me);
        if (r >= 0)
                r = thread_load_all(ex->tx, &ex->a, &g->viewer, &g->threads);
        if (r >= 0)
                r = load_beside(ex);
        return r < 0 ? r : load_stays(ex);
}

static int put(struct export *ex)
{
        int r = buf_failed(&ex->out);

        if (r >= 0 && ex->out.len > 0)
                r = zip_write(ex->zip, ex->out.data, ex->out.len);
        buf_clear(&ex->out);
        return r;
}

static int64_t first_seq(const struct export *ex, const struct thread_shape *thread)
{
        for (size_t i = 0; i < thread->members.n; i++) {
                const struct member_shape *m = &thread->members.items[i];

                if (m->person->id == ex->g.viewer.person && m->until < 0)
                        return m->first_seq;
        }
        return INT64_MAX;
}

static int note_file(struct export *ex, const struct attachment_shape *attachment)
{
        ex->files = arena_grow(&ex->a, ex->files, ex->files_n, &ex->files_room, sizeof(*ex->files));
        if (!ex->files)
                return arena_failed(&ex->a);
        ex->files[ex->files_n++] = attachment->id;
        return 0;
}

static int note_files(struct export *ex, const struct many_message *messages)
{
        int r = 0;

        for (size_t i = 0; r >= 0 && i < messages->n; i++) {
                const struct message_shape *m = &messages->items[i];

                for (size_t k = 0; r >= 0 && k < m->attachments.n; k++)
                        r = note_file(ex, &m->attachments.items[k]);
                for (size_t k = 0; r >= 0 && k < m->versions.n; k++)
                        if (m->versions.items[k].voice)
                                r = note_file(ex, m->versions.items[k].voice);
        }
        return r;
}

void file_name(const struct attachment_shape *attachment, char ret[FILE_NAME])
{
        static const char *const endings[] = { [ATTACHMENT_PHOTO] = "jpg", [ATTACHMENT_DOCUMENT] = "pdf", [ATTACHMENT_VOICE] = "m4a" };

        snprintf(ret, FILE_NAME, "files/%lld.%s", (long long)attachment->id, endings[attachment->kind]);
}

/* One that went away meanwhile is left out; and so are those for which a zip of this size has no room. */
static int write_attachment(struct export *ex, int64_t id)
{
        _cleanup_(arena_done) struct arena a = ARENA(FILE_CAP);
        _cleanup_free_ unsigned char *bytes = NULL;
        struct attachment_shape attachment;
        struct file_read file;
        char name[FILE_NAME];
        int r;

        r = file_load(ex->tx, &a, id, &attachment);
        if (r >= 0)
                r = file_get(ex->tx, &a, id, &file);
        if (r < 0 || file.bytes[FILE_SHOWN] > zip_room(ex->zip))
                return r == -ENOENT ? 0 : r;
        bytes = malloc((size_t)file.bytes[FILE_SHOWN] + 1);
        r = bytes ? file_bytes(ex->tx, &file, FILE_SHOWN, 0, file.bytes[FILE_SHOWN], bytes) : -ENOMEM;
        secret_wipe(&file.key, sizeof(file.key));
        if (r < 0)
                return r == -EBADMSG ? 0 : r;
        file_name(&attachment, name);
        r = zip_file(ex->zip, name, ex->g.now_ms);
        return r < 0 ? r : zip_write(ex->zip, bytes, (size_t)file.bytes[FILE_SHOWN]);
}

static int write_attachments(struct export *ex)
{
        int r = ex->files_n > 0 ? zip_pack(ex->zip, false) : 0;

        for (size_t i = 0; r >= 0 && i < ex->files_n; i++)
                r = write_attachment(ex, ex->files[i]);
        return r;
}

static int write_thread(struct export *ex, const struct format *format, size_t i)
{
        const struct thread_shape *thread = &ex->g.threads.items[i];
        int64_t after = 0;
        size_t before = 0;
        bool more = true;
        int r;

        format->thread_begin(&ex->out, &ex->g, i);
        r = put(ex);
        while (r >= 0 && more) {
                _cleanup_(arena_done) struct arena a = ARENA(PAGE_CAP);
                struct gathered_page page = { .thread = thread };

                r = message_page(ex->tx, &a, thread->id, first_seq(ex, thread), -1, after, PAGE_MESSAGES, &page.messages, &more);
                if (r < 0 || page.messages.n == 0)
                        break;
                after = page.messages.items[page.messages.n - 1].seq;
                r = reply_load_range(ex->tx, &a, thread->id, page.messages.items[0].seq, after, ex->g.viewer.person, &page.replies);
                if (r < 0)
                        break;
                if (format == &format_json)
                        r = note_files(ex, &page.messages);
                if (r < 0)
                        break;
                format->page(&ex->out, &ex->g, &page, before);
                before += page.messages.n;
                r = put(ex);
        }
        if (r < 0)
                return r;
        format->thread_end(&ex->out, &ex->g, i);
        return put(ex);
}

static int write_file(struct export *ex, const struct format *format)
{
        int r;

        r = zip_file(ex->zip, format->name, ex->g.now_ms);
        if (r < 0)
                return r;
        format->begin(&ex->out, &ex->g);
        r = put(ex);
        for (size_t i = 0; r >= 0 && i < ex->g.threads.n; i++)
                r = write_thread(ex, format, i);
        if (r < 0)
                return r;
        format->end(&ex->out, &ex->g);
        return put(ex);
}

int export_person(struct tx *tx, int64_t person, int fd)
{
        _cleanup_(export_done) struct export ex = { .tx = tx, .a = ARENA(KNOWN_CAP), .out = BUF(PAGE_CAP) };
        int r;

        r = load_known(&ex, person);
        if (r >= 0)
                r = zip_new(fd, EXPORT_BYTES_MAX, &ex.zip);
        if (r >= 0)
                r = write_file(&ex, &format_page);
        if (r >= 0)
                r = write_file(&ex, &format_json);
        if (r >= 0)
                r = write_attachments(&ex);
        return r < 0 ? r : zip_finish(ex.zip);
}
