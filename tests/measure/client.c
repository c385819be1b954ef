#include "client.h"

#include "figures.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { READ_BYTES = 1 << 20, EVENTS_MAX = 256, OP_TEXT = 1, OP_CLOSE = 8, OP_PING = 9, OP_PONG = 10 };

static struct {
        int epoll, port;
        struct client_events on;
        char read[READ_BYTES];
        struct client **waiting; /* with something to send */
        size_t waiting_n, waiting_room;
        uint32_t mask;
} all;

void clients_start(int port, const struct client_events *events)
{
        struct rlimit limit;

        getrlimit(RLIMIT_NOFILE, &limit);
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
        all.epoll = epoll_create1(EPOLL_CLOEXEC);
        all.port = port;
        all.on = *events;
        all.mask = 0x9e3779b9;
}

static void add(struct bytes *b, const void *data, size_t n)
{
        if (b->len + n > b->room) {
                size_t room = b->room ? b->room : 512;

                while (room < b->len + n)
                        room *= 2;
                b->data = realloc(b->data, room);
                if (!b->data)
                        give_up("out of memory");
                b->room = room;
        }
        memcpy(b->data + b->len, data, n);
        b->len += n;
}

static void done(struct bytes *b)
{
        free(b->data);
        *b = (struct bytes){ 0 };
}

static void watch(struct client *c, int how)
{
        struct epoll_event e = { .data.ptr = c };

        if (!c->is_deaf)
                e.events |= EPOLLIN;
        if (c->state == CLIENT_CONNECTING || c->out.len > 0)
                e.events |= EPOLLOUT;
        epoll_ctl(all.epoll, how, c->fd, &e);
}

static void closed(struct client *c)
{
        if (c->state == CLIENT_CLOSED)
                return;
        close(c->fd);
        c->fd = -1;
        c->state = CLIENT_CLOSED;
        done(&c->in);
        done(&c->out);
        if (all.on.closed)
                all.on.closed(c);
}

void client_drop(struct client *c)
{
        closed(c);
}

void client_connect(struct client *c, const char *cookie, int receive_bytes)
{
        struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)all.port) };
        int one = 1;

        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (c->fd < 0)
                give_up("no socket: %s", strerror(errno));
        setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
        if (receive_bytes > 0)
                setsockopt(c->fd, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof(receive_bytes));
        if (connect(c->fd, (struct sockaddr *)&to, sizeof(to)) < 0 && errno != EINPROGRESS)
                give_up("no connection: %s", strerror(errno));
        c->state = CLIENT_CONNECTING;
        c->cookie = cookie;
        c->is_deaf = false;
        c->close_code = 0;
        c->read_bytes = 0;
        watch(c, EPOLL_CTL_ADD);
}

static void flush(struct client *c)
{
        ssize_t n;
        bool waited = c->out.len > 0;

        while (c->out.len > 0) {
                n = send(c->fd, c->out.data, c->out.len, MSG_NOSIGNAL);
                if (n < 0 && errno == EAGAIN)
                        break;
                if (n < 0) {
                        closed(c);
                        return;
                }
                c->out.len -= (size_t)n;
                memmove(c->out.data, c->out.data + n, c->out.len);
        }
        if (waited && c->out.len > 0)
                watch(c, EPOLL_CTL_MOD);
        if (c->out.len == 0 && c->out.room > 4096)
                done(&c->out);
}

static void shake(struct client *c)
{
        char text[600];
        int n;

        n = snprintf(text, sizeof(text),
                     "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Protocol: ouderbrug.v1\r\nOrigin: http://127.0.0.1:%d\r\nCookie: %s\r\n\r\n",
                     all.port, all.port, c->cookie);
        c->state = CLIENT_SHAKING;
        add(&c->out, text, (size_t)n);
        flush(c);
        if (c->state == CLIENT_SHAKING)
                watch(c, EPOLL_CTL_MOD);
}

static void frame_out(struct client *c, int op, const char *text, size_t n)
{
        unsigned char head[14];
        size_t len = 2, at;
        uint32_t mask = all.mask = all.mask * 1664525 + 1013904223;
        const unsigned char *key = (const unsigned char *)&mask;

        head[0] = (unsigned char)(0x80 | op);
        if (n < 126) {
                head[1] = (unsigned char)(0x80 | n);
        } else {
                if (n > UINT16_MAX)
                        give_up("a frame of %zu bytes", n);
                head[1] = 0x80 | 126;
                head[2] = (unsigned char)(n >> 8);
                head[3] = (unsigned char)n;
                len = 4;
        }
        memcpy(head + len, key, 4);
        add(&c->out, head, len + 4);
        at = c->out.len;
        add(&c->out, text, n);
        for (size_t i = 0; i < n; i++)
                c->out.data[at + i] ^= (char)key[i & 3];
}

