/* measure/client.h: many WebSockets on one epoll, with as little work for each frame as can be.
 *
 * It must not be what limits the measurement: no library, no JSON parser, one read for whatever a socket has. It trusts
 * the server: a frame that makes no sense ends the program.
 */
#pragma once

#include "base/macro.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum client_state { CLIENT_CONNECTING, CLIENT_SHAKING, CLIENT_OPEN, CLIENT_CLOSED };

struct bytes {
        char *data;
        size_t len, room;
};

struct client {
        int fd;
        enum client_state state;
        bool is_deaf;       /* does not read: client_deaf() */
        int close_code;     /* what the server said, 0 where it went without a word */
        uint32_t index;     /* the caller's own */
        int64_t thread;     /* the first conversation of its welcome */
        int64_t last_event; /* the caller's own */
        const char *cookie; /* borrowed */
        struct bytes in;    /* the beginning of a frame */
        struct bytes out;   /* what the socket did not take yet */
        uint64_t read_bytes;
};

/* What happens, told to the caller. frame: one message of the server, whole; its bytes live until the return. */
struct client_events {
        void (*opened)(struct client *c);
        void (*frame)(struct client *c, const char *text, size_t n);
        void (*closed)(struct client *c);
};

/* Before anything else. Raises the limit of open files as far as it goes. */
void clients_start(int port, const struct client_events *events);

/* Opens a socket without waiting. receive_bytes: its receive buffer, 0 for the system's choice. */
void client_connect(struct client *c, const char *cookie, int receive_bytes);

/* Queues one text frame; it goes out with the next clients_turn(), with all others of this socket. */
void client_send(struct client *c, const char *text, size_t n);

void client_deaf(struct client *c, bool deaf);
void client_drop(struct client *c);

/* Sends what is queued, waits for at most timeout_ns and tells what came. */
void clients_turn(int64_t timeout_ns);
