/* measure/figures.h: what is measured, and how it is said: a line a figure, "name value unit". */
#pragma once

#include "base/macro.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Prints why to standard error and ends the program: a measurement that went wrong gives no figures. */
void give_up(const char *format, ...) _printf_(1, 2) __attribute__((noreturn));

void figure(const char *name, double value, const char *unit);

int64_t now_ns(void);

/* What a process and all its threads have used of the processors so far. */
int64_t process_cpu_ns(pid_t pid);
int64_t first_thread_cpu_ns(pid_t pid); /* the loop's */
int64_t process_memory_bytes(pid_t pid);

/* Durations; percentiles of all of them. */
struct samples {
        uint32_t *us;
        size_t n, room;
};

void samples_add(struct samples *s, int64_t ns);

/* Prints NAME_p50 and NAME_p99 in ms, and empties it. */
void samples_figures(struct samples *s, const char *name);
