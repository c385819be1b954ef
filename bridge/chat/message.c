#include "chat/message.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "chat/versions/better.h"
#include "chat/event.h"
#include "chat/file.h"
#include "chat/versions/held.h"
#include "chat/versions/request.h"
#include "chat/seal/seal.h"
#include "chat/find/words.h"
#include "store/query.h"
#include "text/language.h"
#include "text/text.h"

#include <errno.h>

enum {
        PAGE_BYTES = 1024 * 1024, /* of texts in one page: what a phone can take, whatever was written */
        VERSIONS_MAX = 100,
        VERSIONS_BYTES_MAX = 256 * 1024,
};

/* Columns of message_get, message_newest, message_before, message_after. */
enum { SEQ, REV, SENDER, CLIENT_ID, SENT, LANGUAGE, DIRECTION, BODY, VERSIONS, WITHDRAWN, PHRASE, FILES, UNCHECKED };

/* Seals a body for its row: the text, and behind its NUL what search needs of it. */
static int store_body(struct tx *tx, const struct seal_place *place, const char *body, const char *folded, struct buf *out)
{
        _cleanup_(buf_done) struct buf inside = BUF(WRAPPED_MAX);
        unsigned char key[WORD_KEY];
        int r;

        r = seal_word_key(tx, place->thread, key);
        if (r < 0)
                return r;
        r = words_wrap(key, body, folded, &inside);
        secret_wipe(key, sizeof(key));
        return r < 0 ? r : seal_text(tx, place, inside.data, inside.len, out);
}

/* Opens the body of a row. *ret NULL: it cannot be read any more, because its key was destroyed, or because the row was changed or moved
 * from elsewhere; a thread can be read without it. */
static int load_body(struct tx *tx, struct arena *a, const struct seal_place *place, struct query *q, int column, char **ret)
{
        int r;

        *ret = NULL;
        r = seal_open(tx, a, place, query_get_blob(q, column), query_get_bytes(q, column), ret, NULL);
        if (r == -EBADMSG)
                log_error("chat", "a sealed body does not open: thread %lld, message %lld", (long long)place->thread, (long long)place->seq);
        return r == -EKEYREVOKED || r == -EBADMSG ? 0 : r;
}

/* From the columns of a query of messages. */
static struct seal_place place_of(int64_t thread, const struct query *q)
{
        return (struct seal_place){
                .kind = SEAL_BODY,
                .thread = thread,
                .seq = query_get_int(q, SEQ),
                .person = query_get_int(q, SENDER),
                .id = query_get_blob(q, CLIENT_ID),
                .language = query_get_text(q, LANGUAGE),
        };
}

/* The kept phrase of the row a query of messages stands on; *ret NULL where it is none or does not open. */
static int load_phrase(struct tx *tx, struct arena *a, int64_t thread, struct query *q, char **ret)
{
        struct seal_place place = place_of(thread, q);
        int r;

        *ret = NULL;
        if (query_is_null(q, PHRASE))
                return 0;
        place.kind = SEAL_PHRASE;
        r = seal_open(tx, a, &place, query_get_blob(q, PHRASE), query_get_bytes(q, PHRASE), ret, NULL);
        return r == -EKEYREVOKED || r == -EBADMSG ? 0 : r;
}

int message_phrase(struct tx *tx, struct arena *a, int64_t thread, int64_t seq, const char **ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_message_get);
        char *kept;
        int r;

        query_int(q, thread);
        query_int(q, seq);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        r = load_phrase(tx, a, thread, q, &kept);
        if (r < 0)
                return r;
        *ret = kept;
        return 0;
}

int message_last_seq(struct tx *tx, int64_t thread, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_message_last_seq);
        int r;

        query_int(q, thread);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        *ret = query_get_int(q, 0);
        return 0;
}

