#include "secret/parcel.h"

#include "base/macro.h"

#include <errno.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
        FORM = 1,
        PIECE = 64 * 1024,
        MORE = crypto_secretstream_xchacha20poly1305_ABYTES,
        HEADER = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
        BOX = SECRET_KEY + crypto_box_SEALBYTES,
        CHECK = 15, /* bits */
        CHARS = 55,
        GROUP = 5,
};

static const char magic[] = { 'O', 'B', 'P', 'A', 'R', 'C', 'E', 'L' };
static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";

_Static_assert(PARCEL_PUBLIC == crypto_box_PUBLICKEYBYTES && SECRET_KEY == crypto_box_SECRETKEYBYTES, "keys of a box");
_Static_assert(SECRET_KEY == crypto_box_SEEDBYTES && SECRET_KEY == crypto_secretstream_xchacha20poly1305_KEYBYTES, "one length of keys");
_Static_assert(CHARS * 5 - 8 * PARCEL_PUBLIC >= CHECK && PARCEL_ADDRESS == CHARS + CHARS / GROUP - 1, "an address");

void parcel_key_of(const struct secret_key *seed, struct parcel_key *ret)
{
        crypto_box_seed_keypair(ret->public, ret->secret.bytes, seed->bytes);
}

/* ---- the address */

/* The key's 256 bits and 15 of its hash, then nothing: 55 characters of 5 bits. */
static void address_bytes(const unsigned char public[PARCEL_PUBLIC], unsigned char ret[PARCEL_PUBLIC + 3])
{
        unsigned char hash[crypto_generichash_BYTES_MIN];

        crypto_generichash(hash, sizeof(hash), public, PARCEL_PUBLIC, (const unsigned char *)magic, sizeof(magic));
        memcpy(ret, public, PARCEL_PUBLIC);
        ret[PARCEL_PUBLIC] = hash[0];
        ret[PARCEL_PUBLIC + 1] = hash[1];
        ret[PARCEL_PUBLIC + 2] = hash[2];
}

static unsigned five_bits(const unsigned char *bytes, size_t at)
{
        unsigned two = (unsigned)bytes[at / 8] << 8 | bytes[at / 8 + 1];

        return two >> (11 - at % 8) & 31;
}

void parcel_address_write(const unsigned char public[PARCEL_PUBLIC], char ret[PARCEL_ADDRESS + 1])
{
        unsigned char bytes[PARCEL_PUBLIC + 3];
        char *to = ret;

        address_bytes(public, bytes);
        for (size_t i = 0; i < CHARS; i++) {
                if (i > 0 && i % GROUP == 0)
                        *to++ = '-';
                *to++ = letters[five_bits(bytes, 5 * i)];
        }
        *to = '\0';
}

static int value_of(char c)
{
        const char *found;

        if (c >= 'A' && c <= 'Z')
                c = (char)(c - 'A' + 'a');
        if (c == 'o')
                c = '0';
        if (c == 'i' || c == 'l')
                c = '1';
        found = c ? strchr(letters, c) : NULL;
        return found ? (int)(found - letters) : -EINVAL;
}

int parcel_address_read(const char *text, unsigned char ret[PARCEL_PUBLIC])
{
        unsigned char bytes[PARCEL_PUBLIC + 3] = { 0 }, right[PARCEL_PUBLIC + 3];
        size_t n = 0;

        for (; *text; text++) {
                int value;

                if (*text == '-' || *text == ' ' || *text == '\n')
                        continue;
                value = value_of(*text);
                if (value < 0 || n == CHARS)
                        return -EINVAL;
                for (unsigned bit = 0; bit < 5; bit++)
                        if (value & 16 >> bit)
                                bytes[(5 * n + bit) / 8] |= (unsigned char)(128 >> (5 * n + bit) % 8);
                n++;
        }
        if (n != CHARS)
                return -EINVAL;
        address_bytes(bytes, right);
        for (size_t i = 0; i < CHARS; i++)
                if (five_bits(bytes, 5 * i) != five_bits(right, 5 * i))
                        return -EINVAL;
        memcpy(ret, bytes, PARCEL_PUBLIC);
        return 0;
}

/* ---- pieces on their way */

/* Returns how many came: fewer than n at the end of the file; or a negative errno. */
static ssize_t read_all(int fd, void *to, size_t n)
{
        size_t done = 0;

        while (done < n) {
                ssize_t got = read(fd, (char *)to + done, n - done);

                if (got < 0 && errno == EINTR)
                        continue;
                if (got < 0)
                        return -errno;
                if (got == 0)
                        break;
                done += (size_t)got;
        }
        return (ssize_t)done;
}

static int write_all(int fd, const void *from, size_t n)
{
        while (n > 0) {
                ssize_t put = write(fd, from, n);

                if (put < 0 && errno == EINTR)
                        continue;
                if (put < 0)
                        return -errno;
                from = (const char *)from + put;
                n -= (size_t)put;
        }
        return 0;
}

/* ---- making one */

struct parcel_out {
        crypto_secretstream_xchacha20poly1305_state stream;
        int fd;
        size_t n; /* of the piece that is being filled */
        unsigned char piece[PIECE];
        unsigned char sealed[PIECE + MORE];
};

