/* net/inside.h: what the files of net/ share. Loop thread only, but for stop_asked and wake. */
#pragma once

#include "base/address.h"
#include "base/buf.h"
#include "base/token.h"
#include "base/words.h"
#include "live/sink.h"
#include "net/headers.h"
#include "secret/secret.h"

#include <ev.h>
#include <libwebsockets.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

struct conf;
struct connection;
struct http_answer;
struct request;
struct school;
struct session;
struct static_file;
struct static_files;

enum {
        WRITE_MAX = 64 * 1024,  /* what one write hands to the system */
        CLOSE_GRACE_S = 5,      /* how long a socket may take to close */
        PIPELINE_S = 3,         /* how long a next request may wait for this one's answer */
        LINGER_S = 3,           /* how long a client whose body is not wanted may be silent before it is hung up on */
        KEEPALIVE_S = 15,       /* how long a browser may hold a connection without a request */
        SEND_S = 60,            /* how long a piece of an answer may take to leave */
        STOP_GRACE_S = 2,       /* how long the end may take */
        SOCKETS_SPARE = 1024,   /* sockets beside those of connections_max: requests, and handshakes under way */
};

TAILQ_HEAD(connections, connection);
TAILQ_HEAD(requests, request);

/* A request's address for answers that come later, when its socket may be gone. */
struct request_slot {
        struct request *request;
        uint32_t generation;
        uint32_t next_free;
};

struct net {
        const struct conf *conf;
        struct school *school;
        int port;
        bool https;              /* browsers reach us by https */
        const char *cookie_name, *device_cookie_name, *trip_cookie_name;
        char **origins;          /* NULL at the end */

        struct ev_loop *loop;
        struct ev_io accept;
        struct ev_async wake;
        struct ev_timer tick, grace;
        struct ev_prepare flush;
        struct lws_context *context;
        struct lws_vhost *vhost;
        struct lws_protocols protocols[3];
        struct lws_protocol_vhost_options *lws_headers; /* for the answers that lws makes by itself */
        int sockets;             /* that lws holds */
        int64_t now_s;           /* monotonic; set by the tick */
        bool stopping;
        atomic_bool stop_asked;

        struct connections hello;   /* have not said hello; the oldest first */
        struct connections known;   /* have; who is to be looked at next first */
        struct connections closing; /* are told to close; the oldest first */
        struct connections dirty;   /* have something to send */
        int connected;
        struct buf out; /* where a frame is put together */

        struct static_files *files;
        int held;                  /* requests whose answer is a file of memory */
        struct requests requests; /* under way; the oldest first */
        struct request_slot *slots;
        uint32_t slots_count, slots_free; /* slots_free: index + 1 of the first free one */
        struct buf head;
        int left_over_s; /* seconds in a row; see http.c */
};

static inline struct net *net_of(struct lws *wsi)
{
        return lws_context_user(lws_get_context(wsi));
}

/* Cuts a socket: lws hears an error at its next turn and closes it without more ado. Its own way to do this
 * (LWS_TO_KILL_ASYNC) waits for a timer that one busy connection can keep from running. */
void net_cut(struct lws *wsi);

/* ---- listen.c */

/* Opens the listening socket and starts to accept. Returns 0 or a negative errno with *why. */
int listen_start(struct net *net, char **why);
void listen_stop(struct net *net);

/* ---- headers of a request, by lws's token (read.c) */

/* Copies a header; several of one name are joined by ", ". Returns its length, 0 where there is none,
 * -EMSGSIZE. */
int header_copy(struct lws *wsi, enum lws_token_indexes token, char *ret, size_t room);
bool header_is_there(struct lws *wsi, enum lws_token_indexes token);

/* The secret in a cookie of this name. False where there is none. */
bool header_secret(struct lws *wsi, const char *cookie_name, char ret[SECRET_TEXT + 1]);

/* The parts of the address behind the ?, decoded, a NUL behind each and one more at the end. Returns false where there are none, or more than fit. */
bool header_query(struct lws *wsi, char *ret, size_t room);

/* What its sender calls the file in the body, X-File-Name: as percent-encoded UTF-8, decoded. In no address, for those are written into logs and
 * histories. 1, 0: there is none, -EMSGSIZE, -EINVAL: no such text. */
int header_file_name(struct lws *wsi, char *ret, size_t room);

/* Likewise its hash. */
bool header_session(struct lws *wsi, const char *cookie_name, struct token_hash *ret);

/* Where the request comes from: the socket's peer, or what the proxy of conf says. */
void header_from(struct net *net, struct lws *wsi, struct address *ret);
/* Whether the browser says that a page of another origin made it ask (Sec-Fetch-Site). */
bool header_from_elsewhere(struct lws *wsi);
enum device_kind header_device_kind(struct lws *wsi);

enum origin_verdict { ORIGIN_NONE, ORIGIN_OURS, ORIGIN_FOREIGN };
enum origin_verdict header_origin(struct net *net, struct lws *wsi);

/* ---- ws.c */

int ws_callback(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t len);
size_t ws_connection_size(void);

/* Answers an upgrade that is not let in. Returns 0: let it in; else the callback's result. */
int ws_confirm_upgrade(struct net *net, struct lws *wsi, const char *to);

void ws_tick(struct net *net);
void ws_flush(struct net *net);
void ws_stop(struct net *net);

/* ---- first.c */

/* Looks at the first bytes of a new socket when they come, and answers what lws would only hang up on. */
void first_look(struct net *net, struct lws *wsi);

/* The socket closes, maybe before anything came. */
void first_forget(struct net *net, struct lws *wsi);

/* ---- http.c */

/* Answers that what came is no request, past lws, which has not read it. */
void http_refuse_raw(struct lws *wsi, int fd);

int http_callback(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t len);
size_t http_request_size(void);
void http_tick(struct net *net);
void http_done(struct net *net);

/* Answers at once with an error of proto/errors.def, for sockets that have no request of ours. */
void http_refuse(struct lws *wsi, int error_code, int reason);
