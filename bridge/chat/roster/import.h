/* chat/roster/import.h: brings a package into a school, inside one transaction.
 *
 * The rows of the package go over those kept from earlier ones; what the whole of them describes is held against the database,
 * and the difference is done: people come and go, conversations get and lose members, and everyone concerned hears of it as
 * an event. A conversation is never deleted, and who was brought in by hand stays.
 */
#pragma once

#include "chat/roster/roster.h"
#include "chat/roster/state.h"

struct event_list; /* chat/event.h */

struct roster_change {
        char sign; /* + comes, ~ changes, - ends */
        enum state_kind kind;
        const char *key, *second; /* sourcedIds; second "" where there is one only */
        const char *text;         /* what it is, or what changed, in a few words */
};

struct roster_report {
        struct arena arena;
        struct roster_change *list;
        size_t n, room;
        size_t come[STATE_KINDS], change[STATE_KINDS], end[STATE_KINDS];
        const char *school; /* its new name; NULL: as it was */
};
#define ROSTER_REPORT_NONE ((struct roster_report){ .arena = ARENA(128 * 1024 * 1024) })
void roster_report_done(struct roster_report *report);

/* tx       open for writing. Where the result is not 0, or nothing shall change, the caller rolls it back
 * package  of roster_read(); a delta's rows are filled up from what is known
 * checks_only  find the faults, do nothing more: for a package that has some already
 * today    "2026-12-01"
 * made     the events; may be NULL
 * report   what was done, sorted
 * returns  0, -EBADMSG (faults says what is wrong with the package), or a store error
 */
int roster_import(struct tx *tx, struct roster *package, bool checks_only, const char *today, struct event_list *made,
        struct roster_report *report, struct roster_faults *faults);
