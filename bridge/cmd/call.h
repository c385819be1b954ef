/* cmd/call.h: one command on its way: from the loop to the writer or a reader, and back.
 *
 * Each verb is a file with one function, cmd_<verb>(), that runs inside the transaction: it calls chat/ and writes the answer.
 * Rate, every field, and the right to do this to this object (chat/rights/rights.h) were checked before. It returns 0 after call_answer(),
 * or what call_refuse() or chat/ gave; below 0 everything it wrote is undone.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "chat/audit/audit.h"
#include "chat/event.h"
#include "chat/member.h"
#include "chat/rights/viewer.h"
#include "cmd/school.h"
#include "live/hub.h"
#include "proto/command.h"
#include "proto/shape.h"
#include "store/store.h"

struct call {
        struct job job;
        struct school *school; /* the loop's: run() reads nothing of it but conf */
        session_ticket ticket;
        struct token_hash token;
        struct viewer viewer;
        struct command_args args;
        struct membership me; /* in the thread that the command is about (proto/rights.def), where it is about one */

        /* What is put on record when it succeeds: filled from the fields of the command, and run() may say more (seq, n). */
        struct audit audit;
        char *folded; /* the words of its text, where it has one: folded on the loop, so that the writer has less to do; may be NULL */
        char *offered; /* of a preview: the languages that a machine offers now (cmd/translate.h), known to the loop only; may be NULL */
        struct audit *shown; /* what an answer shows of several conversations, by call_shows(): a row for each, in place of audit */
        size_t shown_n, shown_room;
        bool on_record; /* it stands there already: run() need not write it */

        /* What run() leaves for the loop. */
        struct problem problem;
        bool stale;         /* the day that its session was last used is not today: it is noted with what it writes */
        bool ends_sessions; /* sockets may have to close */
        struct arena arena;
        struct frame *answer;
        struct event_list made;
        struct live_event *told;
        size_t told_n;

        /* What hello leaves. */
        int64_t at;
        struct interest *in;
        size_t in_n;
        struct frame **missed;
        size_t missed_n;
        int tries;
};

/* Writes the answer. what: a struct of that shape. Returns 0 or an error. */
int call_answer(struct call *call, const struct shape *shape, const void *what);

/* The answer shows a message of this conversation. Returns 0 or -ENOMEM. */
int call_shows(struct call *call, int64_t thread, int64_t seq);

/* Notes why not. Returns -ECANCELED. field: static, may be NULL. */
int call_refuse(struct call *call, enum error_code code, const char *field, enum error_reason reason);

/* Every verb of commands.def. LOOP verbs run on the loop, without a transaction, and take the session. */
#define CMD_DECLARE_READ(name) int cmd_##name(struct call *call, struct tx *tx);
#define CMD_DECLARE_WRITE(name) int cmd_##name(struct call *call, struct tx *tx);
#define CMD_DECLARE_LOOP(name) int cmd_##name(struct call *call, struct session *session);
#define COMMAND(name, lane, cost, answer, doc) CMD_DECLARE_##lane(name)
#define ARG(name, field, type, of, need, min, max, doc)
#define END(name)
#include "proto/commands.def"
#undef COMMAND
#undef ARG
#undef END

/* After hello's answer, on the loop: the session goes live, or asks again. Returns false when it took the call over. */
bool hello_enter(struct call *call, struct session *session);

/* On the loop, before the call goes to the writer: what is only work. */
void call_prepare(struct call *call);

/* Hands a call to the writer or a reader. On failure the call is still the caller's. */
int call_submit(struct call *call);
void call_free(struct call *call);
DEFINE_CLEANUP(struct call *, call_free)
