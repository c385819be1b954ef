/* proto/shape.h: what the server says, as structs made from shapes.def, and their encoder.
 *
 * A struct only borrows what it points to: chat/ fills it from an arena, the encoder writes it, and it is gone. What is left
 * out: a MAYBE field with a number below 0, a NULL, a word 0, false. Pure; any thread.
 */
#pragma once

#include "base/buf.h"
#include "base/words.h"
#include "proto/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct strs {
        const char *const *items;
        size_t n;
        bool given; /* an empty list is something else than none */
};

#define SHAPE_C_INT(of) int64_t
#define SHAPE_C_TIME(of) int64_t
#define SHAPE_C_BOOL(of) bool
#define SHAPE_C_STR(of) const char *
#define SHAPE_C_STRS(of) struct strs
#define SHAPE_C_WORD(of) enum of
#define SHAPE_C_ONE(of) const struct of##_shape *
#define SHAPE_C_MANY(of) struct many_##of

#define SHAPE(name, doc) struct name##_shape {
#define MEMBER(name, field, type, of, need, doc) SHAPE_C_##type(of) field;
#define END_SHAPE(name)                                                                                           \
        }                                                                                                         \
        ;                                                                                                         \
        struct many_##name {                                                                                      \
                const struct name##_shape *items;                                                                 \
                size_t n;                                                                                         \
                bool given;                                                                                       \
        };
#define EVENT(name, doc) struct name##_event_shape {
#define END_EVENT(name) };
#include "proto/shapes.def"
#undef SHAPE
#undef MEMBER
#undef END_SHAPE
#undef EVENT
#undef END_EVENT

enum shape_type { SHAPE_INT, SHAPE_TIME, SHAPE_BOOL, SHAPE_STR, SHAPE_STRS, SHAPE_WORD, SHAPE_ONE, SHAPE_MANY };

struct shape_field {
        const char *name;
        const char *key; /* "name": as it is written, with quotes and colon */
        size_t key_len;
        enum shape_type type;
        bool maybe;
        const struct word_set *words; /* of SHAPE_WORD */
        const struct shape *shape;    /* of SHAPE_ONE and SHAPE_MANY */
        size_t offset;
        const char *doc;
};

struct shape {
        const char *name;
        const struct shape_field *fields;
        size_t fields_n;
        size_t size; /* of the struct */
        const char *doc;
};

#define SHAPE(name, doc) extern const struct shape shape_##name;
#define MEMBER(name, field, type, of, need, doc)
#define END_SHAPE(name)
#define EVENT(name, doc) extern const struct shape event_##name;
#define END_EVENT(name)
#include "proto/shapes.def"
#undef SHAPE
#undef MEMBER
#undef END_SHAPE
#undef EVENT
#undef END_EVENT

/* All objects and all events, each list ends with NULL. */
extern const struct shape *const shapes[];
extern const struct shape *const events[];

/* Appends an object. what: a struct of that shape. Look at buf_failed() at the end. */
void shape_encode(struct buf *out, const struct shape *shape, const void *what);

/* Appends an event item. id 0: it is not in the log. */
void event_encode(struct buf *out, const struct shape *event, int64_t id, int64_t thread, const void *what);

/* Appends an answer item: ok is an encoded object. */
void answer_encode(struct buf *out, int64_t ref, const char *ok, size_t ok_len);

/* Appends an error item; ref 0: of a frame that could not be read. */
void problem_encode(struct buf *out, int64_t ref, const struct problem *problem);

/* Appends the body of an HTTP error (RFC 9457, application/problem+json). */
void problem_encode_http(struct buf *out, const struct problem *problem);

/* Appends a JSON string with its quotes. s is valid UTF-8 (RFC 8259 section 7). */
void json_string_encode(struct buf *out, const char *s);
