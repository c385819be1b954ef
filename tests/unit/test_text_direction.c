/* links: text base */
/* The first strong character, against Unicode's own test and against what people write. */
#include "base/macro.h"
#include "text/point.h"
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

enum { TEXT = 4096 };

/* What we set aside on purpose: the file knows no links, mentions or pictures. */
static bool is_set_aside(UChar32 c)
{
        return c == '@' || c == '.' || c == ':' || point_is_emoji(c);
}

static void every_automatic_line_of_the_bidi_test_holds(void **state)
{
        FILE *file = fopen("/usr/share/unicode/BidiCharacterTest.txt", "re");
        char line[TEXT], text[TEXT];
        size_t lines = 0;

        (void)state;
        assert_non_null(file);
        while (fgets(line, sizeof(line), file)) {
                char *at = line, *points, *request, *level, *end;
                enum direction expected;
                bool aside = false;
                size_t n = 0;

                if (*line == '#' || *line == '\n')
                        continue;
                points = strsep(&at, ";");
                request = strsep(&at, ";");
                level = strsep(&at, ";");
                if (strcmp(request, "2") != 0)
                        continue;
                for (;;) {
                        UChar32 c = (UChar32)strtoul(points, &end, 16);

                        if (end == points)
                                break;
                        aside |= is_set_aside(c);
                        n += point_write(text + n, c);
                        points = end;
                }
                text[n] = '\0';
                if (aside)
                        continue;
                expected = strcmp(level, "1") == 0 ? DIRECTION_RTL : DIRECTION_LTR;
                if (text_direction(text, NULL) != expected)
                        fail_msg("level %s: %s", level, line);
                lines++;
        }
        fclose(file);
        assert_int_equal(lines, 28);
}

static const struct {
        const char *class, *text;
} samples[] = {
        { "L", "a" },
        { "R", "\u05d0" },
        { "AL", "\u0627" },
        { "EN", "1" },
        { "AN", "\u0660" },
        { "ES", "+" },
        { "ET", "#" },
        { "CS", "," },
        { "NSM", "\u0301" },
        { "BN", "\u00ad" },
        { "S", "\t" },
        { "WS", " " },
        { "ON", "!" },
        { "B", "\u2029" },
        { "LRE", "\u202a" },
        { "RLE", "\u202b" },
        { "PDF", "\u202c" },
        { "LRO", "\u202d" },
        { "RLO", "\u202e" },
        { "LRI", "\u2066" },
        { "RLI", "\u2067" },
        { "FSI", "\u2068" },
        { "PDI", "\u2069" },
};

static const char *sample_of(const char *class)
{
        for (size_t i = 0; i < ELEMENTS(samples); i++)
                if (strcmp(samples[i].class, class) == 0)
                        return samples[i].text;
        fail_msg("no sample of %s", class);
        return NULL;
}

/* The file gives no paragraph level, but where the automatic direction comes out as one of the two that were
 * asked for and not as the other, that one is it. */
static void every_decisive_line_of_the_bidi_class_test_holds(void **state)
{
        enum { AUTO = 1, LTR = 2, RTL = 4 };
        FILE *file = fopen("/usr/share/unicode/BidiTest.txt", "re");
        char line[TEXT], text[TEXT];
        size_t lines = 0;

        (void)state;
        assert_non_null(file);
        while (fgets(line, sizeof(line), file)) {
                char *at = line, *classes, *class;
                enum direction expected;
                bool paragraphs = false;
                int requests;
                size_t n = 0;

                if (!strchr("BLRAECNSWOPF", *line) || !strchr(line, ';'))
                        continue;
                classes = strsep(&at, ";");
                requests = (int)strtol(at, NULL, 16);
                if (requests != (AUTO | LTR) && requests != (AUTO | RTL))
                        continue;
                while ((class = strsep(&classes, " "))) {
                        paragraphs |= strcmp(class, "B") == 0 && classes;
                        n += (size_t)snprintf(text + n, sizeof(text) - n, "%s", sample_of(class));
                }
                if (paragraphs) /* the file means the first one; we mean the first that has a direction */
                        continue;
                expected = requests & RTL ? DIRECTION_RTL : DIRECTION_LTR;
                if (text_direction(text, NULL) != expected)
                        fail_msg("%s", text);
                lines++;
        }
        fclose(file);
        assert_true(lines > 100000);
}

