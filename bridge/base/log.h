/* base/log.h: one line an event on standard error: level, room, words.
 *
 * Secrets, names, addresses and texts of messages never stand in a line: say what happened and to which number. Library
 * code does not log; the rooms that decide (cmd, net, cli) do. Any thread; a line is one write.
 */
#pragma once

#include "base/macro.h"

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

/* What is below this level is dropped. Set once, before other threads start. */
void log_set_level(enum log_level level);
void log_line(enum log_level level, const char *room, const char *format, ...) _printf_(3, 4);

#define log_error(room, ...) log_line(LOG_ERROR, room, __VA_ARGS__)
#define log_warning(room, ...) log_line(LOG_WARNING, room, __VA_ARGS__)
#define log_info(room, ...) log_line(LOG_INFO, room, __VA_ARGS__)
#define log_debug(room, ...) log_line(LOG_DEBUG, room, __VA_ARGS__)
