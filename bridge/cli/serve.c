/* cli/serve.c: runs the server until a signal ends it.
 *
 * Signals are taken by a thread of their own: the loop may sleep in its poll, and a handler could do little. The order of the end is
 * net_run()'s: no new connections, the writer finishes, what waits is flushed, sockets close with 1001, the database closes last.
 */
#include "base/log.h"
#include "chat/phrase/list.h"
#include "child/child.h"
#include "cli/cli.h"
#include "cmd/school.h"
#include "conf/conf.h"
#include "net/net.h"
#include "otp/otp.h"
#include "proto/command.h"
#include "secret/secret.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

struct ending {
        struct net *net;
        sigset_t signals;
};

static void *wait_for_signal(void *arg)
{
        struct ending *ending = arg;
        int signal;

        sigwait(&ending->signals, &signal);
        if (signal != SIGUSR1)
                log_info("serve", "ending");
        net_stop(ending->net);
        return NULL;
}

/* The tools that read strangers' files run in a cage; who answers for the machine should know where it has a gap. */
static void tell_of_cage(void)
{
        unsigned lacks = child_lacks();

        if (lacks & CHILD_LACKS_HIDING)
                log_warning("child", "this kernel has no Landlock: tools that read photos, documents and voices could read the server's own files too");
        if (lacks & CHILD_LACKS_NETWORK)
                log_warning("child", "this machine gives no network namespaces: what keeps tools off the network is the refusal of sockets alone");
}

/* Takes net: it is freed whatever happens. */
static int run(struct conf *conf, struct net *net, struct ending *ending, char **why)
{
        struct school *school = NULL;
        pthread_t thread;
        int r;

        r = conf_settle(conf, net_port(net));
        if (r >= 0)
                r = school_open(conf, net_wake, net, &school, why);
        if (r < 0) {
                net_free(net);
                return r;
        }
        net_serve(net, school);

        ending->net = net;
        r = -pthread_create(&thread, NULL, wait_for_signal, ending);
        if (r < 0) {
                net_free(net);
                school_close(school);
                return r;
        }
        /* Whoever started us waits for this line. */
        printf(strchr(conf->address, ':') ? "listening on http://[%s]:%d\n" : "listening on http://%s:%d\n", conf->address, net_port(net));
        fflush(stdout);
        r = net_run(net);

        /* It may have ended by itself: wake the thread that waits for signals. */
        pthread_kill(thread, SIGUSR1);
        pthread_join(thread, NULL);
        /* The sessions go with the sockets, and the school after its sessions. */
        net_free(net);
        school_close(school);
        return r;
}

int cli_serve(int argc, char **argv)
{
        _cleanup_(conf_done) struct conf conf = { 0 };
        _cleanup_free_ char *why = NULL;
        struct ending ending;
        struct net *net = NULL;
        int r;

        r = cli_conf(&conf, &argc, argv);
        if (r > 0)
                return r - 1;
        if (argc > 1)
                return cli_fail("serve", 2, "takes options only; see --help");
        log_set_level(conf.log_level);
        command_decode_init();
        if (secret_init() < 0 || otp_init() < 0)
                return cli_fail("serve", 1, "no source of random numbers");
        if (phrase_list_load() < 0)
                return cli_fail("serve", 1, "the phrase list cannot be read");

        /* Before any thread: they inherit the mask. */
        sigemptyset(&ending.signals);
        sigaddset(&ending.signals, SIGTERM);
        sigaddset(&ending.signals, SIGINT);
        sigaddset(&ending.signals, SIGHUP);
        sigaddset(&ending.signals, SIGUSR1);
        pthread_sigmask(SIG_BLOCK, &ending.signals, NULL);
        signal(SIGPIPE, SIG_IGN);
        signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of the write, not our end */

        tell_of_cage();
        r = net_new(&conf, &net, &why);
        if (r < 0)
                return cli_fail("serve", 1, why ? why : strerror(-r));
        r = run(&conf, net, &ending, &why);
        return r < 0 ? cli_fail("serve", 1, why ? why : strerror(-r)) : 0;
}
