/* translate/libretranslate.c: POST /translate {q, source, target, format, api_key?} gives {translatedText}; GET /languages gives [{code, targets}]. */
#include "translate/inside.h"

#include "proto/shape.h"

#include <errno.h>

static int read_list(const struct tree *answer, struct pairs *ret)
{
        size_t n = tree_size(answer);
        int r = 0;

        for (size_t i = 0; r >= 0 && i < n; i++) {
                const struct tree *language = tree_at(answer, i), *targets = tree_get(language, "targets");
                const char *from = tree_str(language, "code"), *to;
                /* Older ones do not say: then each is put into each. */
                size_t count = targets ? tree_size(targets) : n;

                for (size_t k = 0; r >= 0 && from && k < count; k++) {
                        to = targets ? tree_text(tree_at(targets, k)) : tree_str(tree_at(answer, k), "code");
                        if (to && strcmp(to, from) != 0)
                                r = pairs_add(ret, from, to);
                }
        }
        if (r < 0)
                return r;
        return ret->n > 0 ? 0 : -EBADMSG;
}

static void ask(struct fetch *f, const struct pair *pair, const char *text, const char *key, struct buf *url, struct buf *body)
{
        buf_add_str(url, "/translate");
        buf_add_str(body, "{\"q\":");
        json_string_encode(body, text);
        buf_add_str(body, ",\"source\":");
        json_string_encode(body, pair->from_code);
        buf_add_str(body, ",\"target\":");
        json_string_encode(body, pair->to_code);
        buf_add_str(body, ",\"format\":\"text\"");
        if (key) {
                buf_add_str(body, ",\"api_key\":");
                json_string_encode(body, key);
        }
        buf_add_str(body, "}");
        f->json = buf_str(body);
}

static const char *read(const struct tree *answer)
{
        return tree_str(answer, "translatedText");
}

const struct engine_kind engine_libretranslate = { "libretranslate", "LibreTranslate", "/languages", read_list, ask, read };
