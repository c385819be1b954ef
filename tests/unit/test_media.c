/* links: media child secret base */
/* What a file is by its first bytes, and the wave of a voice. Each is looked at cut off at every length too: the reader never reads on. */
#include "base/macro.h"
#include "media/peaks.h"
#include "media/sniff.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct {
        const char *bytes;
        size_t n;
        enum media_form form;
        uint32_t width, height;
} files[] = {
#define FILE(text, ...) { text, sizeof(text) - 1, __VA_ARGS__ }
        FILE("\xff\xd8\xff\xe0\0\x04JF\xff\xc0\0\x11\x08\x01\x02\x03\x04\x03", MEDIA_JPEG, 0x304, 0x102),
        FILE("\xff\xd8\xff\xff\xff\xe1\0\x03x\xff\xc4\0\x02\xff\xc2\0\x0b\x08\0\x05\0\x07\x01", MEDIA_JPEG, 7, 5),
        FILE("\xff\xd8\xff\xda\0\x04xx\xff\xc0\0\x11\x08\0\x01\0\x01\x03", MEDIA_NONE),
        FILE("\xff\xd8\xff\xe0\0\x01", MEDIA_NONE),
        FILE("\xff\xd8\xff\xe0\xff\xff", MEDIA_NONE),
        FILE("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08", MEDIA_PNG, 640, 480),
        FILE("\x89PNG\r\n\x1a\n\0\0\0\rIDAT\0\0\x02\x80\0\0\x01\xe0\x08", MEDIA_NONE),
        FILE("RIFF\x10\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0", MEDIA_WEBP, 640, 480),
        FILE("RIFF\x10\0\0\0WEBPVP8L\x0a\0\0\0\x2f\x7f\xc2\x77\0xxxxx", MEDIA_WEBP, 640, 480),
        FILE("RIFF\x10\0\0\0WEBPVP8 \x0a\0\0\0xxx\x9d\x01\x2a\x80\x02\xe0\x01", MEDIA_WEBP, 640, 480),
        FILE("RIFF\x10\0\0\0WAVEfmt \x0a\0\0\0xxxxxxxxxx", MEDIA_NONE),
        FILE("\0\0\0\x18" "ftypheic\0\0\0\0mif1heic", MEDIA_HEIC),
        FILE("\0\0\0\x18" "ftypisom\0\0\0\0isomiso2", MEDIA_MP4),
        FILE("\0\0\0\x18" "ftypcrx \0\0\0\0crx isom", MEDIA_NONE),
        FILE("\0\0\0\x04" "ftypisom\0\0\0\0isomiso2", MEDIA_NONE),
        FILE("%PDF-1.7\n", MEDIA_PDF),
        FILE(" %PDF-1.7\n", MEDIA_NONE),
        FILE("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", MEDIA_WEBM),
        FILE("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84html", MEDIA_NONE),
        FILE("OggS\0\x02", MEDIA_OGG),
        FILE("GIF89a/*<script>", MEDIA_NONE),
        FILE("<svg xmlns=", MEDIA_NONE),
        FILE("", MEDIA_NONE),
};

static void a_file_is_what_its_first_bytes_say(void **state)
{
        (void)state;
        for (size_t i = 0; i < ELEMENTS(files); i++) {
                struct sniffed s;

                sniff((const unsigned char *)files[i].bytes, files[i].n, &s);
                if (s.form != files[i].form)
                        print_error("file %zu is %d\n", i, (int)s.form);
                assert_int_equal(s.form, files[i].form);
                if (s.form != MEDIA_NONE) {
                        assert_int_equal(s.width, files[i].width);
                        assert_int_equal(s.height, files[i].height);
                }
        }
}

/* In memory of just that size, so that a sanitizer sees what is read behind it. */
static void one_that_is_cut_off_is_never_read_past_its_end(void **state)
{
        (void)state;
        for (size_t i = 0; i < ELEMENTS(files); i++)
                for (size_t n = 0; n <= files[i].n; n++) {
                        _cleanup_free_ unsigned char *bytes = malloc(n + !n);
                        struct sniffed s;

                        assert_non_null(bytes);
                        memcpy(bytes, files[i].bytes, n);
                        sniff(bytes, n, &s);
                        assert_true(s.form == MEDIA_NONE || s.form == files[i].form);
                }
}

static void a_wave_is_measured_by_its_loudest(void **state)
{
        static const int16_t loud[] = { 0, -32768, 0, 100, 16384, 0, 0, 0 }, soft[] = { 1, 2 };
        unsigned char wave[4];

        (void)state;
        peaks(loud, ELEMENTS(loud), wave, 4);
        assert_int_equal(wave[0], 255);
        assert_int_equal(wave[1], 1);
        assert_int_equal(wave[2], 128);
        assert_int_equal(wave[3], 0);
        peaks(soft, ELEMENTS(soft), wave, 4);
        assert_int_equal(wave[0], 128);
        assert_int_equal(wave[3], 255);
}

int main(void)
{
        static const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_file_is_what_its_first_bytes_say),
                cmocka_unit_test(one_that_is_cut_off_is_never_read_past_its_end),
                cmocka_unit_test(a_wave_is_measured_by_its_loudest),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
