/* cmd/sound.h: answering with a phrase spoken by a person. */
#pragma once

#include "chat/phrase/recording.h"
#include "cmd/http.h"

/* known, range, if_range: as they came, "" where there is none. Its entity tag is the recording's own: what takes its place has another. */
void sound_answer(const struct http_call *call, const struct recording *recording, const char *known, const char *range, const char *if_range);
