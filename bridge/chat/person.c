#include "chat/person.h"

#include "store/query.h"
#include "text/text.h"

#include <errno.h>

enum { FOUND_MAX = 50, TAGS_MAX = 16 };

/* "ar-SY nl" as a list. */
static int split_tags(struct arena *a, const char *tags, struct strs *ret)
{
        const char **items;
        char *copy, *save = NULL;
        size_t n = 0;

        *ret = (struct strs){ .given = tags != NULL };
        if (!tags)
                return 0;
        copy = arena_copy(a, tags, strlen(tags));
        items = arena_get(a, TAGS_MAX * sizeof(*items));
        if (!copy || !items)
                return arena_failed(a);
        for (char *tag = strtok_r(copy, " ", &save); tag && n < TAGS_MAX; tag = strtok_r(NULL, " ", &save))
                items[n++] = tag;
        ret->items = items;
        ret->n = n;
        return 0;
}

int person_load(struct tx *tx, struct arena *a, int64_t id, const struct viewer *viewer, struct person_shape *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_person_get);
        bool all = !viewer || viewer->marks || viewer->person == id;
        int r;

        query_int(q, id);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        *ret = (struct person_shape){
                .id = id,
                .name = arena_copy(a, query_get_text(q, 1), query_get_bytes(q, 1)),
                .role = (enum role)query_get_word(q, 2, &words_role),
        };
        r = split_tags(a, query_get_text(q, 3), &ret->speaks);
        if (r < 0 || !all)
                return r;
        r = split_tags(a, query_get_text(q, 4), &ret->reads);
        if (r < 0)
                return r;
        ret->language = arena_copy(a, query_get_text(q, 5), query_get_bytes(q, 5));
        ret->balance = (enum balance)query_get_word(q, 7, &words_balance);
        return arena_failed(a);
}

int person_viewer(struct tx *tx, int64_t id, struct viewer *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_person_get);
        enum role role;
        int r;

        query_int(q, id);
        r = query_row(q);
        if (r < 0)
                return r;
        if (r == 0 || !query_get_int(q, 6))
                return -ENOENT;
        role = (enum role)query_get_word(q, 2, &words_role);
        *ret = viewer_of(id, role);
        return 0;
}

int person_language(struct tx *tx, struct arena *a, int64_t id, const char **ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_person_get);
        const char *language;
        int r;

        query_int(q, id);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        language = arena_copy(a, query_get_text(q, 5), query_get_bytes(q, 5));
        if (!language)
                return arena_failed(a);
        *ret = language;
        return 0;
}

int person_by_sourced_id(struct tx *tx, const char *sourced_id, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_person_by_sourced_id);
        int r;

        query_text(q, sourced_id);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        *ret = query_get_int(q, 0);
        return 0;
}

/* %folded% with the wildcards of LIKE taken literally; "%" for no query. */
static int pattern_of(struct arena *a, const char *query, const char **ret)
{
        _cleanup_free_ char *folded = NULL;
        char *pattern, *to;
        int r;

        r = text_fold(query ?: "", &folded);
        if (r < 0)
                return r;
        pattern = to = arena_get(a, strlen(folded) * 2 + 3);
        if (!pattern)
                return arena_failed(a);
        *to++ = '%';
        for (const char *s = folded; *s; s++) {
                if (*s == '%' || *s == '_' || *s == '\\')
                        *to++ = '\\';
                *to++ = *s;
        }
        if (to > pattern + 1)
                *to++ = '%';
        *to = '\0';
        *ret = pattern;
        return 0;
}

/* The ids first: loading a person runs queries of its own. */
static int take_ids(struct query *q, int64_t ids[FOUND_MAX], size_t *n)
{
        int r;

        *n = 0;
        while ((r = query_row(q)) > 0 && *n < FOUND_MAX)
                ids[(*n)++] = query_get_int(q, 0);
        query_end(q);
        return r < 0 ? r : 0;
}

int person_load_many(struct tx *tx, struct arena *a, const int64_t *ids, size_t n, struct many_person *ret)
{
        struct person_shape *people = arena_get(a, n * sizeof(*people));
        int r;

        if (!people)
                return arena_failed(a);
        for (size_t i = 0; i < n; i++) {
                r = person_load(tx, a, ids[i], NULL, &people[i]);
                if (r < 0)
                        return r;
        }
        *ret = (struct many_person){ people, n, true };
        return 0;
}

int person_find_school(struct tx *tx, struct arena *a, const char *query_text_, const char *language, struct many_person *ret)
{
        struct query *q;
        const char *pattern;
        int64_t ids[FOUND_MAX];
        size_t n;
        int r;

        r = pattern_of(a, query_text_, &pattern);
        if (r < 0)
                return r;
        q = query(tx, QUERY_person_find_school);
        query_text(q, pattern);
        query_text(q, language);
        r = take_ids(q, ids, &n);
        return r < 0 ? r : person_load_many(tx, a, ids, n, ret);
}

static int load_about(struct tx *tx, struct arena *a, int64_t id, struct strs *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_person_about);
        const char **items = arena_get(a, 20 * sizeof(*items));
        size_t n = 0;
        int r;

        if (!items)
                return arena_failed(a);
        query_int(q, id);
        while ((r = query_row(q)) > 0 && n < 20)
                items[n++] = arena_copy(a, query_get_text(q, 0), query_get_bytes(q, 0));
        *ret = (struct strs){ items, n, true };
        return r < 0 ? r : arena_failed(a);
}

static int load_seen(struct tx *tx, int64_t id, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_person_seen);
        int r;

        query_int(q, id);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        *ret = query_get_maybe(q, 0);
        return 0;
}

int person_find_any(struct tx *tx, struct arena *a, const char *query_text_, struct many_roll_entry *ret)
{
        struct roll_entry_shape *entries;
        struct query *q;
        const char *pattern;
        int64_t ids[FOUND_MAX];
        size_t n;
        int r;

        r = pattern_of(a, query_text_, &pattern);
        if (r < 0)
                return r;
        q = query(tx, QUERY_person_find_any);
        query_text(q, pattern);
        r = take_ids(q, ids, &n);
        if (r < 0)
                return r;
        entries = arena_get(a, n * sizeof(*entries));
        if (!entries)
                return arena_failed(a);
        for (size_t i = 0; i < n; i++) {
                struct person_shape *person = arena_get(a, sizeof(*person));

                if (!person)
                        return arena_failed(a);
                r = person_load(tx, a, ids[i], NULL, person);
                if (r >= 0)
                        r = load_about(tx, a, ids[i], &entries[i].about);
                if (r >= 0)
                        r = load_seen(tx, ids[i], &entries[i].seen);
                if (r < 0)
                        return r;
                entries[i].person = person;
        }
        *ret = (struct many_roll_entry){ entries, n, true };
        return 0;
}

int person_choose_language(struct tx *tx, int64_t id, const char *language)
{
        struct query *q = query(tx, QUERY_person_set_language);

        query_text(q, language);
        query_int(q, id);
        return query_run(q);
}

int person_choose_balance(struct tx *tx, int64_t id, enum balance balance)
{
        struct query *q = query(tx, QUERY_person_set_balance);

        query_word(q, &words_balance, (int)balance);
        query_int(q, id);
        return query_run(q);
}
