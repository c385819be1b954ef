/* The cage: see README.md for what holds what. */
#include "child/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FILES_USUAL = 32, SECOND_MS = 1000, CAPABILITIES = 64 };

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

bool cage_hides_files(void)
{
        return syscall(__NR_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
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

/* Who may make a network namespace only in a user namespace of their own gets both; who may neither still has no sockets. */
int cage_leave_network(void)
{
        if (unshare(CLONE_NEWNET | CLONE_NEWIPC) == 0 || unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC) == 0)
                return 0;
        return -errno;
}

int cage_enter(const struct child *child, const struct sock_fprog *filter)
{
        int r;

        (void)cage_leave_network();
        /* A server that runs as root hands none of that on. */
        for (unsigned long c = 0; c < CAPABILITIES; c++)
                (void)prctl(PR_CAPBSET_DROP, c, 0, 0, 0);
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
        if (r >= 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, filter, 0, 0) < 0)
                r = -errno;
        return r;
}