/* The last message's number and time, 0 and 0 where there is none. */
static int find_last(struct tx *tx, int64_t thread, int64_t *ret_seq, int64_t *ret_sent)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_message_last);
        int r;

        query_int(q, thread);
        r = query_row(q);
        if (r < 0)
                return r;
        *ret_seq = r > 0 ? query_get_int(q, 0) : 0;
        *ret_sent = r > 0 ? query_get_int(q, 1) : 0;
        return 0;
}

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
        if (query_get_bytes(m, CLIENT_ID) != sizeof(draft->client_id.bytes))
                return -EUCLEAN;
        /* What was withdrawn is gone, so a late resend of it is taken at its word. */
        if (query_is_null(m, WITHDRAWN)) {
                place = place_of(thread, m);
                /* The list may say a phrase otherwise by now: what counts is which it is. */
                r = draft->phrase ? load_phrase(tx, &a, thread, m, &body) : load_body(tx, &a, &place, m, BODY, &body);
                if (r < 0)
                        return r;
                if (!body || strcmp(body, draft->phrase ?: draft->body) != 0)
                        return -EEXIST;
                r = file_same(tx, thread, seq, draft->files, draft->files_n);
                if (r <= 0)
                        return r < 0 ? r : -EEXIST;
        }
        if (!draft->language_own && strcmp(query_get_text(m, LANGUAGE), draft->language) != 0)
                return -EEXIST;
        *ret = (struct sent_shape){ .seq = seq, .rev = query_get_int(m, REV), .sent = query_get_int(m, SENT), .again = true };
        return 1;
}

