#include "media/inside.h"

#include <errno.h>

int voice_make(struct making *making)
{
        (void)making;
        return -ENOMSG;
}
