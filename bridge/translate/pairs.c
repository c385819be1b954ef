#include "translate/pairs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pairs *pairs_new(void)
{
        struct pairs *pairs = calloc(1, sizeof(*pairs));

        if (pairs)
                pairs->refs = 1;
        return pairs;
}

struct pairs *pairs_ref(struct pairs *pairs)
{
        if (pairs)
                pairs->refs++;
        return pairs;
}

void pairs_unref(struct pairs *pairs)
{
        if (!pairs || --pairs->refs > 0)
                return;
        free(pairs->list);
        free(pairs);
}

int pairs_add(struct pairs *pairs, const char *from_code, const char *to_code)
{
        struct pair pair;

        if (strlen(from_code) > PAIR_CODE_MAX || strlen(to_code) > PAIR_CODE_MAX || language_canonical(from_code, strlen(from_code), pair.from) < 0 ||
            language_canonical(to_code, strlen(to_code), pair.to) < 0)
                return 0;
        if (pairs->n == PAIRS_MAX)
                return -EMSGSIZE;
        if (pairs->n == pairs->room) {
                size_t room = pairs->room ? pairs->room * 2 : 64;
                struct pair *list = realloc(pairs->list, room * sizeof(*list));

                if (!list)
                        return -ENOMEM;
                pairs->list = list;
                pairs->room = room;
        }
        snprintf(pair.from_code, sizeof(pair.from_code), "%s", from_code);
        snprintf(pair.to_code, sizeof(pair.to_code), "%s", to_code);
        pairs->list[pairs->n++] = pair;
        return 0;
}

const struct pair *pairs_find(const struct pairs *pairs, const char *from, const char *to)
{
        if (!pairs)
                return NULL;
        for (size_t i = 0; i < pairs->n; i++)
                if (strcmp(pairs->list[i].from, from) == 0 && strcmp(pairs->list[i].to, to) == 0)
                        return &pairs->list[i];
        for (size_t i = 0; i < pairs->n; i++)
                if (language_same(pairs->list[i].from, from) && language_same(pairs->list[i].to, to))
                        return &pairs->list[i];
        return NULL;
}

/* ---- what the school allows */

enum { PART_MAX = 2 * LANGUAGE_TAG_MAX + 1 };

/* "nl" or "az_Arab" or "*" of n bytes: as a tag, or "*". */
static bool read_part(const char *s, size_t n, char ret[LANGUAGE_TAG_MAX + 1])
{
        char tag[LANGUAGE_TAG_MAX + 1];

        if (n == 0 || n > LANGUAGE_TAG_MAX)
                return false;
        if (n == 1 && *s == '*') {
                snprintf(ret, LANGUAGE_TAG_MAX + 1, "*");
                return true;
        }
        for (size_t i = 0; i < n; i++)
                tag[i] = s[i] == '_' ? '-' : s[i];
        return language_canonical(tag, n, ret) >= 0;
}

/* The next of the list: 1, 0 at its end, -EINVAL. */
static int next_pair(const char **list, char from[LANGUAGE_TAG_MAX + 1], char to[LANGUAGE_TAG_MAX + 1])
{
        const char *s = *list + strspn(*list, " "), *hyphen;
        size_t n = strcspn(s, " ");

        if (n == 0)
                return 0;
        hyphen = memchr(s, '-', n);
        if (n > PART_MAX || !hyphen || !read_part(s, (size_t)(hyphen - s), from) || !read_part(hyphen + 1, n - (size_t)(hyphen - s) - 1, to))
                return -EINVAL;
        *list = s + n;
        return 1;
}

static bool fits(const char *wanted, const char *tag)
{
        return strcmp(wanted, "*") == 0 || language_same(wanted, tag);
}

bool pairs_allowed(const char *list, const char *from, const char *to)
{
        char wanted_from[LANGUAGE_TAG_MAX + 1], wanted_to[LANGUAGE_TAG_MAX + 1];

        while (next_pair(&list, wanted_from, wanted_to) > 0)
                if (fits(wanted_from, from) && fits(wanted_to, to))
                        return true;
        return false;
}

bool pairs_list_is_right(const char *list)
{
        char from[LANGUAGE_TAG_MAX + 1], to[LANGUAGE_TAG_MAX + 1];
        int r;

        while ((r = next_pair(&list, from, to)) > 0)
                ;
        return r == 0;
}
