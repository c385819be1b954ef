#include "figures.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

void give_up(const char *format, ...)
{
        va_list ap;

        fflush(stdout);
        fputs("load: ", stderr);
        va_start(ap, format);
        vfprintf(stderr, format, ap);
        va_end(ap);
        fputc('\n', stderr);
        exit(1);
}

void figure(const char *name, double value, const char *unit)
{
        printf("%s %.*f %s\n", name, value >= 100 ? 0 : value >= 10 ? 1 : 3, value, unit);
        fflush(stdout);
}

static int64_t clock_ns(clockid_t clock)
{
        struct timespec t;

        if (clock_gettime(clock, &t) < 0)
                give_up("the server is gone");
        return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t now_ns(void)
{
        return clock_ns(CLOCK_MONOTONIC);
}

int64_t process_cpu_ns(pid_t pid)
{
        clockid_t clock;

        if (clock_getcpuclockid(pid, &clock) != 0)
                give_up("the server is gone");
        return clock_ns(clock);
}

int64_t first_thread_cpu_ns(pid_t pid)
{
        char path[64];
        long long ns;
        FILE *f;

        snprintf(path, sizeof(path), "/proc/%d/task/%d/schedstat", (int)pid, (int)pid);
        f = fopen(path, "re");
        if (!f || fscanf(f, "%lld", &ns) != 1)
                give_up("the server is gone");
        fclose(f);
        return ns;
}

int64_t process_memory_bytes(pid_t pid)
{
        char path[64];
        FILE *f;
        long all, resident;

        snprintf(path, sizeof(path), "/proc/%d/statm", (int)pid);
        f = fopen(path, "re");
        if (!f || fscanf(f, "%ld %ld", &all, &resident) != 2)
                give_up("the server is gone");
        fclose(f);
        return resident * sysconf(_SC_PAGESIZE);
}

void samples_add(struct samples *s, int64_t ns)
{
        if (s->n == s->room) {
                s->room = s->room ? s->room * 2 : 4096;
                s->us = realloc(s->us, s->room * sizeof(*s->us));
                if (!s->us)
                        give_up("out of memory");
        }
        s->us[s->n++] = ns < 0 ? 0 : ns / 1000 > UINT32_MAX ? UINT32_MAX : (uint32_t)(ns / 1000);
}

static int by_size(const void *a, const void *b)
{
        uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

        return x < y ? -1 : x > y;
}

void samples_figures(struct samples *s, const char *name)
{
        char line[80];

        if (s->n == 0)
                give_up("nothing was measured for %s", name);
        qsort(s->us, s->n, sizeof(*s->us), by_size);
        snprintf(line, sizeof(line), "%s_p50", name);
        figure(line, s->us[s->n / 2] / 1000.0, "ms");
        snprintf(line, sizeof(line), "%s_p99", name);
        figure(line, s->us[s->n * 99 / 100] / 1000.0, "ms");
        free(s->us);
        *s = (struct samples){ 0 };
}
