/* text/segment.h: grapheme clusters, inside text/ only. */
#pragma once

#include <stddef.h>

/* Counts the clusters of valid text and the code points of its longest one. */
void segment_count(const char *s, size_t n, size_t *ret_clusters, size_t *ret_longest);
