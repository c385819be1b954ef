/* The typed fields and how one is set from text: a small function a type, and the table. */
#include "conf/conf.h"

#include "base/buf.h"
#include "base/parse.h"
#include "conf/option.h"
#include "conf/origin.h"

#include <arpa/inet.h>
#include <errno.h>
#include <math.h>

enum { WHY_MAX = 1000 };

const struct option options[] = {
#define OPTION(name_, TYPE, default_, min_, max_, doc_)                                                              \
        { .name = #name_,                                                                                            \
          .type = TYPE_##TYPE,                                                                                       \
          .fallback = (default_),                                                                                    \
          .min = (min_),                                                                                             \
          .max = (max_),                                                                                             \
          .doc = (doc_),                                                                                             \
          .offset = offsetof(struct conf, name_) },
#include "conf/options.def"
#undef OPTION
};
const size_t options_count = ELEMENTS(options);

bool option_is_text(const struct option *o)
{
        return o->type == TYPE_TEXT || o->type == TYPE_PATH || o->type == TYPE_ADDRESS || o->type == TYPE_URL ||
               o->type == TYPE_ORIGINS;
}

const struct option *option_find(const char *name)
{
        for (size_t i = 0; i < options_count; i++) {
                const char *a = options[i].name, *b = name;

                while (*a && (*a == *b || (*a == '_' && *b == '-')))
                        a++, b++;
                if (!*a && !*b)
                        return &options[i];
        }
        return NULL;
}

static void *field_of(struct conf *conf, const struct option *o)
{
        return (char *)conf + o->offset;
}

/* Takes text over. */
static int keep_text(struct conf *conf, const struct option *o, char *text)
{
        char **field = field_of(conf, o);

        if (!text)
                return -ENOMEM;
        free(*field);
        *field = text;
        return 0;
}

static int set_text(struct conf *conf, const struct option *o, const char *value, struct buf *reason)
{
        double len = (double)strlen(value);

        if (len < o->min)
                return buf_add_str(reason, "must not be empty"), -EINVAL;
        if (len > o->max)
                return buf_printf(reason, "is longer than %.0f bytes", o->max), -EINVAL;
        return keep_text(conf, o, strdup(value));
}

static int set_address(struct conf *conf, const struct option *o, const char *value, struct buf *reason)
{
        unsigned char room[sizeof(struct in6_addr)];

        if (inet_pton(AF_INET, value, room) != 1 && inet_pton(AF_INET6, value, room) != 1)
                return buf_printf(reason, "\"%s\" is not a numeric IPv4 or IPv6 address", value), -EINVAL;
        return keep_text(conf, o, strdup(value));
}

static int set_url(struct conf *conf, const struct option *o, const char *value, struct buf *reason)
{
        char *url;
        int r;

        if (!*value)
                return keep_text(conf, o, strdup(""));
        r = origin_normal(value, strlen(value), &url);
        if (r == -EINVAL)
                buf_printf(reason, "\"%s\" is not http:// or https:// with a host and no path", value);
        return r < 0 ? r : keep_text(conf, o, url);
}

static int set_origins(struct conf *conf, const struct option *o, const char *value, struct buf *reason)
{
        _cleanup_(buf_done) struct buf list = BUF(8192);

        for (const char *p = value; *p;) {
                _cleanup_free_ char *origin = NULL;
                size_t n = strcspn(p, ",");
                size_t from = strspn(p, " \t"), to = n;
                int r;

                while (to > from && (p[to - 1] == ' ' || p[to - 1] == '\t'))
                        to--;
                if (to > from) {
                        r = origin_normal(p + from, to - from, &origin);
                        if (r == -EINVAL)
                                buf_printf(reason, "\"%.*s\" is not an origin, as in https://school.example",
                                           (int)(to - from), p + from);
                        if (r < 0)
                                return r;
                        buf_printf(&list, "%s%s", list.len ? "," : "", origin);
                }
                p += n + (p[n] == ',');
        }
        if (buf_failed(&list) == -EMSGSIZE)
                return buf_add_str(reason, "is too long"), -EINVAL;
        return keep_text(conf, o, strdup(buf_str(&list)));
}

static int out_of_bounds(const struct option *o, const char *value, struct buf *reason)
{
        buf_printf(reason, "%s is not between %.10g and %.10g", value, o->min, o->max);
        return -EINVAL;
}

