#include "chat/find/search.h"

#include "cmd/call.h"

#include <errno.h>

int cmd_search(struct call *call, struct tx *tx)
{
        const struct search_args *args = &call->args.search;
        const struct search_query query = {
                .text = args->query,
                .thread = args->thread,
                .before = args->before,
                .limit = args->limit > 0 ? args->limit : SEARCH_USUAL,
                .time_ms = SEARCH_TIME_MS,
                .cold_ms = SEARCH_COLD_MS,
        };
        struct found_shape found;
        int r;

        r = search(tx, &call->arena, &call->viewer, &query, &found);
        switch (r) {
        case 0:
                call->audit.n = (int64_t)found.hits.n;
                for (size_t i = 0; r == 0 && i < found.hits.n; i++)
                        r = call_shows(call, found.hits.items[i].thread, found.hits.items[i].seq);
                return r < 0 ? r : call_answer(call, &shape_found, &found);
        case -ENODATA:
                return call_refuse(call, ERROR_INVALID, "query", REASON_EMPTY);
        case -E2BIG:
                return call_refuse(call, ERROR_INVALID, "query", REASON_TOO_LONG);
        case -ERANGE:
                return call_refuse(call, ERROR_INVALID, "before", REASON_RANGE);
        default:
                return r;
        }
}
