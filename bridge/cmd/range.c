#include "cmd/range.h"

#include "base/parse.h"

#include <stdio.h>
#include <string.h>

int range_choose(const char *asked, const char *if_range, const char *etag, uint64_t all, uint64_t *ret_from, uint64_t *ret_to)
{
        const char *dash = strchr(asked, '-');
        int64_t from = -1, to = -1;
        char first[RANGE_MAX];

        *ret_from = 0;
        *ret_to = all;
        if (!*asked || (*if_range && strcmp(if_range, etag) != 0) || strncmp(asked, "bytes=", 6) != 0 || !dash || strchr(asked, ','))
                return 200;
        snprintf(first, sizeof(first), "%.*s", (int)(dash - asked - 6), asked + 6);
        if (*first && parse_int(first, 0, INT64_MAX, &from) < 0)
                return 200;
        if (dash[1] && parse_int(dash + 1, 0, INT64_MAX, &to) < 0)
                return 200;
        if (from < 0 && to < 0)
                return 200;
        if (from < 0) { /* the last so many */
                from = (uint64_t)to >= all ? 0 : (int64_t)all - to;
                to = to == 0 ? -1 : (int64_t)all - 1;
                if (to < 0)
                        from = (int64_t)all;
        } else if (to < 0 || (uint64_t)to >= all) {
                to = (int64_t)all - 1;
        } else if (to < from) {
                return 200; /* no range at all */
        }
        if ((uint64_t)from >= all) {
                *ret_to = 0;
                return 416;
        }
        *ret_from = (uint64_t)from;
        *ret_to = (uint64_t)to + 1;
        return 206;
}

void range_copy(char *to, size_t room, const char *header)
{
        *to = '\0';
        if (header && strlen(header) < room)
                memcpy(to, header, strlen(header) + 1);
}
