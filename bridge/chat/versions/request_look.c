/* chat/versions/request_look.c: from what happened to what is to be asked. Reads only, so that it costs the writer nothing where there is nothing to ask. */
#include "chat/versions/request_inside.h"

#include "base/clock.h"
#include "chat/event.h"
#include "chat/find/words.h"
#include "chat/message.h"
#include "chat/rights/consent.h"
#include "store/query.h"

#include <errno.h>

enum {
        READERS_MAX = 64,
        SEALED_EMPTY = 1 + AEAD_EXTRA, /* bytes of a sealed text of none: its NUL (chat/find/words.h), and no word behind it */
};

/* A language that somebody reads, and from which message on they see. */
struct reader {
        char language[LANGUAGE_TAG_MAX + 1];
        int64_t first_seq;
};

struct looking {
        struct tx *tx;
        struct arena *a;
        struct request *list;
        size_t n, room;
        /* Of the thread that was looked at last. */
        int64_t thread;
        bool may; /* the family said yes */
        struct reader readers[READERS_MAX];
        size_t readers_n;
        int64_t recent; /* the thread whose recent messages were gone through last */
};

int request_message_get(struct tx *tx, int64_t thread, int64_t seq, struct request_message *ret)
{
        _cleanup_(query_endp) struct query *m = query(tx, QUERY_request_message);
        _cleanup_(query_endp) struct query *v = NULL;
        struct request_message found = { 0 };
        int r;

        query_int(m, thread);
        query_int(m, seq);
        r = query_row(m);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        if (!query_is_null(m, 2))
                return -ENODATA;
        snprintf(found.language, sizeof(found.language), "%s", query_get_text(m, 0));
        found.versions = query_get_int(m, 1);
        found.files_only = query_get_int(m, 3) <= SEALED_EMPTY;
        if (found.versions > 0) {
                v = query(tx, QUERY_request_versions);
                query_int(v, thread);
                query_int(v, seq);
                while ((r = query_row(v)) > 0)
                        if (query_get_word(v, 2, &words_origin) == ORIGIN_CORRECTION)
                                found.source = query_get_int(v, 0);
                if (r < 0)
                        return r;
        }
        *ret = found;
        return 0;
}

int request_is_covered(struct tx *tx, int64_t thread, int64_t seq, const struct request_message *m, const char *language)
{
        _cleanup_(query_endp) struct query *q = NULL;
        int r = 0;

        if (language_same(m->language, language))
                return 1;
        if (m->versions == 0)
                return 0;
        q = query(tx, QUERY_request_versions);
        query_int(q, thread);
        query_int(q, seq);
        while ((r = query_row(q)) > 0)
                if (query_get_int(q, 0) > m->source && language_same(query_get_text(q, 1), language))
                        return 1;
        return r;
}

static void add_reader(struct looking *l, const char *language, size_t n, int64_t first_seq)
{
        char tag[LANGUAGE_TAG_MAX + 1];

        if (language_canonical(language, n, tag) < 0)
                return;
        for (size_t i = 0; i < l->readers_n; i++) {
                if (language_same(l->readers[i].language, tag)) {
                        if (first_seq < l->readers[i].first_seq)
                                l->readers[i].first_seq = first_seq;
                        return;
                }
        }
        if (l->readers_n == READERS_MAX)
                return;
        snprintf(l->readers[l->readers_n].language, sizeof(l->readers[0].language), "%s", tag);
        l->readers[l->readers_n++].first_seq = first_seq;
}

/* The languages of who is in it: the one the app speaks to them, which can be heard too by who reads nothing, and the one that they read best. */
static int load_readers(struct looking *l)
{
        _cleanup_(query_endp) struct query *q = query(l->tx, QUERY_request_readers);
        int r;

        l->readers_n = 0;
        query_int(q, l->thread);
        query_int(q, clock_now_ms());
        while ((r = query_row(q)) > 0) {
                const char *language = query_get_text(q, 0), *reads = query_get_text(q, 1);

                add_reader(l, language, strlen(language), query_get_int(q, 2));
                if (reads && *reads)
                        add_reader(l, reads, strcspn(reads, " "), query_get_int(q, 2));
        }
        return r;
}

