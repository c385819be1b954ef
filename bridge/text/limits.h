/* text/limits.h: what a body and a name have in common, inside text/ only. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* What one look over a text tells. */
struct shape {
        size_t points;
        bool plain;    /* point_is_plain() and white space throughout: NFC, nothing to balance */
        bool crowded;  /* somewhere so many points that are not plain that they could be one cluster over the
                          limit */
        bool visible;  /* something in it shows */
        bool control;  /* a control character that is not TAB, LF or CR */
        bool carriage; /* a CR */
        bool scoped;   /* bidi formatting with a scope */
};

/* Returns 0 or -EILSEQ. */
int shape_read(const char *s, size_t n, struct shape *ret);

/* Drops white space at both ends of valid text. */
void text_trim(const char **s, size_t *n);

/* The end of every text: NFC, then the limits. s is valid, trimmed, has its own rules applied and the shape
 * given. Returns what text_body() returns. */
int text_settle(const char *s, size_t n, const struct shape *shape, size_t max, char **ret);
