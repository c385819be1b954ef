#include "chat/find/texts.h"

#include "base/parse.h"
#include "chat/seal/seal.h"
#include "store/query.h"
#include "text/text.h"

#include <errno.h>

enum { ONE_TEXT_MAX = 2 * WRAPPED_MAX };

/* Columns of words_tail, words_tail_version, words_late. */
enum { SEQ, N, SENT, PERSON, CLIENT_ID, LANGUAGE, ORIGIN, BODY, VERSIONS /* words_tail only */ };

static int open_one(struct tx *tx, int64_t thread, struct query *q, text_take take, void *arg)
{
        _cleanup_(arena_done) struct arena a = ARENA(ONE_TEXT_MAX);
        struct text_in text = { .seq = query_get_int(q, SEQ), .n = query_get_int(q, N), .sent_ms = query_get_int(q, SENT) };
        struct seal_place place = {
                .kind = text.n > 0 ? SEAL_VERSION : SEAL_BODY,
                .thread = thread,
                .seq = text.seq,
                .n = text.n,
                .person = query_get_int(q, PERSON),
                .id = query_get_blob(q, CLIENT_ID),
                .language = query_get_text(q, LANGUAGE),
                .origin = query_get_text(q, ORIGIN),
        };
        char *inside;
        size_t n;
        int r;

        if (place.id && query_get_bytes(q, CLIENT_ID) != UUID_BYTES)
                return -EUCLEAN;
        r = seal_open(tx, &a, &place, query_get_blob(q, BODY), query_get_bytes(q, BODY), &inside, &n);
        if (r == -EBADMSG) /* the row was changed; the others can be found without it */
                return 0;
        if (r >= 0)
                r = words_unwrap(inside, n, &text.inside);
        return r < 0 ? r : take(arg, &text);
}

/* versions: where not NULL, whether any of the messages has some. */
static int each(struct tx *tx, enum query_id id, int64_t thread, int64_t bound, bool *versions, text_take take, void *arg)
{
        _cleanup_(query_endp) struct query *q = query(tx, id);
        int r;

        query_int(q, thread);
        query_int(q, bound);
        while ((r = query_row(q)) > 0) {
                if (versions)
                        *versions |= query_get_int(q, VERSIONS) > 0;
                r = open_one(tx, thread, q, take, arg);
                if (r < 0)
                        return r;
        }
        return r;
}

int texts_from(struct tx *tx, int64_t thread, int64_t seq, text_take take, void *arg)
{
        bool versions = false;
        int r;

        r = each(tx, QUERY_words_tail, thread, seq - 1, &versions, take, arg);
        return r < 0 || !versions ? r : each(tx, QUERY_words_tail_version, thread, seq - 1, NULL, take, arg);
}

int texts_late(struct tx *tx, int64_t thread, int64_t seq, text_take take, void *arg)
{
        return each(tx, QUERY_words_late, thread, seq, NULL, take, arg);
}
