/* oidc/fetch.h: one HTTP request, on a worker. Inside oidc/ only. */
#pragma once

#include "base/buf.h"

#include <stdatomic.h>
#include <stdbool.h>

enum { FETCH_MAX = 256 * 1024, FETCH_CONNECT_MS = 4000, FETCH_MS = 8000 };

struct fetch {
        const char *url;
        const char *form;            /* a POST of application/x-www-form-urlencoded; NULL: a GET */
        const char *user, *password; /* HTTP Basic; NULL: none */
        const char *bearer;          /* an access token; NULL: none */
        atomic_bool *stopping;       /* the program ends: it is given up */
};

/* Whether we would go there: https, or http to this machine; no user in it. */
bool fetch_may(const char *url);

/* Appends the body to out. No redirect is followed.
 * Returns the status; -EINVAL (fetch_may() says no), -ETIMEDOUT, -EMSGSIZE (over FETCH_MAX), -ECANCELED, -EIO (everything else), -ENOMEM. */
int fetch(const struct fetch *f, struct buf *out);

/* Appends name=value, escaped, with & in front of all but the first. */
void fetch_add(struct buf *out, const char *name, const char *value);
void fetch_escape(struct buf *out, const char *s);

/* Once, before threads start. Returns 0 or -EIO. */
int fetch_init(void);
