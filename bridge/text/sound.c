/* A name spelled in another script: Samir, سمير, Самірові and ሳሚር have the same consonants. ICU spells both in Latin letters (Any-Latin); of those
 * stays what languages agree on. Vowels, h, j, w and y are written or not; b and p, d and t, f and v, s and z, c, g, k and q become each other. */
#include "text/gauge.h"

#include "text/normal.h"
#include "text/text.h"

#include <errno.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

enum { SMALL = 256 };

/* By letter from a to z. */
static const char classes[] = "-bkt-fk---klmn-bkrst-f-k-s";

static int spell(UTransliterator *latin, const char *s, char **ret)
{
        _cleanup_free_ UChar *heap = NULL, *room = NULL;
        UErrorCode status = U_ZERO_ERROR;
        UChar small[SMALL];
        const UChar *wide;
        int32_t n, capacity, limit;
        int r;

        wide = text_utf16(s, strlen(s), small, SMALL, &heap, &n, &r);
        if (!wide)
                return r;
        capacity = n * 4 + SMALL;
        room = malloc((size_t)capacity * sizeof(*room));
        if (!room)
                return -ENOMEM;
        memcpy(room, wide, (size_t)n * sizeof(*room));
        limit = n;
        utrans_transUChars(latin, room, &n, capacity, 0, &limit, &status);
        if (U_FAILURE(status))
                return status == U_BUFFER_OVERFLOW_ERROR ? -EMSGSIZE : -EIO;
        return text_utf8(room, n, ret, &(size_t){ 0 });
}

/* The consonants of a text: " smr hsn ", with a blank around each word. */
static int consonants(UTransliterator *latin, const char *s, struct buf *out)
{
        _cleanup_free_ char *folded = NULL, *spelled = NULL, *plain = NULL;
        char last = ' ';
        int r;

        r = text_fold(s, &folded);
        if (r >= 0)
                r = spell(latin, folded, &spelled);
        if (r >= 0)
                r = text_fold(spelled, &plain); /* the marks that Any-Latin writes go */
        if (r < 0)
                return r;
        buf_add_char(out, ' ');
        for (const char *c = plain; *c; c++) {
                char sound = *c >= 'a' && *c <= 'z' ? classes[*c - 'a'] : *c == ' ' ? ' ' : '-';

                if (sound == '-' || sound == last)
                        continue;
                last = sound;
                buf_add_char(out, sound);
        }
        buf_add_char(out, ' ');
        return buf_failed(out);
}

int gauge_sounds(const char *s, const char *name, bool *ret)
{
        _cleanup_(buf_done) struct buf text = BUF(4 * TEXT_BYTES_MAX), asked = BUF(4 * TEXT_BYTES_MAX);
        static const UChar any_latin[] = u"Any-Latin";
        UErrorCode status = U_ZERO_ERROR;
        UTransliterator *latin;
        char *word, *rest = NULL;
        int r;

        latin = utrans_openU(any_latin, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
        if (U_FAILURE(status))
                return -EIO;
        r = consonants(latin, s, &text);
        if (r >= 0)
                r = consonants(latin, name, &asked);
        utrans_close(latin);
        if (r < 0)
                return r;
        *ret = true;
        for (word = strtok_r(asked.data, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
                if (!strstr(text.data, word))
                        *ret = false;
        return 0;
}
