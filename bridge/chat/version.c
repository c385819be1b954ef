#include "chat/version.h"

#include "base/clock.h"
#include "chat/event.h"
#include "chat/file.h"
#include "chat/find/words.h"
#include "chat/message.h"
#include "chat/message_inside.h"
#include "chat/versions/better.h"
#include "chat/versions/held.h"
#include "chat/versions/request.h"
#include "store/query.h"
#include "text/language.h"

#include <errno.h>

enum {
        VERSIONS_MAX = 100,
        VERSIONS_BYTES_MAX = 256 * 1024,
};

int version_insert(struct tx *tx, struct event_list *made, const struct version_draft *draft, int64_t n)
{
        _cleanup_(buf_done) struct buf sealed = BUF(WRAPPED_MAX + AEAD_EXTRA);
        struct query *q;
        int r;

        r = body_seal(tx,
                       &(struct seal_place){ .kind = SEAL_VERSION, .thread = draft->thread, .seq = draft->seq, .n = n, .person = draft->author,
                                             .language = draft->language, .origin = word_text(&words_origin, (int)draft->origin) },
                       draft->body, draft->folded, &sealed);
        if (r < 0)
                return r;
        q = query(tx, QUERY_version_add);
        query_int(q, draft->thread);
        query_int(q, draft->seq);
        query_int(q, n);
        query_text(q, draft->language);
        query_word(q, &words_direction, (int)draft->direction);
        query_word(q, &words_origin, (int)draft->origin);
        if (draft->author > 0)
                query_int(q, draft->author);
        else
                query_null(q);
        query_blob(q, sealed.data, sealed.len);
        query_int(q, draft->at_ms ?: clock_now_ms());
        query_text(q, draft->engine);
        query_int(q, draft->native);
        query_maybe(q, draft->checked_by > 0 ? draft->checked_by : -1);
        query_maybe(q, draft->checked_by > 0 ? draft->checked_ms ?: clock_now_ms() : -1);
        r = query_run(q);
        if (r >= 0)
                r = words_version_added(tx, draft->thread, draft->seq, n);
        if (r < 0)
                return r;
        return draft->origin == ORIGIN_CORRECTION ? held_forget(tx, draft->thread, draft->seq)
                                                  : request_covered(tx, made, draft->thread, draft->seq, draft->language);
}

int version_insert_all(struct tx *tx, struct event_list *made, const struct message_draft *draft, const struct sent_shape *sent)
{
        struct query *q;
        int r;

        for (size_t i = 0; i < draft->versions_n; i++) {
                struct version_draft v = draft->versions[i];

                v.thread = draft->thread;
                v.seq = sent->seq;
                v.at_ms = sent->sent;
                r = version_insert(tx, made, &v, (int64_t)i + 1);
                if (r < 0)
                        return r;
        }
        if (draft->versions_n == 0)
                return 0;
        q = query(tx, QUERY_message_changed);
        query_int(q, sent->rev);
        query_int(q, (int64_t)draft->versions_n);
        query_int(q, draft->thread);
        query_int(q, sent->seq);
        return query_run(q);
}

/* Every reader is told all versions with every change: so there is an end to them. Returns 0 or -EDQUOT. */
static int room_for_version(struct tx *tx, const struct version_draft *draft, int64_t count)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_version_bytes);
        int r;

        if (count >= VERSIONS_MAX)
                return -EDQUOT;
        query_int(q, draft->thread);
        query_int(q, draft->seq);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        return query_get_int(q, 0) + (int64_t)strlen(draft->body) > VERSIONS_BYTES_MAX ? -EDQUOT : 0;
}

/* Whether somebody can look at a version of others: not at their own, nor at what its sender wrote anew. -ENOENT: there is none. */
static int can_be_checked(struct tx *tx, int64_t thread, int64_t seq, int64_t n, int64_t person)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_version_origin);
        int r;

        query_int(q, thread);
        query_int(q, seq);
        query_int(q, n);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        return query_get_word(q, 0, &words_origin) != ORIGIN_CORRECTION && query_get_maybe(q, 1) != person;
}

/* Whether there are words in this language already, of which somebody may have read: by a person's version and by a correction they are others now. */
static int replaces_words(struct tx *tx, const struct version_draft *draft, bool *ret)
{
        _cleanup_(query_endp) struct query *q = NULL;
        int r = 0;

        *ret = draft->origin == ORIGIN_CORRECTION;
        if (draft->origin != ORIGIN_PERSON)
                return 0;
        q = query(tx, QUERY_version_of_message);
        query_int(q, draft->thread);
        query_int(q, draft->seq);
        while (!*ret && (r = query_row(q)) > 0)
                *ret = language_same(query_get_text(q, 1), draft->language);
        return r < 0 ? r : 0;
}

int version_append(struct tx *tx, struct event_list *made, const struct version_draft *draft)
{
        int64_t count, rev;
        size_t wrong;
        bool replaces = false;
        int r;

        r = message_versions(tx, draft->thread, draft->seq, &count);
        if (r >= 0)
                r = room_for_version(tx, draft, count);
        if (r >= 0)
                r = replaces_words(tx, draft, &replaces);
        if (r < 0)
                return r;
        rev = event_add(tx, made, (struct event){ .kind = EVENT_MESSAGE, .thread = draft->thread, .seq = draft->seq, .person = draft->author });
        if (rev < 0)
                return (int)rev;

        r = version_insert(tx, made, draft, count + 1);
        if (r >= 0)
                r = message_set_changed(tx, draft->thread, draft->seq, rev, count + 1);
        if (r >= 0 && draft->file > 0)
                r = file_attach(tx, draft->author, draft->thread, draft->seq, count + 1, &draft->file, 1, true, &wrong);
        if (r < 0)
                return r == -ENOENT ? -ENXIO : r;
        return replaces ? better_mark(tx, made, draft->thread, draft->seq, draft->language, draft->author) : 0;
}

int version_check(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq, int64_t n, int64_t person)
{
        struct query *q;
        int r;

        r = can_be_checked(tx, thread, seq, n, person);
        if (r <= 0)
                return r < 0 ? r : -EPERM;
        q = query(tx, QUERY_version_check);
        query_int(q, person);
        query_int(q, clock_now_ms());
        query_int(q, thread);
        query_int(q, seq);
        query_int(q, n);
        r = query_run(q);
        return r < 0 ? r : message_touch(tx, made, thread, seq);
}
