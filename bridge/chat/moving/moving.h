/* chat/moving/moving.h: a family's contact, taken along to another school. Inside a store job or a transaction of the command line.
 *
 * One school packs what the family agreed to, item by item, and seals it to the other's address (secret/parcel.h); the other opens it, checks
 * every word of it as it checks a stranger's, and puts it where the pupil's conversation begins. Its objects are those of the protocol
 * (PROTOCOL.md): {"format":"ouderbrug-move-1","id":…,"made":…,"school":…,"pupil":…,"items":[…],"people":[…],"messages":[…],"phrases":[…],
 * "files":[{"id":…,"bytes":…},…],"replies":[…],"consents":[…]}. phrases holds the parts of messages that are phrases: {"seq":…,"date":"2026-12-03",…}. Before it stands its length, and behind it the bytes of those files, one after the other: they are never in
 * memory all at once. Staff notes and reading marks never go along, nor another parent's answers.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/parse.h"
#include "chat/event.h"
#include "chat/file.h"
#include "chat/rights/viewer.h"
#include "media/media.h"
#include "proto/shape.h"
#include "secret/parcel.h"
#include "store/db.h"

enum {
        MOVING_LENGTH = 8,                    /* bytes of the length before the JSON, the lowest first */
        MOVING_BYTES_MAX = 128 * 1024 * 1024, /* of the JSON */
        MOVING_FILES_MAX = 4000,
        MOVING_FILE_MAX = 64 * 1024 * 1024,   /* of one: no more comes out of media/ */
        MOVING_FILES_BYTES_MAX = 512 * 1024 * 1024,
        MOVING_ITEMS = 5,
};

/* The key pair this school is sent to. It comes from a key that stays when the school's key is changed, and goes with no backup. */
int moving_key(struct tx *tx, struct parcel_key *ret);

/* What was made, and of which yes. */
struct moving_made {
        int64_t thread;
        int64_t by;                       /* one of those who said yes: for the audit log */
        int64_t consents[MOVING_ITEMS];
        size_t consents_n;
        size_t files, left_out;           /* that went along, and that there was no room for */
};

/* Puts the content of a file into a parcel: of what a family was asked to let go (the kinds of consent that begin with move_), all to which a
 * yes stands, each as far as who said it may see it now. Files beyond the bounds above are left out, the newest first.
 *
 * id      of the file
 * returns  0, -ENOENT (nothing was agreed to), -EMSGSIZE (more than MOVING_BYTES_MAX), or a store error or what the disk said: then the parcel
 *          is not to be ended
 */
int moving_write(struct tx *tx, int64_t thread, const struct uuid *id, struct parcel_out *to, struct moving_made *ret);

/* It has left the house: on record, and told to the family at each yes that it was made of, since taking that back does not bring it back. */
int moving_left(struct tx *tx, struct event_list *made, const struct moving_made *file);

/* ---- the other side */

struct moved_person {
        int64_t old;  /* their number at the other school */
        struct person_shape person;
        bool family;
        int64_t here; /* who they are here; 0 until moving_put() */
};

struct moved_file {
        int64_t old;                /* its number at the other school */
        uint64_t bytes;             /* in the parcel */
        enum attachment_kind kind;  /* as its message says; NOT_GIVEN until then */
        const char *name;           /* of a document; may be NULL */
        struct file_draft made;     /* once it is made anew; thread and person are given where it is put */
        uint64_t at;                /* where it begins among those that wait */
};

struct moved {
        struct uuid id;
        int64_t made_ms;
        const char *school, *pupil; /* names */
        struct moved_person *people;
        size_t people_n;
        struct moved_file *files;   /* in the order in which they come in the parcel */
        size_t files_n;
        struct message_shape *messages; /* seq as it was there, rising; sender and author: old numbers that are among people; attachments and voices:
                                         * old numbers that are among files */
        size_t messages_n;
        struct reply_shape *replies;
        size_t replies_n;
        int64_t consents_n;
        int waiting; /* a file without a name with the files that were made anew, sealed; -1: there are none */
};

/* The files that wait, and their keys. The rest is the arena's. Takes NULL. */
void moved_done(struct moved *moved);
DEFINE_CLEANUP(struct moved *, moved_done)

/* Reads the content of a file. Nothing in it is believed: texts, names and tags pass the rules of text/, words are ours, numbers are in
 * bounds, and who is named is there. ret in the arena.
 *
 * why      set on -EBADMSG to what is wrong and where, owned by the caller; never a text or a name of it
 * returns  0, -EBADMSG, -ENOTSUP (of a newer version), or -ENOMEM and the like
 */
int moving_read(struct arena *a, const char *bytes, size_t n, struct moved **ret, char **why);

/* Reads what stands before the files, out of a parcel. Returns and why as moving_read(), and -EMSGSIZE. */
int moving_open(struct arena *a, struct parcel_in *in, struct moved **ret, char **why);

/* Takes the files out of a parcel, to its end. None is believed either: each is made anew by our own tools (media/), and must be what its message says
 * it is. What comes out waits sealed in a file of the folder that has no name. Waits for other programs.
 *
 * settings  NULL: they are only looked at for their length
 * returns   0; -EBADMSG with why; -ENOEXEC (a tool is not installed); or -ENOMEM, -ENOSPC and the like
 */
int moving_take_files(struct parcel_in *in, const struct media_settings *settings, const char *folder, struct moved *moved, char **why);

/* Puts it into the conversation about a pupil of this school, where nobody has written yet: a number is an order, and nothing can be put
 * before what is there. Whoever of it is not said to be one of ours (`here`) is there as somebody who left, who can never sign in.
 *
 * room_max  bytes that all files of the school may take
 * returns   0, -ENOENT (no such pupil, by the roster's key), -EEXIST (this file came before), -ENOTEMPTY (somebody wrote there already), -ENOSPC (the
 *           files do not fit), or a store error
 */
int moving_put(struct tx *tx, struct event_list *made, struct moved *moved, const char *pupil_key, int64_t room_max);
