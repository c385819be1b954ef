/* links: media child secret base */
/* What strangers send in as a photo, a document or a voice, as far as the program itself reads it: what it is, how large it says it is, and the wave of
 * what a tool made of it. Each in memory of just its size, whole and cut off. */
#include "media/peaks.h"
#include "media/sniff.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void insist(bool is_so)
{
        if (!is_so)
                abort();
}

static struct sniffed sniffed_of(const unsigned char *data, size_t n)
{
        unsigned char *bytes = malloc(n + !n);
        struct sniffed s;

        insist(bytes != NULL);
        memcpy(bytes, data, n);
        sniff(bytes, n, &s);
        free(bytes);
        return s;
}

static void check_size(const struct sniffed *s)
{
        bool is_sized = s->form == MEDIA_JPEG || s->form == MEDIA_PNG || s->form == MEDIA_WEBP;

        insist(s->form >= MEDIA_NONE && s->form <= MEDIA_MP4);
        insist(is_sized || (s->width == 0 && s->height == 0));
        insist(s->form != MEDIA_JPEG || (s->width <= 0xffff && s->height <= 0xffff));
        insist(s->form != MEDIA_WEBP || (s->width <= 1 << 24 && s->height <= 1 << 24));
}

/* A beginning is the same as the whole, or nothing yet. */
static void check_cut(const unsigned char *data, size_t n, const struct sniffed *whole)
{
        struct sniffed s = sniffed_of(data, n);

        insist(s.form == MEDIA_NONE || (s.form == whole->form && s.width == whole->width && s.height == whole->height));
}

static void check_wave(const unsigned char *data, size_t size)
{
        size_t parts = 1 + data[0] % 128, n = (size - 1) / sizeof(int16_t);
        int16_t *samples = malloc(n * sizeof(*samples));
        unsigned char *wave = malloc(parts);
        bool is_silent = true, is_flat = true;

        insist(samples && wave);
        memcpy(samples, data + 1, n * sizeof(*samples));
        peaks(samples, n, wave, parts);
        for (size_t i = 0; i < n; i++)
                is_silent = is_silent && samples[i] == 0;
        for (size_t i = 0; i < parts; i++)
                is_flat = is_flat && wave[i] == 0;
        insist(is_silent == is_flat);
        insist(is_silent || memchr(wave, 255, parts));
        free(samples);
        free(wave);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
        struct sniffed whole = sniffed_of(data, size);

        check_size(&whole);
        for (size_t n = 0; n < size && n <= 64; n++)
                check_cut(data, n, &whole);
        check_cut(data, size / 2, &whole);
        if (size >= 1 + sizeof(int16_t))
                check_wave(data, size);
        return 0;
}
