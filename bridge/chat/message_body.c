#include "chat/message_inside.h"

#include "base/log.h"
#include "chat/find/words.h"
#include "store/query.h"

#include <errno.h>

int body_seal(struct tx *tx, const struct seal_place *place, const char *body, const char *folded, struct buf *out)
{
        _cleanup_(buf_done) struct buf inside = BUF(WRAPPED_MAX);
        unsigned char key[WORD_KEY];
        int r;

        r = seal_word_key(tx, place->thread, key);
        if (r < 0)
                return r;
        r = words_wrap(key, body, folded, &inside);
        secret_wipe(key, sizeof(key));
        return r < 0 ? r : seal_text(tx, place, inside.data, inside.len, out);
}

int body_open(struct tx *tx, struct arena *a, const struct seal_place *place, struct query *q, int column, char **ret)
{
        int r;

        *ret = NULL;
        r = seal_open(tx, a, place, query_get_blob(q, column), query_get_bytes(q, column), ret, NULL);
        if (r == -EBADMSG)
                log_error("chat", "a sealed body does not open: thread %lld, message %lld", (long long)place->thread, (long long)place->seq);
        return r == -EKEYREVOKED || r == -EBADMSG ? 0 : r;
}
