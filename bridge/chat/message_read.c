#include "chat/message.h"

#include "base/buf.h"
#include "chat/file.h"
#include "chat/message_inside.h"
#include "chat/seal/seal.h"
#include "chat/versions/request.h"
#include "store/query.h"

#include <errno.h>

struct seal_place message_place(int64_t thread, const struct query *q)
{
        return (struct seal_place){
                .kind = SEAL_BODY,
                .thread = thread,
                .seq = query_get_int(q, COLUMN_SEQ),
                .person = query_get_int(q, COLUMN_SENDER),
                .id = query_get_blob(q, COLUMN_CLIENT_ID),
                .language = query_get_text(q, COLUMN_LANGUAGE),
        };
}

int message_load_phrase(struct tx *tx, struct arena *a, int64_t thread, struct query *q, char **ret)
{
        struct seal_place place = message_place(thread, q);
        int r;

        *ret = NULL;
        if (query_is_null(q, COLUMN_PHRASE))
                return 0;
        place.kind = SEAL_PHRASE;
        r = seal_open(tx, a, &place, query_get_blob(q, COLUMN_PHRASE), query_get_bytes(q, COLUMN_PHRASE), ret, NULL);
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
        r = message_load_phrase(tx, a, thread, q, &kept);
        if (r < 0)
                return r;
        *ret = kept;
        return 0;
}

int message_last(struct tx *tx, int64_t thread, int64_t *ret_seq, int64_t *ret_sent)
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

int message_last_seq(struct tx *tx, int64_t thread, int64_t *ret)
{
        int64_t sent;

        return message_last(tx, thread, ret, &sent);
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

int message_load_files(struct tx *tx, struct arena *a, int64_t thread, int64_t seq, struct many_attachment *ret, struct version_shape *versions,
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

/* From the row a query of versions stands on. */
static int load_version(struct tx *tx, struct arena *a, int64_t thread, int64_t seq, struct query *q, struct version_shape *ret)
{
        struct seal_place place = { .kind = SEAL_VERSION, .thread = thread, .seq = seq, .n = query_get_int(q, 0),
                                    .person = query_is_null(q, 4) ? 0 : query_get_int(q, 4), .language = query_get_text(q, 1),
                                    .origin = query_get_text(q, 3) };
        char *body;
        int r;

        r = body_open(tx, a, &place, q, 5, &body);
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
        if (!query_is_null(q, COLUMN_WITHDRAWN))
                return query_get_int(q, COLUMN_WITHDRAWN);
        return seal_destroyed_ms(tx, thread) ?: query_get_int(q, COLUMN_SENT);
}

/* From the row a query of messages stands on. */
static int load_row(struct tx *tx, struct arena *a, int64_t thread, struct query *q, struct message_shape *ret)
{
        char *client_id = arena_get(a, UUID_TEXT + 1), *body = NULL, *phrase = NULL;
        bool withdrawn = !query_is_null(q, COLUMN_WITHDRAWN);
        struct version_shape *versions;
        struct seal_place place;
        size_t versions_n;
        struct uuid id;
        int r = 0;

        if (!client_id)
                return arena_failed(a);
        if (query_get_bytes(q, COLUMN_CLIENT_ID) != sizeof(id.bytes))
                return -EUCLEAN;
        memcpy(id.bytes, query_get_blob(q, COLUMN_CLIENT_ID), sizeof(id.bytes));
        uuid_write(&id, client_id);
        if (!withdrawn) {
                place = message_place(thread, q);
                r = body_open(tx, a, &place, q, COLUMN_BODY, &body);
                if (r < 0)
                        return r;
                withdrawn = !body;
                r = message_load_phrase(tx, a, thread, q, &phrase);
                if (r < 0)
                        return r;
        }

        *ret = (struct message_shape){
                .seq = query_get_int(q, COLUMN_SEQ),
                .rev = query_get_int(q, COLUMN_REV),
                .sender = query_get_int(q, COLUMN_SENDER),
                .client_id = client_id,
                .sent = query_get_int(q, COLUMN_SENT),
                .language = arena_copy(a, query_get_text(q, COLUMN_LANGUAGE), query_get_bytes(q, COLUMN_LANGUAGE)),
                .direction = (enum direction)query_get_word(q, COLUMN_DIRECTION, &words_direction),
                .body = body,
                .phrase = phrase ? arena_copy(a, phrase, strcspn(phrase, "\n")) : NULL,
                .withdrawn = withdrawn ? gone_at(tx, thread, q) : -1,
                .unchecked = withdrawn ? -1 : query_get_maybe(q, COLUMN_UNCHECKED),
                .versions = { .given = true },
        };
        if (arena_failed(a))
                return arena_failed(a);
        if (withdrawn)
                return 0;
        r = load_versions(tx, a, thread, ret->seq, query_get_int(q, COLUMN_VERSIONS), &versions, &versions_n);
        if (r >= 0 && query_get_int(q, COLUMN_FILES) > 0)
                r = message_load_files(tx, a, thread, ret->seq, &ret->attachments, versions, versions_n);
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
        while ((r = query_row(q)) > 0 && n < (size_t)limit && (n == 0 || a->used - start < MESSAGE_PAGE_BYTES)) {
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

int message_versions(struct tx *tx, int64_t thread, int64_t seq, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_message_get);
        int r;

        query_int(q, thread);
        query_int(q, seq);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        if (!query_is_null(q, COLUMN_WITHDRAWN))
                return -ENODATA;
        *ret = query_get_int(q, COLUMN_VERSIONS);
        return 0;
}
