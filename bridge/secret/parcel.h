/* secret/parcel.h: a file that one school seals and only another opens. Any thread after secret_init().
 *
 * "OBPARCEL", a byte with the form (1), a random key sealed to the receiver's public key (X25519, XSalsa20-Poly1305: libsodium's sealed box),
 * then the content in pieces of 64 KiB under that key (XChaCha20-Poly1305, libsodium's secretstream), the last of which says that it is the
 * last: what was changed, cut off or put together anew does not open. It says who may open it, not who sealed it: that the receiver knows from
 * how it came.
 */
#pragma once

#include "base/macro.h"
#include "secret/aead.h"

#include <stddef.h>
#include <sys/types.h>

enum { PARCEL_PUBLIC = 32, PARCEL_ADDRESS = 65 };

struct parcel_key {
        struct secret_key secret;
        unsigned char public[PARCEL_PUBLIC];
};

/* The pair that belongs to a seed: the same for the same one. */
void parcel_key_of(const struct secret_key *seed, struct parcel_key *ret);

/* The public key as people send it to each other: 11 groups of 5 characters of Crockford's base 32 with a dash between; the last 15 bits are
 * a check. */
void parcel_address_write(const unsigned char public[PARCEL_PUBLIC], char ret[PARCEL_ADDRESS + 1]);

/* Reads it in any case, with or without dashes and spaces, o for 0, i and l for 1. Returns 0, or -EINVAL: not an address, or one with a slip. */
int parcel_address_read(const char *text, unsigned char ret[PARCEL_PUBLIC]);

/* ---- making one: what is added goes out in pieces, so that no parcel stands in memory whole. These wait for the disk. */

struct parcel_out;

/* to: whom it is sealed to. fd: open for writing, borrowed. Returns 0, -EINVAL (no key that one can seal to), -ENOMEM, or what the write said. */
int parcel_out_new(const unsigned char to[PARCEL_PUBLIC], int fd, struct parcel_out **ret);

/* Takes NULL. What was not ended does not open. */
void parcel_out_free(struct parcel_out *out);
DEFINE_CLEANUP(struct parcel_out *, parcel_out_free)

int parcel_out_add(struct parcel_out *out, const void *content, size_t n);

/* Writes the last piece. Nothing comes after it. */
int parcel_out_end(struct parcel_out *out);

/* ---- opening one, from its begin to its end. What comes out is as it went in; that all of it came is known only at the end. */

struct parcel_in;

/* fd: open for reading, borrowed. Returns 0, -EPROTO (no parcel), -ENOTSUP (of a newer version), -ENOKEY (for another school), -EBADMSG (changed
 * or cut off), -ENOMEM, or what the read said. */
int parcel_in_new(const struct parcel_key *key, int fd, struct parcel_in **ret);

/* Takes NULL. */
void parcel_in_free(struct parcel_in *in);
DEFINE_CLEANUP(struct parcel_in *, parcel_in_free)

/* The next bytes of its content. Returns how many: fewer than n only at the end, 0 behind it; or -EBADMSG (changed, cut off, or something behind its
 * end), or what the read said. */
ssize_t parcel_in_get(struct parcel_in *in, void *to, size_t n);
