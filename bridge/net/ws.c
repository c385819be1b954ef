/* The WebSocket at /ws: who is let in, frames into messages, queues into frames, and the ways a socket ends.
 *
 * Messages are checked here to be text, whole, at most frame_max_bytes and UTF-8. lws can check UTF-8 itself
 * (LWS_SERVER_OPTION_VALIDATE_UTF8), but in 4.1.6 it misses a message that ends inside a character when its
 * last fragment is empty, and takes the payload of a pong for text. So it is switched off and the whole
 * message is looked at once.
 *
 * To close, nothing is returned from the middle of a frame: lws would then take the rest of it for the peer's
 * next frames and never see the answering close. A connection that is to end is marked, ignores what still
 * comes, and says its close code when the socket can take it. Where that does not happen within CLOSE_GRACE_S
 * it is cut.
 *
 * lws's own pings (retry_and_idle_policy) are off: each would stand in a sorted list that is walked from its
 * start for every connection, at every answer. Here a connection waits in a queue where all wait equally
 * long.
 */
#include "net/inside.h"

#include "base/log.h"
#include "cmd/school.h"
#include "conf/conf.h"
#include "live/session.h"
#include "net/utf8.h"
#include "proto/error.h"

#include <errno.h>

enum { PART_FIRST = 1024, CLOSE_NORMAL = 1000 };

/* What a socket costs us beside lws and its session; there are many thousands of them, so it is small. */
struct connection {
        struct sink sink;
        struct lws *wsi;
        struct session *session;
        char *part;              /* a message that is not complete yet */
        uint32_t part_len, part_room;
        TAILQ_ENTRY(connection) place; /* in hello, known or closing */
        TAILQ_ENTRY(connection) soil;  /* in dirty */
        int32_t due_s;           /* when to look at it next */
        uint16_t close_code;     /* 0 while it is open */
        bool is_known : 1;       /* has said hello */
        bool is_dirty : 1;
        bool flush_first : 1;    /* what waits goes before the close */
        bool said_close : 1;
        bool is_cut : 1;
        bool was_heard : 1;      /* since it was last looked at */
        bool awaits_pong : 1;
        bool owes_ping : 1;      /* we do */
        bool wants_write : 1;    /* lws has been asked for its turn */
};

size_t ws_connection_size(void)
{
        return sizeof(struct connection);
}

static struct connections *list_of(struct net *net, const struct connection *c)
{
        return c->close_code ? &net->closing : c->is_known ? &net->known : &net->hello;
}

static void move_to(struct net *net, struct connection *c, struct connections *to, int in_s)
{
        TAILQ_REMOVE(list_of(net, c), c, place);
        c->due_s = (int32_t)(net->now_s + in_s);
        TAILQ_INSERT_TAIL(to, c, place);
}

static void ask_turn(struct connection *c)
{
        if (c->wants_write)
                return;
        c->wants_write = true;
        lws_callback_on_writable(c->wsi);
}

static void clean(struct net *net, struct connection *c)
{
        if (!c->is_dirty)
                return;
        TAILQ_REMOVE(&net->dirty, c, soil);
        c->is_dirty = false;
}

static void begin_close(struct connection *c, int code, bool flush_first)
{
        struct net *net = net_of(c->wsi);

        if (c->close_code)
                return;
        clean(net, c);
        move_to(net, c, &net->closing, CLOSE_GRACE_S);
        c->close_code = (uint16_t)code;
        c->flush_first = flush_first;
        free(TAKE(c->part));
        ask_turn(c);
}

/* ---- the sink: what live/ may ask */

static void sink_wake(struct sink *sink)
{
        struct connection *c = CONTAINER_OF(sink, struct connection, sink);
        struct net *net = net_of(c->wsi);

        if (c->is_dirty || c->close_code)
                return;
        c->is_dirty = true;
        TAILQ_INSERT_TAIL(&net->dirty, c, soil);
}

static void sink_close(struct sink *sink, enum close_code code)
{
        begin_close(CONTAINER_OF(sink, struct connection, sink), code, false);
}

/* ---- who is let in */

static bool offers_protocol(struct lws *wsi)
{
        char offered[128];
        char *place, *name;

        if (header_copy(wsi, WSI_TOKEN_PROTOCOL, offered, sizeof(offered)) <= 0)
                return false;
        for (name = strtok_r(offered, ", \t", &place); name; name = strtok_r(NULL, ", \t", &place))
                if (strcmp(name, "ouderbrug.v1") == 0)
                        return true;
        return false;
}

/* Whether a handshake is let in: 0, or the error with which it is not. */
static enum error_code judge(struct net *net, struct lws *wsi, enum error_reason *reason)
{
        struct token_hash token;
        char path[8], version[8];

