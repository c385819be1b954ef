/* links: text base */
/* Language tags: their grammar, their canonical form, and what we know of the languages. */
#include "base/macro.h"
#include "text/language.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct {
        const char *tag, *script, *locale, *own_name;
} rows[] = {
#define LANGUAGE(tag, script, locale, own_name) { tag, script, locale, own_name },
#include "text/language.def"
#undef LANGUAGE
};

static void tags_have_one_form(void **state)
{
        static const char *const pairs[][2] = {
                { "nl", "nl" },
                { "NL-be", "nl-BE" },
                { "en-us", "en-US" },
                { "AZ-ARAB", "az-Arab" },
                { "zh-hans-cn", "zh-Hans-CN" },
                { "iw", "he" },
                { "in-ID", "id-ID" },
                { "mo", "ro" },
                { "es-419", "es-419" },
                { "my-BU", "my-MM" },
                { "nld", "nl" },
                { "ukr", "uk" },
                { "tir", "ti" },
                { "per", "fa" },
                { "dut", "nl" },
                { "rum-MD", "ro-MD" },
                { "ara", "ar" },
                { "som", "so" },
                { "mol", "ro" },
                { "prs", "prs" },
                { "kmr", "kmr" },
                { "pbu", "pbu" },
                { "ckb", "ckb" },
                { "pes", "pes" },
                { "zh-cmn-Hans", "cmn-Hans" },
                { "ar-apc", "apc" },
                { "i-lux", "lb" },
                { "no-bok", "nb" },
                { "en-GB-oed", "en-GB-oxendict" },
                { "sl-ROZAJ-1994", "sl-rozaj-1994" },
                { "de-u-co-phonebk-A-foo", "de-a-foo-u-co-phonebk" },
                { "ar-u-nu-latn", "ar-u-nu-latn" },
                { "en-x-SCHOOL-1", "en-x-school-1" },
                { "und", "und" },
                { "qqq", "qqq" },
        };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(pairs); i++) {
                char tag[LANGUAGE_TAG_MAX + 1], again[LANGUAGE_TAG_MAX + 1];

                if (language_canonical(pairs[i][0], strlen(pairs[i][0]), tag) != 0)
                        fail_msg("%s is refused", pairs[i][0]);
                assert_string_equal(tag, pairs[i][1]);
                assert_int_equal(language_canonical(tag, strlen(tag), again), 0);
                assert_string_equal(again, tag);
        }
}

static void what_is_no_tag_is_refused(void **state)
{
        static const char *const tags[] = {
                "",
                "-",
                "n",
                "nl-",
                "-nl",
                "nl--BE",
                "nl_BE",
                "nl.UTF-8",
                "n1",
                "419",
                "nl BE",
                " nl",
                "nl\n",
                "нл",
                "x-school",
                "a-nl",
                "abcdefghi",
                "nl-abcdefghi",
                "nl-BE-BE",
                "nl-Latn-Latn",
                "de-u",
                "de-u-co-phonebk-u-nu-latn",
                "sl-rozaj-rozaj",
                "en-x",
                "en-x-",
                "en-a-b-cc",
                "i-nonsense",
                "en-US-u-",
                "<script>",
                "../nl",
                "nl\"",
                "nl;DROP",
                "C",
                "POSIX-",
                "nl-x-aaaaaaaa-bbbbbbbb-cccccccc-dddd",
                "en-GB-a-aa-b-bb-c-cc-d-dd-e-ee-f-fff",
        };
        char ret[LANGUAGE_TAG_MAX + 1] = "untouched";

        (void)state;
        for (size_t i = 0; i < ELEMENTS(tags); i++)
                if (language_canonical(tags[i], strlen(tags[i]), ret) != -EINVAL)
                        fail_msg("\"%s\" is taken for %s", tags[i], ret);
        assert_int_equal(language_canonical("nl\0x", 4, ret), -EINVAL);
        assert_string_equal(ret, "untouched");

        /* The length counts. */
        assert_int_equal(language_canonical("nl-BE", 2, ret), 0);
        assert_string_equal(ret, "nl");
}

static void a_language_knows_its_direction(void **state)
{
        static const char *const rtl[] = {
                "ar",
                "fa",
                "fa-AF",
                "prs",
                "pes",
                "ps",
                "pbu",
                "ckb",
                "ur",
                "he",
                "iw",
                "ug",
                "sd",
                "dv",
                "az-Arab",
                "az-IR",
                "ku-Arab",
                "ku-IQ",
                "uz-AF",
                "pa-PK",
                "pa-Arab",
                "und-Arab",
                "en-Arab",
                "ar-EG",
                "ar-x-school",
                "syr",
                "ary",
                "apc",
                "haz",
                "azb",
                "yi",
                "ur-Aran",
                "ara",
                "ff-Adlm",
        };
        static const char *const ltr[] = {
                "nl",
                "en",
                "ti",
                "am",
                "uk",
                "ru",
                "tr",
                "so",
                "kmr",
                "ku",
                "pl",
                "es",
                "pt-BR",
                "fr",
                "bg",
                "ro",
                "lt",
                "id",
                "az",
                "ar-Latn",
                "fa-Latn",
                "uz",
                "pa",
                "zh-Hant",
                "hi",
                "und",
                "qqq",
                "",
                "no tag",
                "kmr-TR",
                "ti-ER",
                "prs-Latn",
        };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(rtl); i++)
                if (language_direction(rtl[i]) != DIRECTION_RTL)
                        fail_msg("%s", rtl[i]);
        for (size_t i = 0; i < ELEMENTS(ltr); i++)
                if (language_direction(ltr[i]) != DIRECTION_LTR)
                        fail_msg("%s", ltr[i]);
}