static int enter(struct looking *l, int64_t thread)
{
        int r;

        if (l->thread == thread)
                return 0;
        r = consent_stands(l->tx, thread, CONSENT_KIND_MACHINE, 0);
        if (r < 0)
                return r;
        l->thread = thread;
        l->may = r > 0;
        return l->may ? load_readers(l) : 0;
}

static int want(struct looking *l, int64_t seq)
{
        struct request_message m;
        int r;

        r = request_message_get(l->tx, l->thread, seq, &m);
        if (r < 0)
                return r == -ENOENT || r == -ENODATA ? 0 : r;
        if (m.files_only && m.source == 0)
                return 0;
        for (size_t i = 0; i < l->readers_n; i++) {
                const struct reader *reader = &l->readers[i];
                struct request *request;

                if (reader->first_seq > seq)
                        continue;
                r = request_is_covered(l->tx, l->thread, seq, &m, reader->language);
                if (r < 0)
                        return r;
                if (r > 0)
                        continue;
                l->list = arena_grow(l->a, l->list, l->n, &l->room, sizeof(*l->list));
                if (!l->list)
                        return arena_failed(l->a);
                request = &l->list[l->n++];
                *request = (struct request){ .thread = l->thread, .seq = seq, .source = m.source };
                memcpy(request->language, reader->language, sizeof(request->language));
        }
        return 0;
}

static bool is_read(const struct looking *l, int64_t seq, const char *language)
{
        for (size_t i = 0; i < l->readers_n; i++)
                if (l->readers[i].first_seq <= seq && language_same(l->readers[i].language, language))
                        return true;
        return l->readers_n == READERS_MAX; /* perhaps */
}

/* What is there for a language that nobody reads any more. */
static int find_unread(struct looking *l)
{
        _cleanup_(query_endp) struct query *q = query(l->tx, QUERY_request_of_thread);
        int r;

        query_int(q, l->thread);
        while ((r = query_row(q)) > 0) {
                struct request *request;

                if (is_read(l, query_get_int(q, 0), query_get_text(q, 1)))
                        continue;
                l->list = arena_grow(l->a, l->list, l->n, &l->room, sizeof(*l->list));
                if (!l->list)
                        return arena_failed(l->a);
                request = &l->list[l->n++];
                *request = (struct request){ .thread = l->thread, .seq = query_get_int(q, 0), .unread = true };
                snprintf(request->language, sizeof(request->language), "%s", query_get_text(q, 1));
        }
        return r;
}

static int want_recent(struct looking *l)
{
        int64_t last;
        int r;

        if (!l->may || l->recent == l->thread)
                return 0;
        l->recent = l->thread;
        r = find_unread(l);
        if (r >= 0)
                r = message_last_seq(l->tx, l->thread, &last);
        for (int64_t seq = last; r >= 0 && seq > 0 && seq > last - REQUEST_RECENT; seq--)
                r = want(l, seq);
        return r;
}

/* Whether the consent of a row is about a machine. */
static int is_about_machine(struct tx *tx, int64_t consent)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_request_consent);
        int r;

        query_int(q, consent);
        r = query_row(q);
        return r <= 0 ? r : query_get_word(q, 1, &words_consent_kind) == CONSENT_KIND_MACHINE;
}

static int look_at(struct looking *l, const struct event *e)
{
        int r;

        if (e->kind != EVENT_MESSAGE && e->kind != EVENT_MEMBER && e->kind != EVENT_CONSENT)
                return 0;
        if (e->kind == EVENT_CONSENT) {
                r = is_about_machine(l->tx, e->n);
                if (r <= 0)
                        return r;
        }
        r = enter(l, e->thread);
        if (r < 0 || !l->may)
                return r;
        return e->kind == EVENT_MESSAGE ? want(l, e->seq) : want_recent(l);
}

int request_look(struct tx *tx, struct arena *a, int64_t since, int64_t most, int64_t *until, struct request **ret, size_t *n)
{
        _cleanup_(event_list_done) struct event_list found = { 0 };
        struct looking l = { .tx = tx, .a = a };
        int64_t last;
        int r;

        r = event_last(tx, &last);
        if (r < 0)
                return r;
        if (last > since + most)
                last = since + most;
        r = event_since(tx, since, last, &found);
        for (size_t i = 0; r >= 0 && i < found.n; i++)
                r = look_at(&l, &found.items[i]);
        if (r < 0)
                return r;
        *until = last;
        *ret = l.list;
        *n = l.n;
        return 0;
}
