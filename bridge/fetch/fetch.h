/* fetch/fetch.h: one HTTP request, on a thread that may wait. No redirect is followed; TLS is verified. */
#pragma once

#include "base/buf.h"

#include <stdatomic.h>
#include <stdbool.h>

enum { FETCH_MAX = 256 * 1024, FETCH_CONNECT_MS = 4000, FETCH_MS = 8000 };

/* How far plain http may go. https goes anywhere. */
enum fetch_plain {
        PLAIN_HERE,    /* to this machine: localhost, 127.0.0.1, [::1] */
        PLAIN_PRIVATE, /* also within a network of one's own (RFC 1918, 4193, 3927): asked of the address that is connected to, whatever the name */
        PLAIN_ANYWHERE,
};

struct fetch {
        const char *url;
        const char *form;            /* a POST of application/x-www-form-urlencoded; NULL: a GET */
        const char *json;            /* a POST of application/json, in place of form */
        const char *user, *password; /* HTTP Basic; NULL: none */
        const char *bearer;          /* an access token; NULL: none */
        enum fetch_plain plain;
        int timeout_ms;              /* for all of it; 0: FETCH_MS */
        const char *ca_file;         /* certificates of the authorities that are believed, in place of the system's (PEM); NULL: those */
        atomic_bool *stopping;       /* the program ends: it is given up */
        int retry_after_s;           /* out: what the answer asks to wait (RFC 9110 10.2.3, in seconds); 0: nothing */
};

/* Whether we would go there: https, or http as far as plain says by the look of it; a host, no user in it. */
bool fetch_may(const char *url, enum fetch_plain plain);

/* Appends the body to out, whose cap is the most that is taken.
 * Returns the status; -EINVAL (fetch_may() says no), -EACCES (plain http to an address that is nobody's own), -ETIMEDOUT, -EMSGSIZE (over the cap),
 * -EKEYREJECTED (TLS, and its certificate is not one that we believe, or of another name), -ECANCELED, -EBADMSG (cut off, or no HTTP), -ECONNREFUSED (nothing answers there), -EIO (everything else), -ENOMEM. */
int fetch(struct fetch *f, struct buf *out);

/* Appends name=value, escaped, with & in front of all but the first. */
void fetch_add(struct buf *out, const char *name, const char *value);

/* Once, before threads start. Returns 0 or -EIO. */
int fetch_init(void);
