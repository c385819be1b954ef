/* qr/qr.h: QR codes (ISO/IEC 18004) by libqrencode. Pure; any thread. */
#pragma once

enum { QR_SIZE_MAX = 177 };

/* The modules of a text, row by row, '1' dark and '0' light, without the quiet zone of 4 around it; level Q, so that a quarter of it may be
 * covered or soiled.
 *
 * text     at most some 1,600 bytes
 * size     modules of a side
 * modules  size x size characters and a NUL, owned by the caller (free())
 * returns  0, -EMSGSIZE or -ENOMEM
 */
int qr_make(const char *text, int *size, char **modules);
