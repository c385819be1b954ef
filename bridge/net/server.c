/* The server as a whole: lws's context on a libev loop of our own, the clock tick, and how it ends.
 *
 * The loop is ours (a "foreign" loop to lws) so that other threads wake it with ev_async, which may be sent
 * from anywhere and coalesces, and so that it ends when we say. Of lws's timers only those of handshakes are
 * used. lws sets its libev timer anew only after an event of a socket, and not when an earlier time comes in
 * (it changes a running timer, which libev ignores): so the tick nudges it once a second.
 */
#include "net/net.h"

#include "net/inside.h"

#include "base/clock.h"
#include "base/log.h"
#include "cmd/school.h"
#include "conf/conf.h"
#include "conf/origin.h"
#include "net/static.h"

#include <errno.h>
#include <sys/resource.h>
#include <sys/socket.h>

enum {
        NOFILE_MAX = 1000000, /* lws takes a limit above 10 million for a mistake and falls back to 2,560 */
        RECEIVE_BYTES = 2048, /* lws keeps a buffer of this size for every WebSocket */
        HEADERS_MAX = 8192,
        FRAME_OUT_MAX = 64 * 1024 * 1024, /* one item can be the whole state of a large school */
};

void net_cut(struct lws *wsi)
{
        shutdown(lws_get_socket_fd(wsi), SHUT_RDWR);
        lws_callback_on_writable(wsi);
}

/* ---- lws's own words */

static void lws_says(int level, const char *line)
{
        int n = (int)strcspn(line, "\n");

        (void)level;
        log_debug("net", "lws: %.*s", n, line);
}

/* Of the answers that lws makes by itself (a path with a bad escape, an unknown upgrade) none shall lack our
 * headers. */
static int make_lws_headers(struct net *net)
{
        size_t count;
        const struct header *h = headers_security(net->https, &count);

        net->lws_headers = calloc(count, sizeof(*net->lws_headers));
        if (!net->lws_headers)
                return -ENOMEM;
        for (size_t i = 0; i < count; i++) {
                char *name;

                if (asprintf(&name, "%s:", h[i].name) < 0)
                        return -ENOMEM;
                net->lws_headers[i].name = name;
                net->lws_headers[i].value = h[i].value;
                net->lws_headers[i].next = i + 1 < count ? &net->lws_headers[i + 1] : NULL;
        }
        return 0;
}

static void free_lws_headers(struct net *net)
{
        struct lws_protocol_vhost_options *h = net->lws_headers;

        for (; h; h = (struct lws_protocol_vhost_options *)(uintptr_t)h->next)
                free((char *)(uintptr_t)h->name);
        free(net->lws_headers);
}

/* ---- whose pages may connect */

static int add_origin(struct net *net, size_t *count, char *origin)
{
        char **origins;

        if (!origin)
                return -ENOMEM;
        origins = reallocarray(net->origins, *count + 2, sizeof(*origins));
        if (!origins) {
                free(origin);
                return -ENOMEM;
        }
        origins[(*count)++] = origin;
        origins[*count] = NULL;
        net->origins = origins;
        return 0;
}

static int add_local_origin(struct net *net, size_t *count, const char *host)
{
        char *origin;

        return asprintf(&origin, "http://%s:%d", host, net->port) < 0 ? -ENOMEM : add_origin(net, count, origin);
}

static int make_origins(struct net *net)
{
        const struct conf *conf = net->conf;
        size_t count = 0;
        int r;

        if (*conf->public_url) {
                r = add_origin(net, &count, strdup(conf->public_url));
        } else {
                r = add_local_origin(net, &count, "localhost");
                if (r == 0)
                        r = add_local_origin(net, &count, "127.0.0.1");
        }
        for (const char *p = conf->origins; r == 0 && *p;) {
                size_t n = strcspn(p, ",");

                r = add_origin(net, &count, strndup(p, n));
                p += n + (p[n] == ',');
        }
        return r;
}

/* ---- the loop */

