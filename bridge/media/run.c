#include "media/run.h"

#include "base/log.h"
#include "base/macro.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ARGS_MAX = 48, LOOK_MS = 100 };

static int64_t now_ms(void)
{
        struct timespec t;

        clock_gettime(CLOCK_MONOTONIC, &t);
        return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* This program again, as the jail's keeper: to shut oneself in between fork() and exec() is more than a program with threads may do there. */
static int start(const struct media_run *run, pid_t *ret)
{
        static char *const nothing[] = { NULL };
        char numbers[JAIL_NUMBERS][24];
        const char *argv[ARGS_MAX];
        posix_spawn_file_actions_t files;
        posix_spawnattr_t how;
        sigset_t none, all;
        size_t n = 0;
        int r;

        argv[n++] = "ouderbrug";
        argv[n++] = JAIL_VERB;
        jail_write(&run->limits, numbers);
        for (size_t i = 0; i < JAIL_NUMBERS; i++)
                argv[n++] = numbers[i];
        for (size_t i = 0; run->argv[i]; i++) {
                if (n + 1 == ARGS_MAX)
                        return -E2BIG;
                argv[n++] = run->argv[i];
        }
        argv[n] = NULL;

        sigemptyset(&none);
        sigfillset(&all);
        posix_spawn_file_actions_init(&files);
        posix_spawnattr_init(&how);
        posix_spawn_file_actions_adddup2(&files, run->in, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&files, run->out, STDOUT_FILENO);
        posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", 1 /* O_WRONLY */, 0);
        posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        posix_spawnattr_setsigmask(&how, &none);
        posix_spawnattr_setsigdefault(&how, &all);
        r = -posix_spawn(ret, "/proc/self/exe", &files, &how, (char *const *)(uintptr_t)argv, nothing);
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&how);
        return r;
}

static int result_of(int status)
{
        if (WIFSIGNALED(status))
                return WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL || WTERMSIG(status) == SIGXFSZ ? -ETIME : -EBADMSG;
        switch (WEXITSTATUS(status)) {
        case 0:
                return 0;
        case JAIL_NO_TOOL:
                return -ENOEXEC;
        case JAIL_BROKEN:
                return -EPERM;
        default:
                return -EBADMSG;
        }
}

/* Waits for its end, looking now and then whether it has had its time. */
static int wait_for(const struct media_run *run, pid_t pid)
{
        int64_t end_ms = now_ms() + run->wall_s * 1000L;
        int fd = (int)syscall(SYS_pidfd_open, pid, 0), status = 0, why = 0;

        for (;;) {
                struct pollfd p = { .fd = fd, .events = POLLIN };

                if (waitpid(pid, &status, WNOHANG) == pid)
                        break;
                if (run->stopping && atomic_load(run->stopping))
                        why = -ECANCELED;
                else if (now_ms() >= end_ms)
                        why = -ETIME;
                if (why < 0) {
                        kill(-pid, SIGKILL);
                        kill(pid, SIGKILL); /* it may not lead its group yet */
                        while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
                                ;
                        break;
                }
                poll(&p, 1, LOOK_MS); /* without a pidfd (fd below 0 is passed over) it is only a pause */
        }
        if (fd >= 0)
                close(fd);
        kill(-pid, SIGKILL); /* whatever it left behind in its group */
        return why < 0 ? why : result_of(status);
}

int media_run(const struct media_run *run)
{
        pid_t pid;
        int r;

        if (lseek(run->in, 0, SEEK_SET) < 0)
                return -errno;
        r = start(run, &pid);
        if (r < 0)
                return r;
        r = wait_for(run, pid);
        if (r < 0 && r != -ECANCELED)
                log_debug("media", "%s ended with error %d", run->argv[0], -r);
        return r;
}
