/* live/session.h: one connection of one person, and what waits for it. Loop thread only.
 *
 * A session is addressed by a ticket (slot and generation), so that a job that comes back late finds nobody instead of
 * somebody else. Its queue holds counted frames shared with other sessions; past queue_max bytes the connection is
 * closed with CLOSE_RESUME and loses nothing, because the event log has it all.
 */
#pragma once

#include "base/buf.h"
#include "base/token.h"
#include "base/words.h"
#include "live/frame.h"
#include "live/limit.h"
#include "live/sink.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hub;
struct session;

/* A session's address: 0 is nobody. */
typedef uint64_t session_ticket;

enum session_state {
        SESSION_NEW,     /* said no hello yet */
        SESSION_ASKING,  /* its hello is being looked up */
        SESSION_LIVE,    /* hears events */
        SESSION_CLOSING, /* its socket was asked to close; hears and says nothing any more */
};

/* Makes the session of a socket whose handshake was let through. Nothing is checked yet but the cookie's form: hello does
 * that. token: hash of the cookie's secret. sink: borrowed, see sink.h. Returns 0, -ENOMEM, or -EMFILE (full). */
int session_new(struct hub *hub, struct sink *sink, const struct token_hash *token, struct session **ret);

/* Forgets the session, its subscriptions and its queue. Takes NULL. */
void session_free(struct session *s);

session_ticket session_ticket_of(const struct session *s);
struct session *session_find(struct hub *hub, session_ticket ticket);

enum session_state session_state(const struct session *s);
void session_set_asking(struct session *s);

/* Its hello could not be answered: it may say it again. */
void session_set_unanswered(struct session *s);
const struct token_hash *session_token(const struct session *s);

/* Who it is; 0 and no role before it is live. */
int64_t session_person(const struct session *s);
enum role session_role(const struct session *s);

/* Its bucket: once it is live that of its person, who does not get more by connecting more often. */
struct limit *session_limit(struct session *s);

/* Notes a frame of so many bytes that was too much at once, 0: one that was not. Who sends on without waiting, a megabyte long, is
 * closed with CLOSE_RESUME: even to refuse is work. */
void session_overran(struct session *s, size_t bytes);

/* Whether it hears of this thread. */
bool session_hears(const struct session *s, int64_t thread);

/* Whether something waits to be sent. */
bool session_has_output(const struct session *s);

/* Moves what waits, in order, into one frame: a JSON array of items. Stops before `max` bytes, but takes one item at
 * least. Appends to out and returns the number of items; 0 where nothing waits. */
size_t session_fill(struct session *s, struct buf *out, size_t max);

/* Puts an item (a JSON object) in the queue; takes a reference of its own. Past the bound, for which the largest item that
 * waits does not count, the session is closed with CLOSE_RESUME. Wakes the sink. NULL (memory was out when it was made) closes
 * with CLOSE_RESUME too. */
void session_push(struct session *s, struct frame *frame);

/* Asks the socket to close and hears nothing from now on. */
void session_close(struct session *s, enum close_code code);
