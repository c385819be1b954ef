/* What we know of languages. The grammar of tags is in tag.c. */
#include "text/language.h"

#include "base/macro.h"
#include "text/tag.h"

#include <unicode/uloc.h>
#include <unicode/uscript.h>

struct language {
        const char *tag, *script, *locale, *own_name;
};

static const struct language languages[] = {
#define LANGUAGE(tag, script, locale, own_name) { tag, script, locale, own_name },
#include "text/language.def"
#undef LANGUAGE
};

static int by_tag(const void *key, const void *row)
{
        return strcmp(key, ((const struct language *)row)->tag);
}

static const struct language *find(const char *tag)
{
        return bsearch(tag, languages, ELEMENTS(languages), sizeof(languages[0]), by_tag);
}

static const struct language *find_joined(const char *language, const char *subtag)
{
        char joined[2 * LANGUAGE_TAG_MAX];

        snprintf(joined, sizeof(joined), "%s-%s", language, subtag);
        return find(joined);
}

/* ICU's guess of the script, for tags that are not ours to know: uz-AF is written in Arabic script. ret stays
 * as it was where ICU does not know either. */
static bool likely_script(const struct tag *tag, char ret[TAG_SCRIPT + 1])
{
        char locale[LANGUAGE_TAG_MAX], likely[ULOC_FULLNAME_CAPACITY], script[ULOC_SCRIPT_CAPACITY];
        UErrorCode status = U_ZERO_ERROR;
        int32_t n;

        snprintf(locale, sizeof(locale), "%s%s%s", tag->language, *tag->region ? "_" : "", tag->region);
        uloc_addLikelySubtags(locale, likely, sizeof(likely), &status);
        if (status != U_ZERO_ERROR)
                return false;
        n = uloc_getScript(likely, script, sizeof(script), &status);
        if (status != U_ZERO_ERROR || n != TAG_SCRIPT)
                return false;
        memcpy(ret, script, TAG_SCRIPT + 1);
        return true;
}

/* A tag with its script settled and the row that says most of it: of its region, of its script, or of the
 * language. */
struct meaning {
        char script[TAG_SCRIPT + 1];
        const struct language *row; /* NULL where we do not know it */
};

static struct meaning meaning_of(const struct tag *tag)
{
        struct meaning m = { .script = "Zzzz" };
        const struct language *better;

        if (*tag->region && !*tag->script)
                m.row = find_joined(tag->language, tag->region);
        if (m.row) {
                memcpy(m.script, m.row->script, sizeof(m.script));
                return m;
        }

        m.row = find(tag->language);
        if (*tag->script)
                memcpy(m.script, tag->script, sizeof(m.script));
        else if (m.row && (!*tag->region || !likely_script(tag, m.script)))
                memcpy(m.script, m.row->script, sizeof(m.script));
        else if (!m.row)
                likely_script(tag, m.script);

        better = find_joined(tag->language, m.script);
        if (better)
                m.row = better;
        return m;
}

static bool is_right_to_left(const char *script)
{
        UErrorCode status = U_ZERO_ERROR;
        UScriptCode code;

        if (strcmp(script, "Aran") == 0) /* Arabic, in Nastaliq */
                return true;
        return uscript_getCode(script, &code, 1, &status) == 1 && uscript_isRightToLeft(code);
}

enum direction language_direction(const char *text)
{
        struct tag tag;

        if (tag_read(text, strlen(text), &tag) < 0)
                return DIRECTION_LTR;
        return is_right_to_left(meaning_of(&tag).script) ? DIRECTION_RTL : DIRECTION_LTR;
}

bool language_same(const char *a, const char *b)
{
        struct meaning of_a, of_b;
        struct tag tag_a, tag_b;

        if (strcasecmp(a, b) == 0)
                return true;
        if (tag_read(a, strlen(a), &tag_a) < 0 || tag_read(b, strlen(b), &tag_b) < 0)
                return false;
        /* Two that no row knows (one with a script or region has one without, a test holds it) are the same by name alone, and ICU takes its time. */
        if (strcmp(tag_a.language, tag_b.language) != 0 && !find(tag_a.language) && !find(tag_b.language))
                return false;
        of_a = meaning_of(&tag_a);
        of_b = meaning_of(&tag_b);
        return strcmp(of_a.row ? of_a.row->locale : tag_a.language,
                       of_b.row ? of_b.row->locale : tag_b.language) == 0 &&
               strcmp(of_a.script, of_b.script) == 0;
}

const char *language_own_name(const char *text)
{
        const struct language *row = NULL;
        struct tag tag;

        if (tag_read(text, strlen(text), &tag) == 0)
                row = meaning_of(&tag).row;
        return row ? row->own_name : text;
}

/* Languages of different names that are written nearly alike. */
static const char *const near[][2] = {
        { "fa", "fa_AF" }, { "fa", "haz" }, { "fa_AF", "haz" }, { "nb", "nn" }, { "nb", "da" }, { "nn", "da" }, { "bs", "hr" },
        { "bs", "sr_Latn" }, { "hr", "sr_Latn" }, { "id", "ms" }, { "ckb", "ku_Arab" }, { "ar", "apc" }, { "ar", "ary" }, { "ar", "arz" },
};

bool language_near(const char *a, const char *b)
{
        struct meaning of_a, of_b;
        struct tag tag_a, tag_b;

        if (language_same(a, b))
                return true;
        if (tag_read(a, strlen(a), &tag_a) < 0 || tag_read(b, strlen(b), &tag_b) < 0)
                return false;
        of_a = meaning_of(&tag_a);
        of_b = meaning_of(&tag_b);
        for (size_t i = 0; of_a.row && of_b.row && i < ELEMENTS(near); i++)
                for (int k = 0; k < 2; k++)
                        if (strcmp(of_a.row->locale, near[i][k]) == 0 && strcmp(of_b.row->locale, near[i][1 - k]) == 0)
                                return true;
        return false;
}

bool language_script(const char *text, char ret[LANGUAGE_SCRIPT + 1])
{
        struct meaning m;
        struct tag tag;

        if (tag_read(text, strlen(text), &tag) < 0)
                return false;
        m = meaning_of(&tag);
        if (strcmp(m.script, "Zzzz") == 0)
                return false;
        memcpy(ret, strcmp(m.script, "Aran") == 0 ? "Arab" : m.script, LANGUAGE_SCRIPT + 1);
        return true;
}

const char *tag_locale(const char *text)
{
        const struct language *row = NULL;
        struct tag tag;

        if (tag_read(text, strlen(text), &tag) == 0)
                row = meaning_of(&tag).row;
        return row ? row->locale : "";
}
