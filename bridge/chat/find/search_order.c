#include "chat/find/search_order.h"

#include "base/parse.h"

#include <errno.h>

int compare_places(const struct place_in_time *a, const struct place_in_time *b)
{
        if (a->sent != b->sent)
                return a->sent < b->sent ? -1 : 1;
        if (a->thread != b->thread)
                return a->thread < b->thread ? -1 : 1;
        return a->seq < b->seq ? -1 : a->seq > b->seq;
}

int cursor_read(const char *text, struct place_in_time *ret)
{
        char room[CURSOR_MAX + 1];
        int64_t part[3];
        char *at = room;

        *ret = (struct place_in_time){ INT64_MAX, INT64_MAX, INT64_MAX };
        if (!text)
                return 0;
        if (strlen(text) > CURSOR_MAX)
                return -ERANGE;
        memcpy(room, text, strlen(text) + 1);
        for (size_t i = 0; i < ELEMENTS(part); i++) {
                char *next = strchr(at, '.');

                if ((next != NULL) != (i + 1 < ELEMENTS(part)))
                        return -ERANGE;
                if (next)
                        *next = '\0';
                if (parse_int(at, 0, INT64_MAX - 1, &part[i]) < 0)
                        return -ERANGE;
                at = next + 1;
        }
        *ret = (struct place_in_time){ part[0], part[1], part[2] };
        return 0;
}

void cursor_write(const struct place_in_time *place, char ret[CURSOR_MAX + 1])
{
        snprintf(ret, CURSOR_MAX + 1, "%lld.%lld.%lld", (long long)place->sent, (long long)place->thread, (long long)place->seq);
}

static void swap(struct candidate *a, struct candidate *b)
{
        struct candidate c = *a;

        *a = *b;
        *b = c;
}

int candidates_add(struct candidates *all, const struct candidate *c)
{
        size_t i = all->n;

        if (all->n == all->room) {
                size_t room = all->room * 2 + 256;
                struct candidate *heap = reallocarray(all->heap, room, sizeof(*heap));

                if (!heap)
                        return -ENOMEM;
                all->heap = heap;
                all->room = room;
        }
        all->heap[all->n++] = *c;
        for (; i > 0 && compare_places(&all->heap[i].at, &all->heap[(i - 1) / 2].at) > 0; i = (i - 1) / 2)
                swap(&all->heap[i], &all->heap[(i - 1) / 2]);
        return 0;
}

struct candidate candidates_take(struct candidates *all)
{
        struct candidate top = all->heap[0];
        size_t i = 0;

        all->heap[0] = all->heap[--all->n];
        for (;;) {
                size_t child = 2 * i + 1;

                if (child + 1 < all->n && compare_places(&all->heap[child + 1].at, &all->heap[child].at) > 0)
                        child++;
                if (child >= all->n || compare_places(&all->heap[child].at, &all->heap[i].at) <= 0)
                        return top;
                swap(&all->heap[i], &all->heap[child]);
                i = child;
        }
}

void candidates_done(struct candidates *all)
{
        free(all->heap);
        *all = (struct candidates){ 0 };
}
