#include "media/jail.h"

#include "base/macro.h"
#include "base/parse.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

void jail_write(const struct jail_limits *limits, char ret[JAIL_NUMBERS][24])
{
        const int64_t numbers[JAIL_NUMBERS] = { limits->memory_bytes, limits->cpu_s, limits->write_bytes, limits->files };

        for (size_t i = 0; i < JAIL_NUMBERS; i++)
                snprintf(ret[i], sizeof(ret[i]), "%lld", (long long)numbers[i]);
}

static int limit(__rlimit_resource_t what, int64_t to)
{
        struct rlimit l = { (rlim_t)to, (rlim_t)to };

        return setrlimit(what, &l) < 0 ? -errno : 0;
}

static int set_limits(char **numbers)
{
        static const __rlimit_resource_t what[JAIL_NUMBERS] = { RLIMIT_AS, RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_NOFILE };
        int r = limit(RLIMIT_CORE, 0);

        for (size_t i = 0; r >= 0 && i < JAIL_NUMBERS; i++) {
                int64_t n;

                r = parse_int(numbers[i], 0, INT64_MAX, &n);
                if (r >= 0)
                        r = limit(what[i], n);
        }
        return r;
}

/* ---- files */

/* Lets one path be read, and run where it holds programs. One that is not there needs no leave. */
static void allow(int ruleset, const char *path, uint64_t access)
{
        struct landlock_path_beneath_attr rule = { .parent_fd = open(path, O_PATH | O_CLOEXEC), .allowed_access = access };
        struct stat st;

        if (rule.parent_fd < 0)
                return;
        if (fstat(rule.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode))
                rule.allowed_access &= LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE;
        syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
        close(rule.parent_fd);
}

/* Everything that the first version of Landlock knows is forbidden but what stands here. Files of memory are in no file system and stay open. */
static void hide_files(const char *tool)
{
        static const char *const programs[] = { "/usr", "/bin", "/lib", "/lib64" };
        static const char *const readable[] = { "/etc/fonts", "/etc/ld.so.cache", "/var/cache/fontconfig", "/dev/urandom", "/etc/alternatives" };
        const uint64_t read = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
        struct landlock_ruleset_attr all = { .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1 };
        int ruleset = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);

        if (ruleset < 0)
                return;
        for (size_t i = 0; i < ELEMENTS(programs); i++)
                allow(ruleset, programs[i], read | LANDLOCK_ACCESS_FS_EXECUTE);
        for (size_t i = 0; i < ELEMENTS(readable); i++)
                allow(ruleset, readable[i], read);
        allow(ruleset, tool, read | LANDLOCK_ACCESS_FS_EXECUTE);
        allow(ruleset, "/dev/null", LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE);
        syscall(SYS_landlock_restrict_self, ruleset, 0);
        close(ruleset);
}

/* ---- system calls */

/* What no decoder needs. A list of what is forbidden, not of what is allowed: the tools are Debian's and change under us, and what is worth having
 * (a connection, a process, another process's memory, a way round the limits) goes through these. */
static int forbid_calls(void)
{
        static const int forbidden[] = {
                SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept), SCMP_SYS(accept4),
                SCMP_SYS(sendto), SCMP_SYS(sendmsg), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(execveat), SCMP_SYS(ptrace),
                SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(pidfd_open), SCMP_SYS(pidfd_getfd), SCMP_SYS(kill), SCMP_SYS(tkill),
                SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(open_tree),
                SCMP_SYS(move_mount), SCMP_SYS(fsopen), SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(io_uring_setup),
                SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(setpgid), SCMP_SYS(setsid),
                SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(link), SCMP_SYS(linkat),
                SCMP_SYS(symlink), SCMP_SYS(symlinkat), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(chmod), SCMP_SYS(fchmodat), SCMP_SYS(chown), SCMP_SYS(fchownat),
                SCMP_SYS(truncate), SCMP_SYS(mknod), SCMP_SYS(mknodat), SCMP_SYS(shmget), SCMP_SYS(msgget), SCMP_SYS(semget), SCMP_SYS(mq_open),
                SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(kexec_load), SCMP_SYS(swapon), SCMP_SYS(reboot), SCMP_SYS(settimeofday),
                SCMP_SYS(clock_settime), SCMP_SYS(name_to_handle_at), SCMP_SYS(open_by_handle_at), SCMP_SYS(quotactl), SCMP_SYS(acct),
        };
        scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
        int r = filter ? 0 : -ENOMEM;

        for (size_t i = 0; r >= 0 && i < ELEMENTS(forbidden); i++)
                r = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), forbidden[i], 0);
        /* Threads are made with clone(), processes without CLONE_THREAD; clone3() hides which, and the C library does without it. */
        if (r >= 0)
                r = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
        if (r >= 0)
                r = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
        if (r >= 0) /* of another process; its own it can only lower */
                r = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prlimit64), 1, SCMP_A0(SCMP_CMP_NE, 0));
        if (r >= 0)
                r = seccomp_load(filter);
        seccomp_release(filter);
        return r;
}

int jail_main(int argc, char **argv)
{
        /* libvips: no machine code made at run time, no loaders that its authors call untrusted, one thread. */
        static const char *const environment[] = { "LC_ALL=C.UTF-8", "VIPS_BLOCK_UNTRUSTED=1", "VIPS_NOVECTOR=1", "VIPS_CONCURRENCY=1", "ORC_CODE=backup", NULL };
        char **tool = argv + JAIL_NUMBERS;
        pid_t parent = getppid();

        if (argc <= JAIL_NUMBERS || access(tool[0], X_OK) < 0)
                return JAIL_NO_TOOL;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent || close_range(3, ~0U, 0) < 0 || chdir("/") < 0)
                return JAIL_BROKEN;
        umask(0777);
        if (unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS) < 0)
                errno = 0; /* nobody may make them here */
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
                return JAIL_BROKEN;
        hide_files(tool[0]);
        if (forbid_calls() < 0 || set_limits(argv) < 0)
                return JAIL_BROKEN;
        execve(tool[0], tool, (char *const *)(uintptr_t)environment);
        return JAIL_NO_TOOL;
}
