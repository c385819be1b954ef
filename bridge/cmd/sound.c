#include "cmd/sound.h"

#include "cmd/range.h"

void sound_answer(const struct http_call *call, const struct recording *recording, const char *known, const char *range, const char *if_range)
{
        char etag[RANGE_ETAG];
        struct http_shown shown = { .etag = etag, .all = recording->n };
        uint64_t from = 0, to = 0;
        int status = 304;

        snprintf(etag, sizeof(etag), "\"r%lld\"", (long long)recording->id);
        if (!strstr(known, etag))
                status = range_choose(range, if_range, etag, recording->n, &from, &to);
        shown.from = from;
        call->answer(call->net, call->ticket,
                     &(struct http_answer){ .status = status, .shown = &shown, .content_type = "audio/mp4",
                                            .body = to > from ? (const char *)recording->sound + from : NULL, .body_len = (size_t)(to - from) });
}
