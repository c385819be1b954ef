/* cmd/publish.h: events to the hub, in the order of their numbers, whoever made them. Loop thread.
 *
 * The server's own events come with the results of its jobs. Another program (an import) commits events of its own in between;
 * the numbers have no gaps, so a number that is missing says that there is something to fetch first.
 */
#pragma once

#include "live/hub.h"

struct publisher;
struct school;

/* Takes what the events hold; the array stays the caller's. */
void publish(struct school *school, struct live_event *told, size_t n);

/* Looks for events that nobody here made: at each tick. */
void publish_look(struct school *school);

/* At the start; last: the newest event. */
int publisher_new(struct school *school, int64_t last);
void publisher_free(struct publisher *p);
