/* translate/apertium.c: GET /translate?langpair=eng|spa&q=… gives {responseData: {translatedText}}; GET /listPairs gives {responseData: [{sourceLanguage,
 * targetLanguage}]}. As text, so that < and & are themselves; words that it does not know stay as they are, without a mark. */
#include "translate/inside.h"

#include <errno.h>

static int read_list(const struct tree *answer, struct pairs *ret)
{
        const struct tree *list = tree_get(answer, "responseData");
        size_t n = tree_size(list);
        int r = 0;

        for (size_t i = 0; r >= 0 && i < n; i++) {
                const char *from = tree_str(tree_at(list, i), "sourceLanguage"), *to = tree_str(tree_at(list, i), "targetLanguage");

                if (from && to)
                        r = pairs_add(ret, from, to);
        }
        if (r < 0)
                return r;
        return list ? 0 : -EBADMSG;
}

static void ask(struct fetch *f, const struct pair *pair, const char *text, const char *key, struct buf *url, struct buf *body)
{
        char both[2 * PAIR_CODE_MAX + 2];

        (void)f;
        (void)body;
        snprintf(both, sizeof(both), "%s|%s", pair->from_code, pair->to_code);
        buf_add_str(url, "/translate?");
        fetch_add(url, "langpair", both);
        fetch_add(url, "markUnknown", "no");
        fetch_add(url, "format", "txt");
        if (key)
                fetch_add(url, "key", key);
        fetch_add(url, "q", text);
}

static const char *read(const struct tree *answer)
{
        return tree_str(tree_get(answer, "responseData"), "translatedText");
}

const struct engine_kind engine_apertium = { "apertium", "Apertium", "/listPairs", read_list, ask, read };
