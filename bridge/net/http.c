/* HTTP: the app's files, the rows of cmd/routes.def, and what to say to everything else.
 *
 * An answer is put together whole (a file's body apart, which stays where it is) and goes out when lws says
 * that the socket can take it, a piece a turn. Between request and answer the socket may die: what comes back
 * late is addressed by slot and generation and then finds nobody.
 *
 * A body must come with its length: lws does not decode chunked bodies and takes a missing length for 100 MB.
 * What is too long is answered at once, the sending side is closed, and the rest falls on the floor until the client
 * has sent it: a browser looks for the answer only then, and to close earlier would destroy the answer on its way.
 * It has so long as it goes on sending, up to DRAIN_MAX and DRAIN_S.
 */
#include "net/inside.h"

#include "base/log.h"
#include "cmd/school.h"
#include "conf/conf.h"
#include "net/static.h"
#include "proto/error.h"
#include "store/store.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
        ACCEPT_ENCODING_MAX = 512,
        IF_NONE_MATCH_MAX = 1024,
        DISCARD_MAX = 64 * 1024, /* what is read past for the sake of the connection */
        DRAIN_MAX = 64 * 1024 * 1024, /* and what for the sake of the answer, */
        DRAIN_S = 60,            /* and how long: a film of a telephone on a slow line */
        QUERY_MAX = 4096,
        RANGE_MAX = 128,
        FILE_NAME_MAX = 1024,
        TRIP_S = 600,
        UPLOAD_S = 900,  /* how long a body that is taken as it comes may take in all */
        MAKING_S = 180,  /* and how long its answer */
        ANSWER_MAX = 16 * 1024 * 1024,
        HELD_MAX = 16, /* answers at a time that stand in a file of memory */
        DEVICE_DAYS = 400, /* as long as browsers keep a cookie (RFC 6265bis section 5.5) */
};

struct request {
        struct net *net; /* NULL while there is none under way */
        struct lws *wsi;
        TAILQ_ENTRY(request) place;
        int64_t began_s, due_s;
        int64_t drain_s;        /* until then the rest of a body that nobody reads may come */
        uint64_t drained;       /* bytes of it */
        uint32_t slot; /* index + 1 */
        const struct http_route *route;
        const char *allow; /* for 405 */
        struct token_hash token, device;
        struct address from;
        enum device_kind kind;
        struct buf body;    /* what came */
        uint64_t got, expected; /* bytes of it */
        void *stream;       /* who takes it as it comes; NULL: nobody, or not any more */
        struct buf out;     /* head and body of the answer */
        const char *file;   /* and what follows it: borrowed, lives as long as the server */
        size_t file_len;
        int fd;             /* or this: its own, closed with it; -1 */
        uint64_t fd_at, fd_len;
        size_t sent;        /* of out, then of file */
        bool has_token : 1;
        bool has_device : 1;
        bool from_elsewhere : 1;
        bool is_head : 1;
        bool is_answered : 1;
        bool is_running : 1; /* the route has it */
        bool is_done : 1;    /* all of the answer is with lws */
        bool has_body : 1;   /* something followed its head, or may have */
        bool must_close : 1;
        bool is_cut : 1;
};

size_t http_request_size(void)
{
        return sizeof(struct request);
}

/* ---- slots */

static int take_slot(struct net *net, struct request *q)
{
        uint32_t i;

        if (!net->slots_free) {
                uint32_t count = net->slots_count ? net->slots_count * 2 : 64;
                struct request_slot *slots = reallocarray(net->slots, count, sizeof(*slots));

                if (!slots)
                        return -ENOMEM;
                for (i = net->slots_count; i < count; i++)
                        slots[i] = (struct request_slot){ .next_free = i + 1 < count ? i + 2 : 0 };
                net->slots_free = net->slots_count + 1;
                net->slots = slots;
                net->slots_count = count;
        }
        i = net->slots_free - 1;
        net->slots_free = net->slots[i].next_free;
        net->slots[i].request = q;
        q->slot = i + 1;
        return 0;
}

static void give_slot_back(struct net *net, struct request *q)
{
        struct request_slot *s = &net->slots[q->slot - 1];

        s->request = NULL;
        s->generation++;
        s->next_free = net->slots_free;
        net->slots_free = q->slot;
        q->slot = 0;
}