static void some_tags_mean_one_language_to_a_reader(void **state)
{
        static const char *const yes[][2] = {
                { "fa", "pes" },
                { "fa-IR", "fa" },
                { "pes", "fa-IR" },
                { "prs", "fa-AF" },
                { "kmr", "ku" },
                { "pbu", "ps" },
                { "ps-AF", "pbu" },
                { "nl", "nl-BE" },
                { "pt", "pt-BR" },
                { "zh", "cmn" },
                { "zh-TW", "zh-Hant" },
                { "iw", "he" },
                { "az-IR", "azb" },
                { "tl", "fil" },
                { "nld", "nl" },
                { "qqq", "QQQ" },
                { "qqq-NL", "qqq" },
                { "en-x-a", "en" },
                { "ar-Arab", "ar" },
        };
        static const char *const no[][2] = {
                { "fa", "prs" },
                { "fa", "fa-Latn" },
                { "fa", "fa-AF" },
                { "ckb", "kmr" },
                { "ckb", "ku" },
                { "ps", "fa" },
                { "az", "az-Arab" },
                { "zh", "zh-Hant" },
                { "sr", "sr-Latn" },
                { "uk", "ru" },
                { "ar", "ary" },
                { "nl", "" },
                { "am", "ti" },
                { "uz", "uz-AF" },
                { "ku-IQ", "kmr" },
                { "nl", "de" },
                { "qqq", "qqr" },
        };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(yes); i++)
                if (!language_same(yes[i][0], yes[i][1]) || !language_same(yes[i][1], yes[i][0]))
                        fail_msg("%s, %s", yes[i][0], yes[i][1]);
        for (size_t i = 0; i < ELEMENTS(no); i++)
                if (language_same(no[i][0], no[i][1]) || language_same(no[i][1], no[i][0]))
                        fail_msg("%s, %s", no[i][0], no[i][1]);
}

static void a_language_says_its_own_name(void **state)
{
        static const char unknown[] = "qqq-NL";

        (void)state;
        assert_string_equal(language_own_name("ar"), "العربية");
        assert_string_equal(language_own_name("ar-SY"), "العربية");
        assert_string_equal(language_own_name("nl-BE"), "Nederlands");
        assert_string_equal(language_own_name("fa-AF"), "دری");
        assert_string_equal(language_own_name("prs"), "دری");
        assert_string_equal(language_own_name("prs-AF"), "دری");
        assert_string_equal(language_own_name("kmr"), "Kurmancî");
        assert_string_equal(language_own_name("pbu"), "پښتو");
        assert_string_equal(language_own_name("zh-TW"), "繁體中文");
        assert_ptr_equal(language_own_name(unknown), unknown);
        assert_string_equal(language_own_name("<b>"), "<b>");
}

static void the_table_is_sorted_and_sound(void **state)
{
        (void)state;
        for (size_t i = 0; i < ELEMENTS(rows); i++) {
                char tag[LANGUAGE_TAG_MAX + 1];

                if (i > 0 && strcmp(rows[i - 1].tag, rows[i].tag) >= 0)
                        fail_msg("%s stands before %s", rows[i - 1].tag, rows[i].tag);
                assert_int_equal(language_canonical(rows[i].tag, strlen(rows[i].tag), tag), 0);
                assert_string_equal(tag, rows[i].tag);
                assert_int_equal(strlen(rows[i].script), 4);
                assert_string_equal(language_own_name(rows[i].tag), rows[i].own_name);
                snprintf(tag, sizeof(tag), "%.*s", (int)strcspn(rows[i].tag, "-"), rows[i].tag);
                assert_ptr_not_equal(language_own_name(tag), tag);
        }
}

/* The languages that these schools meet, each in our own table. */
static void the_languages_of_the_field_are_known(void **state)
{
        static const char *const field[] = {
                "ti",
                "ar",
                "uk",
                "ru",
                "tr",
                "fa",
                "prs",
                "ps",
                "pbu",
                "so",
                "kmr",
                "ckb",
                "pl",
                "es",
                "pt",
                "fr",
                "en",
                "bg",
                "ro",
                "lt",
                "id",
                "nl",
        };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(field); i++)
                if (language_own_name(field[i]) == field[i])
                        fail_msg("%s", field[i]);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(tags_have_one_form),
                cmocka_unit_test(what_is_no_tag_is_refused),
                cmocka_unit_test(a_language_knows_its_direction),
                cmocka_unit_test(some_tags_mean_one_language_to_a_reader),
                cmocka_unit_test(a_language_says_its_own_name),
                cmocka_unit_test(the_table_is_sorted_and_sound),
                cmocka_unit_test(the_languages_of_the_field_are_known),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