        *reason = REASON_NONE;
        if (header_copy(wsi, WSI_TOKEN_GET_URI, path, sizeof(path)) <= 0 || strcmp(path, "/ws") != 0)
                return ERROR_NOT_FOUND;
        if (header_origin(net, wsi) == ORIGIN_FOREIGN) {
                *reason = REASON_ORIGIN;
                return ERROR_FORBIDDEN;
        }
        if (!header_session(wsi, net->cookie_name, &token))
                return ERROR_SIGNED_OUT;
        if (!offers_protocol(wsi) || header_copy(wsi, WSI_TOKEN_VERSION, version, sizeof(version)) <= 0 ||
            strcmp(version, "13") != 0 || lws_hdr_total_length(wsi, WSI_TOKEN_KEY) != 24)
                return ERROR_BAD_FRAME;
        if (net->stopping || net->connected >= net->conf->connections_max)
                return ERROR_UNAVAILABLE;
        return ERROR_NONE;
}

int ws_confirm_upgrade(struct net *net, struct lws *wsi, const char *to)
{
        enum error_code code = ERROR_BAD_FRAME;
        enum error_reason reason = REASON_NONE;

        if (strcasecmp(to, "websocket") == 0)
                code = judge(net, wsi, &reason);
        if (code == ERROR_NONE)
                return 0;
        log_debug("net", "handshake refused: %s", error_code_word(code));
        http_refuse(wsi, (int)code, (int)reason);
        return -1;
}

/* ---- from handshake to close */

static int established(struct net *net, struct connection *c, struct lws *wsi)
{
        struct token_hash token;
        int r = -EPERM;

        c->sink = (struct sink){ .wake = sink_wake, .close = sink_close };
        c->wsi = wsi;
        c->due_s = (int32_t)(net->now_s + net->conf->hello_timeout_s);
        TAILQ_INSERT_TAIL(&net->hello, c, place);
        net->connected++;

        /* the last moment at which the request's headers are there */
        if (header_session(wsi, net->cookie_name, &token))
                r = session_new(net->school->hub, &c->sink, &token, &c->session);
        if (r < 0)
                begin_close(c, CLOSE_GOING_AWAY, false);
        return 0;
}

static void closed(struct net *net, struct connection *c)
{
        if (!c->wsi)
                return; /* refused before it was established */
        clean(net, c);
        TAILQ_REMOVE(list_of(net, c), c, place);
        net->connected--;
        session_free(TAKE(c->session));
        free(TAKE(c->part));
        c->wsi = NULL;
}

/* The peer says goodbye: lws answers with its own words, we say nothing more. */
static int peer_closes(struct connection *c, struct lws *wsi, const char *payload, size_t n)
{
        begin_close(c, CLOSE_NORMAL, false);
        if (n <= 2 || utf8_is_valid(payload + 2, n - 2))
                return 0;
        lws_close_reason(wsi, (enum lws_close_status)CLOSE_BAD_UTF8, NULL, 0);
        return -1;
}

/* ---- frames into messages */

static void deliver(struct net *net, struct connection *c, const char *bytes, size_t n)
{
        if (!utf8_is_valid(bytes, n)) {
                begin_close(c, CLOSE_BAD_UTF8, false);
                return;
        }
        school_frame(net->school, c->session, bytes, n);
}

static int keep_part(struct connection *c, const char *bytes, size_t n, size_t max)
{
        size_t need = c->part_len + n;

        if (need > c->part_room) {
                size_t room = c->part_room ? c->part_room : PART_FIRST;
                char *part;

                while (room < need)
                        room *= 2;
                if (room > max)
                        room = max;
                part = realloc(c->part, room);
                if (!part)
                        return -ENOMEM;
                c->part = part;
                c->part_room = (uint32_t)room;
        }
        if (n > 0)
                memcpy(c->part + c->part_len, bytes, n);
        c->part_len += (uint32_t)n;
        return 0;
}

static void receive(struct net *net, struct connection *c, struct lws *wsi, const char *bytes, size_t n)
{
        size_t max = net->conf->frame_max_bytes, coming = lws_remaining_packet_payload(wsi);

        c->was_heard = true;
        if (c->close_code || !c->session)
                return;
        if (lws_frame_is_binary(wsi)) {
                begin_close(c, CLOSE_BAD_DATA, false);
                return;
        }
        /* what the frame still announces counts: a peer is told at once, not after it has sent it all */
        if (coming > max || c->part_len + n + coming > max) {
                begin_close(c, CLOSE_TOO_BIG, false);
                return;
        }
        if (lws_is_final_fragment(wsi) && !c->part) {
                deliver(net, c, n > 0 ? bytes : "", n);
                return;
        }
        if (keep_part(c, bytes, n, max) < 0) {
                begin_close(c, CLOSE_RESUME, false);
                return;
        }
        if (lws_is_final_fragment(wsi)) {
                _cleanup_free_ char *whole = TAKE(c->part);
                size_t len = c->part_len;

                c->part_len = c->part_room = 0;
                deliver(net, c, whole, len);
        }
}

/* ---- queues into frames */

