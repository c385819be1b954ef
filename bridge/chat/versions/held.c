#include "chat/versions/held.h"

#include "base/clock.h"
#include "chat/message.h"
#include "chat/seal/seal.h"
#include "chat/version.h"
#include "chat/versions/topic.h"
#include "store/query.h"
#include "text/language.h"
#include "text/text.h"

#include <errno.h>

enum { ARENA_CAP = 4 * 1024 * 1024 };

static struct seal_place place_of(int64_t thread, int64_t seq, const char *language)
{
        return (struct seal_place){ .kind = SEAL_VERSION, .thread = thread, .seq = seq, .language = language,
                                    .origin = word_text(&words_origin, ORIGIN_MACHINE) };
}

static int is_let_go(struct tx *tx, int64_t thread, int64_t seq)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_message_unchecked);
        int r;

        query_int(q, thread);
        query_int(q, seq);
        r = query_row(q);
        return r <= 0 ? r : !query_is_null(q, 0);
}

int held_topic(struct tx *tx, int64_t thread, int64_t seq, const char *text, const char *language, enum topic *ret)
{
        int r = is_let_go(tx, thread, seq);

        *ret = TOPIC_NOT_GIVEN;
        return r != 0 ? (r < 0 ? r : 0) : topic_of(tx, text, language, ret);
}

int held_put(struct tx *tx, const struct held_draft *draft)
{
        _cleanup_(buf_done) struct buf sealed = BUF(2 * TEXT_BYTES_MAX);
        struct seal_place place = place_of(draft->thread, draft->seq, draft->language);
        struct query *q;
        int r;

        r = seal_text(tx, &place, draft->body, strlen(draft->body), &sealed);
        if (r < 0)
                return r;
        q = query(tx, QUERY_held_put);
        query_int(q, draft->thread);
        query_int(q, draft->seq);
        query_text(q, draft->language);
        query_word(q, &words_topic, (int)draft->topic);
        query_word(q, &words_direction, (int)text_direction(draft->body, draft->language));
        query_text(q, draft->engine);
        query_blob(q, sealed.data, sealed.len);
        query_int(q, clock_now_ms());
        return query_run(q);
}

int held_load(struct tx *tx, struct arena *a, int64_t thread, int64_t seq, struct many_held_version *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_held_of_message);
        struct held_version_shape *items = NULL;
        size_t n = 0, room = 0;
        int r;

        query_int(q, thread);
        query_int(q, seq);
        while ((r = query_row(q)) > 0) {
                struct seal_place place = place_of(thread, seq, query_get_text(q, 0));
                char *body;

                r = seal_open(tx, a, &place, query_get_blob(q, 4), query_get_bytes(q, 4), &body, NULL);
                if (r == -EKEYREVOKED || r == -EBADMSG)
                        continue;
                if (r < 0)
                        return r;
                items = arena_grow(a, items, n, &room, sizeof(*items));
                if (!items)
                        return arena_failed(a);
                items[n++] = (struct held_version_shape){
                        .language = arena_copy(a, place.language, strlen(place.language)),
                        .topic = (enum topic)query_get_word(q, 1, &words_topic),
                        .direction = (enum direction)query_get_word(q, 2, &words_direction),
                        .engine = query_is_null(q, 3) ? NULL : arena_copy(a, query_get_text(q, 3), query_get_bytes(q, 3)),
                        .body = body,
                        .at = query_get_int(q, 5),
                };
        }
        if (r < 0)
                return r;
        *ret = (struct many_held_version){ items, n, true };
        return arena_failed(a);
}

int held_release(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq, const char *language, int64_t checked_by)
{
        _cleanup_(arena_done) struct arena a = ARENA(ARENA_CAP);
        struct many_held_version list;
        size_t released = 0;
        int r;

        r = held_load(tx, &a, thread, seq, &list);
        for (size_t i = 0; r >= 0 && i < list.n; i++) {
                const struct held_version_shape *held = &list.items[i];

                if (language && !language_same(held->language, language))
                        continue;
                released++;
                /* What is covered by a version is held no more: see version.c. */
                r = version_append(tx, made,
                                   &(struct version_draft){ .thread = thread, .seq = seq, .body = held->body, .language = held->language,
                                                            .direction = held->direction, .origin = ORIGIN_MACHINE, .engine = held->engine,
                                                            .checked_by = checked_by });
        }
        return r < 0 ? r : released > 0 ? 0 : -ENOENT;
}

int held_drop(struct tx *tx, int64_t thread, int64_t seq, const char *language)
{
        struct query *q = query(tx, QUERY_held_drop);

        query_int(q, thread);
        query_int(q, seq);
        query_text(q, language);
        return query_run(q);
}

int held_forget(struct tx *tx, int64_t thread, int64_t seq)
{
        struct query *q = query(tx, QUERY_held_forget);

        query_int(q, thread);
        query_int(q, seq);
        return query_run(q);
}
