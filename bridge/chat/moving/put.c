#include "base/clock.h"
#include "chat/audit/audit.h"
#include "chat/file_made.h"
#include "chat/member.h"
#include "chat/message.h"
#include "chat/moving/moving.h"
#include "chat/reply.h"
#include "chat/version.h"
#include "proto/command.h"
#include "store/query.h"

#include <errno.h>

static int known(struct tx *tx, const struct uuid *id)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_moved_known);
        int r;

        query_blob(q, id->bytes, sizeof(id->bytes));
        r = query_row(q);
        return r > 0 ? -EEXIST : r;
}

static int find(struct tx *tx, const char *key, int64_t *pupil, int64_t *thread)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_moved_to);
        int r;

        query_text(q, key);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        *pupil = query_get_int(q, 0);
        *thread = query_get_int(q, 1);
        return 0;
}

/* The tags with a space between, as the database keeps them. */
static int join(const struct strs *tags, struct buf *out)
{
        for (size_t i = 0; i < tags->n; i++) {
                if (i)
                        buf_add_char(out, ' ');
                buf_add_str(out, tags->items[i]);
        }
        return buf_failed(out);
}

static int make_person(struct tx *tx, struct moved_person *person, int64_t pupil, int64_t now)
{
        _cleanup_(buf_done) struct buf speaks = BUF(1024);
        struct query *q;
        int r;

        r = join(&person->person.speaks, &speaks);
        if (r < 0)
                return r;
        q = query(tx, QUERY_moved_person_make);
        query_text(q, person->person.name);
        query_word(q, &words_role, (int)person->person.role);
        query_text(q, buf_str(&speaks));
        query_text(q, person->person.speaks.n ? person->person.speaks.items[0] : "nl");
        query_int(q, now);
        r = query_run(q);
        if (r < 0)
                return r;
        person->here = query_inserted_id(q);
        q = query(tx, QUERY_moved_person_add);
        query_int(q, person->here);
        query_int(q, pupil);
        return query_run(q);
}

/* Who is not one of ours is a member whose time is over, so that their name stands at what they said. */
static int put_person(struct tx *tx, struct event_list *made, struct moved_person *person, int64_t thread, int64_t pupil, int64_t from, int64_t now)
{
        int64_t member;
        int r;

        r = make_person(tx, person, pupil, now);
        if (r >= 0)
                r = member_add(tx, made, &(struct member_draft){ .thread = thread, .person = person->here, .joined = JOINED_BROUGHT, .reach = REACH_ALL, .at_ms = from },
                               &member);
        return r < 0 ? r : member_end(tx, made, thread, person->here, member);
}

static int64_t here(const struct moved *moved, int64_t old)
{
        for (size_t i = 0; i < moved->people_n; i++)
                if (moved->people[i].old == old)
                        return moved->people[i].here;
        return 0;
}

/* A file that waits, as an upload of who sent it: it is given to its message like any other. */
static int put_file(struct tx *tx, const struct moved *moved, int64_t thread, int64_t person, int64_t old, int64_t room_max, int64_t *ret)
{
        struct moved_file *file = NULL;
        uint64_t at;
        int r;

        for (size_t i = 0; i < moved->files_n && !file; i++)
                if (moved->files[i].old == old)
                        file = &moved->files[i];
        if (!file || moved->waiting < 0)
                return -EUCLEAN;
        file->made.thread = thread;
        file->made.person = person;
        r = file_add(tx, &file->made, room_max, ret);
        at = file->at;
        for (int part = 0; part < FILE_PARTS; part++) {
                uint64_t bytes = file->made.bytes[part];

                for (int64_t n = 0; r >= 0 && (uint64_t)n * FILE_PIECE < bytes; n++)
                        r = file_made_put(tx, *ret, &file->made, (enum file_part)part, n, moved->waiting, at);
                at += file_made_size(bytes);
        }
        return r < 0 ? r : file_ready(tx, *ret);
}

