/* What a caged program may not ask of the kernel, by libseccomp: it knows how each machine numbers its calls, that a program can make them by another
 * machine's numbers, and how to say all that in BPF.
 *
 * A list of what is refused, not of what is allowed: ffmpeg, libvips, poppler and espeak-ng ask for much, and for more with each release. So what a kernel
 * learns after this was written is refused whole. What is refused beside the obvious: what Landlock does not watch (its manual lists those calls), what
 * reaches into other processes of the same user, and memory that no limit counts.
 */
#include "child/inside.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
        CODE_MAX = 4096,    /* instructions, as in the kernel */
        KNOWN_LAST = 450,   /* set_mempolicy_home_node: what Debian 12's C library knows of. From 424 on every machine counts alike */
        NUMBERS_END = 512,  /* x86 has others from here */
};

static const int refused[] = {
        /* no network, no talk with others */
        SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept), SCMP_SYS(accept4),
        SCMP_SYS(shmget), SCMP_SYS(shmat), SCMP_SYS(msgget), SCMP_SYS(semget), SCMP_SYS(mq_open),
        /* no processes: threads are below */
        SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(execveat), SCMP_SYS(setsid), SCMP_SYS(setpgid),
        /* nothing of other processes */
        SCMP_SYS(kill), SCMP_SYS(tkill), SCMP_SYS(tgkill), SCMP_SYS(rt_sigqueueinfo), SCMP_SYS(rt_tgsigqueueinfo), SCMP_SYS(pidfd_open),
        SCMP_SYS(pidfd_getfd), SCMP_SYS(pidfd_send_signal), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
        SCMP_SYS(process_madvise), SCMP_SYS(process_mrelease), SCMP_SYS(kcmp), SCMP_SYS(perf_event_open), SCMP_SYS(migrate_pages), SCMP_SYS(move_pages),
        SCMP_SYS(setpriority), SCMP_SYS(ioprio_set), SCMP_SYS(sched_setattr), SCMP_SYS(sched_setparam), SCMP_SYS(sched_setscheduler),
        SCMP_SYS(sched_setaffinity),
        /* files of others: who owns them, who may read them, what they hold */
        SCMP_SYS(truncate), SCMP_SYS(chmod), SCMP_SYS(fchmod), SCMP_SYS(fchmodat), SCMP_SYS(chown), SCMP_SYS(fchown), SCMP_SYS(lchown), SCMP_SYS(fchownat),
        SCMP_SYS(utime), SCMP_SYS(utimes), SCMP_SYS(futimesat), SCMP_SYS(utimensat), SCMP_SYS(setxattr), SCMP_SYS(lsetxattr), SCMP_SYS(fsetxattr),
        SCMP_SYS(removexattr), SCMP_SYS(lremovexattr), SCMP_SYS(fremovexattr), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(rmdir), SCMP_SYS(unlink),
        SCMP_SYS(unlinkat), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(link), SCMP_SYS(linkat), SCMP_SYS(symlink),
        SCMP_SYS(symlinkat), SCMP_SYS(mknod), SCMP_SYS(mknodat), SCMP_SYS(name_to_handle_at), SCMP_SYS(open_by_handle_at), SCMP_SYS(fanotify_init),
        /* memory that counts for nobody */
        SCMP_SYS(memfd_create), SCMP_SYS(memfd_secret),
        /* the machine */
        SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(mount_setattr), SCMP_SYS(move_mount), SCMP_SYS(open_tree), SCMP_SYS(fsopen), SCMP_SYS(fsconfig),
        SCMP_SYS(fsmount), SCMP_SYS(fspick), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(add_key),
        SCMP_SYS(request_key), SCMP_SYS(keyctl), SCMP_SYS(bpf), SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register),
        SCMP_SYS(userfaultfd), SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(delete_module), SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load),
        SCMP_SYS(reboot), SCMP_SYS(swapon), SCMP_SYS(swapoff), SCMP_SYS(quotactl), SCMP_SYS(quotactl_fd), SCMP_SYS(acct), SCMP_SYS(syslog),
        SCMP_SYS(settimeofday), SCMP_SYS(clock_settime), SCMP_SYS(clock_adjtime), SCMP_SYS(adjtimex), SCMP_SYS(sethostname), SCMP_SYS(setdomainname),
        SCMP_SYS(personality), SCMP_SYS(iopl), SCMP_SYS(ioperm), SCMP_SYS(modify_ldt), SCMP_SYS(vhangup),
};

static struct {
        struct sock_filter code[CODE_MAX];
        struct sock_fprog program;
        int error;
} made;

static void close_filter(scmp_filter_ctx *filter)
{
        seccomp_release(*filter);
}

static void close_fd(const int *fd)
{
        if (*fd >= 0)
                close(*fd);
}

/* A call that this machine does not have needs no refusal. */
static int is_well(int r)
{
        return r == -EDOM ? 0 : r;
}

static int refuse_calls(scmp_filter_ctx filter)
{
        int r = 0;

        for (size_t i = 0; r >= 0 && i < ELEMENTS(refused); i++)
                r = is_well(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0));
        for (int n = KNOWN_LAST + 1; r >= 0 && n < NUMBERS_END; n++)
                r = is_well(seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), n, 0));
        /* Threads, but no processes. clone3() hides which of the two it makes, and the C library does without it. */
        if (r >= 0)
                r = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
        if (r >= 0)
                r = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
        /* Its own limits it may lower, nobody else's. */
        if (r >= 0)
                r = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prlimit64), 1, SCMP_A0_32(SCMP_CMP_NE, 0));
        return r;
}

static int make(void)
{
        _cleanup_(close_filter) scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
        _cleanup_(close_fd) int fd = memfd_create("filter", MFD_CLOEXEC);
        ssize_t n;
        int r;

        if (!filter)
                return -ENOMEM;
        if (fd < 0)
                return -errno;
        r = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
        if (r >= 0)
                r = refuse_calls(filter);
        if (r >= 0)
                r = seccomp_export_bpf(filter, fd);
        if (r < 0)
                return r;
        n = pread(fd, made.code, sizeof(made.code), 0);
        if (n <= 0 || n == sizeof(made.code) || (size_t)n % sizeof(*made.code) != 0)
                return n < 0 ? -errno : -E2BIG;
        made.program = (struct sock_fprog){ .len = (unsigned short)((size_t)n / sizeof(*made.code)), .filter = made.code };
        return 0;
}

static void make_once(void)
{
        made.error = make();
}

int filter_get(const struct sock_fprog **ret)
{
        static pthread_once_t once = PTHREAD_ONCE_INIT;

        pthread_once(&once, make_once);
        if (made.error < 0)
                return made.error;
        *ret = &made.program;
        return 0;
}