/* Sends all that waits, up to WRITE_MAX, as one frame in one write. Returns 0, or -1: the socket is dead. */
static int write_frame(struct net *net, struct connection *c)
{
        struct buf *out = &net->out;
        int r;

        buf_clear(out);
        if (!buf_reserve(out, LWS_PRE))
                return -1;
        out->len = LWS_PRE; /* lws writes the frame's head there */
        if (session_fill(c->session, out, WRITE_MAX) == 0)
                return 0;
        if (buf_failed(out))
                return -1;
        /* below 0 is an error; what lws could not send it keeps, and a short count means nothing */
        r = lws_write(c->wsi, (unsigned char *)out->data + LWS_PRE, out->len - LWS_PRE, LWS_WRITE_TEXT);
        if (out->room > 4 * WRITE_MAX)
                buf_done(out); /* a whole state of a large school has passed */
        return r < 0 ? -1 : 0;
}

static int writeable(struct net *net, struct connection *c)
{
        c->wants_write = false;
        if (c->is_cut)
                return -1;
        if (c->said_close)
                return 0; /* lws gives one more turn; what is missing is the peer's answer */
        if (c->close_code && !(c->flush_first && c->session && session_has_output(c->session))) {
                lws_close_reason(c->wsi, (enum lws_close_status)c->close_code, NULL, 0);
                c->said_close = true;
                return -1;
        }
        if (c->owes_ping) {
                /* not empty: lws does not tell of the answer to an empty ping */
                unsigned char ping[LWS_PRE + 1] = { [LWS_PRE] = '?' };

                c->owes_ping = false;
                if (lws_write(c->wsi, ping + LWS_PRE, 1, LWS_WRITE_PING) < 0)
                        return -1;
        } else if (c->session) {
                clean(net, c);
                if (write_frame(net, c) < 0)
                        return -1;
        }
        if (c->close_code || (c->session && session_has_output(c->session)))
                ask_turn(c);
        return 0;
}

/* Once in each round of the loop, before it waits: whoever has something to send and a free socket gets it at
 * once. To ask lws for a turn instead costs two calls of epoll_ctl and a round for every frame. */
void ws_flush(struct net *net)
{
        struct connection *c;

        while ((c = TAILQ_FIRST(&net->dirty))) {
                clean(net, c);
                if (c->wants_write || lws_partial_buffered(c->wsi) || write_frame(net, c) < 0 ||
                    session_has_output(c->session))
                        ask_turn(c);
        }
}

/* ---- time */

static void cut(struct connection *c)
{
        c->is_cut = true;
        net_cut(c->wsi);
}

static void look_at_known(struct net *net, struct connection *c)
{
        if (!c->was_heard && c->awaits_pong) {
                log_debug("net", "a connection is gone without a word");
                cut(c);
        } else if (!c->was_heard) {
                c->owes_ping = true;
                ask_turn(c);
        }
        c->awaits_pong = !c->was_heard;
        c->was_heard = false;
        move_to(net, c, &net->known, net->conf->ping_s);
}

void ws_tick(struct net *net)
{
        struct connection *c;

        while ((c = TAILQ_FIRST(&net->hello))) {
                bool is_new = session_state(c->session) == SESSION_NEW;

                if (is_new && c->due_s > net->now_s)
                        break;
                if (is_new) {
                        begin_close(c, CLOSE_NO_HELLO, false);
                        continue;
                }
                move_to(net, c, &net->known, net->conf->ping_s);
                c->is_known = true;
        }
        while ((c = TAILQ_FIRST(&net->known)) && c->due_s <= net->now_s)
                look_at_known(net, c);
        while ((c = TAILQ_FIRST(&net->closing)) && c->due_s <= net->now_s) {
                cut(c);
                move_to(net, c, &net->closing, CLOSE_GRACE_S);
        }
}

void ws_stop(struct net *net)
{
        struct connections *lists[] = { &net->hello, &net->known };
        struct connection *c;

        for (size_t i = 0; i < ELEMENTS(lists); i++)
                while ((c = TAILQ_FIRST(lists[i])))
                        begin_close(c, CLOSE_GOING_AWAY, true);
}

int ws_callback(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t len)
{
        struct connection *c = user;
        struct net *net;

        switch (reason) {
        case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION: {
                enum error_reason why;

                /* ws_confirm_upgrade() has answered who is not let in; this holds should a way round it
                 * appear */
                return judge(net_of(wsi), wsi, &why) == ERROR_NONE ? 0 : -1;
        }
        case LWS_CALLBACK_ESTABLISHED:
                return established(net_of(wsi), c, wsi);
        case LWS_CALLBACK_RECEIVE:
                receive(net_of(wsi), c, wsi, in, len);
                return 0;
        case LWS_CALLBACK_RECEIVE_PONG:
                c->awaits_pong = false; /* it lives, but the line is as silent as before */
                return 0;
        case LWS_CALLBACK_SERVER_WRITEABLE:
                return writeable(net_of(wsi), c);
        case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
                return peer_closes(c, wsi, in, len);
        case LWS_CALLBACK_CLOSED:
                net = net_of(wsi);
                if (c)
                        closed(net, c);
                return 0;
        default:
                return 0;
        }
}
