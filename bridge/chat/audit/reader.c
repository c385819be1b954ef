#include "chat/audit/reader.h"

#include "chat/audit/audit.h"
#include "chat/person.h"
#include "store/query.h"

#include <errno.h>

struct found {
        int64_t person, first, last, read;
};

struct finding {
        struct arena *a;
        struct found *items;
        size_t n, room;
};

static struct found *find(struct finding *f, int64_t person)
{
        for (size_t i = 0; i < f->n; i++)
                if (f->items[i].person == person)
                        return &f->items[i];
        f->items = arena_grow(f->a, f->items, f->n, &f->room, sizeof(*f->items));
        if (!f->items)
                return NULL;
        f->items[f->n] = (struct found){ .person = person, .first = -1, .last = -1, .read = -1 };
        return &f->items[f->n++];
}

static int by_log(void *arg, int64_t person, int64_t first_ms, int64_t last_ms)
{
        struct finding *f = arg;
        struct found *found = find(f, person);

        if (!found)
                return arena_failed(f->a);
        found->first = first_ms;
        found->last = last_ms;
        return 0;
}

/* Marks moved before there was a log too. */
static int by_marks(struct tx *tx, struct finding *f, int64_t thread)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_member_marks);
        struct found *found;
        int r;

        query_int(q, thread);
        while ((r = query_row(q)) > 0) {
                found = find(f, query_get_int(q, 0));
                if (!found)
                        return arena_failed(f->a);
                found->read = query_get_int(q, 1);
        }
        return r;
}

int reader_load_all(struct tx *tx, struct arena *a, int64_t thread, const struct viewer *viewer, struct many_reader *ret)
{
        struct finding f = { .a = a };
        struct reader_shape *items;
        size_t n = 0;
        int r;

        r = audit_each_reader(tx, thread, by_log, &f);
        if (r >= 0)
                r = by_marks(tx, &f, thread);
        if (r < 0)
                return r;
        items = arena_get(a, f.n * sizeof(*items));
        if (!items)
                return arena_failed(a);
        for (size_t i = 0; i < f.n; i++) {
                struct person_shape *person = arena_get(a, sizeof(*person));

                if (!person)
                        return arena_failed(a);
                r = person_load(tx, a, f.items[i].person, viewer, person);
                if (r < 0)
                        return r;
                if (!viewer->marks && role_is_family(person->role) && person->id != viewer->person)
                        continue;
                items[n++] = (struct reader_shape){ .person = person, .first = f.items[i].first, .last = f.items[i].last, .read = f.items[i].read };
        }
        *ret = (struct many_reader){ items, n, true };
        return 0;
}
