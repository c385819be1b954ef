#include "chat/versions/topic.h"

#include "store/query.h"
#include "text/language.h"
#include "text/text.h"

#include <errno.h>

/* Whether a word of the text is this one, or begins with it; also behind what its language writes joined to the front. */
static bool is_word(const struct text_word *in, const char *word, size_t n, bool open)
{
        for (uint32_t starts = in->starts, at = 0; starts; starts >>= 1, at++)
                if (starts & 1 && (open ? in->n - at >= n : in->n - at == n) && memcmp(in->folded + at, word, n) == 0)
                        return true;
        return false;
}

/* Whether the words stand in the text one behind the other; the last one may be a beginning. words: folded. */
static bool stands_at(const struct text_words *in, size_t at, const char *words)
{
        size_t n;

        for (; *words; words += n + (words[n] == ' ')) {
                bool open;

                n = strcspn(words, " ");
                if (n == 0)
                        continue;
                if (at == in->n)
                        return false;
                open = words[n - 1] == '*';
                if (!is_word(&in->list[at++], words, n - open, open))
                        return false;
        }
        return true;
}

static bool stands_in(const struct text_words *in, const char *words)
{
        for (size_t i = 0; i < in->n; i++)
                if (stands_at(in, i, words))
                        return true;
        return false;
}

/* The words of one tag. */
static int find_topic(struct tx *tx, const struct text_words *in, const char *tag, enum topic *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_topic_words_held);
        int r;

        query_text(q, tag);
        while ((r = query_row(q)) > 0)
                if (stands_in(in, query_get_text(q, 1))) {
                        *ret = (enum topic)query_get_word(q, 0, &words_topic);
                        return 0;
                }
        return r;
}

/* There are thousands of entries and twenty languages: which of them the text is in is asked of the languages, not of the entries. */
int topic_of(struct tx *tx, const char *text, const char *language, enum topic *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_topic_languages);
        _cleanup_(text_words_done) struct text_words words = { 0 };
        enum topic found = TOPIC_NOT_GIVEN;
        int r;

        r = text_words(text, &words);
        if (r < 0)
                return r;
        text_words_part(&words, language);
        while (!found && (r = query_row(q)) > 0)
                if (language_same(query_get_text(q, 0), language)) {
                        r = find_topic(tx, &words, query_get_text(q, 0), &found);
                        if (r < 0)
                                return r;
                }
        if (r < 0)
                return r;
        *ret = found;
        return 0;
}

static int load_topics(struct tx *tx, struct arena *a, struct many_topic_mark *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_topic_all);
        struct topic_mark_shape *items = NULL;
        size_t n = 0, room = 0;
        int r;

        while ((r = query_row(q)) > 0) {
                items = arena_grow(a, items, n, &room, sizeof(*items));
                if (!items)
                        return arena_failed(a);
                items[n++] = (struct topic_mark_shape){ .topic = (enum topic)query_get_word(q, 0, &words_topic), .held = query_get_int(q, 1) };
        }
        *ret = (struct many_topic_mark){ items, n, true };
        return r;
}

int topic_list(struct tx *tx, struct arena *a, struct topics_shape *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_topic_words);
        struct topic_word_shape *items = NULL;
        size_t n = 0, room = 0;
        int r;

        r = load_topics(tx, a, &ret->topics);
        if (r < 0)
                return r;
        while ((r = query_row(q)) > 0) {
                items = arena_grow(a, items, n, &room, sizeof(*items));
                if (!items)
                        return arena_failed(a);
                items[n++] = (struct topic_word_shape){
                        .id = query_get_int(q, 0),
                        .topic = (enum topic)query_get_word(q, 1, &words_topic),
                        .language = arena_copy(a, query_get_text(q, 2), query_get_bytes(q, 2)),
                        .words = arena_copy(a, query_get_text(q, 3), query_get_bytes(q, 3)),
                };
        }
        if (r < 0)
                return r;
        ret->words = (struct many_topic_word){ items, n, true };
        return arena_failed(a);
}

int topic_hold(struct tx *tx, enum topic topic, bool held)
{
        struct query *q = query(tx, QUERY_topic_hold);

        query_int(q, held);
        query_word(q, &words_topic, (int)topic);
        return query_run(q);
}

static int count(struct tx *tx, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_topic_word_count);
        int r = query_row(q);

        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        *ret = query_get_int(q, 0);
        return 0;
}

int topic_words_fold(const char *words, struct buf *out)
{
        _cleanup_free_ char *folded = NULL;
        size_t n = strlen(words);
        int r;

        r = text_fold(words, &folded);
        if (r < 0)
                return r;
        if (!*folded)
                return -ENODATA;
        buf_add_str(out, folded);
        if (words[n - 1] == '*')
                buf_add_char(out, '*');
        return buf_failed(out);
}

int topic_word_add(struct tx *tx, enum topic topic, const char *language, const char *words)
{
        _cleanup_(buf_done) struct buf kept = BUF(TOPIC_WORDS_BYTES);
        struct query *q;
        int64_t rows;
        int r;

        r = topic_words_fold(words, &kept);
        if (r >= 0)
                r = count(tx, &rows);
        if (r < 0)
                return r;
        if (rows >= TOPIC_WORDS_MAX)
                return -EDQUOT;
        q = query(tx, QUERY_topic_word_add);
        query_word(q, &words_topic, (int)topic);
        query_text(q, language);
        query_text(q, buf_str(&kept));
        return query_run(q);
}

/* One of the program's list stays, marked, so that it does not come back by itself. */
int topic_word_remove(struct tx *tx, int64_t id)
{
        struct query *q = query(tx, QUERY_topic_word_remove);
        int r;

        query_int(q, id);
        r = query_run(q);
        if (r < 0 || query_changes(q) > 0)
                return r < 0 ? r : 0;
        q = query(tx, QUERY_topic_word_out);
        query_int(q, id);
        r = query_run(q);
        return r < 0 ? r : query_changes(q) > 0 ? 0 : -ENOENT;
}
