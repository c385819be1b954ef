/* links: conf base */
#include "conf/conf.h"
#include "conf/origin.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
        struct conf conf;
        char path[64];
        char *why;
};

static int setup(void **state)
{
        struct fixture *f = calloc(1, sizeof(*f));

        *state = f;
        return conf_defaults(&f->conf);
}

static int teardown(void **state)
{
        struct fixture *f = *state;

        if (*f->path)
                unlink(f->path);
        conf_done(&f->conf);
        free(f->why);
        free(f);
        return 0;
}

static const char *file(struct fixture *f, const char *content)
{
        int fd;

        snprintf(f->path, sizeof(f->path), "/tmp/ouderbrug-conf-XXXXXX");
        fd = mkstemp(f->path);
        assert_true(fd >= 0);
        assert_int_equal(write(fd, content, strlen(content)), (ssize_t)strlen(content));
        close(fd);
        return f->path;
}

/* The file's name is made up by the system: what stands behind it is what we look at. */
static void fault(struct fixture *f, const char *content, int r, const char *why)
{
        assert_int_equal(conf_read_file(&f->conf, file(f, content), &f->why), r);
        assert_string_equal(f->why + strlen(f->path), why);
}

static void defaults_are_typed(void **state)
{
        struct fixture *f = *state;

        assert_string_equal(f->conf.address, "127.0.0.1");
        assert_int_equal(f->conf.port, 8080);
        assert_int_equal(f->conf.queue_max_bytes, 1024 * 1024);
        assert_true(f->conf.rate_per_second == 20.0);
        assert_int_equal(f->conf.log_level, LOG_INFO);
        assert_string_equal(f->conf.public_url, "");
}

static void a_file_may_have_a_bom_comments_and_blanks(void **state)
{
        struct fixture *f = *state;

        assert_int_equal(conf_read_file(&f->conf, file(f, "\xef\xbb\xbf; school\n\n# another\n  port = 81 ; here\nlog_level=debug\n"),
                                        &f->why),
                         0);
        assert_int_equal(f->conf.port, 81);
        assert_int_equal(f->conf.log_level, LOG_DEBUG);
}

static void a_fault_in_a_file_names_line_option_and_reason(void **state)
{
        fault(*state, "port = 81\nreaders = 9\n", -EINVAL, ":2: readers: 9 is not between 1 and 8");
}

static void an_unknown_option_is_a_fault(void **state)
{
        fault(*state, "\nprot = 81\n", -ENOENT, ":2: prot: there is no such option");
}

static void a_line_without_a_value_is_a_fault(void **state)
{
        fault(*state, "port = 81\nport\n", -EINVAL, ":2: not of the form name = value");
}

static void a_section_is_a_fault(void **state)
{
        fault(*state, "[server]\nport = 81\n", -EINVAL, ":2: this file has no sections");
}

static void a_line_that_is_cut_is_a_fault_and_a_long_comment_is_none(void **state)
{
        char content[1000];

        snprintf(content, sizeof(content), ";%0*d\nweb = %0*d\n", 400, 0, 300, 0);
        fault(*state, content, -EINVAL, ":2: longer than the 198 bytes that a line of this file may have");
}

static void a_file_that_is_not_there_is_a_fault(void **state)
{
        struct fixture *f = *state;

        assert_int_equal(conf_read_file(&f->conf, "/nonexistent/school.ini", &f->why), -ENOENT);
        assert_string_equal(f->why, "/nonexistent/school.ini: No such file or directory");
}

static void the_command_line_overrules_the_environment_and_that_the_file(void **state)
{
        struct fixture *f = *state;
        struct conf conf;
        char config[100], a0[] = "serve", a1[] = "--ping_s", a2[] = "30";
        char *argv[] = { a0, config, a1, a2, NULL };
        int argc = 4;

        snprintf(config, sizeof(config), "--config=%s", file(f, "port = 81\nreaders = 3\nping-s = 20\nbatch_max = 7\n"));
        setenv("OUDERBRUG_READERS", "4", 1);
        setenv("OUDERBRUG_PING_S", "25", 1);
        setenv("OUDERBRUG_BATCH_MAX", "", 1);
        assert_int_equal(conf_load(&conf, &argc, argv, &f->why), 0);
        unsetenv("OUDERBRUG_READERS");
        unsetenv("OUDERBRUG_PING_S");
        unsetenv("OUDERBRUG_BATCH_MAX");
        assert_int_equal(conf.port, 81);
        assert_int_equal(conf.readers, 4);
        assert_int_equal(conf.ping_s, 30);
        assert_int_equal(conf.batch_max, 7);
        assert_int_equal(argc, 1);
        assert_string_equal(argv[0], "serve");
        assert_null(argv[1]);
        conf_done(&conf);
}

static void what_is_no_option_stays_in_its_order(void **state)
{
        struct fixture *f = *state;
        char a0[] = "import", a1[] = "--port=0", a2[] = "--dry-run", a3[] = "--queue-max-bytes", a4[] = "2M", a5[] = "a.zip",
             a6[] = "--", a7[] = "--port";
        char *argv[] = { a0, a1, a2, a3, a4, a5, a6, a7, NULL };
        int argc = 8;

        assert_int_equal(conf_read_args(&f->conf, &argc, argv, &f->why), 0);
        assert_int_equal(f->conf.port, 0);
        assert_int_equal(f->conf.queue_max_bytes, 2 * 1024 * 1024);
        assert_int_equal(argc, 5);
        assert_string_equal(argv[1], "--dry-run");
        assert_string_equal(argv[2], "a.zip");
        assert_string_equal(argv[4], "--port");
}

