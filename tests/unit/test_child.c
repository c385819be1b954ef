/* links: base child */
#include "child/child.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { MB = 1024 * 1024 };

static struct child shell(const char *const *argv)
{
        return (struct child){ .argv = argv, .out_max = 64 * 1024, .memory_max = 512ull * MB, .time_ms = 10000 };
}
#define SHELL(line) shell((const char *const[4]){ "/bin/sh", "-c", line })

static int run(const struct child *child, char **out)
{
        size_t n;

        *out = NULL;
        return child_bytes(child, NULL, out, &n);
}

/* What goes in comes out. */
static void bytes_go_through(void **state)
{
        struct child child = SHELL("cat; cat; printf end");
        _cleanup_free_ char *out = NULL;

        (void)state;
        child.in = "salaam";
        child.in_len = 6;
        assert_int_equal(run(&child, &out), 0);
        assert_string_equal(out, "salaamend");
}

static void a_failure_is_told(void **state)
{
        static const char *const nowhere[4] = { "/usr/bin/no-such-program" };
        struct child fails = SHELL("exit 3"), killed = SHELL("kill -9 $$; exec sleep 1"), missing = shell(nowhere);
        _cleanup_free_ char *out = NULL;

        (void)state;
        assert_int_equal(run(&fails, &out), -EPROTO);
        assert_int_equal(run(&killed, &out), 0); /* it may not even kill itself */
        freep(&out);
        assert_int_equal(run(&missing, &out), -ENOENT);
}

static void who_hangs_is_ended_with_all_it_started(void **state)
{
        struct child child = SHELL("sleep 1000 & sleep 1000");
        _cleanup_free_ char *out = NULL;

        (void)state;
        child.time_ms = 200;
        assert_int_equal(run(&child, &out), -ETIMEDOUT);
}

static void who_stops_waits_for_nobody(void **state)
{
        struct child child = SHELL("exec sleep 1000");
        atomic_bool stopping = true;
        uint64_t n;
        int fd;

        (void)state;
        child.time_ms = 1000000;
        assert_int_equal(child_run(&child, &stopping, &fd, &n), -ECANCELED);
}

static void limits_hold(void **state)
{
        struct child wordy = SHELL("exec cat /dev/urandom"), fat = SHELL("x=0123456789abcdef; while :; do x=$x$x; done");
        struct child files = SHELL("exec 3</dev/null 4</dev/null");
        _cleanup_free_ char *out = NULL;

        (void)state;
        assert_int_equal(run(&wordy, &out), -EFBIG);
        fat.memory_max = 64 * MB;
        assert_int_equal(run(&fat, &out), -EPROTO);
        files.files_max = 4;
        assert_int_equal(run(&files, &out), -EPROTO);
}

/* Neither the environment, nor what the server has open, nor the files of others. */
static void it_knows_nothing(void **state)
{
        struct child child = SHELL("echo $SECRET; (: <&5) 2>/dev/null || echo closed; cat /etc/passwd 2>/dev/null | head -c 1; (echo a >/tmp/ouderbrug-cage) 2>/dev/null || echo read-only; pwd");
        _cleanup_free_ char *out = NULL;

        (void)state;
        setenv("SECRET", "key", 1);
        assert_int_equal(dup2(1, 5), 5);
        assert_int_equal(run(&child, &out), 0);
        close(5);
        assert_string_equal(out, "\nclosed\nread-only\n/\n");
}

static void it_has_no_sockets(void **state)
{
        static const char *const perl[] = { "/usr/bin/perl", "-MSocket", "-e", "print socket(S, PF_INET, SOCK_STREAM, 0) ? 'has' : $!+0", NULL };
        struct child child = shell(perl);
        _cleanup_free_ char *out = NULL;

        (void)state;
        assert_int_equal(run(&child, &out), 0);
        assert_string_equal(out, "1");
}

static void who_is_alone_makes_no_processes(void **state)
{
        static const char *const perl[] = { "/usr/bin/perl", "-e", "my $p = fork; exit if defined $p && !$p; print defined $p ? 'has' : $!+0", NULL };
        struct child child = shell(perl);

        (void)state;
        for (int alone = 0; alone < 2; alone++) {
                _cleanup_free_ char *out = NULL;

                child.alone = alone;
                assert_int_equal(run(&child, &out), 0);
                assert_string_equal(out, alone ? "1" : "has");
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(bytes_go_through),
                cmocka_unit_test(a_failure_is_told),
                cmocka_unit_test(who_hangs_is_ended_with_all_it_started),
                cmocka_unit_test(who_stops_waits_for_nobody),
                cmocka_unit_test(limits_hold),
                cmocka_unit_test(it_knows_nothing),
                cmocka_unit_test(it_has_no_sockets),
                cmocka_unit_test(who_is_alone_makes_no_processes),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
