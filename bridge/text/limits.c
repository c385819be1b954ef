#include "text/limits.h"

#include "text/normal.h"
#include "text/point.h"
#include "text/segment.h"
#include "text/text.h"

#include <errno.h>

/* NFC puts marks in order by insertion, so ten thousand of them on one letter cost a hundred million steps. No letter
 * takes up more than three marks: a row over this cannot come out under the limit, and is refused before NFC. */
enum { MARKS_UNREAD = TEXT_CLUSTER_POINTS_MAX + 3 };

int shape_read(const char *s, size_t n, struct shape *ret)
{
        struct shape shape = { .plain = true };
        size_t row = 0;

        for (size_t i = 0; i < n; shape.points++) {
                UChar32 c;

                /* What point_is_plain() would say, at a third of its price. */
                if (s[i] > ' ' && s[i] < 0x7f) {
                        row = 0;
                        shape.visible = true;
                        i++;
                        continue;
                }
                c = point_next(s, &i, n);
                if (point_is_plain(c)) {
                        row = 0;
                        shape.visible |= c != ' ';
                        continue;
                }
                if (c < 0)
                        return -EILSEQ;
                if (point_is_control(c)) {
                        row = 0;
                        shape.carriage |= c == '\r';
                        shape.control |= c != '\r' && c != '\n' && c != '\t';
                        continue;
                }
                shape.plain = false;
                shape.crowded |= ++row >= TEXT_CLUSTER_POINTS_MAX;
                shape.scoped |= point_is_bidi_scope(c);
                if (!shape.visible)
                        shape.visible = !point_is_space(c) && !point_is_invisible(c);
        }
        *ret = shape;
        return 0;
}

void text_trim(const char **s, size_t *n)
{
        size_t start = 0, end = *n;

        for (size_t i = 0; i < end && point_is_space(point_next(*s, &i, end)); start = i)
                ;
        for (size_t i = end; i > start && point_is_space(point_before(*s, &i)); end = i)
                ;
        *s += start;
        *n = end - start;
}

static bool has_long_row_of_marks(const char *s, size_t n)
{
        size_t row = 0;

        for (size_t i = 0; i < n;) {
                row = u_getCombiningClass(point_next(s, &i, n)) ? row + 1 : 0;
                if (row > MARKS_UNREAD)
                        return true;
        }
        return false;
}

static int check_clusters(const char *s, size_t n, const struct shape *shape)
{
        size_t clusters, longest;

        /* A text has no more clusters than points, and only a crowded one can have a long cluster. */
        if (shape->points <= TEXT_GRAPHEMES_MAX && !shape->crowded)
                return 0;
        segment_count(s, n, &clusters, &longest);
        if (longest > TEXT_CLUSTER_POINTS_MAX)
                return -EOVERFLOW;
        return clusters > TEXT_GRAPHEMES_MAX ? -EMSGSIZE : 0;
}

int text_settle(const char *s, size_t n, const struct shape *shape, size_t max, char **ret)
{
        _cleanup_free_ char *normal = NULL;
        struct shape after;
        char *out;
        int r;

        if (!shape->visible)
                return -ENODATA;
        if (shape->crowded && has_long_row_of_marks(s, n))
                return -EOVERFLOW;

        if (!shape->plain) {
                r = text_nfc(s, n, &normal, &n);
                if (r < 0)
                        return r;
                if (r == 0) {
                        s = normal;
                        r = shape_read(s, n, &after);
                        if (r < 0)
                                return r;
                        shape = &after;
                }
        }

        r = check_clusters(s, n, shape);
        if (r < 0)
                return r;
        if (n > max || n > TEXT_BYTES_MAX || shape->points > TEXT_POINTS_MAX)
                return -EMSGSIZE;

        out = malloc(n + 1);
        if (!out)
                return -ENOMEM;
        memcpy(out, s, n);
        out[n] = '\0';
        *ret = out;
        return 0;
}
