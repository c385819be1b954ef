/* The first bytes of a connection, looked at before lws reads them.
 *
 * lws 4.1.6 hangs up without a word on an address that holds an escaped NUL (%00). It is nobody's address, but who sent it shall hear so, and a
 * browser shows a broken line otherwise. So a watcher that goes before lws's looks once at what has come, without taking it. Only the first
 * request of a connection: on a later one lws hangs up as it does, and a browser that got nothing on a kept connection asks again on a new one.
 */
#include "net/inside.h"

#include <stdlib.h>
#include <sys/socket.h>

enum { LOOK = 2048, TAKEN = 8 };

struct first {
        struct ev_io io;
        struct lws *wsi;
};

static void forget(struct net *net, struct first *first)
{
        ev_io_stop(net->loop, &first->io);
        lws_set_opaque_user_data(first->wsi, NULL);
        free(first);
}

/* Whether the request line, as far as it is there, holds an escaped NUL. */
static bool has_nul(const char *bytes, size_t n)
{
        const char *end = memchr(bytes, '\r', n);

        return memmem(bytes, end ? (size_t)(end - bytes) : n, "%00", 3) != NULL;
}

static void look(struct ev_loop *loop, struct ev_io *io, int events)
{
        struct first *first = io->data;
        struct lws *wsi = first->wsi;
        char bytes[LOOK];
        ssize_t n = recv(io->fd, bytes, sizeof(bytes), MSG_PEEK | MSG_DONTWAIT);
        int fd = io->fd;

        (void)loop;
        (void)events;
        forget(net_of(wsi), first);
        if (n <= 0 || !has_nul(bytes, (size_t)n))
                return;
        /* Taken, so that lws has nothing to answer; it closes when the client does, or when no request has come in time. */
        for (int i = 0; i < TAKEN && recv(fd, bytes, sizeof(bytes), MSG_DONTWAIT) > 0; i++)
                ;
        http_refuse_raw(wsi, fd);
        shutdown(fd, SHUT_WR);
}

void first_look(struct net *net, struct lws *wsi)
{
        struct first *first = malloc(sizeof(*first));

        if (!first)
                return; /* then it is hung up on as any other nonsense */
        first->wsi = wsi;
        ev_io_init(&first->io, look, lws_get_socket_fd(wsi), EV_READ);
        ev_set_priority(&first->io, EV_MAXPRI);
        first->io.data = first;
        lws_set_opaque_user_data(wsi, first);
        ev_io_start(net->loop, &first->io);
}

void first_forget(struct net *net, struct lws *wsi)
{
        void *first = lws_get_opaque_user_data(wsi);

        if (first && first != wsi) /* http.c puts the socket itself there, from its first request on */
                forget(net, first);
}
