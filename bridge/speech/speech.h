/* speech/speech.h: a text said aloud by the server, as MP3 (ISO 11172-3).
 *
 * What it knows never changes after speech_new(), so any thread may ask it. Saying something waits for two programs: worker threads only.
 */
#pragma once

#include "base/macro.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

struct speech;

struct speech_options {
        const char *program; /* espeak-ng: an absolute path, borrowed for as long as the speech lives */
        const char *encoder; /* ffmpeg, likewise */
        int time_ms;         /* for each of them, each time */
};

enum { SPEECH_MAX = 8 * 1024 * 1024 }; /* bytes of MP3; more than half an hour */

/* Asks the program which languages it has: waits for it. Returns 0, or what child_run() said: -ENOENT where one of the programs is not there. */
int speech_new(const struct speech_options *options, struct speech **ret);

/* The languages, as canonical tags, those that another stands in for too; each once. Borrowed. */
const char *const *speech_languages(const struct speech *speech, size_t *n);

/* Whether it has a voice for a language. Takes NULL: it has none. */
bool speech_speaks(const struct speech *speech, const char *language);

/* Says a text.
 *
 * text      borrowed; never in an argument, a file or a log
 * ret       MP3, owned by the caller
 * returns   0, -ENOENT (no voice for the language), -ENODATA (nothing in it to say), or what child_run() said
 */
int speech_say(const struct speech *speech, const char *text, const char *language, const atomic_bool *stopping, char **ret, size_t *len);

/* Takes NULL. */
void speech_free(struct speech *speech);
DEFINE_CLEANUP(struct speech *, speech_free)
