/* links: text base */
/* NFC against Unicode's own test, every line of it. Debian's unicode-data has it packed. */
#include "base/macro.h"
#include "text/normal.h"
#include "text/point.h"
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <unicode/unorm2.h>

#include <cmocka.h>

enum { COLUMNS = 5, COLUMN_BYTES = 512, LINE_BYTES = 4096 };

static const char unpack[] = "bzip2 -dc /usr/share/unicode/NormalizationTest.txt.bz2";

/* "0044 0307" becomes UTF-8. */
static void read_points(const char *hex, char ret[COLUMN_BYTES])
{
        size_t n = 0;
        char *end;

        for (;;) {
                unsigned long c = strtoul(hex, &end, 16);

                if (end == hex)
                        break;
                assert_true(n + POINT_BYTES_MAX < COLUMN_BYTES);
                n += point_write(ret + n, (UChar32)c);
                hex = end;
        }
        ret[n] = '\0';
}

static void assert_nfc(const char *in, const char *expected, const char *line)
{
        _cleanup_free_ char *normal = NULL, *body = NULL;
        char between[COLUMN_BYTES + 8], between_expected[COLUMN_BYTES + 8];
        size_t n = 0;
        int r;

        r = text_nfc(in, strlen(in), &normal, &n);
        if (r == 1 ? strcmp(in, expected) != 0 : r != 0 || strcmp(normal, expected) != 0)
                fail_msg("text_nfc %d: %s", r, line);
        if (r == 0)
                assert_int_equal(n, strlen(expected));

        /* As a message: between letters that combine with nothing, so that our own rules have nothing to say.
         */
        snprintf(between, sizeof(between), "q%s\nq", in);
        snprintf(between_expected, sizeof(between_expected), "q%s\nq", expected);
        if (text_body(between, strlen(between), TEXT_BYTES_MAX, &body) != 0 ||
                strcmp(body, between_expected) != 0)
                fail_msg("text_body: %s", line);
}

static void every_line_of_the_normalization_test_holds(void **state)
{
        char line[LINE_BYTES], column[COLUMNS][COLUMN_BYTES];
        size_t lines = 0;
        FILE *file = popen(unpack, "r");

        (void)state;
        assert_non_null(file);
        while (fgets(line, sizeof(line), file)) {
                char *at = line;

                if (*line == '#' || *line == '@' || *line == '\n')
                        continue;
                for (size_t i = 0; i < COLUMNS; i++) {
                        char *field = strsep(&at, ";");

                        assert_non_null(at);
                        read_points(field, column[i]);
                }
                /* c2 = NFC of c1, c2 and c3; c4 = NFC of c4 and c5. */
                assert_nfc(column[0], column[1], line);
                assert_nfc(column[1], column[1], line);
                assert_nfc(column[2], column[1], line);
                assert_nfc(column[3], column[3], line);
                assert_nfc(column[4], column[3], line);
                lines++;
        }
        assert_int_equal(pclose(file), 0);
        assert_true(lines > 18000);
}

/* What point_is_plain() promises is so for each point there is. */
static void plain_points_are_plain(void **state)
{
        size_t plain = 0;

        (void)state;
        for (UChar32 c = 0; c <= 0x10ffff; c++) {
                if (!point_is_plain(c))
                        continue;
                plain++;
                if (u_getIntPropertyValue(c, UCHAR_NFC_QUICK_CHECK) != UNORM_YES ||
                        u_getCombiningClass(c) != 0 ||
                        u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK) != U_GCB_OTHER ||
                        u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) ||
                        u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
                        point_is_bidi_control(c) || (point_is_space(c) && c != ' ') || u_iscntrl(c))
                        fail_msg("U+%04X is not plain", (unsigned)c);
        }
        assert_true(plain > 20000);
}

static void spaces_and_controls_are_those_of_unicode(void **state)
{
        (void)state;
        for (UChar32 c = 0; c <= 0x10ffff; c++) {
                if (point_is_space(c) != (bool)u_isUWhiteSpace(c))
                        fail_msg("U+%04X: white space", (unsigned)c);
                if (point_is_control(c) != (u_charType(c) == U_CONTROL_CHAR))
                        fail_msg("U+%04X: control", (unsigned)c);
                if (point_is_bidi_control(c) != (bool)u_hasBinaryProperty(c, UCHAR_BIDI_CONTROL))
                        fail_msg("U+%04X: bidi control", (unsigned)c);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_line_of_the_normalization_test_holds),
                cmocka_unit_test(plain_points_are_plain),
                cmocka_unit_test(spaces_and_controls_are_those_of_unicode),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
