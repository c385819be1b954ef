/* links: base child */
/* What a caged program may and may not, asked from inside: this program runs itself there (inside() below). What this machine's kernel cannot hold is said
 * and passed over. */
#include "child/child.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { MB = 1024 * 1024, LINK = 128, NEWEST = 500 };

/* ---- inside */

static void *nothing(void *arg)
{
        return arg;
}

static int thread_starts(void)
{
        pthread_t thread;
        int r = pthread_create(&thread, NULL, nothing, NULL);

        if (r == 0)
                pthread_join(thread, NULL);
        return r;
}

static int spawn_starts(void)
{
        char *argv[] = { (char[]){ "/bin/true" }, NULL };
        pid_t pid;

        return posix_spawn(&pid, argv[0], NULL, NULL, argv, argv + 1);
}

static int fork_starts(void)
{
        pid_t pid = fork();

        if (pid == 0)
                _exit(0);
        return pid < 0 ? errno : 0;
}

/* Does it, and says which error that was; 0: it could. */
#define TRY(call) (errno = 0, (long)(call) < 0 ? errno : 0)
#define SAY(what, error) printf("%s: %s\n", what, (error) ? strerrorname_np(error) : "may")

static int inside(const char *file)
{
        struct rlimit none = { 0 };
        char net[LINK] = "", here[LINK] = "";

        SAY("internet", TRY(socket(AF_INET, SOCK_STREAM, 0)));
        SAY("neighbours", TRY(socket(AF_UNIX, SOCK_STREAM, 0)));
        SAY("pair", TRY(socketpair(AF_UNIX, SOCK_STREAM, 0, (int[2]){ 0 })));
        SAY("thread", thread_starts());
        SAY("fork", fork_starts());
        SAY("spawn", spawn_starts());
        SAY("signal", TRY(kill(getppid(), 0)));
        SAY("signal to a thread", TRY(syscall(SYS_tgkill, getppid(), getppid(), 0)));
        SAY("limits of its parent", TRY(prlimit(getppid(), RLIMIT_CPU, &none, NULL)));
        SAY("own limits", TRY(getrlimit(RLIMIT_CPU, &none)));
        SAY("namespace", TRY(unshare(CLONE_NEWNS)));
        SAY("memory that does not count", TRY(memfd_create("more", 0)));
        SAY("newer than this", TRY(syscall(NEWEST)));
        SAY("truncate", TRY(truncate(file, 0)));
        SAY("chmod", TRY(chmod(file, 0777)));
        SAY("unlink", TRY(unlink(file)));
        SAY("read", TRY(open(file, O_RDONLY)));
        SAY("write", TRY(open(file, O_WRONLY)));
        SAY("make", TRY(open("/tmp/ouderbrug-cage", O_WRONLY | O_CREAT, 0600)));
        SAY("left open", TRY(fcntl(LINK, F_GETFD)));
        printf("rights of root: %s\n", prctl(PR_CAPBSET_READ, CAP_SYS_ADMIN) == 0 ? "none" : "some");
        printf("environment: %s\n", getenv("SECRET") ? "SECRET" : "none");
        printf("folder: %s\n", getcwd(here, sizeof(here)) ? here : "?");
        printf("network: %.*s\n", (int)readlink("/proc/self/ns/net", net, sizeof(net)), net);
        fflush(stdout);
        _exit(0); /* and no looking for leaks: that needs a process */
}

/* ---- outside */

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

