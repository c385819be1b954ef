#include "chat/note.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "chat/event.h"
#include "chat/member.h"
#include "chat/seal/seal.h"
#include "proto/rights.h"
#include "store/query.h"
#include "text/text.h"

#include <errno.h>

enum { PAGE_BYTES = 512 * 1024 };

/* Columns of note_get and note_before. */
enum { ID, THREAD, LEVEL, AUTHOR, CLIENT_ID, MADE, REV, WRITES, CHANGED, WITHDRAWN, LANGUAGE, DIRECTION, BODY };

/* What a note is besides what is told of it. */
struct row {
        int64_t thread;
        int64_t writes;
        struct note_shape note;
};

unsigned note_levels(enum role role)
{
        unsigned levels = 0;

        if (right_may(RIGHT_notes, role) != MAY_no)
                levels |= SIGHT_STAFF;
        if (levels && right_may(RIGHT_care_notes, role) != MAY_no)
                levels |= SIGHT_CARE;
        return levels;
}

unsigned note_level_bit(enum note_level level)
{
        return level == NOTE_LEVEL_CARE ? SIGHT_CARE : SIGHT_STAFF;
}

static enum event_kind kind_of(enum note_level level)
{
        return level == NOTE_LEVEL_CARE ? EVENT_NOTE_CARE : EVENT_NOTE;
}

/* The words of the levels a sight holds, in two places of a query. */
static void bind_levels(struct query *q, const struct sight *sight)
{
        query_word(q, &words_note_level, sight->levels & SIGHT_STAFF ? NOTE_LEVEL_STAFF : 0);
        query_word(q, &words_note_level, sight->levels & SIGHT_CARE ? NOTE_LEVEL_CARE : 0);
}

static int one_number(struct query *q, int64_t *ret)
{
        int r = query_row(q);

        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        *ret = query_get_maybe(q, 0);
        return 0;
}

int note_next(struct tx *tx, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_note_next);

        return one_number(q, ret);
}

int note_since(struct tx *tx, int64_t thread, int64_t at_ms, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_note_since);
        int64_t id;
        int r;

        query_int(q, thread);
        query_int(q, at_ms);
        r = one_number(q, &id);
        if (r < 0)
                return r;
        if (id < 0)
                return note_next(tx, ret);
        *ret = id;
        return 0;
}

/* Where a text stands; all of it is bound to it. */
static struct seal_place place_of(const struct row *row, const unsigned char *client_id)
{
        return (struct seal_place){
                .kind = SEAL_NOTE,
                .thread = row->thread,
                .seq = row->note.id,
                .n = row->writes,
                .person = row->note.author,
                .id = client_id,
                .language = row->note.language,
                .origin = word_text(&words_note_level, (int)row->note.level),
        };
}

/* Opens the text. What cannot be read any more, because its key was destroyed or the row was changed, is shown as taken back. */
static int open_text(struct tx *tx, struct arena *a, struct query *q, struct row *row)
{
        struct seal_place place = place_of(row, query_get_blob(q, CLIENT_ID));
        char *body = NULL;
        int r;

        if (row->note.withdrawn >= 0)
                return 0;
        r = seal_open(tx, a, &place, query_get_blob(q, BODY), query_get_bytes(q, BODY), &body, NULL);
        if (r == -EBADMSG)
                log_error("chat", "a sealed note does not open: thread %lld, note %lld", (long long)row->thread, (long long)row->note.id);
        if (r == -EBADMSG || r == -EKEYREVOKED) {
                row->note.withdrawn = seal_destroyed_ms(tx, row->thread) ?: row->note.made;
                return 0;
        }
        row->note.body = body;
        return r;
}

/* From the row a query of notes stands on. */
static int load_row(struct tx *tx, struct arena *a, struct query *q, struct row *ret)
{
        char *client_id = arena_get(a, UUID_TEXT + 1);
        struct uuid id;

        if (!client_id)
                return arena_failed(a);
        if (query_get_bytes(q, CLIENT_ID) != sizeof(id.bytes))
                return -EUCLEAN;
        memcpy(id.bytes, query_get_blob(q, CLIENT_ID), sizeof(id.bytes));
        uuid_write(&id, client_id);
        *ret = (struct row){
                .thread = query_get_int(q, THREAD),
                .writes = query_get_int(q, WRITES),
                .note = {
                        .id = query_get_int(q, ID),
                        .rev = query_get_int(q, REV),
                        .level = (enum note_level)query_get_word(q, LEVEL, &words_note_level),
                        .author = query_get_int(q, AUTHOR),
                        .client_id = client_id,
                        .made = query_get_int(q, MADE),
                        .changed = query_get_maybe(q, CHANGED),
                        .withdrawn = query_get_maybe(q, WITHDRAWN),
                        .language = arena_copy(a, query_get_text(q, LANGUAGE), query_get_bytes(q, LANGUAGE)),
                        .direction = (enum direction)query_get_word(q, DIRECTION, &words_direction),
                },
        };
        return arena_failed(a) ?: open_text(tx, a, q, ret);
}

