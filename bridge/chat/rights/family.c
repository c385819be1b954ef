#include "chat/rights/family.h"

#include "store/query.h"

#include <errno.h>

/* A row is a yes. */
static int ask(struct tx *tx, enum query_id id, int64_t one, int64_t two)
{
        _cleanup_(query_endp) struct query *q = query(tx, id);
        int r;

        query_int(q, one);
        query_int(q, two);
        r = query_row(q);
        if (r < 0)
                return r;
        return r > 0 ? 0 : -ENOENT;
}

int family_class_mentor(struct tx *tx, int64_t mentor, int64_t class)
{
        return ask(tx, QUERY_mentor_of_class, mentor, class);
}

int family_mentor(struct tx *tx, int64_t mentor, int64_t person)
{
        return ask(tx, QUERY_mentor_of_family, mentor, person);
}

int family_mentor_whole(struct tx *tx, int64_t mentor, int64_t person)
{
        int r = ask(tx, QUERY_pupil_elsewhere, mentor, person);

        return r == -ENOENT ? 0 : r < 0 ? r : -EXDEV;
}

int family_classes(struct tx *tx, struct arena *a, int64_t mentor, struct many_class_entry *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_class_list);
        struct class_entry_shape *items = NULL;
        size_t n = 0, room = 0;
        int r;

        query_int(q, mentor);
        while ((r = query_row(q)) > 0) {
                struct class_shape *class = arena_get(a, sizeof(*class));

                items = arena_grow(a, items, n, &room, sizeof(*items));
                if (!class || !items)
                        return arena_failed(a);
                *class = (struct class_shape){
                        .id = query_get_int(q, 0),
                        .name = arena_copy(a, query_get_text(q, 1), query_get_bytes(q, 1)),
                        .building = arena_copy(a, query_get_text(q, 2), query_get_bytes(q, 2)),
                };
                items[n++] = (struct class_entry_shape){ .class = class, .families = query_get_int(q, 3), .waiting = query_get_int(q, 4) };
        }
        if (r < 0)
                return r;
        *ret = (struct many_class_entry){ .items = items, .n = n, .given = true };
        return arena_failed(a);
}

static int class_there(struct tx *tx, int64_t class)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_class_name);
        int r;

        query_int(q, class);
        r = query_row(q);
        if (r < 0)
                return r;
        return r > 0 ? 0 : -ENOENT;
}

int family_waiting(struct tx *tx, struct arena *a, int64_t class, int64_t mentor, int64_t **ret, size_t *n)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_class_waiting);
        int64_t *people = NULL;
        size_t count = 0, room = 0;
        int r;

        r = class_there(tx, class);
        if (r < 0)
                return r;
        query_int(q, class);
        query_int(q, mentor);
        while ((r = query_row(q)) > 0) {
                people = arena_grow(a, people, count, &room, sizeof(*people));
                if (!people)
                        return arena_failed(a);
                people[count++] = query_get_int(q, 0);
        }
        if (r < 0)
                return r;
        *ret = people;
        *n = count;
        return 0;
}

int family_pupils(struct tx *tx, struct arena *a, int64_t person, struct many_pupil *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_guardian_pupils);
        struct pupil_shape *items = NULL;
        size_t n = 0, room = 0;
        int r;

        query_int(q, person);
        while ((r = query_row(q)) > 0) {
                struct class_shape *class = query_is_null(q, 3) ? NULL : arena_get(a, sizeof(*class));

                items = arena_grow(a, items, n, &room, sizeof(*items));
                if (!items || arena_failed(a))
                        return arena_failed(a);
                if (class)
                        *class = (struct class_shape){ .id = query_get_int(q, 3), .name = arena_copy(a, query_get_text(q, 4), query_get_bytes(q, 4)) };
                items[n++] = (struct pupil_shape){
                        .id = query_get_int(q, 0),
                        .name = arena_copy(a, query_get_text(q, 1), query_get_bytes(q, 1)),
                        .given = arena_copy(a, query_get_text(q, 2), query_get_bytes(q, 2)),
                        .class = class,
                };
        }
        if (r < 0)
                return r;
        *ret = (struct many_pupil){ .items = items, .n = n, .given = true };
        return arena_failed(a);
}
