#include "chat/message.h"

#include "base/clock.h"
#include "chat/event.h"
#include "chat/file.h"
#include "chat/find/words.h"
#include "chat/message_inside.h"
#include "chat/version.h"
#include "chat/versions/better.h"
#include "chat/versions/held.h"
#include "chat/versions/request.h"
#include "store/query.h"

#include <errno.h>

/* Was this client id used before, and for this content? 1 with *ret, 0, -EEXIST. */
static int find_first(struct tx *tx, const struct message_draft *draft, struct sent_shape *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_message_by_client);
        _cleanup_(query_endp) struct query *m = NULL;
        _cleanup_(arena_done) struct arena a = ARENA(2 * WRAPPED_MAX);
        struct seal_place place;
        int64_t thread, seq;
        char *body;
        int r;

        query_int(q, draft->sender);
        query_blob(q, draft->client_id.bytes, sizeof(draft->client_id.bytes));
        r = query_row(q);
        if (r <= 0)
                return r;
        thread = query_get_int(q, 0);
        seq = query_get_int(q, 1);
        if (thread != draft->thread)
                return -EEXIST;

        m = query(tx, QUERY_message_get);
        query_int(m, thread);
        query_int(m, seq);
        r = query_row(m);
        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        if (query_get_bytes(m, COLUMN_CLIENT_ID) != sizeof(draft->client_id.bytes))
                return -EUCLEAN;
        /* What was withdrawn is gone, so a late resend of it is taken at its word. */
        if (query_is_null(m, COLUMN_WITHDRAWN)) {
                place = message_place(thread, m);
                /* The list may say a phrase otherwise by now: what counts is which it is. */
                r = draft->phrase ? message_load_phrase(tx, &a, thread, m, &body) : body_open(tx, &a, &place, m, COLUMN_BODY, &body);
                if (r < 0)
                        return r;
                if (!body || strcmp(body, draft->phrase ?: draft->body) != 0)
                        return -EEXIST;
                r = file_same(tx, thread, seq, draft->files, draft->files_n);
                if (r <= 0)
                        return r < 0 ? r : -EEXIST;
        }
        if (!draft->language_own && strcmp(query_get_text(m, COLUMN_LANGUAGE), draft->language) != 0)
                return -EEXIST;
        *ret = (struct sent_shape){ .seq = seq, .rev = query_get_int(m, COLUMN_REV), .sent = query_get_int(m, COLUMN_SENT), .again = true };
        return 1;
}

/* The message as message_load() would find it. */
static int keep_fresh(struct tx *tx, struct event_list *made, const struct message_draft *draft, const struct sent_shape *sent)
{
        struct message_shape *m = arena_get(draft->keep, sizeof(*m));
        char *client_id = arena_get(draft->keep, UUID_TEXT + 1);
        struct many_attachment attachments = { 0 };
        int r = 0;

        if (!m || !client_id)
                return arena_failed(draft->keep);
        if (draft->files_n > 0)
                r = message_load_files(tx, draft->keep, draft->thread, sent->seq, &attachments, NULL, 0);
        if (r < 0)
                return r;
        uuid_write(&draft->client_id, client_id);
        *m = (struct message_shape){
                .seq = sent->seq,
                .rev = sent->rev,
                .sender = draft->sender,
                .client_id = client_id,
                .sent = sent->sent,
                .language = draft->language,
                .direction = draft->direction,
                .body = draft->body,
                .attachments = attachments,
                .withdrawn = -1,
                .unchecked = -1,
                .versions = { .given = true },
        };
        made->items[made->n - 1].fresh = m;
        return 0;
}

