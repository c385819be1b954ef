#include "chat/erase/retention.h"

#include "chat/audit/audit.h"
#include "chat/erase/erase.h"
#include "chat/seal/seal.h"
#include "store/query.h"

#include <errno.h>

static const int64_t DAY_MS = 24LL * 3600 * 1000;
enum { EVENTS_AT_ONCE = 20000, SCRATCH = 64 * 1024 * 1024 };

enum how { HOW_SWEEP, HOW_EVENTS, HOW_PUPIL, HOW_PERSON, HOW_WITH, HOW_NOTHING };

struct kind {
        const char *name, *setting, *doc;
        size_t days; /* offset in struct conf */
        enum how how;
        enum query_id find, take;
};

#define FIND_SWEEP(name) QUERY_find_##name
#define FIND_EVENTS(name) QUERY_find_##name
#define FIND_PUPIL(name) QUERY_find_##name
#define FIND_PERSON(name) QUERY_find_##name
#define FIND_WITH(name) QUERY_find_##name
#define FIND_NOTHING(name) QUERIES
#define TAKE_SWEEP(name) QUERY_take_##name
#define TAKE_EVENTS(name) QUERIES
#define TAKE_PUPIL(name) QUERIES
#define TAKE_PERSON(name) QUERIES
#define TAKE_WITH(name) QUERIES
#define TAKE_NOTHING(name) QUERIES

static const struct kind kinds[] = {
#define KIND(name, setting, HOW, doc) { #name, #setting, doc, offsetof(struct conf, setting), HOW_##HOW, FIND_##HOW(name), TAKE_##HOW(name) },
#include "chat/erase/kinds.def"
#undef KIND
};

static int days_of(const struct conf *conf, const struct kind *kind)
{
        return *(const int *)((const char *)conf + kind->days);
}

static bool applies(const struct conf *conf, const struct kind *kind)
{
        return kind->how != HOW_NOTHING && days_of(conf, kind) > 0;
}

const char *retention_kind(const struct conf *conf, size_t i, const char **doc, const char **setting, int *days)
{
        if (i >= ELEMENTS(kinds))
                return NULL;
        *doc = kinds[i].doc;
        *setting = kinds[i].setting;
        *days = days_of(conf, &kinds[i]);
        return kinds[i].name;
}

/* What is older than this has had its time. */
static int64_t before(const struct conf *conf, const struct kind *kind, int64_t now_ms)
{
        return now_ms - days_of(conf, kind) * DAY_MS;
}

static int find(struct tx *tx, struct arena *a, const struct conf *conf, const struct kind *kind, int64_t now_ms, struct retention_list *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, kind->find);
        int days = days_of(conf, kind), r;

        query_int(q, before(conf, kind, now_ms));
        /* Whoever stands only in conversations that go, goes with them. */
        if (kind->how == HOW_PERSON)
                query_int(q, conf->keep_pupil_days > 0 ? now_ms - conf->keep_pupil_days * DAY_MS : INT64_MIN);
        while ((r = query_row(q)) > 0) {
                struct retention_line *lines = arena_grow(a, ret->lines, ret->n, &ret->room, sizeof(*lines));

                if (!lines)
                        return arena_failed(a);
                ret->lines = lines;
                lines[ret->n++] = (struct retention_line){
                        .kind = kind->name,
                        .setting = kind->setting,
                        .days = days,
                        .subject = query_get_int(q, 0),
                        .name = query_is_null(q, 1) ? "" : arena_copy(a, query_get_text(q, 1), query_get_bytes(q, 1)),
                        .since_ms = query_get_int(q, 2),
                        .n = query_get_int(q, 3),
                };
        }
        return r < 0 ? r : arena_failed(a);
}

int retention_find(struct tx *tx, struct arena *a, const struct conf *conf, int64_t now_ms, struct retention_list *ret)
{
        int r = 0;

        *ret = (struct retention_list){ 0 };
        for (size_t i = 0; r >= 0 && i < ELEMENTS(kinds); i++)
                if (applies(conf, &kinds[i]))
                        r = find(tx, a, conf, &kinds[i], now_ms, ret);
        return r;
}

struct run {
        struct tx *tx;
        struct event_list *made;
        const struct conf *conf;
        int64_t now_ms, at_ms;
        struct retention_done done;
};

static int sweep(struct run *run, const struct kind *kind)
{
        struct query *q = query(run->tx, kind->take);

        query_int(q, before(run->conf, kind, run->now_ms));
        return query_run(q);
}

