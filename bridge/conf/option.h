/* conf/option.h: options.def as rows, for this folder only. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum option_type {
        TYPE_TEXT,
        TYPE_PATH,
        TYPE_ADDRESS,
        TYPE_URL,
        TYPE_ORIGINS,
        TYPE_INT,
        TYPE_FLOAT,
        TYPE_SIZE,
        TYPE_LEVEL,
};

struct option {
        const char *name;
        enum option_type type;
        const char *fallback; /* its default, as one would write it */
        double min, max;
        const char *doc;
        size_t offset; /* of the field in struct conf */
};

extern const struct option options[];
extern const size_t options_count;

bool option_is_text(const struct option *o);

/* By name; - may stand for _. NULL where there is none. */
const struct option *option_find(const char *name);