static const struct {
        const char *body, *language;
        enum direction direction;
} cases[] = {
        { "Goedemorgen", "ar", DIRECTION_LTR },
        { "صباح الخير", "nl", DIRECTION_RTL },
        { "  ሰላም", "ar", DIRECTION_LTR },

        /* A Latin first word turns the sentence, whatever was declared: the writer sees it and can turn it
           back. */
        { "Magister werkt niet اليوم", "ar", DIRECTION_LTR },
        { "اليوم Magister werkt niet", "nl", DIRECTION_RTL },

        /* Nothing strong: the language says, then left to right. */
        { "12:30", "ar", DIRECTION_RTL },
        { "12:30", "fa-AF", DIRECTION_RTL },
        { "12:30", "prs", DIRECTION_RTL },
        { "12:30", "ti", DIRECTION_LTR },
        { "12:30", "az-Arab", DIRECTION_RTL },
        { "12:30", NULL, DIRECTION_LTR },
        { "12:30", "not a tag", DIRECTION_LTR },
        { "", "ar", DIRECTION_RTL },
        { "؟", "nl", DIRECTION_RTL },

        /* Links and addresses. */
        { "https://example.org/a?b=c مرحبا", "nl", DIRECTION_RTL },
        { "HTTPS://EXAMPLE.ORG مرحبا", "nl", DIRECTION_RTL },
        { "(https://example.org) مرحبا", "nl", DIRECTION_RTL },
        { "example.orgمرحبا", "nl", DIRECTION_RTL },
        { "www.example.org مرحبا", "nl", DIRECTION_RTL },
        { "example.org مرحبا", "nl", DIRECTION_RTL },
        { "example.org, مرحبا", "nl", DIRECTION_RTL },
        { "example.org/pad، مرحبا", "nl", DIRECTION_RTL },
        { "https://ar.example.org/مدرسة goedemorgen", "ar", DIRECTION_LTR },
        { "mailto:info@example.org مرحبا", "nl", DIRECTION_RTL },
        { "info@example.org مرحبا", "nl", DIRECTION_RTL },
        { "https://example.org\nمرحبا", "nl", DIRECTION_RTL },
        { "https://example.org", "ar", DIRECTION_RTL },
        { "https://example.org", "nl", DIRECTION_LTR },
        { "brief.pdf مرحبا", "nl", DIRECTION_RTL },
        { "z.s.m. مرحبا", "nl", DIRECTION_LTR },
        { "3.5 مرحبا", "nl", DIRECTION_RTL },
        { "6:30 uur مرحبا", "ar", DIRECTION_LTR },

        /* Mentions. */
        { "@sanne مرحبا", "nl", DIRECTION_RTL },
        { "@سناء hallo", "ar", DIRECTION_LTR },
        { "@ sanne مرحبا", "ar", DIRECTION_LTR },
        { "om @3 مرحبا", "ar", DIRECTION_LTR },

        /* The first paragraph that has one. */
        { "1.\n\n---\nمرحبا", "nl", DIRECTION_RTL },
        { "1.\u2029hallo\nمرحبا", "ar", DIRECTION_LTR },

        /* Isolates are skipped, and end with their paragraph; marks are strong; embeddings are not. */
        { "\u2066hallo\u2069 مرحبا", "nl", DIRECTION_RTL },
        { "\u2067hallo \u2066x\u2069 y\u2069 مرحبا", "nl", DIRECTION_RTL },
        { "\u2068hallo\nمرحبا", "nl", DIRECTION_RTL },
        { "\u2069hallo مرحبا", "ar", DIRECTION_LTR },
        { "\u200f hallo", "nl", DIRECTION_RTL },
        { "\u061c hallo", "nl", DIRECTION_RTL },
        { "\u200e مرحبا", "nl", DIRECTION_LTR },
        { "\u202b hallo\u202c", "nl", DIRECTION_LTR },
        { "\u202e hallo\u202c", "nl", DIRECTION_LTR },
};

static void a_text_has_the_direction_of_its_first_strong_character(void **state)
{
        (void)state;
        for (size_t i = 0; i < ELEMENTS(cases); i++)
                if (text_direction(cases[i].body, cases[i].language) != cases[i].direction)
                        fail_msg("%s (%s)", cases[i].body,
                                cases[i].language ? cases[i].language : "no language");
}

/* No text makes it look at the same place again and again. */
static void hostile_neutrals_cost_little(void **state)
{
        static const char *const patterns[] = { "1-", "1@", "1.", "@", "(1", "\u2066", "1@1." };
        static char text[TEXT_BYTES_MAX + 1];

        (void)state;
        for (size_t i = 0; i < ELEMENTS(patterns); i++) {
                size_t n = strlen(patterns[i]);
                struct timespec before, after;
                double ms;

                for (size_t at = 0; at + n <= TEXT_BYTES_MAX; at += n)
                        memcpy(text + at, patterns[i], n + 1);
                clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
                assert_int_equal(text_direction(text, "ar"), DIRECTION_RTL);
                clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
                ms = (double)(after.tv_sec - before.tv_sec) * 1e3 +
                     (double)(after.tv_nsec - before.tv_nsec) / 1e6;
                if (ms > 200)
                        fail_msg("%s: %.1f ms", patterns[i], ms);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_automatic_line_of_the_bidi_test_holds),
                cmocka_unit_test(every_decisive_line_of_the_bidi_class_test_holds),
                cmocka_unit_test(a_text_has_the_direction_of_its_first_strong_character),
                cmocka_unit_test(hostile_neutrals_cost_little),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
