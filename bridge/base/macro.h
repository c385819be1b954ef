/* base/macro.h: the few language extensions that all of the server uses.
 *
 * _cleanup_(f) runs f on the variable's address when it goes out of scope; a destructor takes NULL and half-built
 * things. TAKE(p) hands ownership on and leaves NULL behind.
 */
#pragma once

#include "base/banned.h"

#include <stddef.h>

#define _cleanup_(f) __attribute__((cleanup(f)))
#define _printf_(fmt, first) __attribute__((format(printf, fmt, first)))
#define _unused_ __attribute__((unused))
#define _must_check_ __attribute__((warn_unused_result))

#define TAKE(p)                                                                                                   \
        ({                                                                                                        \
                __typeof__(p) _taken = (p);                                                                       \
                (p) = NULL;                                                                                       \
                _taken;                                                                                           \
        })

#define ELEMENTS(a) (sizeof(a) / sizeof((a)[0]))

/* The structure that holds a member, from the member's address. */
#define CONTAINER_OF(ptr, type, member) ((type *)((char *)(ptr)-offsetof(type, member)))

/* Declares xp(): the cleanup form of a destructor that takes a pointer. */
#define DEFINE_CLEANUP(type, destructor)                                                                          \
        static inline _unused_ void destructor##p(type *thing)                                                    \
        {                                                                                                         \
                destructor(*thing);                                                                               \
        }

static inline _unused_ void freep(void *p)
{
        extern void free(void *);
        free(*(void **)p);
}
#define _cleanup_free_ _cleanup_(freep)