static int set_int(struct conf *conf, const struct option *o, const char *value, struct buf *reason)
{
        int64_t n;
        int r = parse_int(value, (int64_t)o->min, (int64_t)o->max, &n);

        if (r == -ERANGE)
                return out_of_bounds(o, value, reason);
        if (r < 0)
                return buf_printf(reason, "\"%s\" is not a whole number", value), -EINVAL;
        *(int *)field_of(conf, o) = (int)n;
        return 0;
}

static int set_float(struct conf *conf, const struct option *o, const char *value, struct buf *reason)
{
        char *end;
        double d = strtod(value, &end);

        if (end == value || *end || !isfinite(d))
                return buf_printf(reason, "\"%s\" is not a number", value), -EINVAL;
        if (d < o->min || d > o->max)
                return out_of_bounds(o, value, reason);
        *(double *)field_of(conf, o) = d;
        return 0;
}

static int set_size(struct conf *conf, const struct option *o, const char *value, struct buf *reason)
{
        char digits[24];
        size_t len = strlen(value);
        int64_t n, unit = 1;

        if (len > 1 && (value[len - 1] == 'K' || value[len - 1] == 'k'))
                unit = 1024;
        if (len > 1 && (value[len - 1] == 'M' || value[len - 1] == 'm'))
                unit = 1024 * 1024;
        if (unit > 1)
                len--;
        if (len >= sizeof(digits))
                return out_of_bounds(o, value, reason);
        memcpy(digits, value, len);
        digits[len] = '\0';
        if (parse_int(digits, 0, INT32_MAX, &n) < 0)
                return buf_printf(reason, "\"%s\" is not a number of bytes, as in 65536, 64K or 1M", value), -EINVAL;
        n *= unit;
        if ((double)n < o->min || (double)n > o->max)
                return out_of_bounds(o, value, reason);
        *(size_t *)field_of(conf, o) = (size_t)n;
        return 0;
}

static int set_level(struct conf *conf, const struct option *o, const char *value, struct buf *reason)
{
        static const char *const words[] = { [LOG_ERROR] = "error",
                                             [LOG_WARNING] = "warning",
                                             [LOG_INFO] = "info",
                                             [LOG_DEBUG] = "debug" };

        for (size_t i = 0; i < ELEMENTS(words); i++)
                if (strcmp(words[i], value) == 0) {
                        *(enum log_level *)field_of(conf, o) = (enum log_level)i;
                        return 0;
                }
        buf_printf(reason, "\"%s\" is not error, warning, info or debug", value);
        return -EINVAL;
}

static int (*const setters[])(struct conf *, const struct option *, const char *, struct buf *) = {
        [TYPE_TEXT] = set_text,       [TYPE_PATH] = set_text, [TYPE_ADDRESS] = set_address, [TYPE_URL] = set_url,
        [TYPE_ORIGINS] = set_origins, [TYPE_INT] = set_int,   [TYPE_FLOAT] = set_float,     [TYPE_SIZE] = set_size,
        [TYPE_LEVEL] = set_level,
};

int conf_set(struct conf *conf, const char *source, const char *name, const char *value, char **why)
{
        _cleanup_(buf_done) struct buf reason = BUF(WHY_MAX);
        const struct option *o = option_find(name);
        int r = -ENOENT;

        if (!o)
                buf_add_str(&reason, "there is no such option");
        else
                r = setters[o->type](conf, o, value, &reason);
        if (r == 0)
                return 0;
        if (r == -ENOMEM)
                buf_add_str(&reason, "out of memory");
        if (why && asprintf(why, "%s%s%s: %s", source, *source ? ": " : "", name,
                            reason.len ? buf_str(&reason) : "not valid") < 0)
                *why = NULL;
        return r;
}

int conf_defaults(struct conf *conf)
{
        memset(conf, 0, sizeof(*conf));
        for (size_t i = 0; i < options_count; i++) {
                int r = conf_set(conf, "default", options[i].name, options[i].fallback, NULL);

                if (r < 0) {
                        conf_done(conf);
                        return r;
                }
        }
        return 0;
}

void conf_done(struct conf *conf)
{
        if (!conf)
                return;
        for (size_t i = 0; i < options_count; i++)
                if (option_is_text(&options[i])) {
                        char **field = field_of(conf, &options[i]);

                        free(TAKE(*field));
                }
}

int conf_settle(struct conf *conf, int port)
{
        conf->port = port;
        if (*conf->public_url)
                return 0;
        char *url;

        if (asprintf(&url, "http://localhost:%d", port) < 0)
                return -ENOMEM;
        free(conf->public_url);
        conf->public_url = url;
        return 0;
}