static uint64_t ticket_of(const struct net *net, const struct request *q)
{
        return (uint64_t)net->slots[q->slot - 1].generation << 32 | q->slot;
}

static struct request *find_request(struct net *net, uint64_t ticket)
{
        uint32_t slot = (uint32_t)ticket;

        if (slot == 0 || slot > net->slots_count || net->slots[slot - 1].generation != (uint32_t)(ticket >> 32))
                return NULL;
        return net->slots[slot - 1].request;
}

/* ---- the answer */

static void add_cookie(struct net *net, struct buf *out, const struct http_answer *a)
{
        const char *flags = net->https ? "; Secure" : "";

        /* Lax, not Strict: who comes by a link from their mail shall be known at once. Other sites cannot use
         * it all the same: what changes something also looks at Origin. */
        if (a->cookie)
                buf_printf(out, "set-cookie: %s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s\r\n",
                           net->cookie_name, a->cookie, net->conf->session_days * 24 * 60 * 60, flags);
        else if (a->clear_cookie)
                buf_printf(out, "set-cookie: %s=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax%s\r\n",
                           net->cookie_name, flags);
        /* Strict: it is only ever asked for by our own page. */
        if (a->device_cookie)
                buf_printf(out, "set-cookie: %s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s\r\n",
                           net->device_cookie_name, a->device_cookie, DEVICE_DAYS * 24 * 60 * 60, flags);
        /* Lax: the school's sign-in page sends the browser back to us. */
        if (a->trip_cookie)
                buf_printf(out, "set-cookie: %s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s\r\n", net->trip_cookie_name, a->trip_cookie,
                           *a->trip_cookie ? TRIP_S : 0, flags);
}

/* A stranger's bytes: every time anew by leave of us, and no other site's page may use them. */
static void add_shown(struct buf *out, const struct http_answer *a)
{
        const struct http_shown *shown = a->shown;

        head_add(out, "cache-control", "private, no-cache");
        head_add(out, "etag", shown->etag);
        head_add(out, "accept-ranges", "bytes");
        if (a->status == 206)
                buf_printf(out, "content-range: bytes %llu-%llu/%llu\r\n", (unsigned long long)shown->from,
                           (unsigned long long)(shown->from + (a->file ? a->file->len : a->body_len) - 1), (unsigned long long)shown->all);
        if (a->status == 416)
                buf_printf(out, "content-range: bytes */%llu\r\n", (unsigned long long)shown->all);
        if (!shown->name) {
                head_add(out, "content-disposition", "inline");
                return;
        }
        buf_printf(out, "content-disposition: attachment; filename=\"%s\"", shown->name);
        if (shown->title) {
                buf_add_str(out, "; filename*=UTF-8''"); /* RFC 8187 */
                buf_add_escaped(out, shown->title);
        }
        buf_printf(out, "\r\n");
}

static void add_answer(struct net *net, struct buf *out, const struct http_answer *a, const char *allow, bool close,
                       bool head)
{
        if (a->shown) {
                head_begin_sandboxed(out, a->status, net->https);
                add_shown(out, a);
        } else {
                head_begin(out, a->status, net->https);
                head_add(out, "cache-control", a->etag ? "private, no-cache" : "no-store");
                if (a->etag)
                        head_add(out, "etag", a->etag);
        }
        if (a->content_type)
                head_add(out, "content-type", a->content_type);
        if (a->status != 204 && a->status != 304)
                head_add_number(out, "content-length", a->file ? a->file->len : a->body_len);
        if (a->file && !a->shown)
                buf_printf(out, "content-disposition: attachment; filename=\"%s\"\r\n", a->file->name);
        if (a->status == 405 && allow)
                head_add(out, "allow", allow);
        if (a->location)
                head_add(out, "location", a->location);
        add_cookie(net, out, a);
        if (close)
                head_add(out, "connection", "close");
        head_end(out);
        if (!head && a->body_len > 0)
                buf_add(out, a->body, a->body_len);
}

