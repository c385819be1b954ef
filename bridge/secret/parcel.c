#include "secret/parcel.h"

#include "base/macro.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>

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

/* ---- the parcel */

static void put_pieces(crypto_secretstream_xchacha20poly1305_state *stream, const unsigned char *content, size_t n, unsigned char *to)
{
        size_t piece;

        do {
                piece = n < PIECE ? n : PIECE;
                crypto_secretstream_xchacha20poly1305_push(stream, to, NULL, content, piece, (const unsigned char *)magic, sizeof(magic),
                                                           n <= PIECE ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
                to += piece + MORE;
                content += piece;
                n -= piece;
        } while (n > 0);
}

int parcel_pack(const unsigned char to[PARCEL_PUBLIC], const void *content, size_t n, struct buf *out)
{
        crypto_secretstream_xchacha20poly1305_state stream;
        size_t pieces = n == 0 ? 1 : (n + PIECE - 1) / PIECE, all = sizeof(magic) + 1 + BOX + HEADER + n + pieces * MORE;
        unsigned char *at = (unsigned char *)buf_reserve(out, all);
        struct secret_key key;
        int r = 0;

        if (!at)
                return buf_failed(out);
        memcpy(at, magic, sizeof(magic));
        at[sizeof(magic)] = FORM;
        at += sizeof(magic) + 1;
        secret_key_make(&key);
        if (crypto_box_seal(at, key.bytes, sizeof(key.bytes), to) != 0)
                r = -EINVAL;
        at += BOX;
        if (r == 0) {
                crypto_secretstream_xchacha20poly1305_init_push(&stream, at, key.bytes);
                put_pieces(&stream, content, n, at + HEADER);
                out->len += all;
                out->data[out->len] = '\0';
        }
        secret_wipe(&key, sizeof(key));
        secret_wipe(&stream, sizeof(stream));
        return r;
}

static int take_pieces(crypto_secretstream_xchacha20poly1305_state *stream, const unsigned char *from, size_t n, char *to)
{
        for (;;) {
                size_t piece = n < PIECE + MORE ? n : PIECE + MORE;
                unsigned char tag;

                if (piece < MORE || crypto_secretstream_xchacha20poly1305_pull(stream, (unsigned char *)to, NULL, &tag, from, piece,
                                                                               (const unsigned char *)magic, sizeof(magic)) != 0)
                        return -EBADMSG;
                from += piece;
                to += piece - MORE;
                n -= piece;
                if (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL)
                        return n == 0 ? 0 : -EBADMSG;
        }
}

int parcel_open(const struct parcel_key *key, const void *parcel, size_t n, struct buf *out)
{
        crypto_secretstream_xchacha20poly1305_state stream;
        const unsigned char *at = parcel;
        struct secret_key inner;
        size_t start = sizeof(magic) + 1, pieces, length;
        char *to;
        int r;

        if (n < start || memcmp(at, magic, sizeof(magic)) != 0)
                return -EPROTO;
        if (at[sizeof(magic)] != FORM)
                return -ENOTSUP;
        if (n < start + BOX + HEADER + MORE)
                return -EBADMSG;
        n -= start + BOX + HEADER;
        pieces = (n + PIECE + MORE - 1) / (PIECE + MORE);
        if (n < pieces * MORE)
                return -EBADMSG;
        length = n - pieces * MORE;
        if (crypto_box_seal_open(inner.bytes, at + start, BOX, key->public, key->secret.bytes) != 0)
                return -ENOKEY;
        to = buf_reserve(out, length);
        r = to ? 0 : buf_failed(out);
        if (r == 0 && crypto_secretstream_xchacha20poly1305_init_pull(&stream, at + start + BOX, inner.bytes) != 0)
                r = -EBADMSG;
        if (r == 0)
                r = take_pieces(&stream, at + start + BOX + HEADER, n, to);
        if (r == 0) {
                out->len += length;
                out->data[out->len] = '\0';
        }
        secret_wipe(&inner, sizeof(inner));
        secret_wipe(&stream, sizeof(stream));
        return r;
}
