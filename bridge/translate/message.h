/* translate/message.h: a whole message put into another language by an engine. On a thread that may wait. */
#pragma once

#include "translate/engine.h"

/* Cuts the text into pieces, asks for each that holds words, and joins them. One that fails ends it; so does a message that takes longer than four calls may.
 * ret: set where the result is ENGINE_DONE: made as a message's body is (text_body()), owned by the caller; "" where nothing visible came. */
struct engine_answer message_translate(const struct engine *engine, const struct pair *pair, const char *text, int timeout_ms, atomic_bool *stopping, char **ret);
