#include "proto/members.h"

#include "proto/plain.h"

#include <errno.h>
#include <jansson.h>

enum {
        DEPTH_MAX = 8,
        DIGITS_MAX = 15, /* surely within 64 bits, and within what any field takes */
};

/* ---- the short way */

struct cursor {
        const char *p, *end;
};

static void skip_space(struct cursor *c)
{
        while (c->p < c->end && (*c->p == ' ' || *c->p == '\t' || *c->p == '\n' || *c->p == '\r'))
                c->p++;
}

/* The next character that is no space, if it is this one. */
static bool take(struct cursor *c, char wanted)
{
        skip_space(c);
        if (c->p == c->end || *c->p != wanted)
                return false;
        c->p++;
        return true;
}

/* A string without escapes. */
static bool take_string(struct cursor *c, const char **ret, size_t *ret_n)
{
        const char *end;

        if (!take(c, '"'))
                return false;
        end = plain_end(c->p, c->end);
        if (end == c->end || *end != '"')
                return false;
        *ret = c->p;
        *ret_n = (size_t)(end - c->p);
        c->p = end + 1;
        return true;
}

/* A whole number that is not below 0. */
static bool take_number(struct cursor *c, int64_t *ret)
{
        const char *first = c->p;
        int64_t v = 0;

        for (; c->p < c->end && *c->p >= '0' && *c->p <= '9'; c->p++) {
                if (c->p - first == DIGITS_MAX)
                        return false;
                v = v * 10 + (*c->p - '0');
        }
        if (c->p == first || (*first == '0' && c->p - first > 1))
                return false;
        *ret = v;
        return c->p == c->end || (*c->p != '.' && *c->p != 'e' && *c->p != 'E');
}

static bool take_word(struct cursor *c, const char *word, size_t n)
{
        if ((size_t)(c->end - c->p) < n || memcmp(c->p, word, n) != 0)
                return false;
        c->p += n;
        return true;
}

static bool take_value(struct cursor *c, struct member *m)
{
        skip_space(c);
        if (c->p == c->end)
                return false;
        switch (*c->p) {
        case '"':
                m->type = MEMBER_STRING;
                return take_string(c, &m->s, &m->n);
        case 't':
                m->type = MEMBER_BOOL;
                m->i = 1;
                return take_word(c, "true", 4);
        case 'f':
                m->type = MEMBER_BOOL;
                return take_word(c, "false", 5);
        default:
                m->type = MEMBER_INT;
                return take_number(c, &m->i);
        }
}

static bool same_key(const struct member *m, const char *key, size_t n)
{
        return m->key_len == n && memcmp(m->key, key, n) == 0;
}

static bool is_there(const struct members *members, const struct member *m)
{
        for (size_t i = 0; i < members->n; i++)
                if (same_key(&members->list[i], m->key, m->key_len))
                        return true;
        return false;
}

bool members_read_flat(const char *bytes, size_t n, struct members *ret)
{
        struct cursor c = { bytes, bytes + n };

        ret->n = 0;
        ret->more = false;
        ret->tree = NULL;
        if (!take(&c, '{'))
                return false;
        do {
                struct member m = { 0 };

                if (ret->n == MEMBERS_MAX || !take_string(&c, &m.key, &m.key_len) || !take(&c, ':') || !take_value(&c, &m))
                        return false;
                if (is_there(ret, &m))
                        return false;
                ret->list[ret->n++] = m;
        } while (take(&c, ','));
        if (!take(&c, '}'))
                return false;
        skip_space(&c);
        return c.p == c.end;
}

/* ---- jansson's way */

static int wrong(struct problem *problem, enum error_reason reason)
{
        *problem = PROBLEM(ERROR_BAD_FRAME, NULL, reason);
        return -EBADMSG;
}

/* Brackets outside strings, counted before the parser recurses into them. */
static bool too_deep(const char *bytes, size_t n)
{
        bool in_string = false;
        int depth = 0;

        for (size_t i = 0; i < n; i++) {
                if (in_string) {
                        if (bytes[i] == '\\')
                                i++;
                        else if (bytes[i] == '"')
                                in_string = false;
                } else if (bytes[i] == '"') {
                        in_string = true;
                } else if (bytes[i] == '{' || bytes[i] == '[') {
                        if (++depth > DEPTH_MAX)
                                return true;
                } else if (bytes[i] == '}' || bytes[i] == ']') {
                        depth--;
                }
        }
        return false;
}

static void add(struct members *to, const char *key, const json_t *value)
{
        struct member m = { .key = key, .key_len = strlen(key), .type = MEMBER_OTHER };

        if (to->n == MEMBERS_MAX) {
                to->more = true;
                return;
        }
        if (json_is_array(value)) {
                m.list = value;
        } else if (json_is_string(value)) {
                m.type = MEMBER_STRING;
                m.s = json_string_value(value);
                m.n = json_string_length(value);
        } else if (json_is_integer(value)) {
                m.type = MEMBER_INT;
                m.i = json_integer_value(value);
        } else if (json_is_boolean(value)) {
                m.type = MEMBER_BOOL;
                m.i = json_is_true(value);
        }
        to->list[to->n++] = m;
}

int members_read_tree(const char *bytes, size_t n, struct members *ret, struct problem *problem)
{
        static const char *const first[] = { "do", "ref" };
        _cleanup_(json_decrefp) json_t *root = NULL;
        json_error_t error;
        const char *key;
        json_t *value;

        *ret = (struct members){ 0 };
        if (too_deep(bytes, n))
                return wrong(problem, REASON_DEPTH);
        root = json_loadb(bytes, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
        if (!root && json_error_code(&error) == json_error_out_of_memory)
                return -ENOMEM;
        if (!root)
                return wrong(problem, json_error_code(&error) == json_error_duplicate_key ? REASON_DUPLICATE_KEY : REASON_JSON);
        if (!json_is_object(root))
                return wrong(problem, REASON_NOT_OBJECT);

        /* These are found however many others there are. */
        for (size_t i = 0; i < ELEMENTS(first); i++)
                if ((value = json_object_get(root, first[i])))
                        add(ret, first[i], value);
        json_object_foreach(root, key, value)
                if (strcmp(key, "do") != 0 && strcmp(key, "ref") != 0)
                        add(ret, key, value);
        ret->tree = TAKE(root);
        return 0;
}

/* ---- both */

int members_read(const char *bytes, size_t n, struct members *ret, struct problem *problem)
{
        if (members_read_flat(bytes, n, ret))
                return 0;
        return members_read_tree(bytes, n, ret, problem);
}

void members_done(struct members *members)
{
        json_decref(members->tree);
        members->tree = NULL;
}

const struct member *members_find(const struct members *members, const char *key)
{
        size_t n = strlen(key);

        for (size_t i = 0; i < members->n; i++)
                if (same_key(&members->list[i], key, n))
                        return &members->list[i];
        return NULL;
}
