/* chat/moving/moving.h: a family's contact, taken along to another school. Inside a store job or a transaction of the command line.
 *
 * One school packs what the family agreed to, item by item, and seals it to the other's address (secret/parcel.h); the other opens it, checks
 * every word of it as it checks a stranger's, and puts it where the pupil's conversation begins. Its objects are those of the protocol
 * (PROTOCOL.md): {"format":"ouderbrug-move-1","id":…,"made":…,"school":…,"pupil":…,"items":[…],"people":[…],"messages":[…],"phrases":[…],"replies":[…],
 * "consents":[…]}. phrases holds the parts of messages that are phrases: {"seq":…,"date":"2026-12-03",…}. Staff notes and reading marks never go along, nor another parent's answers.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/parse.h"
#include "chat/event.h"
#include "chat/rights/viewer.h"
#include "proto/shape.h"
#include "secret/parcel.h"
#include "store/db.h"

enum { MOVING_BYTES_MAX = 128 * 1024 * 1024 };

/* The key pair this school is sent to. It comes from a key that stays when the school's key is changed, and goes with no backup. */
int moving_key(struct tx *tx, struct parcel_key *ret);

/* Appends the content of a file to out: of what a family was asked to let go (the kinds of consent that begin with move_), all to which a
 * yes stands, each as far as who said it may see it now.
 *
 * id      of the file
 * by      set to one of those who said yes: for the audit log
 * returns 0, -ENOENT (nothing was agreed to), -EMSGSIZE (more than MOVING_BYTES_MAX) or a store error
 */
int moving_write(struct tx *tx, int64_t thread, const struct uuid *id, struct buf *out, int64_t *by);

/* ---- the other side */

struct moved_person {
        int64_t old;  /* their number at the other school */
        struct person_shape person;
        bool family;
        int64_t here; /* who they are here; 0 until moving_put() */
};

struct moved {
        struct uuid id;
        int64_t made_ms;
        const char *school, *pupil; /* names */
        struct moved_person *people;
        size_t people_n;
        struct message_shape *messages; /* seq as it was there, rising; sender and author: old numbers that are among people */
        size_t messages_n;
        struct reply_shape *replies;
        size_t replies_n;
        int64_t consents_n;
};

/* Reads the content of a file. Nothing in it is believed: texts, names and tags pass the rules of text/, words are ours, numbers are in
 * bounds, and who is named is there. ret in the arena.
 *
 * why      set on -EBADMSG to what is wrong and where, owned by the caller; never a text or a name of it
 * returns  0, -EBADMSG, -ENOTSUP (of a newer version), or -ENOMEM and the like
 */
int moving_read(struct arena *a, const char *bytes, size_t n, struct moved **ret, char **why);

/* Puts it into the conversation about a pupil of this school, where nobody has written yet: a number is an order, and nothing can be put
 * before what is there. Whoever of it is not said to be one of ours (`here`) is there as somebody who left, who can never sign in.
 *
 * returns  0, -ENOENT (no such pupil, by the roster's key), -EEXIST (this file came before), -ENOTEMPTY (somebody wrote there already), or a
 *          store error
 */
int moving_put(struct tx *tx, struct event_list *made, struct moved *moved, const char *pupil_key);
