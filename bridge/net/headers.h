/* net/headers.h: what stands in the head of a request and of an answer. Plain text in, plain text out:
 * nothing here knows a socket.
 */
#pragma once

#include "base/address.h"
#include "base/buf.h"
#include "base/words.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- what every answer says to a browser about how careful it must be */

struct header {
        const char *name; /* lower-case, without a colon */
        const char *value;
};

/* The security headers. Strict-Transport-Security is last and counts only where browsers reach us by https:
 * *count is with or without it. Static. */
const struct header *headers_security(bool https, size_t *count);

/* Writes the status line, Date and the security headers of an answer. */
void head_begin(struct buf *out, int status, bool https);
/* For what strangers sent in: a page of it would have no origin and run nothing, whatever it holds. */
void head_begin_sandboxed(struct buf *out, int status, bool https);
void head_add(struct buf *out, const char *name, const char *value);
void head_add_number(struct buf *out, const char *name, uint64_t value);
void head_end(struct buf *out);

/* ---- what a request says */

/* Finds a session secret among the cookies of one Cookie header: the first cookie of this name with the form
 * of a secret (secret/secret.h). NULL where there is none; else SECRET_TEXT characters, not terminated. */
const char *cookie_secret(const char *cookies, const char *name);

/* What a browser runs on, by its User-Agent (NULL: a computer). A guess, to show people a picture; nothing depends on it. */
enum device_kind agent_kind(const char *user_agent);

/* Reads a numeric IPv4 or IPv6 address as limits know it (base/address.h). Returns 0 or -EINVAL. */
int address_read(const char *text, struct address *ret);

/* The last address of an X-Forwarded-For: the one our own proxy wrote. *list is changed. NULL where there is none. */
char *forwarded_last(char *list);

/* A Content-Length: digits and nothing else. Returns 0, -EINVAL, or -ERANGE. */
int content_length(const char *s, uint64_t *ret);

/* Whether If-None-Match names this entity tag (RFC 9110 section 13.1.2: weak comparison). */
bool etag_is_among(const char *if_none_match, const char *etag);

enum encoding { ENCODING_IDENTITY, ENCODING_BROTLI, ENCODING_GZIP, ENCODINGS };

/* What Accept-Encoding says of each encoding (RFC 9110 section 12.5.3), in thousandths: 0 is "not this". NULL
 * is a request without the header: identity alone. */
void encodings_accepted(const char *accept_encoding, int quality[ENCODINGS]);
