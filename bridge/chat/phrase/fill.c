#include "chat/phrase/fill.h"

#include "chat/message.h"
#include "chat/person.h"
#include "chat/version.h"
#include "store/query.h"
#include "text/language.h"

#include <errno.h>
#include <string.h>

enum {
        LANGUAGES_ROOM = 64,
        CATCH_UP_MAX = 200, /* messages: what somebody who comes later scrolls back to */
        THREADS_ROOM = 512,
        ARENA_CAP = 1024 * 1024,
};

/* One version in the arena. -ENOENT: the list has it not in this language. */
static int say_version(struct arena *a, const struct phrase_said *said, const struct phrase_language *l, struct version_draft *ret)
{
        _cleanup_free_ char *text = NULL;
        int r;

        r = phrase_say(said, l, &text);
        if (r < 0)
                return r;
        *ret = (struct version_draft){
                .body = arena_copy(a, text, strlen(text)),
                .language = l->tag,
                .direction = language_direction(l->tag),
                .origin = ORIGIN_PHRASE,
                .native = l->texts[phrase_index(said->phrase)].native,
        };
        return arena_failed(a);
}

int phrase_versions(struct tx *tx, struct arena *a, int64_t thread, const struct phrase_said *said, const struct phrase_language *original,
                    struct version_draft **ret, size_t *n)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_phrase_languages);
        const struct phrase_language *wanted[LANGUAGES_ROOM] = { phrase_source() };
        struct version_draft *list = arena_get(a, LANGUAGES_ROOM * sizeof(*list));
        size_t wanted_n = 1, list_n = 0;
        int r;

        if (!list)
                return arena_failed(a);
        query_int(q, thread);
        while ((r = query_row(q)) > 0 && wanted_n < LANGUAGES_ROOM) {
                const struct phrase_language *l = phrase_language(query_get_text(q, 0));
                bool there = !l;

                for (size_t i = 0; i < wanted_n; i++)
                        there |= wanted[i] == l;
                if (!there)
                        wanted[wanted_n++] = l;
        }
        if (r < 0)
                return r;
        for (size_t i = 0; i < wanted_n; i++) {
                if (wanted[i] == original)
                        continue;
                r = say_version(a, said, wanted[i], &list[list_n]);
                if (r < 0 && r != -ENOENT)
                        return r;
                list_n += r == 0;
        }
        *ret = list;
        *n = list_n;
        return 0;
}

/* Whether a message lacks a version in this language: it is in none yet, and still means what it meant. */
static bool lacks(const struct message_shape *m, const char *language)
{
        if (m->withdrawn >= 0 || language_same(m->language, language))
                return false;
        for (size_t i = 0; i < m->versions.n; i++)
                if (m->versions.items[i].origin == ORIGIN_CORRECTION || language_same(m->versions.items[i].language, language))
                        return false;
        return true;
}

static int catch_up_message(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq, const struct phrase_language *l)
{
        _cleanup_(arena_done) struct arena a = ARENA(ARENA_CAP);
        struct message_shape *m;
        struct phrase_said said;
        struct version_draft v;
        enum phrase_part part;
        const char *kept;
        int r;

        r = message_load(tx, &a, thread, seq, &m);
        if (r < 0 || !lacks(m, l->tag))
                return r;
        r = message_phrase(tx, &a, thread, seq, &kept);
        if (r < 0 || !kept)
                return r;
        r = phrase_recall(&a, kept, &said);
        /* One that came along from another school by an older program came without its parts. */
        if (r >= 0 && (phrase_check(&said, &part) < 0 || ((said.phrase->takes & 1u << PHRASE_CHILD) && !said.parts[PHRASE_CHILD])))
                return 0;
        if (r >= 0)
                r = say_version(&a, &said, l, &v);
        if (r >= 0) {
                v.thread = thread;
                v.seq = seq;
                r = version_append(tx, made, &v);
        }
        /* A phrase that the list has no more, or not in this language, stays as it was. */
        return r == -ENOENT || r == -EUCLEAN || r == -EDQUOT ? 0 : r;
}

static int numbers(struct query *q, int64_t ret[], size_t room, size_t *n)
{
        int r;

        *n = 0;
        while (*n < room && (r = query_row(q)) > 0)
                ret[(*n)++] = query_get_int(q, 0);
        return *n < room && r < 0 ? r : 0;
}

int phrase_catch_up(struct tx *tx, struct event_list *made, int64_t thread, const char *language)
{
        const struct phrase_language *l = phrase_language(language);
        int64_t seqs[CATCH_UP_MAX];
        struct query *q;
        size_t n;
        int r;

        if (!l)
                return 0;
        q = query(tx, QUERY_phrase_messages);
        query_int(q, thread);
        query_int(q, CATCH_UP_MAX);
        r = numbers(q, seqs, CATCH_UP_MAX, &n);
        query_end(q);
        while (r >= 0 && n > 0)
                r = catch_up_message(tx, made, thread, seqs[--n], l);
        return r;
}

int phrase_catch_up_person(struct tx *tx, struct event_list *made, int64_t person)
{
        _cleanup_(arena_done) struct arena a = ARENA(ARENA_CAP);
        int64_t threads[THREADS_ROOM];
        const char *language;
        struct query *q;
        size_t n;
        int r;

        r = person_language(tx, &a, person, &language);
        if (r < 0)
                return r;
        q = query(tx, QUERY_phrase_threads);
        query_int(q, person);
        r = numbers(q, threads, THREADS_ROOM, &n);
        query_end(q);
        for (size_t i = 0; r >= 0 && i < n; i++)
                r = phrase_catch_up(tx, made, threads[i], language);
        return r;
}
