#include "chat/versions/better.h"

#include "chat/event.h"
#include "store/query.h"
#include "text/language.h"

#include <errno.h>

static int tell(struct tx *tx, struct event_list *made, int64_t thread, int64_t person)
{
        int64_t e = event_add(tx, made, (struct event){ .kind = EVENT_BETTER, .thread = thread, .person = person });

        return e < 0 ? (int)e : 0;
}

static bool reads(const char *own, const char *all, const char *language)
{
        char tag[LANGUAGE_TAG_MAX + 1];

        if (own && *own)
                return language_same(own, language);
        for (; all && *all; all += strspn(all, " ")) {
                size_t n = strcspn(all, " ");

                if (n < sizeof(tag)) {
                        memcpy(tag, all, n);
                        tag[n] = '\0';
                        if (language_same(tag, language))
                                return true;
                }
                all += n;
        }
        return false;
}

static int add(struct tx *tx, int64_t thread, int64_t person, int64_t seq)
{
        struct query *q = query(tx, QUERY_better_add);

        query_int(q, thread);
        query_int(q, person);
        query_int(q, seq);
        return query_run(q);
}

int better_mark(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq, const char *language, int64_t author)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_better_readers);
        int r;

        query_int(q, thread);
        query_int(q, seq);
        query_int(q, author);
        while ((r = query_row(q)) > 0) {
                int64_t person = query_get_int(q, 0);

                if (!reads(query_get_text(q, 1), query_get_text(q, 2), language))
                        continue;
                r = add(tx, thread, person, seq);
                if (r >= 0)
                        r = tell(tx, made, thread, person);
                if (r < 0)
                        return r;
        }
        return r;
}

int better_seen(struct tx *tx, struct event_list *made, int64_t thread, int64_t person, int64_t seq)
{
        struct query *q = query(tx, QUERY_better_seen);
        int r;

        query_int(q, thread);
        query_int(q, person);
        query_int(q, seq);
        r = query_run(q);
        return r < 0 || query_changes(q) == 0 ? r : tell(tx, made, thread, person);
}

int better_forget(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_better_people);
        struct query *forget;
        int r;

        query_int(q, thread);
        query_int(q, seq);
        while ((r = query_row(q)) > 0) {
                r = tell(tx, made, thread, query_get_int(q, 0));
                if (r < 0)
                        return r;
        }
        if (r < 0)
                return r;
        query_end(q);
        forget = query(tx, QUERY_better_forget);
        query_int(forget, thread);
        query_int(forget, seq);
        return query_run(forget);
}

int better_load(struct tx *tx, struct arena *a, int64_t thread, int64_t person, int64_t first_seq, struct many_better *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_better_of_person);
        struct better_shape *items = NULL;
        size_t n = 0, room = 0;
        int r;

        query_int(q, thread);
        query_int(q, person);
        query_int(q, first_seq);
        while ((r = query_row(q)) > 0) {
                items = arena_grow(a, items, n, &room, sizeof(*items));
                if (!items)
                        return arena_failed(a);
                items[n++] = (struct better_shape){ .seq = query_get_int(q, 0) };
        }
        *ret = (struct many_better){ items, n, true };
        return r;
}
