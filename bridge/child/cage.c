/* The cage: see README.md for what holds what. */
#include "child/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define OUR_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCH AUDIT_ARCH_AARCH64
#else
#error "say here how seccomp names this machine"
#endif

enum { FILES_USUAL = 32, SECOND_MS = 1000, X32_BIT = 0x40000000 };

/* ---- calls that fail */

#define REFUSE(name)                                                                                              \
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##name, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)

static int refuse_calls(void)
{
        static struct sock_filter filter[] = {
                BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
                BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCH, 1, 0),
                BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
                BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
#if defined(__x86_64__)
                BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1),
                BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
#endif
                REFUSE(socket),        REFUSE(socketpair), REFUSE(connect),          REFUSE(bind),
                REFUSE(ptrace),        REFUSE(kill),       REFUSE(process_vm_readv), REFUSE(process_vm_writev),
                REFUSE(mount),         REFUSE(umount2),    REFUSE(unshare),          REFUSE(setns),
                REFUSE(keyctl),        REFUSE(bpf),        REFUSE(io_uring_setup),   REFUSE(perf_event_open),
                REFUSE(pidfd_open),    REFUSE(setsid),     REFUSE(setpgid),          REFUSE(userfaultfd),
                BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        };
        static const struct sock_fprog program = { .len = ELEMENTS(filter), .filter = filter };

        return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0 ? -errno : 0;
}

/* Threads, but no processes. What the first filter refuses stays refused. */
static int refuse_processes(void)
{
        static struct sock_filter filter[] = {
                BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
                REFUSE(execveat),
#if defined(__x86_64__)
                REFUSE(fork),
                REFUSE(vfork),
#endif
                /* clone3() hides which of the two it makes, and the C library does without it. */
                BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone3, 0, 1),
                BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
                BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone, 0, 3),
                BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
                BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0),
                BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
                BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        };
        static const struct sock_fprog program = { .len = ELEMENTS(filter), .filter = filter };

        return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0 ? -errno : 0;
}

/* ---- files that are not there */

static void allow_reading(int rules, const char *path, bool is_folder)
{
        struct landlock_path_beneath_attr rule = {
                .allowed_access = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | (is_folder ? LANDLOCK_ACCESS_FS_READ_DIR : 0),
                .parent_fd = open(path, O_PATH | O_CLOEXEC | (is_folder ? O_DIRECTORY : 0)),
        };

        if (rule.parent_fd < 0)
                return;
        (void)syscall(__NR_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
        close(rule.parent_fd);
}

static void hide_files(const struct child *child)
{
        static const char *const folders[] = { "/usr", "/lib", "/lib64", "/bin" };
        static const char *const files[] = { "/etc/ld.so.cache", "/dev/null", "/dev/urandom" };
        /* The first version of Landlock knows these thirteen rights: all that is not allowed below is refused. */
        struct landlock_ruleset_attr attr = { .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1 };
        int rules = (int)syscall(__NR_landlock_create_ruleset, &attr, sizeof(attr), 0);

        if (rules < 0)
                return; /* an older kernel */
        for (size_t i = 0; i < ELEMENTS(folders); i++)
                allow_reading(rules, folders[i], true);
        for (size_t i = 0; i < ELEMENTS(files); i++)
                allow_reading(rules, files[i], false);
        allow_reading(rules, child->argv[0], false);
        if (child->extra) {
                allow_reading(rules, child->extra, true);
                allow_reading(rules, child->extra, false);
        }
        (void)syscall(__NR_landlock_restrict_self, rules, 0);
        close(rules);
}

/* ---- limits */

static int limit(__rlimit_resource_t what, uint64_t to)
{
        struct rlimit rlimit = { .rlim_cur = (rlim_t)to, .rlim_max = (rlim_t)to };

        return setrlimit(what, &rlimit) < 0 ? -errno : 0;
}

int cage_enter(const struct child *child)
{
        int r;

        /* Who may make a network namespace only in a user namespace of their own gets both; who may neither still has no sockets. */
        if (unshare(CLONE_NEWNET | CLONE_NEWIPC) < 0)
                (void)unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC);
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
                return -errno;
        hide_files(child);
        r = limit(RLIMIT_CORE, 0);
        if (r >= 0)
                r = limit(RLIMIT_FSIZE, child->out_max);
        if (r >= 0)
                r = limit(RLIMIT_AS, child->memory_max);
        if (r >= 0)
                r = limit(RLIMIT_CPU, (uint64_t)(child->time_ms / SECOND_MS + 1));
        if (r >= 0)
                r = limit(RLIMIT_NOFILE, (uint64_t)(child->files_max > 0 ? child->files_max : FILES_USUAL));
        if (r >= 0)
                r = refuse_calls();
        return r < 0 || !child->alone ? r : refuse_processes();
}