int message_append(struct tx *tx, struct event_list *made, const struct message_draft *draft, struct sent_shape *ret)
{
        _cleanup_(buf_done) struct buf sealed = BUF(WRAPPED_MAX + AEAD_EXTRA), phrase = BUF(WRAPPED_MAX + AEAD_EXTRA);
        struct seal_place place;
        struct query *q;
        int64_t last, last_sent, rev, now;
        size_t wrong;
        int r;

        r = find_first(tx, draft, ret);
        if (r != 0)
                return r;
        r = message_last(tx, draft->thread, &last, &last_sent);
        if (r < 0)
                return r;
        place = (struct seal_place){ .kind = SEAL_BODY, .thread = draft->thread, .seq = last + 1, .person = draft->sender,
                                     .id = draft->client_id.bytes, .language = draft->language };
        r = body_seal(tx, &place, draft->body, draft->folded, &sealed);
        place.kind = SEAL_PHRASE;
        if (r >= 0 && draft->phrase)
                r = seal_text(tx, &place, draft->phrase, strlen(draft->phrase), &phrase);
        if (r < 0)
                return r;
        rev = event_add(tx, made, (struct event){ .kind = EVENT_MESSAGE, .thread = draft->thread, .seq = last + 1, .person = draft->sender });
        if (rev < 0)
                return (int)rev;

        /* A clock that was set back puts no answer before its question; search goes by it too. */
        now = draft->at_ms ?: clock_now_ms();
        now = now < last_sent ? last_sent : now;
        q = query(tx, QUERY_message_add);
        query_int(q, draft->thread);
        query_int(q, last + 1);
        query_int(q, rev);
        query_int(q, draft->sender);
        query_blob(q, draft->client_id.bytes, sizeof(draft->client_id.bytes));
        query_int(q, now);
        query_text(q, draft->language);
        query_word(q, &words_direction, (int)draft->direction);
        query_blob(q, sealed.data, sealed.len);
        if (draft->phrase)
                query_blob(q, phrase.data, phrase.len);
        else
                query_null(q);
        r = query_run(q);
        if (r >= 0)
                r = words_message_added(tx, draft->thread, last + 1);
        if (r < 0)
                return r;
        r = file_attach(tx, draft->sender, draft->thread, last + 1, 0, draft->files, draft->files_n, false, &wrong);
        if (r < 0)
                return r == -ENOENT ? -ENXIO : r;

        *ret = (struct sent_shape){ .seq = last + 1, .rev = rev, .sent = now };
        r = version_insert_all(tx, made, draft, ret);
        if (r < 0)
                return r;
        return made && draft->keep && !draft->phrase && draft->versions_n == 0 ? keep_fresh(tx, made, draft, ret) : 0;
}

int message_set_changed(struct tx *tx, int64_t thread, int64_t seq, int64_t rev, int64_t versions)
{
        struct query *q = query(tx, QUERY_message_changed);

        query_int(q, rev);
        query_int(q, versions);
        query_int(q, thread);
        query_int(q, seq);
        return query_run(q);
}

int message_touch(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq)
{
        int64_t count, rev;
        int r;

        r = message_versions(tx, thread, seq, &count);
        if (r < 0)
                return r;
        rev = event_add(tx, made, (struct event){ .kind = EVENT_MESSAGE, .thread = thread, .seq = seq });
        return rev < 0 ? (int)rev : message_set_changed(tx, thread, seq, rev, count);
}

int message_let_go(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq)
{
        struct query *q;
        int64_t count;
        int r;

        r = message_versions(tx, thread, seq, &count);
        if (r < 0)
                return r;
        q = query(tx, QUERY_message_set_unchecked);
        query_int(q, clock_now_ms());
        query_int(q, thread);
        query_int(q, seq);
        r = query_run(q);
        if (r >= 0)
                r = held_release(tx, made, thread, seq, NULL, 0);
        return r < 0 && r != -ENOENT ? r : message_touch(tx, made, thread, seq);
}

int message_forget_voices(struct tx *tx, struct event_list *made, int64_t thread)
{
        _cleanup_(arena_done) struct arena a = ARENA(MESSAGE_PAGE_BYTES);
        int64_t *seqs;
        size_t n;
        int r;

        r = file_forget_voices(tx, &a, thread, &seqs, &n);
        for (size_t i = 0; r >= 0 && i < n; i++)
                r = message_touch(tx, made, thread, seqs[i]);
        return r < 0 ? r : 0;
}

int message_withdraw(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq)
{
        struct query *q;
        int64_t count, rev;
        int r;

        r = message_versions(tx, thread, seq, &count);
        if (r < 0)
                return r == -ENODATA ? -EALREADY : r;
        rev = event_add(tx, made, (struct event){ .kind = EVENT_MESSAGE, .thread = thread, .seq = seq });
        if (rev < 0)
                return (int)rev;
        q = query(tx, QUERY_message_withdraw);
        query_int(q, rev);
        query_int(q, clock_now_ms());
        query_int(q, thread);
        query_int(q, seq);
        r = query_run(q);
        if (r < 0)
                return r;
        q = query(tx, QUERY_version_forget);
        query_int(q, thread);
        query_int(q, seq);
        r = query_run(q);
        if (r >= 0)
                r = request_forget(tx, made, thread, seq);
        if (r >= 0)
                r = better_forget(tx, made, thread, seq);
        return r < 0 ? r : file_forget(tx, thread, seq);
}