static int load(struct tx *tx, struct arena *a, int64_t id, struct row *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_note_get);
        int r;

        query_int(q, id);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        return load_row(tx, a, q, ret);
}

int note_load(struct tx *tx, struct arena *a, int64_t id, struct note_shape *ret)
{
        struct row row;
        int r;

        r = load(tx, a, id, &row);
        if (r < 0)
                return r;
        *ret = row.note;
        return 0;
}

int note_author(struct tx *tx, int64_t thread, int64_t person, const struct sight *sight, int64_t id, int64_t *author)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_note_get);
        enum note_level level;
        int64_t who;
        int r;

        query_int(q, id);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        who = query_get_int(q, AUTHOR);
        level = (enum note_level)query_get_word(q, LEVEL, &words_note_level);
        if (query_get_int(q, THREAD) != thread || !sight_has_note(sight, id, note_level_bit(level), who == person))
                return -ENOENT;
        *author = who;
        return 0;
}

/* Tells and writes: a note's text, for the n-th time. */
static int put_text(struct tx *tx, struct event_list *made, const struct row *row, const struct uuid *client_id, const char *body,
                    enum direction direction)
{
        _cleanup_(buf_done) struct buf sealed = BUF(2 * TEXT_BYTES_MAX);
        struct seal_place place = place_of(row, client_id->bytes);
        struct query *q;
        int64_t rev;
        int r;

        r = seal_text(tx, &place, body, strlen(body), &sealed);
        if (r < 0)
                return r;

        rev = event_add(tx, made,
                        (struct event){ .kind = kind_of(row->note.level), .thread = row->thread, .person = row->note.author, .n = row->note.id });
        if (rev < 0)
                return (int)rev;
        q = query(tx, QUERY_note_put_text);
        query_int(q, rev);
        query_int(q, row->writes);
        query_maybe(q, row->note.changed);
        query_word(q, &words_direction, (int)direction);
        query_blob(q, sealed.data, sealed.len);
        query_int(q, row->note.id);
        return query_run(q);
}

/* Was this client id used before? 1 with *id, 0, -EEXIST. */
static int find_first(struct tx *tx, const struct note_draft *draft, int64_t *id)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_note_by_client);
        int64_t thread;
        enum note_level level;
        int r;

        query_int(q, draft->author);
        query_blob(q, draft->client_id.bytes, sizeof(draft->client_id.bytes));
        r = query_row(q);
        if (r <= 0)
                return r;
        thread = query_get_int(q, 1);
        level = (enum note_level)query_get_word(q, 2, &words_note_level);
        if (thread != draft->thread || level != draft->level)
                return -EEXIST;
        *id = query_get_int(q, 0);
        return 1;
}

int note_add(struct tx *tx, struct event_list *made, const struct note_draft *draft, int64_t *id)
{
        struct row row = { .thread = draft->thread, .writes = 1,
                           .note = { .level = draft->level, .author = draft->author, .language = draft->language, .changed = -1 } };
        struct query *q;
        int r;

        r = find_first(tx, draft, id);
        if (r != 0)
                return r;
        q = query(tx, QUERY_note_add);
        query_int(q, draft->thread);
        query_word(q, &words_note_level, (int)draft->level);
        query_int(q, draft->author);
        query_blob(q, draft->client_id.bytes, sizeof(draft->client_id.bytes));
        query_int(q, draft->at_ms ?: clock_now_ms());
        query_text(q, draft->language);
        query_word(q, &words_direction, (int)draft->direction);
        r = query_run(q);
        if (r < 0)
                return r;
        row.note.id = query_inserted_id(q);
        r = put_text(tx, made, &row, &draft->client_id, draft->body, draft->direction);
        if (r < 0)
                return r;
        *id = row.note.id;
        return 0;
}

