#include "qr/qr.h"

#include "base/macro.h"

#include <errno.h>
#include <qrencode.h>
#include <stdlib.h>

DEFINE_CLEANUP(QRcode *, QRcode_free)

int qr_make(const char *text, int *size, char **modules)
{
        _cleanup_(QRcode_freep) QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_Q);
        char *out;
        int n;

        if (!code)
                return errno == ENOMEM ? -ENOMEM : -EMSGSIZE;
        n = code->width;
        out = malloc((size_t)(n * n) + 1);
        if (!out)
                return -ENOMEM;
        for (int i = 0; i < n * n; i++)
                out[i] = code->data[i] & 1 ? '1' : '0';
        out[n * n] = '\0';
        *size = n;
        *modules = out;
        return 0;
}
