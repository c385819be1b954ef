/* chat/versions/topic_list.c: the program's own list of words (locales/topics/), brought into the school's. */
#include "base/log.h"
#include "chat/versions/topic.h"
#include "proto/tree.h"
#include "store/query.h"

#include <errno.h>

static const struct {
        const char *name, *json;
} files[] = {
#define PHRASE_FILE(name, json) { name, json },
#include "chat/topic_files.def"
#undef PHRASE_FILE
};

struct bringing {
        struct tx *tx;
        const char *language;
        const struct tree *topics;
};

static int bring(struct bringing *b, enum topic topic, const char *words)
{
        _cleanup_(buf_done) struct buf kept = BUF(TOPIC_WORDS_BYTES);
        struct query *q;
        int r;

        r = topic_words_fold(words, &kept);
        if (r < 0)
                return r;
        q = query(b->tx, QUERY_topic_word_bring);
        query_word(q, &words_topic, (int)topic);
        query_text(q, b->language);
        query_text(q, buf_str(&kept));
        return query_run(q);
}

static int bring_topic(void *arg, const char *key, const struct tree *list)
{
        struct bringing *b = arg;
        enum topic topic = (enum topic)word_value(&words_topic, key);
        int r = topic ? 0 : -EBADMSG;

        for (size_t i = 0; r >= 0 && i < tree_size(list); i++)
                r = tree_text(tree_at(list, i)) ? bring(b, topic, tree_text(tree_at(list, i))) : -EBADMSG;
        return r;
}

static int bring_file(struct tx *tx, const char *json)
{
        _cleanup_(tree_freep) struct tree *tree = NULL;
        struct bringing b = { .tx = tx };
        int r;

        r = tree_parse(json, strlen(json), &tree);
        if (r < 0)
                return r;
        b.language = tree_str(tree, "language");
        return b.language ? tree_each(tree_get(tree, "topics"), bring_topic, &b) : -EBADMSG;
}

int topic_bring_list(struct tx *tx)
{
        int r = 0;

        for (size_t i = 0; r >= 0 && i < ELEMENTS(files); i++) {
                r = bring_file(tx, files[i].json);
                if (r < 0)
                        log_error("topic", "the words of locales/topics/%s.json are not as they must be", files[i].name);
        }
        /* What was ours and is not in the list any more. */
        if (r >= 0)
                r = query_run(query(tx, QUERY_topic_word_drop));
        return r < 0 ? r : query_run(query(tx, QUERY_topic_word_settle));
}
