/* media/peaks.h: how loud a voice message is along the way. Pure; any thread. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Cuts n samples into parts as long as each other and gives the loudest of each, on a scale on which the loudest of all is 255: who spoke softly sees a
 * wave too. Silence is all zeros. n: 1 at least; with fewer samples than parts some stand in several. */
void peaks(const int16_t *samples, size_t n, unsigned char *ret, size_t parts);
