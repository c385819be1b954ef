/* chat/export/words.h: the words that stand in locales/ under export., role. and a few more (CMakeLists.txt), for the pages that the server
 * itself makes. Pure; any thread. */
#pragma once

/* The language of those we have words in that a reader of `tag` reads: theirs, or else `other`'s, or else Dutch. Static. */
const char *words_language(const char *tag, const char *other);

/* A message of such a language. One that is not there is its own key. Static. */
const char *words_say(const char *language, const char *key);

/* The same for a key in two parts: words_say2(l, "role", "mentor"); what is not there is "". */
const char *words_say2(const char *language, const char *group, const char *word);