static int take_events(struct run *run, const struct kind *kind, int64_t *n)
{
        int r;

        r = event_forget(run->tx, before(run->conf, kind, run->now_ms), EVENTS_AT_ONCE, n);
        if (r >= 0 && *n == EVENTS_AT_ONCE)
                run->done.more = true;
        return r;
}

static int take_line(struct run *run, const struct kind *kind, const struct retention_line *line)
{
        char why[64];
        int64_t n = line->n;
        int r = 0;

        snprintf(why, sizeof(why), "%s=%d", line->setting, line->days);
        /* Erasing a pupil writes the log itself, also of the guardians who go. */
        if (kind->how == HOW_PUPIL) {
                r = erase_pupil_rows(run->tx, run->made, line->subject, run->at_ms, line->since_ms, why);
                return r < 0 ? r : 0;
        }
        if (kind->how == HOW_EVENTS)
                r = take_events(run, kind, &n);
        if (kind->how == HOW_PERSON)
                r = erase_person_rows(run->tx, line->subject, run->at_ms);
        run->done.lines++;
        return r < 0 ? r : erase_log(run->tx, run->at_ms, line->kind, line->subject, line->since_ms, n, why);
}

/* Of all of them before the first row goes. */
static int destroy_keys(struct run *run, const struct retention_list *list)
{
        _cleanup_free_ int64_t *pupils = calloc(list->n + 1, sizeof(*pupils));
        _cleanup_free_ char *why = NULL;

        if (!pupils)
                return -ENOMEM;
        for (size_t i = 0; i < list->n; i++)
                pupils[i] = list->lines[i].subject;
        run->done.pupils += (int64_t)list->n;
        return list->n > 0 ? erase_keys(run->tx, pupils, list->n, NULL, &why) : 0;
}

static int take(struct run *run, const struct kind *kind)
{
        _cleanup_(arena_done) struct arena a = ARENA(SCRATCH);
        struct retention_list list = { 0 };
        int r;

        r = find(run->tx, &a, run->conf, kind, run->now_ms, &list);
        if (r >= 0 && kind->how == HOW_PUPIL)
                r = destroy_keys(run, &list);
        for (size_t i = 0; r >= 0 && i < list.n; i++)
                r = take_line(run, kind, &list.lines[i]);
        if (r >= 0 && kind->how == HOW_SWEEP && list.n > 0)
                r = sweep(run, kind);
        return r;
}

int retention_run(struct tx *tx, struct event_list *made, const struct conf *conf, int64_t now_ms, int64_t at_ms,
                  struct retention_done *ret)
{
        struct run run = { .tx = tx, .made = made, .conf = conf, .now_ms = now_ms, .at_ms = at_ms };
        int r = 0;

        for (size_t i = 0; r >= 0 && i < ELEMENTS(kinds); i++)
                if (applies(conf, &kinds[i]) && kinds[i].how != HOW_WITH)
                        r = take(&run, &kinds[i]);
        if (r >= 0 && run.done.lines > 0)
                r = audit_add(tx, &(struct audit){ .deed = DEED_RETENTION, .n = run.done.lines });
        if (r < 0)
                return r;
        run.done.change_key = run.done.pupils > 0 && !seal_makes_next_key(tx);
        *ret = run.done;
        return 0;
}

int retention_log(struct tx *tx, struct arena *a, struct retention_gone **ret, size_t *n)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_erased_all);
        struct retention_gone *list = NULL;
        size_t room = 0, count = 0;
        int r;

        while ((r = query_row(q)) > 0) {
                list = arena_grow(a, list, count, &room, sizeof(*list));
                if (!list)
                        return arena_failed(a);
                list[count++] = (struct retention_gone){
                        .at_ms = query_get_int(q, 0),
                        .line = { .kind = arena_copy(a, query_get_text(q, 1), query_get_bytes(q, 1)),
                                  .subject = query_get_int(q, 2),
                                  .since_ms = query_get_int(q, 3),
                                  .n = query_get_int(q, 4),
                                  .setting = arena_copy(a, query_get_text(q, 5), query_get_bytes(q, 5)),
                                  .days = -1,
                                  .name = "" },
                };
        }
        if (r < 0 || arena_failed(a))
                return r < 0 ? r : arena_failed(a);
        *ret = list;
        *n = count;
        return 0;
}
