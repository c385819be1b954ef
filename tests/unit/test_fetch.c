/* links: fetch base */
/* Where a request may go, and that it goes nowhere else. */
#include "fetch/fetch.h"

#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

static void https_anywhere_and_http_as_far_as_it_is_let(void **state)
{
        (void)state;
        assert_true(fetch_may("https://school.example/a", PLAIN_HERE));
        assert_true(fetch_may("http://127.0.0.1:5000", PLAIN_HERE));
        assert_true(fetch_may("http://[::1]:5000", PLAIN_HERE));
        assert_false(fetch_may("http://school.example", PLAIN_HERE));
        assert_true(fetch_may("http://engine.school.example:5000", PLAIN_PRIVATE));
        for (size_t i = 0; i < 7; i++)
                assert_false(fetch_may((const char *[]){ "ftp://127.0.0.1/", "file:///etc/passwd", "https://user:word@school.example/", "gopher://127.0.0.1/",
                                                         "127.0.0.1", "", "http://" }[i], PLAIN_ANYWHERE));
}

static int get(const char *url, enum fetch_plain plain)
{
        _cleanup_(buf_done) struct buf out = BUF(100);

        return fetch(&(struct fetch){ .url = url, .plain = plain, .timeout_ms = 2000 }, &out);
}

/* 192.0.2.0/24 and 2001:db8::/32 are nobody's (RFC 5737, RFC 3849). */
static void plain_text_goes_to_no_address_that_is_not_ones_own(void **state)
{
        (void)state;
        assert_int_equal(get("http://192.0.2.1/", PLAIN_PRIVATE), -EACCES);
        assert_int_equal(get("http://[2001:db8::1]/", PLAIN_PRIVATE), -EACCES);
        assert_int_equal(get("http://[::ffff:192.0.2.1]/", PLAIN_PRIVATE), -EACCES);
        assert_int_equal(get("http://172.32.0.1/", PLAIN_PRIVATE), -EACCES);
        assert_int_equal(get("http://192.0.2.1/", PLAIN_HERE), -EINVAL);
}

/* Answers one request on the loopback with what it is given. */
struct peer {
        int fd, port;
        const char *answer;
        pthread_t thread;
};

static void *serve(void *arg)
{
        struct peer *peer = arg;
        char asked[4096];
        int fd = accept(peer->fd, NULL, NULL);

        if (fd >= 0 && read(fd, asked, sizeof(asked)) > 0 && write(fd, peer->answer, strlen(peer->answer)) < 0)
                return NULL;
        if (fd >= 0)
                close(fd);
        return NULL;
}

static int answered(const char *answer, size_t cap)
{
        struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
        socklen_t n = sizeof(at);
        struct peer peer = { .fd = socket(AF_INET, SOCK_STREAM, 0), .answer = answer };
        _cleanup_(buf_done) struct buf out = BUF(cap);
        char url[64];
        int r;

        assert_int_equal(bind(peer.fd, (struct sockaddr *)&at, sizeof(at)), 0);
        assert_int_equal(getsockname(peer.fd, (struct sockaddr *)&at, &n), 0);
        assert_int_equal(listen(peer.fd, 1), 0);
        assert_int_equal(pthread_create(&peer.thread, NULL, serve, &peer), 0);
        snprintf(url, sizeof(url), "http://127.0.0.1:%d/", ntohs(at.sin_port));
        r = fetch(&(struct fetch){ .url = url, .timeout_ms = 5000 }, &out);
        pthread_join(peer.thread, NULL);
        close(peer.fd);
        return r;
}

static void what_comes_back_is_bounded_and_whole(void **state)
{
        (void)state;
        assert_int_equal(answered("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 100), 200);
        assert_int_equal(answered("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", 100), 302);
        assert_int_equal(answered("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\nok", 1000), -EBADMSG);
        assert_int_equal(answered("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\nok", 100), -EMSGSIZE);
        assert_int_equal(answered("HTTP/1.1 200 OK\r\n\r\n0123456789", 5), -EMSGSIZE);
        assert_int_equal(answered("nonsense\r\n\r\n", 100), -EBADMSG);
}

static int begin(void **state)
{
        (void)state;
        return fetch_init();
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(https_anywhere_and_http_as_far_as_it_is_let),
                cmocka_unit_test(plain_text_goes_to_no_address_that_is_not_ones_own),
                cmocka_unit_test(what_comes_back_is_bounded_and_whole),
        };

        return cmocka_run_group_tests(tests, begin, NULL);
}
