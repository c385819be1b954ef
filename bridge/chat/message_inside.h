/* chat/message_inside.h: what the files of messages and versions share, and nobody else: message.c writes, message_read.c reads, version.c does both for what
 * stands beside a message, message_body.c seals and opens. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "chat/find/words.h"
#include "chat/message.h"
#include "chat/seal/seal.h"
#include "chat/version.h"
#include "store/query.h"

enum { MESSAGE_PAGE_BYTES = 1024 * 1024 }; /* of texts in one page: what a phone can take, whatever was written */

/* Columns of message_get, message_newest, message_before, message_after. */
enum {
        COLUMN_SEQ,
        COLUMN_REV,
        COLUMN_SENDER,
        COLUMN_CLIENT_ID,
        COLUMN_SENT,
        COLUMN_LANGUAGE,
        COLUMN_DIRECTION,
        COLUMN_BODY,
        COLUMN_VERSIONS,
        COLUMN_WITHDRAWN,
        COLUMN_PHRASE,
        COLUMN_FILES,
        COLUMN_UNCHECKED,
};

/* Seals a body for its row: the text, and behind its NUL what search needs of it. */
int body_seal(struct tx *tx, const struct seal_place *place, const char *body, const char *folded, struct buf *out);

/* Opens the body of a row. *ret NULL: it cannot be read any more, because its key was destroyed, or because the row was changed or moved
 * from elsewhere; a thread can be read without it. */
int body_open(struct tx *tx, struct arena *a, const struct seal_place *place, struct query *q, int column, char **ret);

/* Where the body of the row stands that a query of messages is on. */
struct seal_place message_place(int64_t thread, const struct query *q);

/* The kept phrase of the row a query of messages stands on; *ret NULL where it is none or does not open. */
int message_load_phrase(struct tx *tx, struct arena *a, int64_t thread, struct query *q, char **ret);

/* Those of the message itself, and those of its versions, each where it belongs. */
int message_load_files(struct tx *tx, struct arena *a, int64_t thread, int64_t seq, struct many_attachment *ret, struct version_shape *versions,
                      size_t versions_n);

/* The last message's number and time, 0 and 0 where there is none. */
int message_last(struct tx *tx, int64_t thread, int64_t *ret_seq, int64_t *ret_sent);

/* How many versions a message has. -ENOENT, or -ENODATA for a withdrawn one. */
int message_versions(struct tx *tx, int64_t thread, int64_t seq, int64_t *ret);

/* The message was changed by this event and has so many versions. */
int message_set_changed(struct tx *tx, int64_t thread, int64_t seq, int64_t rev, int64_t versions);

/* Seals and inserts one, the nth of its message. */
int version_insert(struct tx *tx, struct event_list *made, const struct version_draft *draft, int64_t n);

/* Those that come with a message, with its event: nobody is told the one without the others. */
int version_insert_all(struct tx *tx, struct event_list *made, const struct message_draft *draft, const struct sent_shape *sent);