/* Those of the message itself, and those of its versions, each where it belongs. */
static int load_files(struct tx *tx, struct arena *a, int64_t thread, int64_t seq, struct many_attachment *ret, struct version_shape *versions,
                      size_t versions_n)
{
        struct attachment_shape *items;
        struct file_of *files;
        size_t n, own = 0;
        int r;

        r = file_load_all(tx, a, thread, seq, &files, &n);
        if (r < 0)
                return r;
        items = arena_get(a, n * sizeof(*items));
        if (!items)
                return arena_failed(a);
        for (size_t i = 0; i < n; i++) {
                if (files[i].version == 0)
                        items[own++] = *files[i].attachment;
                for (size_t v = 0; v < versions_n; v++)
                        if (versions[v].n == files[i].version)
                                versions[v].voice = files[i].attachment;
        }
        *ret = (struct many_attachment){ items, own, own > 0 };
        return 0;
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
                r = load_files(tx, draft->keep, draft->thread, sent->seq, &attachments, NULL, 0);
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

/* Seals and inserts one, the nth of its message. */
static int insert_version(struct tx *tx, struct event_list *made, const struct version_draft *draft, int64_t n)
{
        _cleanup_(buf_done) struct buf sealed = BUF(WRAPPED_MAX + AEAD_EXTRA);
        struct query *q;
        int r;

        r = store_body(tx,
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

/* With the event of its message: nobody is told the one without the others. */
static int insert_versions(struct tx *tx, struct event_list *made, const struct message_draft *draft, const struct sent_shape *sent)
{
        struct query *q;
        int r;

        for (size_t i = 0; i < draft->versions_n; i++) {
                struct version_draft v = draft->versions[i];

                v.thread = draft->thread;
                v.seq = sent->seq;
                v.at_ms = sent->sent;
                r = insert_version(tx, made, &v, (int64_t)i + 1);
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
        r = find_last(tx, draft->thread, &last, &last_sent);
        if (r < 0)
                return r;
        place = (struct seal_place){ .kind = SEAL_BODY, .thread = draft->thread, .seq = last + 1, .person = draft->sender,
                                     .id = draft->client_id.bytes, .language = draft->language };
        r = store_body(tx, &place, draft->body, draft->folded, &sealed);
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
        r = insert_versions(tx, made, draft, ret);
        if (r < 0)
                return r;
        return made && draft->keep && !draft->phrase && draft->versions_n == 0 ? keep_fresh(tx, made, draft, ret) : 0;
}

int message_sender(struct tx *tx, int64_t thread, int64_t seq, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_message_sender);
        int r;

        query_int(q, thread);
        query_int(q, seq);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        *ret = query_get_int(q, 0);
        return 0;
}

/* From the row a query of versions stands on. */
static int load_version(struct tx *tx, struct arena *a, int64_t thread, int64_t seq, struct query *q, struct version_shape *ret)
{
        struct seal_place place = { .kind = SEAL_VERSION, .thread = thread, .seq = seq, .n = query_get_int(q, 0),
                                    .person = query_is_null(q, 4) ? 0 : query_get_int(q, 4), .language = query_get_text(q, 1),
                                    .origin = query_get_text(q, 3) };
        char *body;
        int r;

        r = load_body(tx, a, &place, q, 5, &body);
        if (r < 0)
                return r;
        *ret = (struct version_shape){
                .n = place.n,
                .language = arena_copy(a, place.language, strlen(place.language)),
                .direction = (enum direction)query_get_word(q, 2, &words_direction),
                .origin = (enum origin)query_get_word(q, 3, &words_origin),
                .author = query_get_maybe(q, 4),
                .body = body,
                .at = query_get_int(q, 6),
                .engine = query_is_null(q, 7) ? NULL : arena_copy(a, query_get_text(q, 7), query_get_bytes(q, 7)),
                .native = query_get_int(q, 8),
                .checked_by = query_get_maybe(q, 9),
                .checked = query_get_maybe(q, 10),
        };
        return arena_failed(a);
}

static int load_versions(struct tx *tx, struct arena *a, int64_t thread, int64_t seq, int64_t count, struct version_shape **ret, size_t *ret_n)
{
        _cleanup_(query_endp) struct query *q = NULL;
        struct version_shape *items;
        size_t n = 0;
        int r = 0;

        *ret = NULL;
        *ret_n = 0;
        if (count == 0)
                return 0;
        items = arena_get(a, (size_t)count * sizeof(*items));
        if (!items)
                return arena_failed(a);
        q = query(tx, QUERY_version_of_message);
        query_int(q, thread);
        query_int(q, seq);
        while (n < (size_t)count && (r = query_row(q)) > 0) {
                r = load_version(tx, a, thread, seq, q, &items[n]);
                if (r < 0)
                        return r;
                if (items[n].body)
                        n++;
        }
        if (r < 0)
                return r;
        *ret = items;
        *ret_n = n;
        return 0;
}

/* When a text went: taken back, or erased with its key; one that does not open is as if it had never been there. */
static int64_t gone_at(struct tx *tx, int64_t thread, const struct query *q)
{
        if (!query_is_null(q, WITHDRAWN))
                return query_get_int(q, WITHDRAWN);
        return seal_destroyed_ms(tx, thread) ?: query_get_int(q, SENT);
}

/* From the row a query of messages stands on. */
static int load_row(struct tx *tx, struct arena *a, int64_t thread, struct query *q, struct message_shape *ret)
{
        char *client_id = arena_get(a, UUID_TEXT + 1), *body = NULL, *phrase = NULL;
        bool withdrawn = !query_is_null(q, WITHDRAWN);
        struct version_shape *versions;
        struct seal_place place;
        size_t versions_n;
        struct uuid id;
        int r = 0;

        if (!client_id)
                return arena_failed(a);
        if (query_get_bytes(q, CLIENT_ID) != sizeof(id.bytes))
                return -EUCLEAN;
        memcpy(id.bytes, query_get_blob(q, CLIENT_ID), sizeof(id.bytes));
        uuid_write(&id, client_id);
        if (!withdrawn) {
                place = place_of(thread, q);
                r = load_body(tx, a, &place, q, BODY, &body);
                if (r < 0)
                        return r;
                withdrawn = !body;
                r = load_phrase(tx, a, thread, q, &phrase);
                if (r < 0)
                        return r;
        }

        *ret = (struct message_shape){
                .seq = query_get_int(q, SEQ),
                .rev = query_get_int(q, REV),
                .sender = query_get_int(q, SENDER),
                .client_id = client_id,
                .sent = query_get_int(q, SENT),
                .language = arena_copy(a, query_get_text(q, LANGUAGE), query_get_bytes(q, LANGUAGE)),
                .direction = (enum direction)query_get_word(q, DIRECTION, &words_direction),
                .body = body,
                .phrase = phrase ? arena_copy(a, phrase, strcspn(phrase, "\n")) : NULL,
                .withdrawn = withdrawn ? gone_at(tx, thread, q) : -1,
                .unchecked = withdrawn ? -1 : query_get_maybe(q, UNCHECKED),
                .versions = { .given = true },
        };
        if (arena_failed(a))
                return arena_failed(a);
        if (withdrawn)
                return 0;
        r = load_versions(tx, a, thread, ret->seq, query_get_int(q, VERSIONS), &versions, &versions_n);
        if (r >= 0 && query_get_int(q, FILES) > 0)
                r = load_files(tx, a, thread, ret->seq, &ret->attachments, versions, versions_n);
        if (r >= 0)
                r = request_load(tx, a, thread, ret->seq, &ret->untranslated);
        ret->versions.items = versions;
        ret->versions.n = versions_n;
        return r;
}

static int load_one(struct tx *tx, struct arena *a, int64_t thread, struct query *q, struct message_shape **ret)
{
        struct message_shape *m = arena_get(a, sizeof(*m));
        int r;

        if (!m)
                return arena_failed(a);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        r = load_row(tx, a, thread, q, m);
        if (r < 0)
                return r;
        *ret = m;
        return 0;
}

int message_load(struct tx *tx, struct arena *a, int64_t thread, int64_t seq, struct message_shape **ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_message_get);

        query_int(q, thread);
        query_int(q, seq);
        return load_one(tx, a, thread, q, ret);
}

int message_newest(struct tx *tx, struct arena *a, int64_t thread, int64_t first_seq, struct message_shape **ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_message_newest);
        int r;

        query_int(q, thread);
        query_int(q, first_seq);
        r = load_one(tx, a, thread, q, ret);
        if (r == -ENOENT) {
                *ret = NULL;
                return 0;
        }
        return r;
}

static void reverse(struct message_shape *items, size_t n)
{
        for (size_t i = 0; i < n / 2; i++) {
                struct message_shape swap = items[i];

                items[i] = items[n - 1 - i];
                items[n - 1 - i] = swap;
        }
}

int message_page(struct tx *tx, struct arena *a, int64_t thread, int64_t first_seq, int64_t before, int64_t after, int64_t limit,
                 struct many_message *ret, bool *more)
{
        bool forward = after >= 0;
        _cleanup_(query_endp) struct query *q = query(tx, forward ? QUERY_message_after : QUERY_message_before);
        struct message_shape *items = arena_get(a, (size_t)limit * sizeof(*items));
        size_t n = 0, start = a->used;
        int r;

        if (!items)
                return arena_failed(a);
        query_int(q, thread);
        if (forward) {
                query_int(q, after < first_seq ? first_seq - 1 : after);
        } else {
                query_int(q, first_seq);
                query_int(q, before >= 0 ? before : INT64_MAX);
        }
        /* One more than asked tells whether there are more. */
        query_int(q, limit + 1);
        while ((r = query_row(q)) > 0 && n < (size_t)limit && (n == 0 || a->used - start < PAGE_BYTES)) {
                r = load_row(tx, a, thread, q, &items[n]);
                if (r < 0)
                        return r;
                n++;
        }
        if (r < 0)
                return r;
        *more = r > 0;
        if (!forward)
                reverse(items, n);
        *ret = (struct many_message){ items, n, true };
        return 0;
}

/* How many versions a message has. -ENOENT, or -ENODATA for a withdrawn one. */
static int count_versions(struct tx *tx, int64_t thread, int64_t seq, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_message_get);
        int r;

        query_int(q, thread);
        query_int(q, seq);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        if (!query_is_null(q, WITHDRAWN))
                return -ENODATA;
        *ret = query_get_int(q, VERSIONS);
        return 0;
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

static int set_changed(struct tx *tx, int64_t thread, int64_t seq, int64_t rev, int64_t versions)
{
        struct query *q = query(tx, QUERY_message_changed);

        query_int(q, rev);
        query_int(q, versions);
        query_int(q, thread);
        query_int(q, seq);
        return query_run(q);
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

        r = count_versions(tx, draft->thread, draft->seq, &count);
        if (r >= 0)
                r = room_for_version(tx, draft, count);
        if (r >= 0)
                r = replaces_words(tx, draft, &replaces);
        if (r < 0)
                return r;
        rev = event_add(tx, made, (struct event){ .kind = EVENT_MESSAGE, .thread = draft->thread, .seq = draft->seq, .person = draft->author });
        if (rev < 0)
                return (int)rev;

        r = insert_version(tx, made, draft, count + 1);
        if (r >= 0)
                r = set_changed(tx, draft->thread, draft->seq, rev, count + 1);
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

int message_let_go(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq)
{
        struct query *q;
        int64_t count;
        int r;

        r = count_versions(tx, thread, seq, &count);
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

int message_touch(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq)
{
        int64_t count, rev;
        int r;

        r = count_versions(tx, thread, seq, &count);
        if (r < 0)
                return r;
        rev = event_add(tx, made, (struct event){ .kind = EVENT_MESSAGE, .thread = thread, .seq = seq });
        return rev < 0 ? (int)rev : set_changed(tx, thread, seq, rev, count);
}

int message_forget_voices(struct tx *tx, struct event_list *made, int64_t thread)
{
        _cleanup_(arena_done) struct arena a = ARENA(PAGE_BYTES);
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

        r = count_versions(tx, thread, seq, &count);
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
