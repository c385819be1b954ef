/* links: text base */
/* What a search finds: pairs that a person takes for the same, pairs that are not, and where words begin. */
#include "base/macro.h"
#include "text/point.h"
#include "text/text.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_folds(const char *s, const char *expected)
{
        _cleanup_free_ char *folded = NULL;

        assert_int_equal(text_fold(s, &folded), 0);
        assert_string_equal(folded, expected);
}

static bool same(const char *a, const char *b)
{
        _cleanup_free_ char *folded_a = NULL, *folded_b = NULL;

        assert_int_equal(text_fold(a, &folded_a), 0);
        assert_int_equal(text_fold(b, &folded_b), 0);
        return *folded_a && strcmp(folded_a, folded_b) == 0;
}

static void what_people_take_for_the_same_is_the_same(void **state)
{
        static const char *const pairs[][2] = {
                /* Latin */
                { "SCHOOL", "school" },
                { "één", "een" },
                { "Đorđe", "dorde" },
                { "Łódź", "lodz" },
                { "Işık", "isik" },
                { "İSTANBUL", "istanbul" },
                { "ISIK", "ışık" },
                { "Straße", "STRASSE" },
                { "ĳs", "ijs" },
                { "Ａｎｎａ", "anna" },
                { "Øster", "oster" },
                { "œuvre", "oeuvre" },
                { "școală", "şcoala" },
                { "Tiếng Việt", "tieng viet" },
                { "foto's", "fotos" },
                { "foto’s", "foto's" },
                /* Cyrillic */
                { "ёлка", "елка" },
                { "Київ", "київ" },
                { "ґанок", "ганок" },
                { "п'ять", "п’ять" },
                { "пʼять", "п'ять" },
                { "мо́ва", "мова" },
                /* Arabic script */
                { "أحمد", "احمد" },
                { "إيمان", "ايمان" },
                { "آمنة", "امنه" },
                { "ٱلله", "الله" },
                { "مدرسة", "مدرسه" },
                { "مَدْرَسَةٌ", "مدرسة" },
                { "مـــدرســـة", "مدرسة" },
                { "محمد\u0610", "محمد" },
                { "على", "علي" },
                { "علی", "علي" },
                { "کتاب", "كتاب" },
                { "ﻣﺪﺭﺳﺔ", "مدرسة" },
                { "می\u200cروم", "میروم" },
                { "ښوونځی", "ښوونځي" },
                { "ګرم", "گرم" },
                { "ہفتہ", "هفته" },
                { "خانۀ", "خانه" },
                { "مسؤول", "مسوول" },
                /* Digits */
                { "۱۲۳۴", "1234" },
                { "١٢٣٤", "1234" },
                { "१२", "12" },
                { "१२", "١٢" },
                /* Ethiopic */
                { "ሐኪም", "ሀኪም" },
                { "ኀይል", "ሀይል" },
                { "ሠላም", "ሰላም" },
                { "ፀሐይ", "ጸሀይ" },
                { "ዐይን", "አይን" },
                { "ሕክምና", "ህክምና" },
                { "ሥራ", "ስራ" },
                /* Others */
                { "ΟΔΟΣ", "οδός" },
                { "שָׁלוֹם", "שלום" },
                { "ｶﾞｯｺｳ", "ガッコウ" },
                { "\u1112\u1161\u11ab국", "한국" },
                { "क़लम", "कलम" },
                { "co\u00adoperatie", "cooperatie" },
        };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(pairs); i++)
                if (!same(pairs[i][0], pairs[i][1]))
                        fail_msg("%s, %s", pairs[i][0], pairs[i][1]);
}

static void what_is_another_word_stays_another(void **state)
{
        static const char *const pairs[][2] = {
                { "school", "schol" },
                { "مدرسة", "مدرس" },
                { "ሰላም", "ሳላም" },
                { "ጸሎት", "ሰሎት" },
                { "की", "का" },
                { "ไม่", "ไมล์" },
                { "پدر", "بدر" },
                { "چای", "جای" },
                { "ру", "ры" },
        };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(pairs); i++)
                if (same(pairs[i][0], pairs[i][1]))
                        fail_msg("%s, %s", pairs[i][0], pairs[i][1]);
}

static void words_are_where_people_see_them(void **state)
{
        (void)state;
        assert_folds("", "");
        assert_folds(" … !? 👍🏽 \u200d", "");
        assert_folds("Goedemorgen, mevrouw!\nKomt u om 12:30?", "goedemorgen mevrouw komt u om 12 30");
        assert_folds("مَرْحَبًا بِكُمْ فِي المَدْرَسَةِ", "مرحبا بكم في المدرسه");
        assert_folds("ሰላም፡ለኹሉ።", "ሰላም ለኹሉ");
        assert_folds("ada ada ada", "ada ada ada");
        assert_folds("l'école d’été qu'il aujourd'hui", "l ecole d ete qu il aujourdhui");
        assert_folds("go'aan 's avonds", "goaan s avonds");
        assert_folds("a.u.b. foo_bar school.nl/x 06-12345678", "a u b foo bar school nl x 06 12345678");
        assert_folds("我们的学校在城里", "我们 的 学校 在 城 里");
        assert_folds("โรงเรียนของเรา", "โรงเรียน ของ เรา");
        assert_folds("20 m² tuin", "20 m tuin");
        assert_folds("👍hallo🇳🇱dag", "hallo dag");
        assert_folds("\u0301\u0640", "");
        assert_folds("ﷺ", "صلي الله عليه وسلم");
}

