/* chat/versions/topic.h: topics that the school marks, so that what a machine says about them waits for a person. Inside a store job.
 *
 * A text is about a topic where the words of an entry stand in it one behind the other, folded as for search (text/text.h); with an asterisk behind the last
 * is the beginning of one. The entries are whole words and expressions that a school does not say for anything else: what it says every day must not wait. They
 * come with the program, in locales/topics/ for every language of the app, and a school adds its own and takes out what it likes. The original goes out at once in any case.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "proto/shape.h"
#include "store/db.h"
#include "text/text.h"

/* TOPIC_WORDS_MAX: of the school's own. */
enum { TOPIC_WORDS_MAX = 2000, TOPIC_WORDS_BYTES = 4 * TEXT_BYTES_MAX };

/* Brings the program's own list (locales/topics/) into the school's words: what is new in it is there, what is there no more goes, what somebody of the
 * school took out stays out. When a school is opened. Returns 0, -EBADMSG (the list is not as it must be) or a store error. */
int topic_bring_list(struct tx *tx);

/* Words as they are kept: folded, with the asterisk behind. -ENODATA: there is none. */
int topic_words_fold(const char *words, struct buf *out);

/* The first topic that a text is about, of those that the school marks. *ret TOPIC_NOT_GIVEN: none. */
int topic_of(struct tx *tx, const char *text, const char *language, enum topic *ret);

/* All of it. */
int topic_list(struct tx *tx, struct arena *a, struct topics_shape *ret);

/* Marks a topic, or not any more. */
int topic_hold(struct tx *tx, enum topic topic, bool held);

/* Adds words; the same again changes nothing. -ENODATA: there is no word in them; -EDQUOT: there are TOPIC_WORDS_MAX. */
int topic_word_add(struct tx *tx, enum topic topic, const char *language, const char *words);

/* -ENOENT. */
int topic_word_remove(struct tx *tx, int64_t id);
