#include "chat/versions/glossary.h"

#include "base/clock.h"
#include "store/query.h"
#include "text/language.h"
#include "text/text.h"

#include <errno.h>

enum { NAME_BYTES = 3 }; /* a part of a name that is shorter is a particle, an initial, or every other word */

/* Columns of glossary_all, glossary_get. */
enum { ID, LANGUAGE, WORDS, TARGET, INSTEAD, INFLECTS, CHANGED_BY, CHANGED };

static struct term_shape load_row(struct arena *a, const struct query *q)
{
        const char *target = query_get_text(q, TARGET);

        return (struct term_shape){
                .id = query_get_int(q, ID),
                .language = arena_copy(a, query_get_text(q, LANGUAGE), query_get_bytes(q, LANGUAGE)),
                .words = arena_copy(a, query_get_text(q, WORDS), query_get_bytes(q, WORDS)),
                .target = *target ? arena_copy(a, target, strlen(target)) : NULL,
                .instead = arena_copy(a, query_get_text(q, INSTEAD), query_get_bytes(q, INSTEAD)),
                .inflects = query_get_int(q, INFLECTS),
                .by = query_get_maybe(q, CHANGED_BY),
                .changed = query_get_int(q, CHANGED),
        };
}

int glossary_list(struct tx *tx, struct arena *a, struct many_term *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_glossary_all);
        struct term_shape *items = NULL;
        size_t n = 0, room = 0;
        int r;

        while ((r = query_row(q)) > 0) {
                items = arena_grow(a, items, n, &room, sizeof(*items));
                if (!items)
                        return arena_failed(a);
                items[n++] = load_row(a, q);
        }
        if (r < 0)
                return r;
        *ret = (struct many_term){ items, n, true };
        return arena_failed(a);
}

int glossary_get(struct tx *tx, struct arena *a, int64_t id, struct term_shape *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_glossary_get);
        int r;

        query_int(q, id);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        *ret = load_row(a, q);
        return arena_failed(a);
}

struct list {
        struct arena *a;
        struct protect_term *items;
        size_t n, room;
};

static int list_add(struct list *l, const char *words, size_t n, const char *instead, bool exact)
{
        l->items = arena_grow(l->a, l->items, l->n, &l->room, sizeof(*l->items));
        if (!l->items)
                return arena_failed(l->a);
        l->items[l->n++] = (struct protect_term){ arena_copy(l->a, words, n), instead, exact };
        return arena_failed(l->a);
}

/* A name, and each of its parts that can stand alone: not the small words between (van der, al). */
static int add_name(struct list *l, const char *name)
{
        int r = list_add(l, name, strlen(name), NULL, true);

        for (size_t at = 0, n; r >= 0 && name[at]; at += n) {
                n = strcspn(name + at, " ");
                if (n >= NAME_BYTES && !(name[at] >= 'a' && name[at] <= 'z') && name[at + n - 1] != '.')
                        r = list_add(l, name + at, n, NULL, true);
                n += name[at + n] == ' ';
        }
        return r;
}

static int add_names(struct tx *tx, struct list *l, int64_t thread)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_glossary_names);
        int r;

        query_int(q, thread);
        while ((r = query_row(q)) > 0) {
                r = add_name(l, query_get_text(q, 0));
                if (r < 0)
                        return r;
        }
        return r;
}

int glossary_load(struct tx *tx, struct arena *a, int64_t thread, const char *from, const char *to, struct protect_term **ret, size_t *n)
{
        struct list l = { .a = a };
        struct many_term terms;
        int r;

        r = glossary_list(tx, a, &terms);
        for (size_t i = 0; r >= 0 && i < terms.n; i++) {
                const struct term_shape *t = &terms.items[i];

                if (!t->inflects && language_same(t->language, from) && (!t->target || language_same(t->target, to)))
                        r = list_add(&l, t->words, strlen(t->words), t->instead, false);
        }
        if (r >= 0)
                r = add_names(tx, &l, thread);
        if (r < 0)
                return r;
        *ret = l.items;
        *n = l.n;
        return 0;
}

static int count(struct tx *tx, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_glossary_count);
        int r = query_row(q);

        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        *ret = query_get_int(q, 0);
        return 0;
}

/* Whether another row than this one has the words. */
static int is_taken(struct tx *tx, const struct glossary_row *row, const char *folded)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_glossary_by_words);
        int r;

        query_text(q, row->language);
        query_text(q, folded);
        query_text(q, row->target);
        r = query_row(q);
        return r <= 0 ? r : query_get_int(q, 0) != row->id;
}

int glossary_put(struct tx *tx, const struct glossary_row *row, int64_t *id)
{
        _cleanup_free_ char *folded = NULL;
        int64_t rows;
        struct query *q;
        int r;

        r = text_fold(row->words, &folded);
        if (r < 0)
                return r;
        if (!*folded)
                return -ENODATA;
        r = is_taken(tx, row, folded);
        if (r != 0)
                return r < 0 ? r : -EEXIST;
        if (row->id == 0) {
                r = count(tx, &rows);
                if (r < 0)
                        return r;
                if (rows >= GLOSSARY_MAX)
                        return -EDQUOT;
        }
        q = row->id ? query(tx, QUERY_glossary_change) : query(tx, QUERY_glossary_add);
        query_text(q, row->language);
        query_text(q, row->words);
        query_text(q, folded);
        query_text(q, row->target);
        query_text(q, row->instead);
        query_int(q, row->inflects);
        query_maybe(q, row->by ? row->by : -1);
        query_int(q, clock_now_ms());
        if (row->id)
                query_int(q, row->id);
        r = query_run(q);
        if (r < 0)
                return r;
        if (row->id && query_changes(q) == 0)
                return -ENOENT;
        *id = row->id ? row->id : query_inserted_id(q);
        return 0;
}

int glossary_remove(struct tx *tx, int64_t id)
{
        struct query *q = query(tx, QUERY_glossary_remove);
        int r;

        query_int(q, id);
        r = query_run(q);
        return r < 0 ? r : query_changes(q) > 0 ? 0 : -ENOENT;
}