static void what_it_may(void **state)
{
        char self[256] = "", file[] = "/tmp/ouderbrug-child-XXXXXX", net[LINK] = "", expected[2048];
        const char *const argv[] = { self, "inside", file, NULL };
        struct child child = shell(argv);
        _cleanup_free_ char *out = NULL;
        unsigned lacks = child_lacks();
        struct stat st;
        char *network;
        int fd = mkstemp(file);

        (void)state;
        assert_true(readlink("/proc/self/exe", self, sizeof(self) - 1) > 0);
        assert_true(readlink("/proc/self/ns/net", net, sizeof(net) - 1) > 0);
        assert_int_equal(write(fd, "theirs", 6), 6);
        assert_int_equal(dup2(fd, LINK), LINK);
        setenv("SECRET", "key", 1);
#ifdef __SANITIZE_ADDRESS__
        child.memory_max = 1ull << 50;
        child.extra = "/proc"; /* it reads there where its memory is */
#endif
        assert_int_equal(run(&child, &out), 0);
        assert_int_equal(fstat(fd, &st), 0);
        close(fd);
        close(LINK);
        unlink(file);
        network = strstr(out, "network: ");
        assert_non_null(network);
        *network = '\0';
        network += strlen("network: ");

        if (lacks & CHILD_LACKS_HIDING)
                print_message("          skipped: this kernel has no Landlock, so what it reads is not looked at\n");
        snprintf(expected, sizeof(expected), "internet: EPERM\nneighbours: EPERM\npair: EPERM\nthread: may\nfork: EPERM\nspawn: EPERM\nsignal: EPERM\n"
                 "signal to a thread: EPERM\nlimits of its parent: EPERM\nown limits: may\nnamespace: EPERM\nmemory that does not count: EPERM\n"
                 "newer than this: ENOSYS\ntruncate: EPERM\nchmod: EPERM\nunlink: EPERM\nread: %1$s\nwrite: %1$s\nmake: %1$s\nleft open: EBADF\n"
                 "rights of root: none\nenvironment: none\nfolder: /\n", lacks & CHILD_LACKS_HIDING ? "may" : "EACCES");
        assert_string_equal(out, expected);
        if (lacks & CHILD_LACKS_HIDING)
                unlink("/tmp/ouderbrug-cage");
        else
                assert_true(st.st_nlink == 1 && st.st_size == 6 && (st.st_mode & 0777) == 0600);
        if (lacks & CHILD_LACKS_NETWORK)
                print_message("          skipped: this machine gives no network of its own\n");
        else
                assert_true(strncmp(network, net, strlen(net)) != 0);
}

/* In a namespace that permits no network of one's own. */
static void what_the_machine_withholds_is_seen(void **state)
{
        int status, fd;
        pid_t pid = fork();

        (void)state;
        if (pid == 0) {
                if (unshare(CLONE_NEWUSER) < 0)
                        _exit(2);
                fd = open("/proc/sys/user/max_net_namespaces", O_WRONLY);
                if (fd < 0 || write(fd, "0", 1) != 1)
                        _exit(2);
                _exit((child_lacks() & CHILD_LACKS_NETWORK) == 0);
        }
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_true(WIFEXITED(status));
        if (WEXITSTATUS(status) == 2)
                print_message("          skipped: this machine permits no namespaces\n");
        else
                assert_int_equal(WEXITSTATUS(status), 0);
}

/* What goes in comes out. */
static void bytes_go_through(void **state)
{
        static const char *const perl[] = { "/usr/bin/perl", "-e", "print <STDIN>, 'end'", NULL };
        struct child child = shell(perl);
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

static int64_t now_ms(void)
{
        struct timespec t;

        clock_gettime(CLOCK_MONOTONIC, &t);
        return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void who_takes_too_long_is_ended(void **state)
{
        struct child hangs = SHELL("exec sleep 1000"), works = SHELL("trap '' TERM; while :; do :; done");
        _cleanup_free_ char *out = NULL;
        int64_t began = now_ms();

        (void)state;
        hangs.time_ms = works.time_ms = 200;
        assert_int_equal(run(&hangs, &out), -ETIMEDOUT);
        assert_int_equal(run(&works, &out), -ETIMEDOUT);
        assert_true(now_ms() - began < 8000);
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

/* 16 MB of text, in the one process: there is room for it, or there is not. */
static void who_takes_too_much_fails(void **state)
{
        struct child fat = SHELL("x=0123456789abcdef; i=0; while [ $i -lt 20 ]; do x=$x$x; i=$((i + 1)); done");
        struct child wordy = SHELL("exec cat /dev/urandom"), files = SHELL("exec 3</dev/null 4</dev/null");
        _cleanup_free_ char *out = NULL;

        (void)state;
        assert_int_equal(run(&fat, &out), 0);
        freep(&out);
        fat.memory_max = 16 * MB;
        assert_int_equal(run(&fat, &out), -EPROTO);
        assert_int_equal(run(&wordy, &out), -EFBIG);
        assert_int_equal(run(&files, &out), 0);
        freep(&out);
        files.files_max = 4;
        assert_int_equal(run(&files, &out), -EPROTO);
}

int main(int argc, char **argv)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_it_may),
                cmocka_unit_test(what_the_machine_withholds_is_seen),
                cmocka_unit_test(bytes_go_through),
                cmocka_unit_test(a_failure_is_told),
                cmocka_unit_test(who_takes_too_long_is_ended),
                cmocka_unit_test(who_stops_waits_for_nobody),
                cmocka_unit_test(who_takes_too_much_fails),
        };

        if (argc == 3 && strcmp(argv[1], "inside") == 0)
                return inside(argv[2]);
        return cmocka_run_group_tests(tests, NULL, NULL);
}
