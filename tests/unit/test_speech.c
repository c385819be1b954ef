/* links: base text child speech */
#include "speech/speech.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct speech_options usual = { .program = "/usr/bin/espeak-ng", .encoder = "/usr/bin/ffmpeg", .time_ms = 20000 };

/* By the real program, as Debian has it. */
static void languages_are_what_the_program_has(void **state)
{
        static const char *const has[] = { "nl", "ar", "uk", "ru", "tr", "fa", "pl", "es", "pt", "fr", "bg", "ro", "lt", "id", "am", "en", "ku", "kmr", "prs", "pes", "cmn" };
        static const char *const lacks[] = { "ti", "so", "ps", "pbu", "ckb", "ku-Arab", "uz-Arab", "x", "" };
        static const char *const bare[] = { "en", "fr", "pt", "es", "nl", "cmn" };
        _cleanup_(speech_freep) struct speech *speech = NULL;
        const char *const *languages;
        size_t n;

        (void)state;
        assert_int_equal(speech_new(&usual, &speech), 0);
        for (size_t i = 0; i < ELEMENTS(has); i++)
                if (!speech_speaks(speech, has[i]))
                        fail_msg("no voice for %s", has[i]);
        for (size_t i = 0; i < ELEMENTS(lacks); i++)
                if (speech_speaks(speech, lacks[i]))
                        fail_msg("a voice for %s", lacks[i]);
        assert_false(speech_speaks(NULL, "nl"));
        languages = speech_languages(speech, &n);
        for (size_t i = 0; i < ELEMENTS(bare); i++) {
                size_t at = 0;

                while (at < n && strcmp(languages[at], bare[i]) != 0)
                        at++;
                assert_true(at < n);
        }
        assert_true(n > 50);
        for (size_t i = 0; i < n; i++)
                for (size_t j = 0; j < i; j++)
                        assert_string_not_equal(languages[i], languages[j]);
}

static void what_is_said_is_sound(void **state)
{
        _cleanup_(speech_freep) struct speech *speech = NULL;
        _cleanup_free_ char *one = NULL, *more = NULL, *marked = NULL;
        size_t one_len, more_len, marked_len;

        (void)state;
        assert_int_equal(speech_new(&usual, &speech), 0);
        assert_int_equal(speech_say(speech, "مرحبا", "ar", NULL, &one, &one_len), 0);
        assert_int_equal(speech_say(speech, "مرحبا، كيف حالكم اليوم؟ نشتاق إلى سمير في المدرسة.", "ar", NULL, &more, &more_len), 0);
        /* a frame of MP3 begins with eleven bits that are set */
        assert_true(one_len > 1000 && more_len > 2 * one_len && more_len < SPEECH_MAX);
        assert_int_equal((unsigned char)one[0], 0xff);
        assert_int_equal((unsigned char)one[1] & 0xe0, 0xe0);
        /* neither phonemes nor options */
        assert_int_equal(speech_say(speech, "--version [[a]] -f/etc/passwd <break time=\"60s\"/>", "nl", NULL, &marked, &marked_len), 0);
        assert_true(marked_len > one_len && marked_len < 100000);
        assert_int_equal(speech_say(speech, "ሰላም", "ti", NULL, &one, &one_len), -ENOENT);
}

static void programs_that_are_not_there_are_told(void **state)
{
        _cleanup_(speech_freep) struct speech *speech = NULL;
        struct speech_options options = usual;

        (void)state;
        options.program = "/usr/bin/no-such-program";
        assert_int_equal(speech_new(&options, &speech), -ENOENT);
        options = usual;
        options.encoder = "/usr/bin/no-such-program";
        assert_int_equal(speech_new(&options, &speech), -ENOENT);
        options.encoder = "/bin/false";
        assert_int_equal(speech_new(&options, &speech), -EPROTO);
        assert_null(speech);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(languages_are_what_the_program_has),
                cmocka_unit_test(what_is_said_is_sound),
                cmocka_unit_test(programs_that_are_not_there_are_told),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
