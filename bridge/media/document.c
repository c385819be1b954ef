#include "media/inside.h"

#include <errno.h>

int document_make(struct making *making)
{
        (void)making;
        return -ENOMSG;
}
