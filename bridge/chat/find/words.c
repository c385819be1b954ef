/* chat/find/words.c: what a sealed text carries for search. */
#include "chat/find/words.h"

#include "text/text.h"

#include <errno.h>

enum { HASH_BYTES = 3 };

uint32_t words_hash(const unsigned char key[WORD_KEY], const char *word, size_t n)
{
        return (uint32_t)secret_word_hash(key, word, n) & ((UINT32_C(1) << BLOCK_HASH_BITS) - 1);
}

static int compare_hashes(const void *a, const void *b)
{
        uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

        return x < y ? -1 : x > y;
}

/* Most messages have no more words than this, and qsort() is not made for so few. */
enum { FEW = 128 };

static void sort_few(uint32_t *hashes, size_t n)
{
        for (size_t i = 1; i < n; i++) {
                uint32_t hash = hashes[i];
                size_t at = i;

                for (; at > 0 && hashes[at - 1] > hash; at--)
                        hashes[at] = hashes[at - 1];
                hashes[at] = hash;
        }
}

/* In order, each once. */
static size_t tidy(uint32_t *hashes, size_t n)
{
        size_t kept = 0;

        if (n > FEW)
                qsort(hashes, n, sizeof(*hashes), compare_hashes);
        else
                sort_few(hashes, n);
        for (size_t i = 0; i < n; i++)
                if (kept == 0 || hashes[kept - 1] != hashes[i])
                        hashes[kept++] = hashes[i];
        return kept;
}

/* The hashes of folded words. ret has room for WORDS_MAX: a text of 16 KiB has no more words than half its bytes, but points that stand for several
 * could make more of them; what is over is not found. */
static size_t hash_folded(const unsigned char key[WORD_KEY], const char *folded, uint32_t *ret)
{
        size_t n = 0;

        while (*folded && n < WORDS_MAX) {
                size_t len = (size_t)(strchrnul(folded, ' ') - folded);

                ret[n++] = words_hash(key, folded, len);
                folded += len + (folded[len] != '\0');
        }
        return tidy(ret, n);
}

static size_t count_words(const char *folded)
{
        size_t n = *folded != '\0';

        for (; *folded; folded++)
                n += *folded == ' ';
        return n;
}

int words_wrap(const unsigned char key[WORD_KEY], const char *text, const char *folded, struct buf *out)
{
        _cleanup_free_ uint32_t *heap = NULL;
        _cleanup_free_ char *own = NULL;
        uint32_t few[FEW], *hashes = few;
        size_t n, text_n = strlen(text);
        char *to;
        int r;

        if (!folded) {
                r = text_fold(text, &own);
                if (r < 0)
                        return r;
                folded = own;
        }
        if (count_words(folded) > FEW) {
                heap = calloc(WORDS_MAX, sizeof(*heap));
                if (!heap)
                        return -ENOMEM;
                hashes = heap;
        }
        n = hash_folded(key, folded, hashes);
        to = buf_reserve(out, text_n + 1 + n * HASH_BYTES);
        if (!to)
                return buf_failed(out);
        memcpy(to, text, text_n + 1);
        to += text_n + 1;
        for (size_t i = 0; i < n; i++) {
                *to++ = (char)hashes[i];
                *to++ = (char)(hashes[i] >> 8);
                *to++ = (char)(hashes[i] >> 16);
        }
        out->len += text_n + 1 + n * HASH_BYTES;
        return 0;
}

int words_unwrap(const char *inside, size_t n, struct wrapped *ret)
{
        size_t text_n = strlen(inside);

        *ret = (struct wrapped){ .text = inside, .folded = text_n < n };
        if (!ret->folded)
                return 0;
        ret->hashes = (const unsigned char *)inside + text_n + 1;
        ret->hashes_n = (n - text_n - 1) / HASH_BYTES;
        return (n - text_n - 1) % HASH_BYTES == 0 && ret->hashes_n <= WORDS_MAX ? 0 : -EUCLEAN;
}

uint32_t words_hash_at(const struct wrapped *w, size_t i)
{
        const unsigned char *p = w->hashes + i * HASH_BYTES;

        return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
}

int words_hashes(const struct wrapped *w, const unsigned char key[WORD_KEY], uint32_t *ret, size_t *n)
{
        _cleanup_free_ char *folded = NULL;
        int r;

        if (!w->folded) {
                r = text_fold(w->text, &folded);
                if (r < 0)
                        return r;
                *n = hash_folded(key, folded, ret);
                return 0;
        }
        for (size_t i = 0; i < w->hashes_n; i++)
                ret[i] = words_hash_at(w, i);
        *n = w->hashes_n;
        return 0;
}