int note_page(struct tx *tx, struct arena *a, int64_t thread, int64_t person, const struct sight *sight, int64_t before, int64_t limit,
              struct many_note *ret, bool *more)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_note_before);
        struct note_shape *items = arena_get(a, (size_t)limit * sizeof(*items));
        size_t n = 0, start = a->used;
        struct row row;
        int r;

        if (!items)
                return arena_failed(a);
        query_int(q, thread);
        query_int(q, sight->first_note);
        query_int(q, before >= 0 ? before : INT64_MAX);
        query_int(q, person);
        bind_levels(q, sight);
        query_int(q, limit + 1);
        while ((r = query_row(q)) > 0 && n < (size_t)limit && (n == 0 || a->used - start < PAGE_BYTES)) {
                r = load_row(tx, a, q, &row);
                if (r < 0)
                        return r;
                items[n++] = row.note;
        }
        if (r < 0)
                return r;
        *more = r > 0;
        for (size_t i = 0; i < n / 2; i++) {
                struct note_shape swap = items[i];

                items[i] = items[n - 1 - i];
                items[n - 1 - i] = swap;
        }
        *ret = (struct many_note){ items, n, true };
        return 0;
}

int note_change(struct tx *tx, struct event_list *made, int64_t id, const char *body)
{
        _cleanup_(arena_done) struct arena a = ARENA(256 * 1024);
        struct uuid client_id;
        struct row row;
        int r;

        r = load(tx, &a, id, &row);
        if (r < 0)
                return r;
        if (row.note.withdrawn >= 0)
                return -ENODATA;
        if (uuid_parse(row.note.client_id, &client_id) < 0)
                return -EUCLEAN;
        row.writes++;
        row.note.changed = clock_now_ms();
        return put_text(tx, made, &row, &client_id, body, text_direction(body, row.note.language));
}

int note_withdraw(struct tx *tx, struct event_list *made, int64_t id)
{
        _cleanup_(arena_done) struct arena a = ARENA(256 * 1024);
        struct row row;
        struct query *q;
        int64_t rev;
        int r;

        r = load(tx, &a, id, &row);
        if (r < 0)
                return r;
        if (row.note.withdrawn >= 0)
                return -EALREADY;
        rev = event_add(tx, made,
                        (struct event){ .kind = kind_of(row.note.level), .thread = row.thread, .person = row.note.author, .n = id });
        if (rev < 0)
                return (int)rev;
        q = query(tx, QUERY_note_withdraw);
        query_int(q, rev);
        query_int(q, clock_now_ms());
        query_int(q, id);
        return query_run(q);
}

static int count_unread(struct tx *tx, int64_t thread, int64_t person, const struct sight *sight, int64_t mark, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_note_unread);

        query_int(q, thread);
        query_int(q, sight->first_note);
        query_int(q, mark);
        query_int(q, person);
        bind_levels(q, sight);
        return one_number(q, ret);
}

int note_state(struct tx *tx, int64_t thread, int64_t person, const struct membership *m, int64_t *newest, int64_t *unread)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_note_newest);
        int r;

        query_int(q, thread);
        query_int(q, m->sight.first_note);
        query_int(q, person);
        bind_levels(q, &m->sight);
        r = one_number(q, newest);
        return r < 0 ? r : count_unread(tx, thread, person, &m->sight, m->read_note, unread);
}

int note_read(struct tx *tx, struct event_list *made, int64_t thread, int64_t person, const struct membership *m, int64_t id, int64_t *read,
              int64_t *unread)
{
        struct query *q;
        int64_t newest, left, e;
        int r;

        r = note_state(tx, thread, person, m, &newest, &left);
        if (r < 0)
                return r;
        if (id > newest)
                id = newest;
        if (id > m->read_note) {
                r = count_unread(tx, thread, person, &m->sight, id, &left);
                if (r < 0)
                        return r;
                q = query(tx, QUERY_member_set_read_note);
                query_int(q, id);
                query_int(q, m->id);
                r = query_run(q);
                if (r < 0)
                        return r;
                e = event_add(tx, made, (struct event){ .kind = EVENT_NOTE_MARK, .thread = thread, .person = person, .seq = id, .n = left });
                if (e < 0)
                        return (int)e;
        }
        *read = id > m->read_note ? id : m->read_note;
        *unread = left;
        return 0;
}
