#include "proto/tree.h"

#include <errno.h>
#include <jansson.h>

/* A struct tree is a json_t under another name: the header stays free of jansson. */
static const json_t *in(const struct tree *t)
{
        return (const json_t *)t;
}

static const struct tree *out(const json_t *j)
{
        return (const struct tree *)j;
}

int tree_load(const char *path, struct tree **ret, char **why)
{
        json_error_t error;
        json_t *root;

        root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
        if (!root) {
                if (asprintf(why, "%s:%d:%d: %s", path, error.line, error.column, error.text) < 0)
                        *why = NULL;
                return -EBADMSG;
        }
        *ret = (struct tree *)root;
        return 0;
}

int tree_parse(const char *bytes, size_t n, struct tree **ret)
{
        json_t *root = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, NULL);

        if (!root)
                return -EBADMSG;
        *ret = (struct tree *)root;
        return 0;
}

void tree_free(struct tree *t)
{
        json_decref((json_t *)t);
}

const struct tree *tree_get(const struct tree *t, const char *key)
{
        return t ? out(json_object_get(in(t), key)) : NULL;
}

size_t tree_size(const struct tree *t)
{
        return t ? json_array_size(in(t)) : 0;
}

const struct tree *tree_at(const struct tree *t, size_t i)
{
        return t ? out(json_array_get(in(t), i)) : NULL;
}

const char *tree_str(const struct tree *t, const char *key)
{
        return t ? json_string_value(json_object_get(in(t), key)) : NULL;
}

int64_t tree_number(const struct tree *t, int64_t otherwise)
{
        return t && json_is_integer(in(t)) ? json_integer_value(in(t)) : otherwise;
}

int64_t tree_int(const struct tree *t, const char *key, int64_t otherwise)
{
        return tree_number(tree_get(t, key), otherwise);
}

int tree_each(const struct tree *t, int (*with)(void *, const char *, const struct tree *), void *arg)
{
        const char *key;
        json_t *value;
        int r;

        json_object_foreach((json_t *)(uintptr_t)t, key, value) {
                r = with(arg, key, out(value));
                if (r < 0)
                        return r;
        }
        return 0;
}

const char *tree_text(const struct tree *t)
{
        return t ? json_string_value(in(t)) : NULL;
}

bool tree_is_true(const struct tree *t)
{
        return t && json_is_true(in(t));
}

bool tree_is_false(const struct tree *t)
{
        return t && json_is_false(in(t));
}
