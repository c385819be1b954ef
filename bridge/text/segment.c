/* Extended grapheme clusters (UAX 29, table 1b and rules GB1 to GB999) as a machine of a few bytes over ICU's
 * character data. ICU's own break iterator gives the same answers (a test compares them) but is an object
 * that a thread must keep and that wants UTF-16; this one is neither, and it can stop early. GB9c (Indic
 * conjuncts) came with Unicode 15.1; ICU 72 and browsers have it already, and so have we. */
#include "text/segment.h"

#include "text/point.h"
#include "text/text.h"

#include <unicode/uscript.h>

/* How far GB11 has come: a picture with its extenders, then a joiner. */
enum picture { NO_PICTURE, PICTURE, PICTURE_ZWJ };

/* How far GB9c has come: a consonant with its marks, then a virama among them. */
enum conjunct { NO_CONJUNCT, CONSONANT, CONSONANT_LINKED };

struct segment {
        UGraphemeClusterBreak before; /* class of the point before; at the start CONTROL, which always breaks */
        bool flag_half;               /* the point before is the first of a pair of regional indicators */
        enum picture picture;
        enum conjunct conjunct;
};

#define SEGMENT_START ((struct segment){ .before = U_GCB_CONTROL })

static UGraphemeClusterBreak class_of(UChar32 c)
{
        if (point_is_plain(c))
                return U_GCB_OTHER;
        return (UGraphemeClusterBreak)u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK);
}

static bool is_hard(UGraphemeClusterBreak class)
{
        return class == U_GCB_CONTROL || class == U_GCB_CR || class == U_GCB_LF;
}

/* Whether a point takes part in conjuncts (Indic_Conjunct_Break, as Unicode derives it) in this part. */
static bool is_conjunct(UChar32 c, UIndicSyllabicCategory part)
{
        UErrorCode status = U_ZERO_ERROR;

        if (c < 0x900 || c > 0xd7f ||
                (UIndicSyllabicCategory)u_getIntPropertyValue(c, UCHAR_INDIC_SYLLABIC_CATEGORY) != part)
                return false;
        switch (uscript_getScript(c, &status)) {
        case USCRIPT_BENGALI:
        case USCRIPT_DEVANAGARI:
        case USCRIPT_GUJARATI:
        case USCRIPT_MALAYALAM:
        case USCRIPT_ORIYA:
        case USCRIPT_TELUGU:
                return true;
        default:
                return false;
        }
}

static bool is_boundary(const struct segment *at, UChar32 c, UGraphemeClusterBreak class, bool picture)
{
        UGraphemeClusterBreak before = at->before;

        if (before == U_GCB_CR && class == U_GCB_LF) /* GB3 */
                return false;
        if (is_hard(before) || is_hard(class)) /* GB4, GB5 */
                return true;
        if (before == U_GCB_L &&
                (class == U_GCB_L || class == U_GCB_V || class == U_GCB_LV || class == U_GCB_LVT))
                return false; /* GB6 */
        if ((before == U_GCB_LV || before == U_GCB_V) && (class == U_GCB_V || class == U_GCB_T))
                return false; /* GB7 */
        if ((before == U_GCB_LVT || before == U_GCB_T) && class == U_GCB_T)
                return false; /* GB8 */
        if (class == U_GCB_EXTEND || class == U_GCB_ZWJ || class == U_GCB_SPACING_MARK) /* GB9, GB9a */
                return false;
        if (before == U_GCB_PREPEND) /* GB9b */
                return false;
        if (at->conjunct == CONSONANT_LINKED && is_conjunct(c, U_INSC_CONSONANT)) /* GB9c */
                return false;
        if (at->picture == PICTURE_ZWJ && picture) /* GB11 */
                return false;
        if (at->flag_half && class == U_GCB_REGIONAL_INDICATOR) /* GB12, GB13 */
                return false;
        return true; /* GB999 */
}

static enum picture picture_after(enum picture now, UGraphemeClusterBreak class, bool picture)
{
        if (picture)
                return PICTURE;
        if (now == PICTURE && class == U_GCB_EXTEND)
                return PICTURE;
        if (now == PICTURE && class == U_GCB_ZWJ)
                return PICTURE_ZWJ;
        return NO_PICTURE;
}

static enum conjunct conjunct_after(enum conjunct now, UChar32 c, UGraphemeClusterBreak class)
{
        if (is_conjunct(c, U_INSC_CONSONANT))
                return CONSONANT;
        if (now == NO_CONJUNCT)
                return NO_CONJUNCT;
        if (is_conjunct(c, U_INSC_VIRAMA))
                return CONSONANT_LINKED;
        if (class == U_GCB_ZWJ || (class == U_GCB_EXTEND && u_getCombiningClass(c) != 0))
                return now;
        return NO_CONJUNCT;
}

/* Takes the next point; says whether a cluster starts with it. */
static bool segment_step(struct segment *at, UChar32 c)
{
        UGraphemeClusterBreak class = class_of(c);
        bool picture, boundary;

        if (class == U_GCB_OTHER && at->before == U_GCB_OTHER && at->picture == NO_PICTURE && !at->conjunct &&
                point_is_plain(c))
                return true;

        picture = class == U_GCB_OTHER && u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC);
        boundary = is_boundary(at, c, class, picture);

        at->picture = picture_after(at->picture, class, picture);
        at->conjunct = conjunct_after(at->conjunct, c, class);
        at->flag_half = class == U_GCB_REGIONAL_INDICATOR && !(at->flag_half && !boundary);
        at->before = class;
        return boundary;
}

void segment_count(const char *s, size_t n, size_t *ret_clusters, size_t *ret_longest)
{
        struct segment at = SEGMENT_START;
        size_t clusters = 0, longest = 0, points = 0;

        for (size_t i = 0; i < n;) {
                UChar32 c = point_next(s, &i, n);

                if (segment_step(&at, c)) {
                        clusters++;
                        points = 0;
                }
                points++;
                if (points > longest)
                        longest = points;
        }
        *ret_clusters = clusters;
        *ret_longest = longest;
}

size_t text_graphemes(const char *s)
{
        size_t clusters, longest;

        segment_count(s, strlen(s), &clusters, &longest);
        return clusters;
}

size_t text_cut(const char *s, size_t graphemes)
{
        struct segment at = SEGMENT_START;
        size_t n = strlen(s), i = 0;

        while (i < n) {
                size_t start = i;
                UChar32 c = point_next(s, &i, n);

                if (segment_step(&at, c) && graphemes-- == 0)
                        return start;
        }
        return n;
}