/* What is left of a body that nobody reads: small enough to read past, or better closed. */
static void decide_close(struct request *q)
{
        if (q->expected - q->got > DISCARD_MAX)
                q->must_close = true;
        if (q->net->stopping)
                q->must_close = true;
}

static void fail(struct request *q, enum error_code code, enum error_reason reason);

static void answer_request(void *arg, uint64_t ticket, const struct http_answer *a)
{
        struct net *net = arg;
        struct request *q = find_request(net, ticket);

        if (a->file && (!q || q->is_answered || q->is_head || net->held >= HELD_MAX)) {
                close(a->file->fd);
                if (q && !q->is_answered && !q->is_head) {
                        fail(q, ERROR_UNAVAILABLE, REASON_BUSY);
                        return;
                }
        } else if (a->file) {
                q->fd = a->file->fd;
                q->fd_len = a->file->len;
                net->held++;
        }
        if (!q || q->is_answered)
                return;
        q->is_answered = true;
        decide_close(q);
        add_answer(net, &q->out, a, q->allow, q->must_close, q->is_head);
        lws_callback_on_writable(q->wsi);
}

static void fail(struct request *q, enum error_code code, enum error_reason reason)
{
        struct http_call call = { .ticket = ticket_of(q->net, q), .net = q->net, .answer = answer_request };

        http_fail(&call, (int)code, NULL, (int)reason);
}

