/* text/tag.h: the grammar of language tags (RFC 5646), inside text/ only. */
#pragma once

#include "text/language.h"

enum { TAG_LANGUAGE = 8, TAG_SCRIPT = 4, TAG_REGION = 3 };

/* A tag in its canonical parts; "" where it does not say. */
struct tag {
        char language[TAG_LANGUAGE + 1];
        char script[TAG_SCRIPT + 1];
        char region[TAG_REGION + 1];
        char rest[LANGUAGE_TAG_MAX + 1]; /* variants, extensions, private use: "-rozaj-u-nu-latn" */
};

/* Returns 0, or -EINVAL where it is no well-formed tag. */
int tag_read(const char *text, size_t n, struct tag *ret);

/* ICU's name for the language of a tag: the nearest that has data, by our own table; "", the root, where we do not know it. Static. */
const char *tag_locale(const char *text);
