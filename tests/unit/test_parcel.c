/* links: secret base */
/* A file from school to school: only who it is for opens it, and only as it was. */
#include "base/buf.h"
#include "base/macro.h"
#include "secret/parcel.h"
#include "secret/secret.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

enum { CAP = 1024 * 1024 };

static int start(void **state)
{
        (void)state;
        return secret_init();
}

static struct parcel_key new_key(void)
{
        struct secret_key seed;
        struct parcel_key key;

        secret_key_make(&seed);
        parcel_key_of(&seed, &key);
        return key;
}

/* A file of memory with these bytes. */
static int file_of(const void *bytes, size_t n)
{
        int fd = memfd_create("parcel", MFD_CLOEXEC);

        assert_true(fd >= 0);
        assert_int_equal(write(fd, bytes, n), (ssize_t)n);
        assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
        return fd;
}

/* Given in bites of an odd size, as whoever streams it does. */
static int parcel_pack(const unsigned char to[PARCEL_PUBLIC], const char *content, size_t n, struct buf *parcel)
{
        _cleanup_(parcel_out_freep) struct parcel_out *out = NULL;
        int fd = memfd_create("parcel", MFD_CLOEXEC), r;
        char *room;
        off_t length;

        r = parcel_out_new(to, fd, &out);
        for (size_t at = 0; r == 0 && at < n; at += 7777)
                r = parcel_out_add(out, content + at, n - at < 7777 ? n - at : 7777);
        if (r == 0)
                r = parcel_out_end(out);
        length = lseek(fd, 0, SEEK_CUR);
        room = buf_reserve(parcel, (size_t)length);
        assert_non_null(room);
        assert_int_equal(pread(fd, room, (size_t)length, 0), length);
        parcel->len += (size_t)length;
        close(fd);
        return r;
}

/* Nothing that did not come whole counts. */
static int parcel_open(const struct parcel_key *key, const void *parcel, size_t n, struct buf *content)
{
        _cleanup_(parcel_in_freep) struct parcel_in *in = NULL;
        int fd = file_of(parcel, n), r;
        char piece[5000];
        ssize_t got = 0;

        r = parcel_in_new(key, fd, &in);
        while (r == 0 && (got = parcel_in_get(in, piece, sizeof(piece))) > 0)
                assert_int_equal(buf_add(content, piece, (size_t)got), 0);
        close(fd);
        if (r == 0 && got == 0)
                return 0;
        buf_clear(content);
        return r < 0 ? r : (int)got;
}

static void every_length_comes_out_as_it_went_in(void **state)
{
        static const size_t lengths[] = { 0, 1, 65535, 65536, 65537, 131072, 200000 };
        struct parcel_key key = new_key();

        (void)state;
        for (size_t i = 0; i < ELEMENTS(lengths); i++) {
                _cleanup_(buf_done) struct buf parcel = BUF(CAP);
                _cleanup_(buf_done) struct buf out = BUF(CAP);
                _cleanup_free_ char *content = malloc(lengths[i] + 1);

                assert_non_null(content);
                memset(content, (int)('a' + i), lengths[i]);
                assert_int_equal(parcel_pack(key.public, content, lengths[i], &parcel), 0);
                assert_int_equal(parcel_open(&key, parcel.data, parcel.len, &out), 0);
                assert_int_equal(out.len, lengths[i]);
                assert_memory_equal(out.len ? out.data : "", content, lengths[i]);
        }
}

static void a_parcel_for_another_does_not_open(void **state)
{
        struct parcel_key ours = new_key(), theirs = new_key();
        _cleanup_(buf_done) struct buf parcel = BUF(CAP);
        _cleanup_(buf_done) struct buf out = BUF(CAP);

        (void)state;
        assert_int_equal(parcel_pack(theirs.public, "Dag", 3, &parcel), 0);
        assert_int_equal(parcel_open(&ours, parcel.data, parcel.len, &out), -ENOKEY);
        assert_int_equal(out.len, 0);
}

