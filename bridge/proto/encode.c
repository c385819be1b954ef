#include "proto/shape.h"

#include "base/macro.h"
#include "proto/plain.h"

#define SHAPE_WORDS_INT(of) NULL
#define SHAPE_WORDS_TIME(of) NULL
#define SHAPE_WORDS_BOOL(of) NULL
#define SHAPE_WORDS_STR(of) NULL
#define SHAPE_WORDS_STRS(of) NULL
#define SHAPE_WORDS_WORD(of) &words_##of
#define SHAPE_WORDS_ONE(of) NULL
#define SHAPE_WORDS_MANY(of) NULL
#define SHAPE_SHAPE_INT(of) NULL
#define SHAPE_SHAPE_TIME(of) NULL
#define SHAPE_SHAPE_BOOL(of) NULL
#define SHAPE_SHAPE_STR(of) NULL
#define SHAPE_SHAPE_STRS(of) NULL
#define SHAPE_SHAPE_WORD(of) NULL
#define SHAPE_SHAPE_ONE(of) &shape_##of
#define SHAPE_SHAPE_MANY(of) &shape_##of
#define ALWAYS false
#define MAYBE true

#define SHAPE(name, doc) static const struct shape_field fields_##name[] = {
#define MEMBER(name, field, type, of, need, doc)                                                                  \
        { #field, "\"" #field "\":", sizeof("\"" #field "\":") - 1, SHAPE_##type, need, SHAPE_WORDS_##type(of),   \
          SHAPE_SHAPE_##type(of), offsetof(struct name##_shape, field), doc },
#define END_SHAPE(name) };
#define EVENT(name, doc) static const struct shape_field fields_##name##_event[] = {
#define END_EVENT(name) };
#include "proto/shapes.def"
#undef SHAPE
#undef MEMBER
#undef END_SHAPE
#undef EVENT
#undef END_EVENT

#define SHAPE(name, doc)                                                                                          \
        const struct shape shape_##name = { #name, fields_##name, ELEMENTS(fields_##name),                        \
                                            sizeof(struct name##_shape), doc };
#define MEMBER(name, field, type, of, need, doc)
#define END_SHAPE(name)
#define EVENT(name, doc)                                                                                          \
        const struct shape event_##name = { #name, fields_##name##_event, ELEMENTS(fields_##name##_event),        \
                                            sizeof(struct name##_event_shape), doc };
#define END_EVENT(name)
#include "proto/shapes.def"
#undef SHAPE
#undef MEMBER
#undef END_SHAPE
#undef EVENT
#undef END_EVENT

#define MEMBER(name, field, type, of, need, doc)
#define END_SHAPE(name)
#define END_EVENT(name)
const struct shape *const shapes[] = {
#define SHAPE(name, doc) &shape_##name,
#define EVENT(name, doc)
#include "proto/shapes.def"
#undef SHAPE
#undef EVENT
        NULL,
};
const struct shape *const events[] = {
#define SHAPE(name, doc)
#define EVENT(name, doc) &event_##name,
#include "proto/shapes.def"
#undef SHAPE
#undef EVENT
        NULL,
};

static void int_encode(struct buf *out, int64_t v)
{
        char digits[24];
        char *p = digits + sizeof(digits);
        uint64_t rest = v < 0 ? -(uint64_t)v : (uint64_t)v;

        do
                *--p = (char)('0' + rest % 10);
        while (rest /= 10);
        if (v < 0)
                *--p = '-';
        buf_add(out, p, (size_t)(digits + sizeof(digits) - p));
}

void json_string_encode(struct buf *out, const char *s)
{
        const char *from = s, *end = s + strlen(s);

        buf_reserve(out, (size_t)(end - s) + 2);
        buf_add_char(out, '"');
        for (; (s = plain_end(s, end)) < end; s++) {
                unsigned char c = (unsigned char)*s;

                buf_add(out, from, (size_t)(s - from));
                from = s + 1;
                if (c == '"' || c == '\\') {
                        buf_add_char(out, '\\');
                        buf_add_char(out, (char)c);
                } else if (c == '\n') {
                        buf_add(out, "\\n", 2);
                } else {
                        buf_printf(out, "\\u%04x", c);
                }
        }
        buf_add(out, from, (size_t)(s - from));
        buf_add_char(out, '"');
}

/* The layout that every many_x shares with every other. */
struct many_any {
        const void *items;
        size_t n;
        bool given;
};

static bool is_left_out(const struct shape_field *f, const void *at)
{
        switch (f->type) {
        case SHAPE_INT:
        case SHAPE_TIME:
                return *(const int64_t *)at < 0;
        case SHAPE_BOOL:
                return !*(const bool *)at;
        case SHAPE_STR:
        case SHAPE_ONE:
                return !*(const void *const *)at;
        case SHAPE_WORD:
                return *(const int *)at == 0;
        case SHAPE_STRS:
                return !((const struct strs *)at)->given;
        case SHAPE_MANY:
                return !((const struct many_any *)at)->given;
        }
        return false;
}

static void value_encode(struct buf *out, const struct shape_field *f, const void *at)
{
        switch (f->type) {
        case SHAPE_INT:
        case SHAPE_TIME:
                int_encode(out, *(const int64_t *)at);
                break;
        case SHAPE_BOOL:
                buf_add_str(out, *(const bool *)at ? "true" : "false");
                break;
        case SHAPE_STR:
                json_string_encode(out, *(const char *const *)at ?: "");
                break;
        case SHAPE_WORD:
                buf_add_char(out, '"');
                buf_add_str(out, word_text(f->words, *(const int *)at) ?: "");
                buf_add_char(out, '"');
                break;
        case SHAPE_STRS: {
                const struct strs *list = at;

                buf_add_char(out, '[');
                for (size_t i = 0; i < list->n; i++) {
                        if (i > 0)
                                buf_add_char(out, ',');
                        json_string_encode(out, list->items[i]);
                }
                buf_add_char(out, ']');
                break;
        }
        case SHAPE_ONE:
                shape_encode(out, f->shape, *(const void *const *)at);
                break;
        case SHAPE_MANY: {
                const struct many_any *list = at;

                buf_add_char(out, '[');
                for (size_t i = 0; i < list->n; i++) {
                        if (i > 0)
                                buf_add_char(out, ',');
                        shape_encode(out, f->shape, (const char *)list->items + i * f->shape->size);
                }
                buf_add_char(out, ']');
                break;
        }
        }
}

static void fields_encode(struct buf *out, const struct shape *shape, const void *what, bool first)
{
        for (size_t i = 0; i < shape->fields_n; i++) {
                const struct shape_field *f = &shape->fields[i];
                const void *at = (const char *)what + f->offset;

                if (f->maybe && is_left_out(f, at))
                        continue;
                if (!first)
                        buf_add_char(out, ',');
                first = false;
                buf_add(out, f->key, f->key_len);
                value_encode(out, f, at);
        }
}

void shape_encode(struct buf *out, const struct shape *shape, const void *what)
{
        buf_add_char(out, '{');
        fields_encode(out, shape, what, true);
        buf_add_char(out, '}');
}

void event_encode(struct buf *out, const struct shape *event, int64_t id, int64_t thread, const void *what)
{
        buf_add_str(out, "{\"event\":\"");
        buf_add_str(out, event->name);
        buf_add_char(out, '"');
        if (id > 0) {
                buf_add_str(out, ",\"id\":");
                int_encode(out, id);
        }
        buf_add_str(out, ",\"thread\":");
        int_encode(out, thread);
        fields_encode(out, event, what, false);
        buf_add_char(out, '}');
}

void answer_encode(struct buf *out, int64_t ref, const char *ok, size_t ok_len)
{
        buf_add_str(out, "{\"ref\":");
        int_encode(out, ref);
        buf_add_str(out, ",\"ok\":");
        buf_add(out, ok, ok_len);
        buf_add_char(out, '}');
}

static void problem_members(struct buf *out, const struct problem *problem)
{
        buf_printf(out, "\"code\":\"%s\"", error_code_word(problem->code));
        if (problem->field)
                buf_printf(out, ",\"field\":\"%s\"", problem->field);
        if (problem->reason)
                buf_printf(out, ",\"reason\":\"%s\"", error_reason_word(problem->reason));
        if (problem->retry_ms > 0)
                buf_printf(out, ",\"retry_ms\":%lld", (long long)problem->retry_ms);
}

void problem_encode(struct buf *out, int64_t ref, const struct problem *problem)
{
        buf_add_char(out, '{');
        if (ref > 0)
                buf_printf(out, "\"ref\":%lld,", (long long)ref);
        buf_add_str(out, "\"error\":{");
        problem_members(out, problem);
        buf_add_str(out, "}}");
}

void problem_encode_http(struct buf *out, const struct problem *problem)
{
        buf_printf(out, "{\"type\":\"about:blank\",\"status\":%d,\"title\":", error_code_status(problem->code));
        json_string_encode(out, error_code_doc(problem->code));
        buf_add_char(out, ',');
        problem_members(out, problem);
        buf_add_char(out, '}');
}
