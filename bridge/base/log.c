#include "base/log.h"

#include <stdarg.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 1024 };

/* The one setting of the process that everything shares: written before the threads start, read only after. */
static enum log_level threshold = LOG_INFO;

void log_set_level(enum log_level level)
{
        threshold = level;
}

void log_line(enum log_level level, const char *room, const char *format, ...)
{
        static const char *const names[] = { "error", "warning", "info", "debug" };
        char line[LINE_MAX_BYTES];
        va_list ap;
        int head, n;

        if (level > threshold)
                return;
        head = snprintf(line, sizeof(line), "%s: %s: ", names[level], room);
        va_start(ap, format);
        n = vsnprintf(line + head, sizeof(line) - (size_t)head - 1, format, ap);
        va_end(ap);
        if (n < 0)
                return;
        n += head;
        if (n > (int)sizeof(line) - 2)
                n = (int)sizeof(line) - 2;
        line[n++] = '\n';
        if (write(STDERR_FILENO, line, (size_t)n) < 0)
                return; /* there is nobody left to tell */
}