int parcel_out_new(const unsigned char to[PARCEL_PUBLIC], int fd, struct parcel_out **ret)
{
        _cleanup_(parcel_out_freep) struct parcel_out *out = calloc(1, sizeof(*out));
        unsigned char head[sizeof(magic) + 1 + BOX + HEADER];
        struct secret_key key;
        int r;

        if (!out)
                return -ENOMEM;
        out->fd = fd;
        memcpy(head, magic, sizeof(magic));
        head[sizeof(magic)] = FORM;
        secret_key_make(&key);
        r = crypto_box_seal(head + sizeof(magic) + 1, key.bytes, sizeof(key.bytes), to) == 0 ? 0 : -EINVAL;
        crypto_secretstream_xchacha20poly1305_init_push(&out->stream, head + sizeof(magic) + 1 + BOX, key.bytes);
        secret_wipe(&key, sizeof(key));
        if (r == 0)
                r = write_all(fd, head, sizeof(head));
        if (r < 0)
                return r;
        *ret = TAKE(out);
        return 0;
}

void parcel_out_free(struct parcel_out *out)
{
        if (out)
                secret_wipe(out, sizeof(*out));
        free(out);
}

static int put_piece(struct parcel_out *out, unsigned char tag)
{
        size_t n = out->n;

        crypto_secretstream_xchacha20poly1305_push(&out->stream, out->sealed, NULL, out->piece, n, (const unsigned char *)magic, sizeof(magic), tag);
        out->n = 0;
        return write_all(out->fd, out->sealed, n + MORE);
}

/* A full piece waits until something comes behind it: the last one says that it is. */
int parcel_out_add(struct parcel_out *out, const void *content, size_t n)
{
        const unsigned char *from = content;
        int r = 0;

        while (n > 0 && r == 0) {
                size_t fits;

                if (out->n == PIECE)
                        r = put_piece(out, 0);
                fits = n < PIECE - out->n ? n : PIECE - out->n;
                memcpy(out->piece + out->n, from, fits);
                out->n += fits;
                from += fits;
                n -= fits;
        }
        return r;
}

int parcel_out_end(struct parcel_out *out)
{
        return put_piece(out, crypto_secretstream_xchacha20poly1305_TAG_FINAL);
}

/* ---- opening one */

struct parcel_in {
        crypto_secretstream_xchacha20poly1305_state stream;
        int fd;
        bool ended;
        size_t at, n; /* of the piece that is being given out */
        unsigned char piece[PIECE];
        unsigned char sealed[PIECE + MORE];
};

static int read_head(struct parcel_in *in, const struct parcel_key *key)
{
        unsigned char head[sizeof(magic) + 1 + BOX + HEADER];
        struct secret_key inner;
        ssize_t n = read_all(in->fd, head, sizeof(head));
        int r = 0;

        if (n < 0)
                return (int)n;
        if ((size_t)n <= sizeof(magic) || memcmp(head, magic, sizeof(magic)) != 0)
                return -EPROTO;
        if (head[sizeof(magic)] != FORM)
                return -ENOTSUP;
        if ((size_t)n < sizeof(head))
                return -EBADMSG;
        if (crypto_box_seal_open(inner.bytes, head + sizeof(magic) + 1, BOX, key->public, key->secret.bytes) != 0)
                return -ENOKEY;
        if (crypto_secretstream_xchacha20poly1305_init_pull(&in->stream, head + sizeof(magic) + 1 + BOX, inner.bytes) != 0)
                r = -EBADMSG;
        secret_wipe(&inner, sizeof(inner));
        return r;
}

int parcel_in_new(const struct parcel_key *key, int fd, struct parcel_in **ret)
{
        _cleanup_(parcel_in_freep) struct parcel_in *in = calloc(1, sizeof(*in));
        int r;

        if (!in)
                return -ENOMEM;
        in->fd = fd;
        r = read_head(in, key);
        if (r < 0)
                return r;
        *ret = TAKE(in);
        return 0;
}

void parcel_in_free(struct parcel_in *in)
{
        if (in)
                secret_wipe(in, sizeof(*in));
        free(in);
}

static int next_piece(struct parcel_in *in)
{
        ssize_t n = read_all(in->fd, in->sealed, sizeof(in->sealed));
        unsigned char tag;
        char behind;

        if (n < 0)
                return (int)n;
        if (n < MORE || crypto_secretstream_xchacha20poly1305_pull(&in->stream, in->piece, NULL, &tag, in->sealed, (unsigned long long)n,
                                                                   (const unsigned char *)magic, sizeof(magic)) != 0)
                return -EBADMSG;
        in->at = 0;
        in->n = (size_t)n - MORE;
        in->ended = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
        if (!in->ended)
                return (size_t)n == sizeof(in->sealed) ? 0 : -EBADMSG;
        n = read_all(in->fd, &behind, 1);
        return n == 0 ? 0 : n < 0 ? (int)n : -EBADMSG;
}

ssize_t parcel_in_get(struct parcel_in *in, void *to, size_t n)
{
        size_t done = 0;

        while (done < n) {
                size_t fits;
                int r;

                if (in->at == in->n) {
                        r = in->ended ? 0 : next_piece(in);
                        if (r < 0)
                                return r;
                        if (in->at == in->n)
                                break;
                }
                fits = n - done < in->n - in->at ? n - done : in->n - in->at;
                memcpy((char *)to + done, in->piece + in->at, fits);
                in->at += fits;
                done += fits;
        }
        return (ssize_t)done;
}