static void a_value_that_is_missing_is_a_fault(void **state)
{
        struct fixture *f = *state;
        char a0[] = "serve", a1[] = "--port";
        char *argv[] = { a0, a1, NULL };
        int argc = 2;

        assert_int_equal(conf_read_args(&f->conf, &argc, argv, &f->why), -EINVAL);
        assert_string_equal(f->why, "--port: a value is missing");
}

static void every_type_refuses_what_it_is_not(void **state)
{
        static const char *const bad[][2] = {
                { "port", "" },          { "port", "80x" },          { "port", "-1" },      { "port", "1e3" },
                { "address", "nowhere" }, { "address", "" },          { "rate_burst", "" },  { "rate_burst", "nan" },
                { "rate_burst", "inf" }, { "queue_max_bytes", "1G" }, { "queue_max_bytes", "K" },
                { "queue_max_bytes", "1" }, { "queue_max_bytes", "99999999999999999999M" }, { "log_level", "loud" },
                { "public_url", "ftp://a" }, { "public_url", "http://a/b" }, { "public_url", "http://" },
                { "public_url", "http://a:0" }, { "public_url", "http://a:65536" }, { "public_url", "http://me@a" },
                { "origins", "https://a, b" }, { "data", "" },
        };
        struct fixture *f = *state;

        for (size_t i = 0; i < ELEMENTS(bad); i++) {
                char *why = NULL;

                assert_int_equal(conf_set(&f->conf, "here", bad[i][0], bad[i][1], &why), -EINVAL);
                assert_non_null(why);
                assert_memory_equal(why, "here: ", 6);
                free(why);
        }
        assert_int_equal(f->conf.port, 8080);
}

static void origins_take_the_form_in_which_browsers_send_them(void **state)
{
        static const char *const good[][2] = {
                { "HTTP://LocalHost:8080/", "http://localhost:8080" },
                { "https://School.Example:443", "https://school.example" },
                { "http://school.example:80", "http://school.example" },
                { "https://school.example:80", "https://school.example:80" },
                { "http://[::1]:8080", "http://[::1]:8080" },
                { "http://[::1]", "http://[::1]" },
        };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(good); i++) {
                char *origin;

                assert_int_equal(origin_normal(good[i][0], strlen(good[i][0]), &origin), 0);
                assert_string_equal(origin, good[i][1]);
                free(origin);
        }
}

static void a_list_of_origins_forgives_blanks_and_commas(void **state)
{
        struct fixture *f = *state;

        assert_int_equal(conf_set(&f->conf, "", "origins", " https://a.example ,, http://b.example:80 ,", &f->why), 0);
        assert_string_equal(f->conf.origins, "https://a.example,http://b.example");
}

static void the_public_address_follows_the_port_that_was_given(void **state)
{
        struct fixture *f = *state;

        assert_int_equal(conf_settle(&f->conf, 40123), 0);
        assert_string_equal(f->conf.public_url, "http://localhost:40123");
        assert_int_equal(conf_settle(&f->conf, 9), 0);
        assert_string_equal(f->conf.public_url, "http://localhost:40123");
}

/* What conf_sample() prints is a file that conf_read_file() takes, with and without its semicolons. */
static void the_sample_is_a_file_with_the_defaults(void **state)
{
        struct fixture *f = *state;
        char *text;
        size_t n;
        FILE *out = open_memstream(&text, &n);

        conf_sample(out);
        fclose(out);
        for (char *p = text; (p = strstr(p, "\n;")); p++)
                if (p[2] != ' ')
                        p[1] = ' ';
        assert_int_equal(conf_set(&f->conf, "", "port", "1", NULL), 0);
        assert_int_equal(conf_read_file(&f->conf, file(f, text), &f->why), 0);
        assert_int_equal(f->conf.port, 8080);
        free(text);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
                TEST(defaults_are_typed),
                TEST(a_file_may_have_a_bom_comments_and_blanks),
                TEST(a_fault_in_a_file_names_line_option_and_reason),
                TEST(an_unknown_option_is_a_fault),
                TEST(a_line_without_a_value_is_a_fault),
                TEST(a_section_is_a_fault),
                TEST(a_line_that_is_cut_is_a_fault_and_a_long_comment_is_none),
                TEST(a_file_that_is_not_there_is_a_fault),
                TEST(the_command_line_overrules_the_environment_and_that_the_file),
                TEST(what_is_no_option_stays_in_its_order),
                TEST(a_value_that_is_missing_is_a_fault),
                TEST(every_type_refuses_what_it_is_not),
                TEST(origins_take_the_form_in_which_browsers_send_them),
                TEST(a_list_of_origins_forgives_blanks_and_commas),
                TEST(the_public_address_follows_the_port_that_was_given),
                TEST(the_sample_is_a_file_with_the_defaults),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
