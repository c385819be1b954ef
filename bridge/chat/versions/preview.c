#include "chat/versions/preview.h"

#include "base/clock.h"
#include "chat/phrase/list.h"
#include "chat/rights/consent.h"
#include "chat/versions/topic.h"
#include "proto/rights.h"
#include "store/query.h"
#include "text/language.h"
#include "text/piece.h"

#include <errno.h>

enum { LANGUAGES_MAX = 32 };

struct previewing {
        struct tx *tx;
        struct arena *a;
        const struct preview_draft *draft;
        bool wordless; /* there is nothing in it to put into another language */
        bool agreed;   /* the family said yes to a machine */
        struct preview_language_shape *list;
        size_t n;
};

static bool is_listed(const struct previewing *p, const char *language)
{
        for (size_t i = 0; i < p->n; i++)
                if (language_same(p->list[i].language, language))
                        return true;
        return false;
}

/* Whether a language is among tags with a blank between. tags may be NULL. */
static bool is_among(const char *tags, const char *language)
{
        char tag[LANGUAGE_TAG_MAX + 1];
        size_t n;

        for (; tags && *tags; tags += n + (tags[n] == ' ')) {
                n = strcspn(tags, " ");
                if (n > 0 && language_canonical(tags, n, tag) >= 0 && language_same(tag, language))
                        return true;
        }
        return false;
}

/* Somebody else who is in the conversation to interpret (they may say that a version is right) and reads both languages. *ret 0: nobody. */
static int find_person(struct previewing *p, const char *language, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(p->tx, QUERY_preview_people);
        int r;

        *ret = 0;
        query_int(q, p->draft->thread);
        query_int(q, p->draft->person);
        query_int(q, clock_now_ms());
        while (*ret == 0 && (r = query_row(q)) > 0) {
                enum role role = (enum role)query_get_word(q, 1, &words_role);
                const char *reads = query_get_text(q, 2);

                if (right_may(RIGHT_check_version, role) != MAY_no && is_among(reads, language) && is_among(reads, p->draft->language))
                        *ret = query_get_int(q, 0);
        }
        return *ret == 0 && r < 0 ? r : 0;
}

static bool is_in_list(const struct phrase *phrase, const char *language)
{
        const struct phrase_language *l = phrase ? phrase_language(language) : NULL;

        return l && l->texts[phrase_index(phrase)].pattern;
}

static int find_source(struct previewing *p, const char *language, struct preview_language_shape *ret)
{
        int64_t person;
        int r;

        ret->by = -1;
        if (p->wordless || language_same(language, p->draft->language)) {
                ret->source = PREVIEW_ORIGINAL;
        } else if (is_in_list(p->draft->phrase, language)) {
                ret->source = PREVIEW_PHRASE;
        } else if (p->agreed && is_among(p->draft->offered, language)) {
                ret->source = PREVIEW_MACHINE;
        } else {
                r = find_person(p, language, &person);
                if (r < 0)
                        return r;
                ret->source = person ? PREVIEW_PERSON : PREVIEW_NOBODY;
                ret->by = person ?: -1;
        }
        return 0;
}

/* The one language that somebody reads best: what the app speaks to them. */
static int add_reader(struct previewing *p, const char *language)
{
        struct preview_language_shape *item = &p->list[p->n];
        int r;

        if (p->n == LANGUAGES_MAX || is_listed(p, language))
                return 0;
        *item = (struct preview_language_shape){ .language = arena_copy(p->a, language, strlen(language)) };
        if (!item->language)
                return arena_failed(p->a);
        r = find_source(p, item->language, item);
        if (r >= 0)
                p->n++;
        return r;
}

static int add_readers(struct previewing *p)
{
        _cleanup_(query_endp) struct query *q = query(p->tx, QUERY_preview_readers);
        int r;

        query_int(q, p->draft->thread);
        query_int(q, p->draft->person);
        query_int(q, clock_now_ms());
        while ((r = query_row(q)) > 0) {
                r = add_reader(p, query_get_text(q, 0));
                if (r < 0)
                        return r;
        }
        return r;
}

int preview_make(struct tx *tx, struct arena *a, const struct preview_draft *draft, struct preview_shape *ret)
{
        struct previewing p = { .tx = tx, .a = a, .draft = draft, .list = arena_get(a, LANGUAGES_MAX * sizeof(*p.list)) };
        int r;

        if (!p.list)
                return arena_failed(a);
        r = text_is_wordless(draft->body);
        if (r < 0)
                return r;
        p.wordless = r > 0;
        r = consent_stands(tx, draft->thread, CONSENT_KIND_MACHINE, 0);
        if (r < 0)
                return r;
        p.agreed = r > 0;
        r = add_readers(&p);
        if (r >= 0)
                r = topic_of(tx, draft->body, draft->language, &ret->topic);
        if (r < 0)
                return r;
        ret->languages = (struct many_preview_language){ p.list, p.n, true };
        return 0;
}
