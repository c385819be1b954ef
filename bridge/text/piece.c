#include "text/piece.h"

#include "base/macro.h"
#include "text/link.h"
#include "text/point.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct cutting {
        struct text_piece *list;
        size_t n, room;
};

/* Joins neighbours of one kind. */
static int add(struct cutting *c, size_t from, size_t to, bool translate)
{
        struct text_piece *last = c->n > 0 ? &c->list[c->n - 1] : NULL;

        if (from == to)
                return 0;
        if (last && last->translate == translate && last->to == from) {
                last->to = to;
                return 0;
        }
        if (c->n == c->room) {
                size_t room = c->room ? c->room * 2 : 16;
                struct text_piece *list = realloc(c->list, room * sizeof(*list));

                if (!list)
                        return -ENOMEM;
                c->list = list;
                c->room = room;
        }
        c->list[c->n++] = (struct text_piece){ from, to, translate };
        return 0;
}

/* A stretch between what is kept: its white space stays outside, and without a letter all of it does. */
static int add_stretch(struct cutting *c, const char *s, size_t from, size_t to)
{
        size_t first = to, last = from, i = from;
        bool letter = false;
        int r;

        while (i < to) {
                size_t at = i;
                UChar32 point = point_next(s, &i, to);

                if (point < 0)
                        return -EILSEQ;
                if (point_is_space(point))
                        continue;
                if (first == to)
                        first = at;
                last = i;
                letter = letter || u_isalpha(point);
        }
        if (!letter)
                return add(c, from, to, false);
        r = add(c, from, first, false);
        if (r >= 0)
                r = add(c, first, last, true);
        return r < 0 ? r : add(c, last, to, false);
}

/* What belongs to the emoji before it, or makes one of what stands before it. */
static bool joins_emoji(UChar32 c)
{
        return c == POINT_ZWJ || c == 0xfe0f || c == 0xfe0e || c == 0x20e3 || (c >= 0x1f3fb && c <= 0x1f3ff) || (c >= 0xe0020 && c <= 0xe007f);
}

int text_pieces(const char *s, struct text_piece **ret, size_t *n)
{
        struct cutting c = { 0 };
        size_t length = strlen(s), begin = 0, i = 0, kept;
        bool word = false; /* inside one: no link begins there */
        int r = 0;

        while (r >= 0 && i < length) {
                size_t at = i, looked;
                UChar32 point;

                kept = word ? 0 : text_link_length(s + i, length - i, &looked);
                if (kept == 0) {
                        point = point_next(s, &i, length);
                        if (point < 0) {
                                r = -EILSEQ;
                                break;
                        }
                        word = u_isalnum(point);
                        if (point != '\n' && !point_is_emoji(point) && !joins_emoji(point))
                                continue;
                        kept = i - at;
                        /* ZWJ between letters is spelling. */
                        if (point == POINT_ZWJ && (at == begin || c.n == 0 || c.list[c.n - 1].to != at))
                                continue;
                }
                r = add_stretch(&c, s, begin, at);
                if (r >= 0)
                        r = add(&c, at, at + kept, false);
                i = begin = at + kept;
        }
        if (r >= 0)
                r = add_stretch(&c, s, begin, length);
        if (r < 0) {
                free(c.list);
                return r;
        }
        *ret = c.list;
        *n = c.n;
        return 0;
}

int text_is_wordless(const char *s)
{
        _cleanup_free_ struct text_piece *list = NULL;
        size_t n;
        int r;

        r = text_pieces(s, &list, &n);
        if (r < 0)
                return r;
        for (size_t i = 0; i < n; i++)
                if (list[i].translate)
                        return 0;
        return 1;
}