void client_send(struct client *c, const char *text, size_t n)
{
        if (c->state != CLIENT_OPEN)
                return;
        if (c->out.len == 0) {
                if (all.waiting_n == all.waiting_room) {
                        all.waiting_room = all.waiting_room ? all.waiting_room * 2 : 64;
                        all.waiting = realloc(all.waiting, all.waiting_room * sizeof(struct client *));
                        if (!all.waiting)
                                give_up("out of memory");
                }
                all.waiting[all.waiting_n++] = c;
        }
        frame_out(c, OP_TEXT, text, n);
}

void client_deaf(struct client *c, bool deaf)
{
        c->is_deaf = deaf;
        watch(c, EPOLL_CTL_MOD);
}

/* The answer to the handshake. Returns how many bytes it took, 0: not whole yet. */
static size_t shaken(struct client *c, const char *data, size_t n)
{
        const char *end = memmem(data, n, "\r\n\r\n", 4);

        if (!end)
                return 0;
        if (n < 12 || memcmp(data, "HTTP/1.1 101", 12) != 0)
                give_up("the handshake was refused: %.*s", (int)(end - data), data);
        c->state = CLIENT_OPEN;
        all.on.opened(c);
        return (size_t)(end + 4 - data);
}

static void control(struct client *c, int op, const char *payload, size_t n)
{
        if (op == OP_PING) {
                frame_out(c, OP_PONG, payload, n);
                flush(c);
        } else if (op == OP_CLOSE) {
                c->close_code = n >= 2 ? (unsigned char)payload[0] << 8 | (unsigned char)payload[1] : 1005;
                closed(c);
        }
}

/* One frame. Returns how many bytes it took, 0: not whole yet. */
static size_t one_frame(struct client *c, const char *data, size_t n)
{
        const unsigned char *p = (const unsigned char *)data;
        uint64_t len;
        size_t head = 2;

        if (n < 2)
                return 0;
        len = p[1] & 0x7f;
        if (len == 126) {
                head = 4;
                if (n < head)
                        return 0;
                len = (uint64_t)p[2] << 8 | p[3];
        } else if (len == 127) {
                head = 10;
                if (n < head)
                        return 0;
                len = 0;
                for (int i = 2; i < 10; i++)
                        len = len << 8 | p[i];
        }
        if (!(p[0] & 0x80) || (p[1] & 0x80))
                give_up("a frame that this client does not read: %02x %02x", p[0], p[1]);
        if (n < head + len)
                return 0;
        if ((p[0] & 0x0f) == OP_TEXT)
                all.on.frame(c, data + head, len);
        else
                control(c, p[0] & 0x0f, data + head, len);
        return head + len;
}

/* All that is whole. Returns how many bytes were taken. */
static size_t digest(struct client *c, const char *data, size_t n)
{
        size_t at = 0, took;

        while (at < n && c->state != CLIENT_CLOSED) {
                took = c->state == CLIENT_SHAKING ? shaken(c, data + at, n - at) : one_frame(c, data + at, n - at);
                if (took == 0)
                        break;
                at += took;
        }
        return at;
}

static void readable(struct client *c)
{
        ssize_t n = read(c->fd, all.read, sizeof(all.read));
        size_t took;

        if (n < 0 && errno == EAGAIN)
                return;
        if (n <= 0) {
                closed(c);
                return;
        }
        c->read_bytes += (uint64_t)n;
        if (c->in.len == 0) {
                took = digest(c, all.read, (size_t)n);
                if (c->state != CLIENT_CLOSED && took < (size_t)n)
                        add(&c->in, all.read + took, (size_t)n - took);
                return;
        }
        add(&c->in, all.read, (size_t)n);
        took = digest(c, c->in.data, c->in.len);
        if (c->state == CLIENT_CLOSED)
                return;
        c->in.len -= took;
        memmove(c->in.data, c->in.data + took, c->in.len);
        if (c->in.len == 0)
                done(&c->in);
}

static void writable(struct client *c)
{
        int error = 0;
        socklen_t n = sizeof(error);

        if (c->state == CLIENT_CONNECTING) {
                getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &n);
                if (error)
                        give_up("no connection: %s", strerror(error));
                shake(c);
                return;
        }
        flush(c);
        if (c->state != CLIENT_CLOSED && c->out.len == 0)
                watch(c, EPOLL_CTL_MOD);
}

void clients_turn(int64_t timeout_ns)
{
        struct epoll_event events[EVENTS_MAX];
        struct timespec wait = { timeout_ns / 1000000000, timeout_ns % 1000000000 };
        int n;

        for (size_t i = 0; i < all.waiting_n; i++)
                if (all.waiting[i]->state == CLIENT_OPEN)
                        flush(all.waiting[i]);
        all.waiting_n = 0;
        n = epoll_pwait2(all.epoll, events, EVENTS_MAX, timeout_ns < 0 ? NULL : &wait, NULL);
        for (int i = 0; i < n; i++) {
                struct client *c = events[i].data.ptr;

                if (c->state != CLIENT_CLOSED && (events[i].events & EPOLLOUT))
                        writable(c);
                if (c->state != CLIENT_CLOSED && !c->is_deaf && (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
                        readable(c);
        }
}
