#include "chat/versions/preview.h"

#include "base/clock.h"
#include "chat/rights/consent.h"
#include "chat/versions/topic.h"
#include "store/query.h"
#include "text/language.h"

#include <errno.h>

enum { LANGUAGES_MAX = 32 };

static bool is_listed(const struct preview_language_shape *list, size_t n, const char *language)
{
        for (size_t i = 0; i < n; i++)
                if (language_same(list[i].language, language))
                        return true;
        return false;
}

/* Whether no machine could put a message of this conversation into the language, the last time it was asked. */
static int has_failed(struct tx *tx, int64_t thread, const char *language)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_preview_failed);

        query_int(q, thread);
        query_text(q, language);
        query_word(q, &words_request_reason, MISSED_PAIR);
        return query_row(q);
}

static int source_of(struct tx *tx, const struct preview_draft *draft, const char *language, bool agreed, enum preview_source *ret)
{
        int r = 0;

        *ret = PREVIEW_NOBODY;
        if (language_same(language, draft->language)) {
                *ret = PREVIEW_ORIGINAL;
        } else if (agreed && draft->can(draft->arg, draft->language, language)) {
                r = has_failed(tx, draft->thread, language);
                if (r == 0)
                        *ret = PREVIEW_MACHINE;
        }
        return r < 0 ? r : 0;
}

/* The one language that somebody reads best: what the app speaks to them. */
static int add_reader(struct tx *tx, struct arena *a, const struct preview_draft *draft, const char *language, bool agreed, struct preview_language_shape *list, size_t *n)
{
        int r;

        if (*n == LANGUAGES_MAX || is_listed(list, *n, language))
                return 0;
        list[*n] = (struct preview_language_shape){ .language = arena_copy(a, language, strlen(language)) };
        r = source_of(tx, draft, language, agreed, &list[*n].source);
        *n += 1;
        return r < 0 ? r : arena_failed(a);
}

int preview_make(struct tx *tx, struct arena *a, const struct preview_draft *draft, struct preview_shape *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_preview_readers);
        struct preview_language_shape *items = arena_get(a, LANGUAGES_MAX * sizeof(*items));
        size_t n = 0;
        int agreed, r;

        if (!items)
                return arena_failed(a);
        agreed = consent_stands(tx, draft->thread, CONSENT_KIND_MACHINE, 0);
        if (agreed < 0)
                return agreed;
        query_int(q, draft->thread);
        query_int(q, draft->person);
        query_int(q, clock_now_ms());
        while ((r = query_row(q)) > 0) {
                r = add_reader(tx, a, draft, query_get_text(q, 0), agreed > 0, items, &n);
                if (r < 0)
                        return r;
        }
        if (r >= 0)
                r = topic_of(tx, draft->body, draft->language, &ret->topic);
        if (r < 0)
                return r;
        ret->languages = (struct many_preview_language){ items, n, true };
        return 0;
}