static void stop_begins(struct net *net)
{
        log_debug("net", "stopping");
        net->stopping = true;
        listen_stop(net);
        if (net->school)
                school_stop(net->school);
        ws_stop(net);
        ev_timer_start(net->loop, &net->grace);
}

static void on_wake(struct ev_loop *loop, struct ev_async *w, int events)
{
        struct net *net = w->data;

        (void)loop;
        (void)events;
        if (net->school && !net->stopping)
                school_drain(net->school);
        if (atomic_load(&net->stop_asked) && !net->stopping)
                stop_begins(net);
}

static void on_tick(struct ev_loop *loop, struct ev_timer *w, int events)
{
        struct net *net = w->data;

        (void)events;
        net->now_s = clock_mono_ms() / 1000;
        if (!net->stopping) {
                ev_io_start(loop, &net->accept); /* where it had to stop */
                school_tick(net->school);
        }
        ws_tick(net);
        http_tick(net);
        lws_cancel_service(net->context);
}

/* Before each wait. */
static void on_flush(struct ev_loop *loop, struct ev_prepare *w, int events)
{
        struct net *net = w->data;

        (void)events;
        ws_flush(net);
        if (net->stopping && net->connected == 0 && TAILQ_EMPTY(&net->requests))
                ev_break(loop, EVBREAK_ALL);
}

static void on_grace(struct ev_loop *loop, struct ev_timer *w, int events)
{
        struct net *net = w->data;

        (void)events;
        log_info("net", "%d connections did not answer the close", net->connected);
        ev_break(loop, EVBREAK_ALL);
}

static int make_loop(struct net *net)
{
        net->loop = ev_loop_new(EVBACKEND_EPOLL | EVFLAG_NOENV);
        if (!net->loop)
                return -ENOSYS;
        ev_async_init(&net->wake, on_wake);
        ev_timer_init(&net->tick, on_tick, 1., 1.);
        ev_timer_init(&net->grace, on_grace, STOP_GRACE_S, 0.);
        ev_prepare_init(&net->flush, on_flush);
        net->wake.data = net->tick.data = net->grace.data = net->flush.data = net;
        ev_async_start(net->loop, &net->wake);
        ev_timer_start(net->loop, &net->tick);
        ev_prepare_start(net->loop, &net->flush);
        return 0;
}

/* ---- lws */

static int make_context(struct net *net)
{
        /* all zero: no pings of lws's own (see ws.c) */
        static const lws_retry_bo_t no_pings = { 0 };
        void *loops[] = { net->loop };
        struct lws_context_creation_info info = {
                .port = CONTEXT_PORT_NO_LISTEN_SERVER,
                .options = LWS_SERVER_OPTION_LIBEV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS |
                           LWS_SERVER_OPTION_SKIP_SERVER_CANONICAL_NAME,
                .foreign_loops = loops,
                .user = net,
                .protocols = net->protocols,
                .headers = net->lws_headers,
                .server_string = "ouderbrug",
                .vhost_name = "ouderbrug",
                .max_http_header_data = HEADERS_MAX,
                .timeout_secs = (unsigned int)net->conf->request_timeout_s,
                .timeout_secs_ah_idle = (unsigned int)net->conf->request_timeout_s,
                .keepalive_timeout = KEEPALIVE_S,
                .retry_and_idle_policy = &no_pings,
        };

        net->protocols[0] = (struct lws_protocols){
                .name = "(http)", /* no token, so nobody can ask for it */
                .callback = http_callback,
                .per_session_data_size = http_request_size(),
                .tx_packet_size = 2 * WRITE_MAX,
        };
        net->protocols[1] = (struct lws_protocols){
                .name = "ouderbrug.v1",
                .callback = ws_callback,
                .per_session_data_size = ws_connection_size(),
                .rx_buffer_size = RECEIVE_BYTES,
                .tx_packet_size = 2 * WRITE_MAX,
        };
        lws_set_log_level(net->conf->log_level == LOG_DEBUG ? LLL_ERR | LLL_WARN : 0, lws_says);
        net->context = lws_create_context(&info);
        if (!net->context)
                return -ENOSYS;
        net->vhost = lws_create_vhost(net->context, &info);
        return net->vhost ? 0 : -ENOSYS;
}