/* Marks that we drop weigh nothing at the first level of Unicode's own collation table, whose lines read
 * "0301  ; [.0000.0024.0002] # COMBINING ACUTE ACCENT". */
static void the_marks_that_go_have_no_primary_weight(void **state)
{
        FILE *file = fopen("/usr/share/unicode/allkeys.txt", "re");
        char line[1024], text[16];
        size_t marks = 0;

        (void)state;
        assert_non_null(file);
        while (fgets(line, sizeof(line), file)) {
                _cleanup_free_ char *folded = NULL;
                char *end;
                UChar32 c = (UChar32)strtoul(line, &end, 16);
                size_t n = 1;

                if (end == line || strncmp(end, "  ; [", 5) != 0 || !(U_GET_GC_MASK(c) & U_GC_M_MASK))
                        continue;
                /* Letters that medieval scribes wrote above others. */
                if (strstr(line, "# COMBINING LATIN") || strstr(line, "# COMBINING CYRILLIC") || c == 0x1dd2)
                        continue;
                text[0] = 'a';
                n += point_write(text + n, c);
                text[n] = '\0';
                assert_int_equal(text_fold(text, &folded), 0);
                if (strcmp(folded, "a") == 0 && strncmp(end + 5, ".0000", 5) != 0)
                        fail_msg("U+%04X goes and has a weight of its own", (unsigned)c);
                marks++;
        }
        fclose(file);
        assert_true(marks > 500);
}

static void *fold_in_a_thread(void *ret)
{
        for (int i = 0; i < 1000; i++) {
                _cleanup_free_ char *folded = NULL;

                if (text_fold("我们的学校 ØSTER", &folded) != 0 || strcmp(folded, "我们 的 学校 oster") != 0)
                        return NULL;
        }
        *(bool *)ret = true;
        return NULL;
}

static void threads_fold_without_each_other(void **state)
{
        pthread_t threads[4];
        bool done[4] = { false };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(threads); i++)
                assert_int_equal(pthread_create(&threads[i], NULL, fold_in_a_thread, &done[i]), 0);
        for (size_t i = 0; i < ELEMENTS(threads); i++) {
                pthread_join(threads[i], NULL);
                assert_true(done[i]);
        }
}

static void what_is_not_text_is_refused(void **state)
{
        static char text[70 * 1024];
        char *ret = text;

        (void)state;
        assert_int_equal(text_fold("a\xff", &ret), -EILSEQ);
        memset(text, 'a', sizeof(text) - 1);
        assert_int_equal(text_fold(text, &ret), -EMSGSIZE);
        assert_ptr_equal(ret, text);
}

/* What stands at a word's place in the text, in UTF-16 units: all of it ASCII and the like here, or counted by hand. */
static void assert_places(const char *s, const struct text_word *expected, size_t n)
{
        _cleanup_(text_words_done) struct text_words words = { 0 };

        assert_int_equal(text_words(s, &words), 0);
        assert_int_equal(words.n, n);
        for (size_t i = 0; i < n; i++) {
                assert_int_equal(words.list[i].n, strlen(expected[i].folded));
                assert_memory_equal(words.list[i].folded, expected[i].folded, words.list[i].n);
                assert_int_equal(words.list[i].from, expected[i].from);
                assert_int_equal(words.list[i].to, expected[i].to);
        }
}
#define PLACES(s, ...)                                                                                                \
        assert_places(s, (const struct text_word[]){ __VA_ARGS__ }, sizeof((const struct text_word[]){ __VA_ARGS__ }) / sizeof(struct text_word))

static void a_word_has_a_place(void **state)
{
        (void)state;
        assert_places("", NULL, 0);
        assert_places("… 🙂 !", NULL, 0);
        PLACES("Een School.", { "een", 0, 0, 3 }, { "school", 0, 4, 10 });
        PLACES("🙂 ja", { "ja", 0, 3, 5 });                                       /* two units for the picture */
        PLACES("𝐀b", { "ab", 0, 0, 3 });                                          /* and for a letter beyond U+FFFF */
        PLACES("مَدْرَسَةٌ ok", { "مدرسه", 0, 0, 10 }, { "ok", 0, 11, 13 });                /* over marks that are left out */
        PLACES("l'école", { "l", 0, 0, 1 }, { "ecole", 0, 2, 7 });                /* two words in one of ICU's */
        PLACES("foto's", { "fotos", 0, 0, 6 });
        PLACES("e\u0301\u0301n x", { "en", 0, 0, 3 }, { "x", 0, 4, 5 });          /* of the text in NFC, however it came */
        PLACES("ﷺ", { "صلي", 0, 0, 1 }, { "الله", 0, 0, 1 }, { "عليه", 0, 0, 1 }, { "وسلم", 0, 0, 1 });
        PLACES("明天学校开会", { "明天", 0, 0, 2 }, { "学校", 0, 2, 4 }, { "开会", 0, 4, 6 });
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_people_take_for_the_same_is_the_same),
                cmocka_unit_test(what_is_another_word_stays_another),
                cmocka_unit_test(words_are_where_people_see_them),
                cmocka_unit_test(the_marks_that_go_have_no_primary_weight),
                cmocka_unit_test(threads_fold_without_each_other),
                cmocka_unit_test(what_is_not_text_is_refused),
                cmocka_unit_test(a_word_has_a_place),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