static void answer_past_lws(void *arg, uint64_t ticket, const struct http_answer *a)
{
        struct lws *wsi = arg;
        struct net *net = net_of(wsi);

        buf_clear(&net->head);
        add_answer(net, &net->head, a, NULL, true, false);
        if (buf_failed(&net->head) || send((int)ticket, net->head.data, net->head.len, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
                log_debug("net", "a refusal could not be sent");
}

void http_refuse_raw(struct lws *wsi, int fd)
{
        struct http_call call = { .ticket = (uint64_t)fd, .net = wsi, .answer = answer_past_lws };

        http_fail(&call, ERROR_BAD_FRAME, NULL, REASON_NONE);
}

static void answer_to_socket(void *arg, uint64_t ticket, const struct http_answer *a)
{
        struct lws *wsi = arg;
        struct net *net = net_of(wsi);

        (void)ticket;
        buf_clear(&net->head);
        add_answer(net, &net->head, a, NULL, true, false);
        if (!buf_failed(&net->head) &&
            lws_write(wsi, (unsigned char *)net->head.data, net->head.len, LWS_WRITE_HTTP) < 0)
                log_debug("net", "a refusal could not be sent");
}

void http_refuse(struct lws *wsi, int error_code, int reason)
{
        struct http_call call = { .net = wsi, .answer = answer_to_socket };

        http_fail(&call, error_code, NULL, reason);
}

/* ---- files */

static void answer_file(struct request *q, const struct static_file *f)
{
        char accept[ACCEPT_ENCODING_MAX], known[IF_NONE_MATCH_MAX];
        const struct static_body *body;
        const char *coding;
        bool is_known;
        int n;

        /* a header that is too long to look at is one that asks for nothing */
        n = header_copy(q->wsi, WSI_TOKEN_HTTP_ACCEPT_ENCODING, accept, sizeof(accept));
        body = static_choose(f, n > 0 ? accept : NULL, &coding);
        n = header_copy(q->wsi, WSI_TOKEN_HTTP_IF_NONE_MATCH, known, sizeof(known));
        is_known = n > 0 && etag_is_among(known, body->etag);

        q->is_answered = true;
        decide_close(q);
        head_begin(&q->out, is_known ? 304 : 200, q->net->https);
        head_add(&q->out, "cache-control", f->lasting ? "public, max-age=31536000, immutable" : "no-cache");
        head_add(&q->out, "etag", body->etag);
        if (f->varies)
                head_add(&q->out, "vary", "accept-encoding");
        if (!is_known) {
                head_add(&q->out, "content-type", f->type);
                head_add_number(&q->out, "content-length", body->len);
                if (coding)
                        head_add(&q->out, "content-encoding", coding);
        }
        if (q->must_close)
                head_add(&q->out, "connection", "close");
        head_end(&q->out);
        if (!is_known && !q->is_head) {
                q->file = body->bytes;
                q->file_len = body->len;
        }
        lws_callback_on_writable(q->wsi);
}

/* ---- health: well is who can read from the store */

struct health {
        struct job job;
        struct net *net;
        uint64_t ticket;
};

static int health_run(struct job *job, struct tx *tx)
{
        (void)job;
        (void)tx;
        return 0; /* that it came here is the answer */
}

static void health_done(struct job *job, int result)
{
        static const char ok[] = "{\"status\":\"ok\"}\n", bad[] = "{\"status\":\"unavailable\"}\n";
        struct health *h = CONTAINER_OF(job, struct health, job);
        const char *body = result < 0 ? bad : ok;

        answer_request(h->net, h->ticket,
                       &(struct http_answer){ .status = result < 0 ? 503 : 200,
                                              .content_type = "application/json",
                                              .body = body,
                                              .body_len = strlen(body) });
        free(h);
}

static void answer_health(struct request *q)
{
        struct health *h = calloc(1, sizeof(*h));
        int r = -ENOMEM;

        if (h) {
                *h = (struct health){ .job = { .run = health_run, .done = health_done },
                                      .net = q->net,
                                      .ticket = ticket_of(q->net, q) };
                r = q->net->stopping ? -ESHUTDOWN : store_read(q->net->school->store, &h->job);
        }
        if (r < 0) {
                free(h);
                fail(q, ERROR_UNAVAILABLE, REASON_NONE);
        }
}

/* ---- the request */

/* The methods that lws can read; what it cannot it hangs up on. 0: one that nothing here knows. */
static enum http_method method_of(struct lws *wsi, bool *is_head)
{
        *is_head = header_is_there(wsi, WSI_TOKEN_HEAD_URI);
        if (*is_head || header_is_there(wsi, WSI_TOKEN_GET_URI))
                return HTTP_GET;
        if (header_is_there(wsi, WSI_TOKEN_POST_URI))
                return HTTP_POST;
        if (header_is_there(wsi, WSI_TOKEN_DELETE_URI))
                return HTTP_DELETE;
        return 0;
}

/* How long the body is. ERROR_NONE, or what is wrong with how that is said. */
static enum error_code measure_body(struct request *q, enum http_method method)
{
        char length[32];
        int n = header_copy(q->wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH, length, sizeof(length));

        if (header_is_there(q->wsi, WSI_TOKEN_HTTP_TRANSFER_ENCODING))
                return n != 0 ? ERROR_BAD_FRAME : ERROR_LENGTH_REQUIRED; /* both: somebody is smuggling */
        if (n == 0 && method == HTTP_POST)
                return ERROR_LENGTH_REQUIRED;
        if (n == 0) {
                q->must_close = method == 0; /* PUT or PATCH: lws now waits for 100 MB */
                return ERROR_NONE;
        }
        return n < 0 || content_length(length, &q->expected) < 0 ? ERROR_BAD_FRAME : ERROR_NONE;
}

/* A header that asks for a part of something; one that is too long asks for nothing. */
static const char *asking(struct lws *wsi, enum lws_token_indexes token, char *room, size_t room_n)
{
        return header_copy(wsi, token, room, room_n) > 0 ? room : NULL;
}

static void run_route(struct request *q)
{
        char query[QUERY_MAX], trip[SECRET_TEXT + 1], range[RANGE_MAX], known[IF_NONE_MATCH_MAX], if_range[RANGE_MAX], file_name[FILE_NAME_MAX];
        int named = q->route->stream ? header_file_name(q->wsi, file_name, sizeof(file_name)) : 0;
        bool is_get = q->route->method == HTTP_GET;
        struct http_call call = {
                .ticket = ticket_of(q->net, q),
                .net = q->net,
                .answer = answer_request,
                .token = q->has_token ? &q->token : NULL,
                .device = q->has_device ? &q->device : NULL,
                .from = q->from,
                .kind = q->kind,
                .from_elsewhere = q->from_elsewhere,
                .query = (is_get || q->route->stream) && header_query(q->wsi, query, sizeof(query)) ? query : NULL,
                .file_name = named > 0 ? file_name : NULL,
                .file_name_bad = named < 0,
                .known = asking(q->wsi, WSI_TOKEN_HTTP_IF_NONE_MATCH, known, sizeof(known)),
                .range = is_get ? asking(q->wsi, WSI_TOKEN_HTTP_RANGE, range, sizeof(range)) : NULL,
                .if_range = is_get ? asking(q->wsi, WSI_TOKEN_HTTP_IF_RANGE, if_range, sizeof(if_range)) : NULL,
                .trip = header_secret(q->wsi, q->net->trip_cookie_name, trip) ? trip : NULL,
                .body = buf_str(&q->body),
                .body_len = q->body.len,
        };

        q->is_running = !q->route->stream;
        if (!http_may_enter(q->route, &call))
                return;
        if (q->route->stream) {
                q->stream = q->route->stream->begin(q->net->school, &call, q->expected);
                return;
        }
        q->route->run(q->net->school, &call);
}

/* The last that a stream hears. */
static void end_stream(struct request *q, bool whole)
{
        void *stream = TAKE(q->stream);

        if (stream)
                q->route->stream->end(stream, whole);
}

static int body_complete(struct request *q);

/* Decides what a request is. Everything but a route whose body is still to come is answered here. */
static void begin(struct request *q, const char *path)
{
        struct net *net = q->net;
        const struct static_file *file;
        bool is_head;
        enum http_method method = method_of(q->wsi, &is_head);
        enum error_code wrong;
        int r;

        q->is_head = is_head;
        wrong = measure_body(q, method);
        q->has_body = q->expected > 0 || q->must_close || wrong != ERROR_NONE;
        if (wrong != ERROR_NONE) {
                q->must_close = true; /* nobody knows where its body ends */
                fail(q, wrong, REASON_NONE);
                return;
        }
        r = http_route_find(path, method, &q->route, &q->allow);
        if (r == -ENOENT && strcmp(path, "/healthz") == 0 && method == HTTP_GET) {
                answer_health(q);
                return;
        }
        if (r == -ENOENT) {
                /* /ws is for handshakes; those never come here */
                file = strcmp(path, "/ws") == 0 ? NULL : static_find(net->files, path);
                q->allow = "GET, HEAD";
                if (file && method != HTTP_GET)
                        fail(q, ERROR_METHOD, REASON_NONE);
                else if (file && q->expected > 0)
                        fail(q, ERROR_TOO_LARGE, REASON_NONE);
                else if (file)
                        answer_file(q, file);
                else
                        fail(q, ERROR_NOT_FOUND, REASON_NONE);
                return;
        }
        if (r < 0)
                fail(q, ERROR_METHOD, REASON_NONE);
        else if (method != HTTP_GET && header_origin(net, q->wsi) == ORIGIN_FOREIGN)
                fail(q, ERROR_FORBIDDEN, REASON_ORIGIN);
        else if (q->expected > q->route->body_max)
                fail(q, ERROR_TOO_LARGE, REASON_NONE);
        else if (net->stopping || !net->school)
                fail(q, ERROR_UNAVAILABLE, REASON_NONE);
        if (q->is_answered)
                return;
        q->has_token = header_session(q->wsi, net->cookie_name, &q->token);
        q->has_device = header_session(q->wsi, net->device_cookie_name, &q->device);
        q->kind = header_device_kind(q->wsi);
        q->from_elsewhere = header_from_elsewhere(q->wsi);
        header_from(net, q->wsi, &q->from);
        q->body.cap = q->route->body_max;
        if (q->route->stream)
                q->due_s = net->now_s + SEND_S;
        if (q->expected == 0 || q->route->stream)
                run_route(q);
        if (q->expected == 0 && q->route->stream)
                body_complete(q);
}

/* Whether lws read this request together with the one before it. Only asked where it is not a connection's
 * first: that never is. Where another connection happens to have bytes left over it says yes too. */
static bool is_pipelined(struct lws *wsi)
{
        bool is_first = lws_get_opaque_user_data(wsi) != wsi;

        lws_set_opaque_user_data(wsi, wsi);
        return !is_first && lws_service_adjust_timeout(lws_get_context(wsi), 1, 0) == 0;
}

/* What lws takes for a request that a body follows. */
static bool may_have_body(struct lws *wsi)
{
        return header_is_there(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH) || header_is_there(wsi, WSI_TOKEN_POST_URI) ||
               header_is_there(wsi, WSI_TOKEN_PUT_URI) || header_is_there(wsi, WSI_TOKEN_PATCH_URI);
}

static int request(struct net *net, struct request *q, struct lws *wsi, const char *path)
{
        /* lws 4.1.6 takes the head of such a request for its body, and never comes back where another one
         * follows it. Browsers do not send them; whoever does is hung up on and may come again. */
        if (is_pipelined(wsi) && may_have_body(wsi))
                return -1;
        *q = (struct request){ .net = net, .wsi = wsi, .out = BUF(ANSWER_MAX), .fd = -1 };
        if (take_slot(net, q) < 0) {
                q->net = NULL;
                return -1;
        }
        q->began_s = net->now_s;
        q->due_s = net->now_s + net->conf->request_timeout_s;
        TAILQ_INSERT_TAIL(&net->requests, q, place);
        lws_set_timeout(wsi, NO_PENDING_TIMEOUT, 0); /* the time it may take is ours to watch */
        begin(q, path);
        return 0;
}

/* What comes after the answer falls on the floor. -1: that is enough. */
static int drain(struct request *q, size_t n)
{
        q->drained += n;
        if (!q->is_done || !q->must_close)
                return 0;
        if (q->drained > DRAIN_MAX)
                return -1;
        q->due_s = q->net->now_s + LINGER_S < q->drain_s ? q->net->now_s + LINGER_S : q->drain_s;
        return 0;
}

static int take_body(struct request *q, const char *bytes, size_t n)
{
        if (q->net && q->is_answered)
                return drain(q, n);
        if (!q->net || q->is_running || !q->route)
                return 0;
        q->got += n;
        if (q->route->stream) {
                /* Slowly is fine, for ever is not. */
                if (q->began_s + UPLOAD_S > q->net->now_s)
                        q->due_s = q->net->now_s + SEND_S;
                if (q->stream)
                        q->route->stream->piece(q->stream, bytes, n);
                return 0;
        }
        if (buf_add(&q->body, bytes, n) < 0) {
                q->must_close = true;
                fail(q, buf_failed(&q->body) == -EMSGSIZE ? ERROR_TOO_LARGE : ERROR_UNAVAILABLE, REASON_NONE);
        }
        return 0;
}

/* lws says this again when the next request arrives before this one is answered. */
static int body_complete(struct request *q)
{
        if (q->net && q->is_done && q->must_close)
                return -1; /* all of it has fallen on the floor, and the client can look for the answer */
        if (!q->net || !q->route || q->is_answered || q->is_running)
                return 0;
        if (q->route->stream) {
                q->is_running = true;
                q->due_s = q->net->now_s + MAKING_S;
                end_stream(q, true);
        } else {
                run_route(q);
        }
        return 0;
}

static void forget(struct request *q)
{
        if (!q->net)
                return;
        end_stream(q, false);
        give_slot_back(q->net, q);
        TAILQ_REMOVE(&q->net->requests, q, place);
        buf_done(&q->body);
        buf_done(&q->out);
        if (q->fd >= 0) {
                close(q->fd);
                q->net->held--;
        }
        q->net = NULL;
}

/* All is handed to lws. */
static int finish(struct request *q, struct lws *wsi)
{
        q->is_done = true;
        if (!q->must_close)
                return lws_http_transaction_completed(wsi) ? -1 : 0;
        if (lws_partial_buffered(wsi) || !q->has_body || (q->expected > 0 && q->got + q->drained >= q->expected))
                return -1; /* lws still sends what it holds */
        shutdown(lws_get_socket_fd(wsi), SHUT_WR);
        q->due_s = q->net->now_s + LINGER_S;
        q->drain_s = q->net->now_s + DRAIN_S;
        return 0;
}

/* The next piece of a file of memory. */
static void take_from_file(struct request *q)
{
        size_t n = q->fd_len - q->fd_at < WRITE_MAX ? (size_t)(q->fd_len - q->fd_at) : WRITE_MAX;
        char *to = n > 0 ? buf_reserve(&q->out, n) : NULL;
        ssize_t got;

        if (!to)
                return;
        got = pread(q->fd, to, n, (off_t)q->fd_at);
        if (got != (ssize_t)n) {
                q->is_cut = true;
                return;
        }
        q->out.len += n;
        q->fd_at += n;
}

/* Sends the next piece. */
static int writeable(struct request *q, struct lws *wsi)
{
        size_t n;

        if (q->is_cut)
                return -1;
        if (!q->net || !q->is_answered || q->is_done)
                return 0;
        if (q->sent == q->out.len) {
                buf_clear(&q->out);
                q->sent = 0;
        }
        if (q->out.len - q->sent < WRITE_MAX) {
                n = q->file_len < WRITE_MAX ? q->file_len : WRITE_MAX;
                if (n > 0)
                        buf_add(&q->out, q->file, n);
                q->file += n;
                q->file_len -= n;
                take_from_file(q);
                if (q->is_cut)
                        return -1;
        }
        n = q->out.len - q->sent < 2 * WRITE_MAX ? q->out.len - q->sent : 2 * WRITE_MAX;
        if (buf_failed(&q->out) || lws_write(wsi, (unsigned char *)q->out.data + q->sent, n, LWS_WRITE_HTTP) < 0)
                return -1;
        q->sent += n;
        q->due_s = q->net->now_s + SEND_S;
        if (q->sent == q->out.len && q->file_len == 0 && q->fd_at == q->fd_len)
                return finish(q, wsi);
        lws_callback_on_writable(wsi);
        return 0;
}

/* Whether lws holds bytes that it read too early; some connection's, it does not say whose. */
static bool something_is_left_over(struct net *net)
{
        bool is = lws_service_adjust_timeout(net->context, 1, 0) == 0;

        net->left_over_s = is ? net->left_over_s + 1 : 0;
        return net->left_over_s >= PIPELINE_S;
}

static bool more_has_come(const struct request *q)
{
        int n = 0;

        return ioctl(lws_get_socket_fd(q->wsi), FIONREAD, &n) == 0 && n > 0;
}

/* A client that sends its next request and does not read the answer to this one: lws does not read on, and
 * its loop turns without a pause, in which lws's own timers never run. No browser does so. */
static bool pipelines(const struct request *q, bool left_over)
{
        if (q->began_s + PIPELINE_S > q->net->now_s || (q->has_body && !q->is_running))
                return false;
        return left_over || more_has_come(q);
}

void http_tick(struct net *net)
{
        bool left_over = something_is_left_over(net);
        struct request *q;

        TAILQ_FOREACH(q, &net->requests, place) {
                if (q->is_cut || (q->due_s > net->now_s && !pipelines(q, left_over)))
                        continue;
                q->is_cut = true;
                net_cut(q->wsi);
        }
}

void http_done(struct net *net)
{
        free(net->slots);
        net->slots = NULL;
        buf_done(&net->head);
}

int http_callback(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t len)
{
        struct request *q = user;

        switch (reason) {
        case LWS_CALLBACK_WSI_CREATE:
                net_of(wsi)->sockets++;
                return 0;
        case LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED:
                first_look(net_of(wsi), wsi);
                return 0;
        case LWS_CALLBACK_WSI_DESTROY:
                first_forget(net_of(wsi), wsi);
                net_of(wsi)->sockets--;
                return 0;
        case LWS_CALLBACK_RAW_ADOPT:               /* CONNECT: we are nobody's proxy */
        case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION: /* this protocol is not for WebSockets */
                return -1;
        case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
                return ws_confirm_upgrade(net_of(wsi), wsi, in);
        case LWS_CALLBACK_HTTP:
                return request(net_of(wsi), q, wsi, in);
        case LWS_CALLBACK_HTTP_BODY:
                return take_body(q, in, len);
        case LWS_CALLBACK_HTTP_BODY_COMPLETION:
                return body_complete(q);
        case LWS_CALLBACK_HTTP_WRITEABLE:
                return q ? writeable(q, wsi) : 0;
        case LWS_CALLBACK_HTTP_DROP_PROTOCOL:
        case LWS_CALLBACK_CLOSED_HTTP:
                first_forget(net_of(wsi), wsi);
                if (q)
                        forget(q);
                return 0;
        default:
                return 0;
        }
}
