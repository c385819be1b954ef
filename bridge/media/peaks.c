#include "media/peaks.h"

#include <stdlib.h>

void peaks(const int16_t *samples, size_t n, unsigned char *ret, size_t parts)
{
        int most = 1;

        for (size_t i = 0; i < n; i++)
                if (abs(samples[i]) > most)
                        most = abs(samples[i]);
        for (size_t part = 0; part < parts; part++) {
                size_t from = part * n / parts, to = (part + 1) * n / parts;
                int peak = 0;

                for (size_t i = from; i < to || i == from; i++)
                        if (abs(samples[i]) > peak)
                                peak = abs(samples[i]);
                ret[part] = (unsigned char)((peak * 255 + most / 2) / most);
        }
}