static void whatever_is_changed_in_it_shows(void **state)
{
        struct parcel_key key = new_key();
        _cleanup_(buf_done) struct buf parcel = BUF(CAP);

        (void)state;
        assert_int_equal(parcel_pack(key.public, "Samir is vandaag niet op school", 31, &parcel), 0);
        for (size_t i = 0; i < parcel.len; i++) {
                _cleanup_(buf_done) struct buf out = BUF(CAP);
                int r;

                parcel.data[i] ^= 1;
                r = parcel_open(&key, parcel.data, parcel.len, &out);
                assert_int_equal(r, i < 8 ? -EPROTO : i == 8 ? -ENOTSUP : i < 9 + 80 ? -ENOKEY : -EBADMSG);
                assert_int_equal(out.len, 0);
                parcel.data[i] ^= 1;
        }
}

static void whatever_is_cut_off_or_added_shows(void **state)
{
        struct parcel_key key = new_key();
        _cleanup_(buf_done) struct buf parcel = BUF(CAP);
        _cleanup_free_ char *content = calloc(1, 150000);

        (void)state;
        assert_non_null(content);
        assert_int_equal(parcel_pack(key.public, content, 150000, &parcel), 0);
        for (size_t n = 0; n < parcel.len; n += n < 300 ? 1 : 991) {
                _cleanup_(buf_done) struct buf out = BUF(CAP);

                assert_true(parcel_open(&key, parcel.data, n, &out) < 0);
                assert_int_equal(out.len, 0);
        }
        /* Whole pieces taken away: the last that is there does not say that it is the last. */
        {
                _cleanup_(buf_done) struct buf out = BUF(CAP);
                size_t one = 9 + 80 + 24 + 65536 + 17;

                assert_int_equal(parcel_open(&key, parcel.data, one, &out), -EBADMSG);
        }
        assert_int_equal(buf_add_char(&parcel, 'x'), 0);
        {
                _cleanup_(buf_done) struct buf out = BUF(CAP);

                assert_int_equal(parcel_open(&key, parcel.data, parcel.len, &out), -EBADMSG);
        }
}

static void an_address_is_read_as_people_type_it(void **state)
{
        struct parcel_key key = new_key();
        char address[PARCEL_ADDRESS + 1], typed[2 * PARCEL_ADDRESS + 1];
        unsigned char read[PARCEL_PUBLIC];
        size_t n = 0;

        (void)state;
        parcel_address_write(key.public, address);
        assert_int_equal(strlen(address), PARCEL_ADDRESS);
        for (const char *c = address; *c; c++) {
                if (*c == '-')
                        continue;
                typed[n++] = (char)(*c == '0' ? 'O' : *c == '1' ? 'l' : *c >= 'a' ? *c - 'a' + 'A' : *c);
                typed[n++] = ' ';
        }
        typed[n] = '\0';
        assert_int_equal(parcel_address_read(typed, read), 0);
        assert_memory_equal(read, key.public, PARCEL_PUBLIC);
}

static void a_slip_in_an_address_is_seen(void **state)
{
        struct parcel_key key = new_key();
        char address[PARCEL_ADDRESS + 1];
        unsigned char read[PARCEL_PUBLIC];

        (void)state;
        parcel_address_write(key.public, address);
        for (size_t i = 0; i < PARCEL_ADDRESS; i++) {
                char was = address[i];

                if (was == '-')
                        continue;
                address[i] = was == 'x' ? 'y' : 'x';
                assert_int_equal(parcel_address_read(address, read), -EINVAL);
                address[i] = 'u'; /* no letter of the alphabet */
                assert_int_equal(parcel_address_read(address, read), -EINVAL);
                address[i] = was;
        }
        address[PARCEL_ADDRESS - 1] = '\0';
        assert_int_equal(parcel_address_read(address, read), -EINVAL);
        assert_int_equal(parcel_address_read("", read), -EINVAL);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_length_comes_out_as_it_went_in),
                cmocka_unit_test(a_parcel_for_another_does_not_open),
                cmocka_unit_test(whatever_is_changed_in_it_shows),
                cmocka_unit_test(whatever_is_cut_off_or_added_shows),
                cmocka_unit_test(an_address_is_read_as_people_type_it),
                cmocka_unit_test(a_slip_in_an_address_is_seen),
        };

        return cmocka_run_group_tests_name("parcel", tests, start, NULL);
}