static int put_versions(struct tx *tx, struct event_list *made, const struct moved *moved, int64_t thread, const struct message_shape *m, int64_t room_max)
{
        int r = 0;

        for (size_t i = 0; r >= 0 && i < m->versions.n; i++) {
                const struct version_shape *v = &m->versions.items[i];
                struct version_draft draft = {
                        .thread = thread,
                        .seq = m->seq,
                        .author = v->author >= 0 ? here(moved, v->author) : 0,
                        .body = v->body,
                        .language = v->language,
                        .direction = v->direction,
                        .origin = v->origin,
                        .engine = v->engine,
                        .native = v->native,
                        .checked_by = v->checked_by >= 0 ? here(moved, v->checked_by) : 0,
                        .checked_ms = v->checked,
                        .at_ms = v->at,
                };

                if (v->voice)
                        r = put_file(tx, moved, thread, draft.author, v->voice->id, room_max, &draft.file);
                if (r >= 0)
                        r = version_append(tx, made, &draft);
        }
        return r;
}

static int put_message(struct tx *tx, struct event_list *made, const struct moved *moved, int64_t thread, struct message_shape *m, int64_t room_max)
{
        struct message_draft draft = {
                .thread = thread,
                .sender = here(moved, m->sender),
                .body = m->withdrawn >= 0 ? "…" : m->body,
                .language = m->language,
                .direction = m->direction ?: DIRECTION_LTR,
                .at_ms = m->sent,
                .phrase = m->withdrawn >= 0 ? NULL : m->phrase,
        };
        int64_t files[SEND_FILES_MAX];
        struct sent_shape sent;
        int r;

        r = uuid_parse(m->client_id, &draft.client_id);
        for (size_t i = 0; r >= 0 && i < m->attachments.n; i++)
                r = put_file(tx, moved, thread, draft.sender, m->attachments.items[i].id, room_max, &files[i]);
        draft.files = files;
        draft.files_n = m->attachments.n;
        if (r < 0)
                return r;
        r = message_append(tx, made, &draft, &sent);
        if (r != 0)
                return r < 0 ? r : -EEXIST;
        m->seq = sent.seq;
        if (m->withdrawn >= 0)
                return message_withdraw(tx, made, thread, m->seq);
        return put_versions(tx, made, moved, thread, m, room_max);
}

int moving_put(struct tx *tx, struct event_list *made, struct moved *moved, const char *pupil_key, int64_t room_max)
{
        int64_t pupil, thread, last, now = clock_now_ms(), from = moved->messages_n ? moved->messages[0].sent : moved->made_ms;
        struct query *q;
        int r;

        r = known(tx, &moved->id);
        if (r >= 0)
                r = find(tx, pupil_key, &pupil, &thread);
        if (r >= 0)
                r = message_last_seq(tx, thread, &last);
        if (r < 0)
                return r;
        if (last > 0 && moved->messages_n > 0)
                return -ENOTEMPTY;
        for (size_t i = 0; r >= 0 && i < moved->people_n; i++)
                if (!moved->people[i].here)
                        r = put_person(tx, made, &moved->people[i], thread, pupil, from, now);
        /* The replies name messages as they were numbered there: they come after all of these have their numbers, and find them by place. */
        for (size_t i = 0; r >= 0 && i < moved->replies_n; i++)
                moved->replies[i].person = here(moved, moved->replies[i].person);
        for (size_t i = 0, k = 0; r >= 0 && i < moved->messages_n; i++) {
                int64_t was = moved->messages[i].seq;

                r = put_message(tx, made, moved, thread, &moved->messages[i], room_max);
                while (k < moved->replies_n && moved->replies[k].seq < was)
                        k++;
                for (; r >= 0 && k < moved->replies_n && moved->replies[k].seq == was; k++)
                        r = reply_set(tx, made, thread, moved->messages[i].seq, moved->replies[k].person, moved->replies[k].answer, moved->replies[k].at);
        }
        /* What waited there is no errand of this school's. */
        if (r >= 0 && moved->replies_n > 0)
                r = reply_handled(tx, made, thread);
        if (r < 0)
                return r;
        q = query(tx, QUERY_moved_add);
        query_blob(q, moved->id.bytes, sizeof(moved->id.bytes));
        query_int(q, pupil);
        query_int(q, now);
        r = query_run(q);
        return r < 0 ? r : audit_add(tx, &(struct audit){ .deed = DEED_MOVED_IN, .thread = thread, .pupil = pupil, .n = (int64_t)moved->messages_n });
}
