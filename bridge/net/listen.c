/* The listening socket. It is ours and not lws's: so a port in use is told by its errno, a full server stops
 * to accept instead of spinning, and the end closes the door before anything else. lws gets each socket once
 * it is accepted. */
#include "net/inside.h"

#include "base/log.h"
#include "conf/conf.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 4096, ACCEPT_AT_ONCE = 64 };

union socket_address {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
};

static socklen_t address_of(const char *text, int port, union socket_address *ret)
{
        memset(ret, 0, sizeof(*ret));
        if (inet_pton(AF_INET, text, &ret->v4.sin_addr) == 1) {
                ret->v4.sin_family = AF_INET;
                ret->v4.sin_port = htons((uint16_t)port);
                return sizeof(ret->v4);
        }
        if (inet_pton(AF_INET6, text, &ret->v6.sin6_addr) != 1)
                return 0;
        ret->v6.sin6_family = AF_INET6;
        ret->v6.sin6_port = htons((uint16_t)port);
        return sizeof(ret->v6);
}

static void accept_some(struct ev_loop *loop, struct ev_io *w, int events)
{
        struct net *net = w->data;

        (void)events;
        for (int i = 0; i < ACCEPT_AT_ONCE; i++) {
                int fd, on = 1;

                if (net->sockets >= net->conf->connections_max + SOCKETS_SPARE) {
                        ev_io_stop(loop, w); /* who waits, waits in the backlog; the tick starts it again */
                        return;
                }
                fd = accept4(w->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
                if (fd < 0) {
                        if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS) {
                                log_warning("net", "cannot accept: %s", strerror(errno));
                                ev_io_stop(loop, w);
                        }
                        return;
                }
                setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
                lws_adopt_socket_vhost(net->vhost, fd); /* closes it where it fails */
        }
}

int listen_start(struct net *net, char **why)
{
        const struct conf *conf = net->conf;
        union socket_address a;
        socklen_t len = address_of(conf->address, conf->port, &a);
        int fd, on = 1, off = 0, r;

        fd = socket(a.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (fd >= 0) {
                setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
                if (a.any.sa_family == AF_INET6)
                        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
        }
        if (fd < 0 || bind(fd, &a.any, len) < 0 || listen(fd, BACKLOG) < 0 || getsockname(fd, &a.any, &len) < 0) {
                r = -errno;
                if (fd >= 0)
                        close(fd);
                if (why && asprintf(why, "cannot listen on %s port %d: %s%s", conf->address, conf->port, strerror(-r),
                                    r == -EADDRINUSE ? " (is it running already? --port chooses another)" : "") < 0)
                        *why = NULL;
                return r;
        }
        net->port = ntohs(a.any.sa_family == AF_INET6 ? a.v6.sin6_port : a.v4.sin_port);
        ev_io_init(&net->accept, accept_some, fd, EV_READ);
        net->accept.data = net;
        return 0;
}

void listen_stop(struct net *net)
{
        if (net->accept.fd <= 0)
                return;
        ev_io_stop(net->loop, &net->accept);
        close(net->accept.fd);
        net->accept.fd = -1;
}
