#include "translate/message.h"

#include "base/clock.h"
#include "secret/aead.h"
#include "text/piece.h"
#include "text/text.h"

#include <errno.h>

enum { CALLS = 4, JOINED_MAX = 4 * TEXT_BYTES_MAX };

static struct engine_answer failed(enum engine_result result, const char *why)
{
        return (struct engine_answer){ .result = result, .why = why };
}

/* What an engine puts around a piece is not the message's. */
static void add_trimmed(struct buf *out, const struct buf *piece)
{
        const char *s = buf_str(piece);
        size_t n = piece->len, from = 0;

        while (n > 0 && strchr(" \t\r\n", s[n - 1]))
                n--;
        while (from < n && strchr(" \t\r\n", s[from]))
                from++;
        buf_add(out, s + from, n - from);
}

struct engine_answer message_translate(const struct engine *engine, const struct pair *pair, const char *text, int timeout_ms, atomic_bool *stopping, char **ret)
{
        _cleanup_(buf_done) struct buf out = BUF(JOINED_MAX), said = BUF(JOINED_MAX);
        _cleanup_free_ struct text_piece *pieces = NULL;
        struct engine_answer a = { .result = ENGINE_DONE, .why = "" };
        int64_t until = clock_mono_ms() + (int64_t)CALLS * timeout_ms;
        size_t n;
        int r;

        if (text_pieces(text, &pieces, &n) < 0)
                return failed(ENGINE_REFUSED, "the text cannot be cut");
        for (size_t i = 0; i < n; i++) {
                _cleanup_free_ char *piece = NULL;

                if (!pieces[i].translate) {
                        buf_add(&out, text + pieces[i].from, pieces[i].to - pieces[i].from);
                        continue;
                }
                if (clock_mono_ms() >= until)
                        return failed(ENGINE_FAILED, "it does not answer in time");
                piece = strndup(text + pieces[i].from, pieces[i].to - pieces[i].from);
                if (!piece)
                        return failed(ENGINE_FAILED, "there is no memory");
                buf_clear(&said);
                a = engine_translate(engine, pair, piece, stopping, &said);
                secret_wipe(piece, strlen(piece));
                if (a.result != ENGINE_DONE)
                        return a;
                add_trimmed(&out, &said);
        }
        if (buf_failed(&out))
                return failed(ENGINE_FAILED, "its answer is too big");
        r = text_body(buf_str(&out), out.len, TEXT_BYTES_MAX, ret);
        if (r == -ENODATA) {
                *ret = strdup("");
                return *ret ? a : failed(ENGINE_FAILED, "there is no memory");
        }
        return r < 0 ? failed(ENGINE_FAILED, "its answer is no text of a message") : a;
}
