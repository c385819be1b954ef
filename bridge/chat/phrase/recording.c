#include "chat/phrase/recording.h"

#include "base/clock.h"
#include "base/log.h"
#include "chat/message.h"
#include "chat/phrase/say.h"
#include "chat/seal/seal.h"
#include "store/query.h"

#include <errno.h>

/* Columns of recording_get, and of recording_all. */
enum { ID, PERSON, SENTENCE, SOUND };
enum { ALL_PHRASE, ALL_LANGUAGE, ALL_MADE, ALL_SENTENCE, ALL_NAME };

bool recording_may_be(const struct phrase *p, const struct phrase_language *l)
{
        const struct phrase_text *text = &l->texts[phrase_index(p)];

        return text->pattern && !(text->takes & ~(1u << PHRASE_CHILD));
}

/* What is spoken: the sentence with a gap where the child is named. -EINVAL: it cannot be recorded. */
static int sentence_of(const struct phrase *p, const struct phrase_language *l, char **ret)
{
        const struct phrase_said said = { .phrase = p, .parts = { [PHRASE_CHILD] = "…" }, .number = -1 };

        return recording_may_be(p, l) ? phrase_say(&said, l, ret) : -EINVAL;
}

/* Whether the list still says it so. 1, 0, or an error. */
static int is_as_it_was(const struct phrase *p, const struct phrase_language *l, const char *recorded)
{
        _cleanup_free_ char *now = NULL;
        int r = sentence_of(p, l, &now);

        return r == -EINVAL ? 0 : r < 0 ? r : strcmp(now, recorded) == 0;
}

static struct seal_place place_of(int64_t id, int64_t person, const char *language)
{
        return (struct seal_place){ .kind = SEAL_RECORDING, .n = id, .person = person, .language = language };
}

static int has_room(struct tx *tx, const struct recording_draft *draft)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_file_room);
        int r = query_row(q);

        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        return query_get_int(q, 0) + (int64_t)draft->n > draft->room_max ? -ENOSPC : 0;
}

int recording_put(struct tx *tx, const struct recording_draft *draft, int64_t *id)
{
        _cleanup_(buf_done) struct buf sealed = BUF(RECORDING_BYTES + AEAD_EXTRA);
        _cleanup_free_ char *sentence = NULL;
        struct seal_place place;
        struct query *q;
        int r;

        r = sentence_of(draft->phrase, draft->language, &sentence);
        if (r >= 0 && draft->n > RECORDING_BYTES)
                r = -EFBIG;
        if (r >= 0)
                r = recording_remove(tx, draft->phrase, draft->language);
        if (r == -ENOENT)
                r = 0;
        if (r >= 0)
                r = has_room(tx, draft);
        if (r < 0)
                return r;
        q = query(tx, QUERY_recording_add);
        query_text(q, draft->phrase->key);
        query_text(q, draft->language->tag);
        query_int(q, draft->person);
        query_int(q, clock_now_ms());
        query_text(q, sentence);
        query_int(q, (int64_t)draft->n);
        r = query_run(q);
        if (r < 0)
                return r;
        *id = query_inserted_id(q);
        place = place_of(*id, draft->person, draft->language->tag);
        r = seal_text(tx, &place, draft->sound, draft->n, &sealed);
        if (r < 0)
                return r;
        q = query(tx, QUERY_recording_seal);
        query_blob(q, sealed.data, sealed.len);
        query_int(q, *id);
        return query_run(q);
}

int recording_open(struct tx *tx, struct arena *a, const struct phrase *p, const struct phrase_language *l, struct recording *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_recording_get);
        struct recording found;
        struct seal_place place;
        char *sound;
        int r;

        query_text(q, p->key);
        query_text(q, l->tag);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        r = is_as_it_was(p, l, query_get_text(q, SENTENCE));
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        found.id = query_get_int(q, ID);
        place = place_of(found.id, query_get_int(q, PERSON), l->tag);
        r = seal_open(tx, a, &place, query_get_blob(q, SOUND), query_get_bytes(q, SOUND), &sound, &found.n);
        if (r == -EBADMSG)
                log_error("chat", "a recording does not open: %lld", (long long)found.id);
        if (r < 0)
                return r == -EBADMSG ? -ENOENT : r;
        found.sound = sound;
        *ret = found;
        return 0;
}

int recording_of_text(struct tx *tx, struct arena *a, int64_t thread, int64_t seq, const char *text, const char *language, struct recording *ret)
{
        const struct phrase_language *l = phrase_language(language);
        _cleanup_free_ char *sentence = NULL;
        struct phrase_said said;
        const char *kept;
        int r;

        if (!l)
                return -ENOENT;
        r = message_phrase(tx, a, thread, seq, &kept);
        if (r >= 0)
                r = kept ? phrase_recall(a, kept, &said) : -ENOENT;
        if (r >= 0)
                r = recording_may_be(said.phrase, l) ? phrase_say(&said, l, &sentence) : -ENOENT;
        if (r < 0)
                return r;
        return strcmp(sentence, text) == 0 ? recording_open(tx, a, said.phrase, l, ret) : -ENOENT;
}

int recording_list(struct tx *tx, struct arena *a, const struct phrase_language *l, bool names, struct many_recording *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_recording_all);
        struct recording_shape *items = NULL;
        size_t n = 0, room = 0;
        int r;

        query_text(q, l ? l->tag : "");
        while ((r = query_row(q)) > 0) {
                const struct phrase *p = phrase_find(query_get_text(q, ALL_PHRASE));
                const struct phrase_language *of = phrase_language(query_get_text(q, ALL_LANGUAGE));
                int same;

                if (!p || !of) /* the list has it no more */
                        continue;
                same = is_as_it_was(p, of, query_get_text(q, ALL_SENTENCE));
                if (same < 0)
                        return same;
                items = arena_grow(a, items, n, &room, sizeof(*items));
                if (!items)
                        return arena_failed(a);
                items[n++] = (struct recording_shape){
                        .phrase = p->key,
                        .language = of->tag,
                        .made = query_get_int(q, ALL_MADE),
                        .by = names ? arena_copy(a, query_get_text(q, ALL_NAME), query_get_bytes(q, ALL_NAME)) : NULL,
                        .changed = same == 0,
                };
        }
        if (r < 0)
                return r;
        *ret = (struct many_recording){ items, n, true };
        return arena_failed(a);
}

int recording_remove(struct tx *tx, const struct phrase *p, const struct phrase_language *l)
{
        struct query *q = query(tx, QUERY_recording_remove);
        int r;

        query_text(q, p->key);
        query_text(q, l->tag);
        r = query_run(q);
        return r < 0 ? r : query_changes(q) > 0 ? 0 : -ENOENT;
}
