/* measure/plain.c: the same server without sealing and without search, to compare with: it takes the place of these functions when ouderbrug_plain
 * is linked. Texts stand in its database as they are: never for a school. */
#include "chat/find/words.h"
#include "chat/seal/seal.h"

int seal_text(_unused_ struct tx *tx, _unused_ const struct seal_place *place, const char *text, size_t n, struct buf *out)
{
        return buf_add(out, text, n);
}

int seal_open(_unused_ struct tx *tx, struct arena *a, _unused_ const struct seal_place *place, const void *sealed, size_t n, char **ret,
              size_t *ret_n)
{
        char *text = arena_copy(a, sealed ?: "", n);

        if (!text)
                return arena_failed(a);
        *ret = text;
        if (ret_n)
                *ret_n = n;
        return 0;
}

int seal_word_key(_unused_ struct tx *tx, _unused_ int64_t thread, unsigned char ret[WORD_KEY])
{
        memset(ret, 0, WORD_KEY);
        return 0;
}

int words_wrap(_unused_ const unsigned char key[WORD_KEY], const char *text, _unused_ const char *folded, struct buf *out)
{
        return buf_add(out, text, strlen(text));
}

int words_message_added(_unused_ struct tx *tx, _unused_ int64_t thread, _unused_ int64_t seq)
{
        return 0;
}

int words_version_added(_unused_ struct tx *tx, _unused_ int64_t thread, _unused_ int64_t seq, _unused_ int64_t n)
{
        return 0;
}
