#include "chat/roster/inside.h"

#include <stdarg.h>

enum { FAULT_TEXT_MAX = 400 };

void roster_faults_done(struct roster_faults *faults)
{
        free(faults->list);
        arena_done(&faults->arena);
        *faults = ROSTER_FAULTS_NONE;
}

static struct roster_fault *more(struct roster_faults *faults)
{
        struct roster_fault *list;
        size_t room;

        if (faults->n == ROSTER_FAULTS_MAX)
                return NULL;
        if (faults->n == faults->room) {
                room = faults->room ? 2 * faults->room : 16;
                list = realloc(faults->list, room * sizeof(*list));
                if (!list)
                        return NULL;
                faults->list = list;
                faults->room = room;
        }
        return &faults->list[faults->n];
}

void roster_fault(
        struct roster_faults *faults, const char *file, int line, int column, const char *format, ...)
{
        _cleanup_(buf_done) struct buf text = BUF(FAULT_TEXT_MAX);
        struct roster_fault *fault;
        va_list ap;

        fault = more(faults);
        if (!fault) {
                faults->more++;
                return;
        }
        va_start(ap, format);
        if (buf_vprintf(&text, format, ap) < 0) {
                buf_clear(&text);
                buf_add_str(&text, "is wrong");
        }
        va_end(ap);
        *fault = (struct roster_fault){
                .file = arena_copy(&faults->arena, file, strlen(file)),
                .line = line,
                .column = column,
                .text = arena_copy(&faults->arena, buf_str(&text), text.len),
        };
        if (arena_failed(&faults->arena))
                faults->more++;
        else
                faults->n++;
}

size_t roster_faults_count(const struct roster_faults *faults)
{
        return faults->n + faults->more;
}