/* As many sockets as the system lets us have, for a socket more costs nothing until it is there. */
static void raise_file_limit(const struct conf *conf)
{
        struct rlimit limit;
        rlim_t want;

        if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
                return;
        want = limit.rlim_max < NOFILE_MAX ? limit.rlim_max : NOFILE_MAX;
        if (limit.rlim_cur != want) {
                limit.rlim_cur = want;
                setrlimit(RLIMIT_NOFILE, &limit);
        }
        if (want < (rlim_t)conf->connections_max)
                log_warning("net", "ulimit -n allows %llu open files, fewer than the %d of connections_max",
                            (unsigned long long)want, conf->connections_max);
}

static int load_app(struct net *net, char **why)
{
        int r;

        if (!*net->conf->web)
                return 0;
        r = static_load(net->conf->web, &net->files, why);
        if (r == -ENOENT) {
                log_warning("net", "the built app is not at %s: serving without it", net->conf->web);
                if (why)
                        free(TAKE(*why));
                return 0;
        }
        if (r == 0)
                log_info("net", "%zu files of the app", static_count(net->files));
        return r;
}

DEFINE_CLEANUP(struct net *, net_free)

int net_new(const struct conf *conf, struct net **ret, char **why)
{
        _cleanup_(net_freep) struct net *net = calloc(1, sizeof(*net));
        int r;

        if (why)
                *why = NULL;
        if (!net)
                return -ENOMEM;
        net->conf = conf;
        net->https = strncmp(conf->public_url, "https:", 6) == 0;
        net->cookie_name = net->https ? "__Host-ouderbrug" : "ouderbrug";
        net->device_cookie_name = net->https ? "__Host-ouderbrug-device" : "ouderbrug-device";
        net->trip_cookie_name = net->https ? "__Host-ouderbrug-trip" : "ouderbrug-trip";
        net->now_s = clock_mono_ms() / 1000;
        net->out = BUF(FRAME_OUT_MAX);
        net->head = BUF(HEADERS_MAX);
        net->accept.fd = -1;
        TAILQ_INIT(&net->hello);
        TAILQ_INIT(&net->known);
        TAILQ_INIT(&net->closing);
        TAILQ_INIT(&net->dirty);
        TAILQ_INIT(&net->requests);

        raise_file_limit(conf);
        r = load_app(net, why);
        if (r == 0)
                r = make_lws_headers(net);
        if (r == 0)
                r = make_loop(net);
        if (r == 0)
                r = listen_start(net, why);
        if (r == 0)
                r = make_origins(net);
        if (r == 0) {
                r = make_context(net);
                if (r < 0 && why)
                        *why = strdup("libwebsockets does not start (is libwebsockets-evlib-ev installed?)");
        }
        if (r < 0)
                return r;
        *ret = TAKE(net);
        return 0;
}

void net_serve(struct net *net, struct school *school)
{
        net->school = school;
}

int net_port(const struct net *net)
{
        return net->port;
}

int net_run(struct net *net)
{
        if (!net->school)
                return -EINVAL;
        ev_async_send(net->loop, &net->wake); /* what was asked before we ran */
        ev_io_start(net->loop, &net->accept);
        ev_run(net->loop, 0);
        lws_context_destroy(TAKE(net->context)); /* what is still open ends here, so that no session outlives us */
        return 0;
}

void net_stop(struct net *net)
{
        atomic_store(&net->stop_asked, true);
        ev_async_send(net->loop, &net->wake);
}

void net_wake(void *arg)
{
        struct net *net = arg;

        ev_async_send(net->loop, &net->wake);
}

void net_free(struct net *net)
{
        if (!net)
                return;
        if (net->context)
                lws_context_destroy(net->context);
        if (net->loop) {
                listen_stop(net);
                ev_loop_destroy(net->loop);
        }
        for (char **o = net->origins; o && *o; o++)
                free(*o);
        free(net->origins);
        free_lws_headers(net);
        static_free(net->files);
        http_done(net);
        buf_done(&net->out);
        free(net);
}
