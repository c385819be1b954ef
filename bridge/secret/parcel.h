/* secret/parcel.h: a file that one school seals and only another opens. Any thread after secret_init().
 *
 * "OBPARCEL", a byte with the form (1), a random key sealed to the receiver's public key (X25519, XSalsa20-Poly1305: libsodium's sealed box),
 * then the content in pieces of 64 KiB under that key (XChaCha20-Poly1305, libsodium's secretstream), the last of which says that it is the
 * last: what was changed, cut off or put together anew does not open. It says who may open it, not who sealed it: that the receiver knows from
 * how it came.
 */
#pragma once

#include "base/buf.h"
#include "secret/aead.h"

#include <stddef.h>

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

/* Appends a parcel with n bytes to out. Returns 0, -EINVAL (no key that one can seal to), or buf_failed(). */
int parcel_pack(const unsigned char to[PARCEL_PUBLIC], const void *content, size_t n, struct buf *out);

/* Appends what is in a parcel to out.
 *
 * returns  0, -EPROTO (no parcel), -ENOTSUP (of a newer version), -ENOKEY (for another school), -EBADMSG (changed or cut off), or
 *          buf_failed(); nothing is appended then
 */
int parcel_open(const struct parcel_key *key, const void *parcel, size_t n, struct buf *out);
