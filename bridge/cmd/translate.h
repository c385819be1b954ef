/* cmd/translate.h: the school's translation engines at work: what is asked (chat/versions/request.h) goes to them (translate/), and comes back as versions. Loop thread.
 *
 * Nothing waits for it: requests are looked for on a reader, taken and answered by jobs of the writer, and each engine has threads of its own. Who serves a
 * school without an engine pays nothing.
 */
#pragma once

struct school;

/* Starts the engines that the settings name; none: nothing is started. Returns 0, or as engine_new(), with *why; -EINVAL too where translate_pairs is no list. */
int translate_open(struct school *school, void (*wake)(void *), void *wake_arg, char **why);

/* The languages into which a text in this one can be put now, with a blank between: the school allows the pair, and an engine that is well has it. Owned by the
 * caller, free(); NULL: none, or no memory. */
char *translate_offers(const struct school *school, const char *from);

/* Something happened: perhaps something is to be asked. */
void translate_wake(struct school *school);

/* Once a second. */
void translate_tick(struct school *school);

/* As school_drain(), school_stop() and school_close(). */
void translate_drain(struct school *school);
void translate_stop(struct school *school);
void translate_free(struct school *school);
