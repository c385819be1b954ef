#include "child/child.h"

#include "child/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LOOK_MS = 50, MS = 1000, NOT_RUN = 127, NS_A_MS = 1000000 };

static void close_fd(const int *fd)
{
        if (*fd >= 0)
                close(*fd);
}

static int64_t now_ms(void)
{
        struct timespec t;

        clock_gettime(CLOCK_MONOTONIC, &t);
        return (int64_t)t.tv_sec * MS + t.tv_nsec / NS_A_MS;
}

/* A file of memory with these bytes, read from its begin. */
static int memory_with(const char *bytes, size_t n)
{
        _cleanup_(close_fd) int fd = memfd_create("in", MFD_CLOEXEC);
        ssize_t got;

        if (fd < 0)
                return -errno;
        while (n > 0) {
                got = write(fd, bytes, n);
                if (got < 0)
                        return -errno;
                bytes += got;
                n -= (size_t)got;
        }
        if (lseek(fd, 0, SEEK_SET) < 0)
                return -errno;
        got = fd;
        fd = -1;
        return (int)got;
}

/* In the child, a copy of one thread of many: whatever lock another held is held for ever. So from fork() to execve() there are only calls that
 * signal-safety(7) or the C library's manual calls safe in a signal handler, and bare system calls: no allocation, no stdio, no log, nothing of libseccomp
 * (filter_get() has done its part before). What fork() itself does, the C library answers for: it takes its own locks around it. That is all that a
 * program started for the purpose would win, and it would have to be found, and be told all this, on a command line. Never comes back. */
static _Noreturn void become(const struct child *child, const struct sock_fprog *filter, int in, int out, pid_t parent)
{
        static char *const nothing[] = { NULL };
        sigset_t none;
        int fd;

        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
                _exit(NOT_RUN);
        for (int s = 1; s < NSIG; s++)
                (void)signal(s, SIG_DFL);
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        /* Above the three, so that none is overwritten before it is used. */
        in = fcntl(in, F_DUPFD, STDERR_FILENO + 1);
        out = fcntl(out, F_DUPFD, STDERR_FILENO + 1);
        fd = open("/dev/null", O_WRONLY);
        if (in < 0 || out < 0 || fd < 0 || dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(fd, STDERR_FILENO) < 0 ||
            close_range(STDERR_FILENO + 1, ~0u, 0) < 0 || chdir("/") < 0 || cage_enter(child, filter) < 0)
                _exit(NOT_RUN);
        execve(child->argv[0], (char *const *)(uintptr_t)child->argv, child->env ? (char *const *)(uintptr_t)child->env : nothing);
        _exit(NOT_RUN);
}

/* Waits for the end of it. 0: it ended by itself. It is not reaped here. */
static int await(int pidfd, int time_ms, const atomic_bool *stopping)
{
        int64_t until = now_ms() + time_ms, left;
        struct pollfd p = { .fd = pidfd, .events = POLLIN };
        int r;

        for (;;) {
                left = until - now_ms();
                if (left <= 0)
                        return -ETIMEDOUT;
                if (stopping && atomic_load(stopping))
                        return -ECANCELED;
                r = poll(&p, 1, left < LOOK_MS || !stopping ? (int)left : LOOK_MS);
                if (r > 0)
                        return 0;
                if (r < 0 && errno != EINTR)
                        return -errno;
        }
}

static int meaning_of(const siginfo_t *end)
{
        if (end->si_code == CLD_EXITED)
                return end->si_status == 0 ? 0 : end->si_status == NOT_RUN ? -ENOENT : -EPROTO;
        return end->si_status == SIGXFSZ ? -EFBIG : end->si_status == SIGXCPU ? -ETIMEDOUT : -EPROTO;
}

int child_run(const struct child *child, const atomic_bool *stopping, int *ret, uint64_t *len)
{
        _cleanup_(close_fd) int in = -1, out = -1, pidfd = -1;
        siginfo_t end = { 0 };
        struct stat st;
        const struct sock_fprog *filter;
        pid_t pid, parent = getpid();
        int r, waited;

        r = filter_get(&filter);
        if (r < 0)
                return r;
        if (child->in_fd > 0) {
                in = fcntl(child->in_fd, F_DUPFD_CLOEXEC, 0);
                if (in < 0 || lseek(in, 0, SEEK_SET) < 0)
                        return -errno;
        } else {
                in = memory_with(child->in, child->in_len);
                if (in < 0)
                        return in;
        }
        out = memfd_create("out", MFD_CLOEXEC);
        if (out < 0)
                return -errno;
        pid = fork();
        if (pid < 0)
                return -errno;
        if (pid == 0)
                become(child, filter, in, out, parent);
        setpgid(pid, pid);
        pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
        r = pidfd < 0 ? -errno : await(pidfd, child->time_ms, stopping);
        /* All of its group, while it is not reaped and its number is nobody else's; also what it left behind. */
        (void)kill(-pid, SIGKILL);
        (void)kill(pid, SIGKILL);
        do
                waited = waitid(P_PID, (id_t)pid, &end, WEXITED);
        while (waited < 0 && errno == EINTR);
        if (r >= 0)
                r = waited < 0 ? -errno : meaning_of(&end);
        if (r < 0)
                return r;
        if (fstat(out, &st) < 0 || lseek(out, 0, SEEK_SET) < 0)
                return -errno;
        *len = (uint64_t)st.st_size;
        *ret = out;
        out = -1;
        return 0;
}

unsigned child_lacks(void)
{
        unsigned lacks = cage_hides_files() ? 0 : CHILD_LACKS_HIDING;
        int status = 0;
        pid_t pid = fork();

        if (pid == 0)
                _exit(cage_leave_network() < 0);
        while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
                ;
        return pid < 0 || status != 0 ? lacks | CHILD_LACKS_NETWORK : lacks;
}

int child_bytes(const struct child *child, const atomic_bool *stopping, char **ret, size_t *len)
{
        _cleanup_(close_fd) int fd = -1;
        _cleanup_free_ char *bytes = NULL;
        uint64_t n;
        int r;

        r = child_run(child, stopping, &fd, &n);
        if (r < 0)
                return r;
        bytes = malloc(n + 1);
        if (!bytes)
                return -ENOMEM;
        if (pread(fd, bytes, n, 0) != (ssize_t)n)
                return -EIO;
        bytes[n] = '\0';
        *len = n;
        *ret = TAKE(bytes);
        return 0;
}
