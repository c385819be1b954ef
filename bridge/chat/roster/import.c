#include "chat/roster/import.h"

#include "base/clock.h"
#include "base/words.h"
#include "chat/event.h"
#include "chat/member.h"
#include "chat/message.h"
#include "chat/person.h"
#include "chat/rights/reach.h"
#include "chat/roster/inside.h"
#include "chat/schoolrow.h"
#include "chat/seal/seal.h"
#include "chat/signin/account.h"
#include "chat/thread.h"
#include "proto/rights.h"
#include "secret/secret.h"
#include "store/query.h"

#include <errno.h>

struct import {
        struct tx *tx;
        struct event_list *made;
        struct roster_report *report;
        struct state now, wanted;
        int64_t at_ms;
        struct stale {
                int64_t *list; /* conversations whose pupil or class is otherwise than before */
                size_t n, room;
        } stale;
};

static void import_done(struct import *in)
{
        state_done(&in->now);
        state_done(&in->wanted);
        free(in->stale.list);
}

void roster_report_done(struct roster_report *report)
{
        arena_done(&report->arena);
        *report = ROSTER_REPORT_NONE;
}

/* ---- telling what is done */

static void describe(struct buf *text, enum state_kind kind, const struct record *record)
{
        switch (kind) {
        case STATE_PERSON:
                buf_printf(text, "%s, %s", record->fields[0], record->fields[PERSON_ROLE]);
                break;
        case STATE_MEMBER:
                buf_add_str(
                        text, record->fields[MEMBER_RELATION] ? record->fields[MEMBER_RELATION] : "school");
                break;
        default:
                buf_add_str(text, record->fields[0]);
                break;
        }
}

static void describe_change(
        struct buf *text, enum state_kind kind, const struct record *old, const struct record *new)
{
        for (int i = 0; i < state_kinds[kind].n; i++) {
                const char *field = state_kinds[kind].fields[i];

                if (same_text(old->fields[i], new->fields[i]) || strcmp(field, "folded") == 0)
                        continue;
                buf_printf(text, "%s%s: %s -> %s", text->len ? "; " : "", field,
                        old->fields[i] ? old->fields[i] : "-", new->fields[i] ? new->fields[i] : "-");
        }
}

static int note(struct import *in, char sign, enum state_kind kind, const struct record *old,
        const struct record *new)
{
        _cleanup_(buf_done) struct buf text = BUF(16 * 1024);
        struct roster_report *report = in->report;
        const struct record *record = new ? new : old;
        struct roster_change *list;

        list = arena_grow(&report->arena, report->list, report->n, &report->room, sizeof(*list));
        if (!list)
                return arena_failed(&report->arena);
        report->list = list;
        if (sign == '~')
                describe_change(&text, kind, old, new);
        else
                describe(&text, kind, record);
        list[report->n++] = (struct roster_change){
                .sign = sign,
                .kind = kind,
                .key = arena_copy(&report->arena, record->key, strlen(record->key)),
                .second = arena_copy(&report->arena, record->second, strlen(record->second)),
                .text = arena_copy(&report->arena, buf_str(&text), text.len),
        };
        (sign == '+' ? report->come : sign == '-' ? report->end : report->change)[kind]++;
        return arena_failed(&report->arena);
}

/* ---- doing it */

static int put(struct import *in, enum query_id id, const struct record *record, enum state_kind kind)
{
        struct query *q = query(in->tx, id);

        query_text(q, record->key);
        if (state_kinds[kind].keys == 2)
                query_text(q, record->second);
        for (int i = 0; i < state_kinds[kind].n; i++)
                query_text(q, record->fields[i]);
        return query_run(q);
}

static int end(struct import *in, enum query_id id, const struct record *record, enum state_kind kind)
{
        struct query *q = query(in->tx, id);

        query_int(q, in->at_ms);
        query_text(q, record->key);
        if (state_kinds[kind].keys == 2)
                query_text(q, record->second);
        return query_run(q);
}

static int add_stale(struct import *in, int64_t thread)
{
        struct stale *stale = &in->stale;
        int64_t *list;
        size_t room;

        if (stale->n == stale->room) {
                room = stale->room ? 2 * stale->room : 32;
                list = reallocarray(stale->list, room, sizeof(*list));
                if (!list)
                        return -ENOMEM;
                stale->list = list;
                stale->room = room;
        }
        stale->list[stale->n++] = thread;
        return 0;
}

static int stale_pupil(struct import *in, const char *pupil)
{
        int64_t thread;
        int r;

        r = thread_by_pupil(in->tx, pupil, &thread);
        return r == -ENOENT ? 0 : r < 0 ? r : add_stale(in, thread);
}

static int stale_all(struct import *in, enum query_id id, const char *key)
{
        _cleanup_(query_endp) struct query *q = query(in->tx, id);
        int r;

        query_text(q, key);
        while ((r = query_row(q)) > 0) {
                r = add_stale(in, query_get_int(q, 0));
                if (r < 0)
                        return r;
        }
        return r;
}

static int by_number(const void *a, const void *b)
{
        int64_t x = *(const int64_t *) a, y = *(const int64_t *) b;

        return (x > y) - (x < y);
}

static int tell_stale(struct import *in)
{
        struct stale *stale = &in->stale;
        int64_t e;

        if (stale->n > 1)
                qsort(stale->list, stale->n, sizeof(*stale->list), by_number);
        for (size_t i = 0; i < stale->n; i++) {
                if (i > 0 && stale->list[i] == stale->list[i - 1])
                        continue;
                e = event_add(
                        in->tx, in->made, (struct event){ .kind = EVENT_THREAD, .thread = stale->list[i] });
                if (e < 0)
                        return (int) e;
        }
        return 0;
}

static int end_member(struct import *in, const struct record *old)
{
        int64_t thread, person;
        int r;

        r = thread_by_pupil(in->tx, old->key, &thread);
        if (r >= 0)
                r = person_by_sourced_id(in->tx, old->second, &person);
        return r < 0 ? r : member_end(in->tx, in->made, thread, person, old->row);
}

static int add_member(struct import *in, const struct record *new)
{
        struct member_draft draft = {
                .joined = JOINED_ROSTER,
                /* Who comes later to a conversation that others have led sees it from now on, until the family agrees otherwise (cmd/widen.c): a
                 * new guardian, and a new mentor as well, for what was said was said to the one before. */
                .reach = REACH_NOW,
                .relation = new->fields[MEMBER_RELATION],
        };
        int64_t id, last;
        int r;

        r = thread_by_pupil(in->tx, new->key, &draft.thread);
        if (r >= 0)
                r = person_by_sourced_id(in->tx, new->second, &draft.person);
        if (r >= 0)
                r = message_last_seq(in->tx, draft.thread, &last);
        if (r >= 0 && last == 0 && !draft.relation)
                draft.reach = REACH_ALL; /* nothing was said, but there may be notes of the school's */
        else if (r >= 0)
                r = reach_left_off(in->tx, draft.thread, draft.person, &draft.from_seq);
        return r < 0 ? r : member_add(in->tx, in->made, &draft, &id);
}

static int change_relation(struct import *in, const struct record *old, const struct record *new)
{
        struct event event = { .kind = EVENT_MEMBER, .n = old->row };
        struct query *q = query(in->tx, QUERY_roster_put_relation);
        int64_t e;
        int r;

        query_text(q, new->fields[MEMBER_RELATION]);
        query_int(q, old->row);
        r = query_run(q);
        if (r >= 0)
                r = thread_by_pupil(in->tx, new->key, &event.thread);
        if (r >= 0)
                r = person_by_sourced_id(in->tx, new->second, &event.person);
        if (r < 0)
                return r;
        e = event_add(in->tx, in->made, event);
        return e < 0 ? (int) e : 0;
}

/* Its key is made before anything can be said in it. */
static int put_thread(struct import *in, const char *pupil)
{
        struct query *q;
        int64_t thread;
        int r;

        r = seal_next_thread(in->tx, &thread);
        if (r < 0)
                return r;
        q = query(in->tx, QUERY_roster_put_thread);
        query_int(q, thread);
        query_int(q, in->at_ms);
        query_text(q, pupil);
        r = query_run(q);
        return r < 0 ? r : seal_make(in->tx, thread);
}

static int put_pupil(struct import *in, const struct record *new)
{
        int64_t thread;
        int r;

        r = put(in, QUERY_roster_put_pupil, new, STATE_PUPIL);
        if (r >= 0)
                r = thread_by_pupil(in->tx, new->key, &thread);
        return r == -ENOENT ? put_thread(in, new->key) : r;
}

/* Who chose this name before the roster gave it to somebody loses it: a name that two claim is nobody's, and one choice may neither keep a colleague out
 * nor stop the import of a whole school. They are asked for another with their next invitation. */
static int put_login(struct import *in, const struct record *new)
{
        int r = put(in, QUERY_roster_free_login, new, STATE_LOGIN);

        return r < 0 ? r : put(in, QUERY_roster_put_login, new, STATE_LOGIN);
}

/* Somebody or something is new, or back. */
static int come(struct import *in, enum state_kind kind, const struct record *new)
{
        switch (kind) {
        case STATE_ORG:
                return put(in, QUERY_roster_put_org, new, kind);
        case STATE_CLASS:
                return put(in, QUERY_roster_put_class, new, kind);
        case STATE_PERSON:
                return put(in, QUERY_roster_put_person, new, kind);
        case STATE_PUPIL:
                return put_pupil(in, new);
        case STATE_TEACHING:
                return put(in, QUERY_roster_put_teaching, new, kind);
        case STATE_GUARDIANSHIP:
                return put(in, QUERY_roster_put_guardianship, new, kind);
        case STATE_MEMBER:
                return add_member(in, new);
        case STATE_LOGIN:
                return put_login(in, new);
        case STATE_KINDS:
                break;
        }
        return -EINVAL;
}

/* Another name is told wherever they are seen. Another role is other rights: who signed in with the old one does so anew. */
static int change_person(struct import *in, const struct record *old, const struct record *new)
{
        int64_t person;
        int r;

        r = person_by_sourced_id(in->tx, new->key, &person);
        if (r >= 0 && !same_text(old->fields[PERSON_ROLE], new->fields[PERSON_ROLE]))
                r = account_role_changed(in->tx, person);
        return r < 0 ? r : member_tell_everywhere(in->tx, in->made, person);
}

static int change(struct import *in, enum state_kind kind, const struct record *old, const struct record *new)
{
        int r;

        if (kind == STATE_MEMBER) {
                if (same_text(old->fields[MEMBER_JOINED], new->fields[MEMBER_JOINED]))
                        return change_relation(in, old, new);
                /* Brought in by hand until now: that time ends, the roster's begins. */
                r = end_member(in, old);
                return r < 0 ? r : add_member(in, new);
        }
        r = come(in, kind, new);
        if (r < 0)
                return r;
        switch (kind) {
        case STATE_ORG:
                return same_text(old->fields[0], new->fields[0])
                               ? 0
                               : stale_all(in, QUERY_roster_threads_of_org, new->key);
        case STATE_CLASS:
                return stale_all(in, QUERY_roster_threads_of_class, new->key);
        case STATE_PERSON:
                return change_person(in, old, new);
        case STATE_PUPIL:
                return stale_pupil(in, new->key);
        default:
                return 0;
        }
}

static int end_person(struct import *in, const struct record *old)
{
        int64_t person;
        int r;

        r = end(in, QUERY_roster_end_person, old, STATE_PERSON);
        if (r >= 0)
                r = person_by_sourced_id(in->tx, old->key, &person);
        return r < 0 ? r : account_end(in->tx, person);
}

static int leave(struct import *in, enum state_kind kind, const struct record *old)
{
        switch (kind) {
        case STATE_ORG:
                return end(in, QUERY_roster_end_org, old, kind);
        case STATE_CLASS:
                return end(in, QUERY_roster_end_class, old, kind);
        case STATE_PERSON:
                return end_person(in, old);
        case STATE_PUPIL:
                return end(in, QUERY_roster_end_pupil, old, kind);
        case STATE_TEACHING:
                return end(in, QUERY_roster_end_teaching, old, kind);
        case STATE_GUARDIANSHIP:
                return end(in, QUERY_roster_end_guardianship, old, kind);
        case STATE_MEMBER:
                return end_member(in, old);
        case STATE_LOGIN:
                return end(in, QUERY_roster_end_login, old, kind);
        case STATE_KINDS:
                break;
        }
        return -EINVAL;
}

/* ---- the difference */

/* Somebody whom the school brought in stays for as long as both the pupil and they are here, and their role is one that can be brought
 * in: a coach who becomes the administrator, or a parent, is in no conversation by that. */
static bool stays(const struct import *in, enum state_kind kind, const struct record *old)
{
        const struct record *person = state_find(&in->wanted, STATE_PERSON, old->second, "");

        return kind == STATE_MEMBER && person &&
               !same_text(old->fields[MEMBER_JOINED], word_text(&words_joined, JOINED_ROSTER)) &&
               state_find(&in->wanted, STATE_PUPIL, old->key, "") &&
               right_may(RIGHT_brought, (enum role)word_value(&words_role, person->fields[PERSON_ROLE])) != MAY_no;
}

static bool same_record(enum state_kind kind, const struct record *old, const struct record *new)
{
        for (int i = 0; i < state_kinds[kind].n; i++)
                if (!same_text(old->fields[i], new->fields[i]))
                        return false;
        return true;
}

enum pass { PASS_ENDS, PASS_REST };

static int step(
        struct import *in, enum pass pass, enum state_kind kind, const struct record *old, struct record *new)
{
        int r;

        if (old && old->ended)
                old = new ? NULL : old;
        if (!new) {
                if (pass != PASS_ENDS || old->ended || stays(in, kind, old))
                        return 0;
                r = leave(in, kind, old);
                return r < 0 ? r : note(in, '-', kind, old, NULL);
        }
        if (pass != PASS_REST)
                return 0;
        if (!old) {
                r = come(in, kind, new);
                return r < 0 ? r : note(in, '+', kind, NULL, new);
        }
        if (same_record(kind, old, new))
                return 0;
        r = change(in, kind, old, new);
        return r < 0 ? r : note(in, '~', kind, old, new);
}

static int walk(struct import *in, enum pass pass, enum state_kind kind)
{
        const struct records *old = &in->now.of[kind];
        struct records *new = &in->wanted.of[kind];
        int order, r = 0;

        for (size_t i = 0, j = 0; r >= 0 && (i < old->n || j < new->n); i += order <= 0, j += order >= 0) {
                order = i == old->n ? 1 : j == new->n ? -1 : strcmp(old->list[i].key, new->list[j].key);
                if (order == 0)
                        order = strcmp(old->list[i].second, new->list[j].second);
                r = step(
                        in, pass, kind, order <= 0 ? &old->list[i] : NULL, order >= 0 ? &new->list[j] : NULL);
        }
        return r < 0 ? r : 0;
}

/* Who chose a language keeps it, also after a time away. */
static void keep_choices(struct import *in)
{
        for (size_t i = 0; i < in->wanted.of[STATE_PERSON].n; i++) {
                struct record *new = &in->wanted.of[STATE_PERSON].list[i];
                const struct record *old = state_find(&in->now, STATE_PERSON, new->key, "");

                if (old && old->chosen)
                        new->fields[PERSON_LANGUAGE] = old->fields[PERSON_LANGUAGE];
        }
}

/* What ends does so from the members up, what comes from the orgs down: each stands on what came before it.
 */
static int apply(struct import *in)
{
        int r = 0;

        keep_choices(in);
        for (int kind = STATE_KINDS - 1; r == 0 && kind >= 0; kind--)
                r = walk(in, PASS_ENDS, (enum state_kind) kind);
        for (int kind = 0; r == 0 && kind < STATE_KINDS; kind++)
                r = walk(in, PASS_REST, (enum state_kind) kind);
        return r < 0 ? r : tell_stale(in);
}

/* ---- the school's own row */

static int name_school(struct import *in, const struct school_shape *now, bool is_new)
{
        const char *name = in->wanted.school ? in->wanted.school : now->name;
        struct uuid log;
        int r;

        if (!is_new && same_text(name, now->name))
                return 0;
        secret_uuid(&log);
        r = school_name(in->tx, name, now->language, &log);
        if (r < 0)
                return r;
        in->report->school = arena_copy(&in->report->arena, name, strlen(name));
        return arena_failed(&in->report->arena);
}

static int bring_in(struct tx *tx, const struct roster *kept, const struct roster *all, const char *today,
        struct event_list *made, struct roster_report *report)
{
        _cleanup_(arena_done) struct arena scratch = ARENA(64 * 1024);
        _cleanup_(import_done) struct import in = {
                .tx = tx, .made = made, .report = report, .at_ms = clock_now_ms()
        };
        struct school_shape school = { .name = "School", .language = "nl" };
        bool is_new;
        int r;

        r = school_load(tx, &scratch, &school, NULL);
        if (r < 0 && r != -ENOENT)
                return r;
        is_new = r == -ENOENT;
        r = roster_keep(tx, kept, all);
        if (r >= 0)
                r = state_load(tx, &in.now);
        if (r >= 0)
                r = state_plan(all, today, school.language, &in.wanted);
        if (r >= 0)
                r = name_school(&in, &school, is_new);
        return r < 0 ? r : apply(&in);
}

int roster_import(struct tx *tx, struct roster *package, bool checks_only, const char *today,
        struct event_list *made, struct roster_report *report, struct roster_faults *faults)
{
        _cleanup_(roster_freep) struct roster *kept = NULL, *all = NULL;
        size_t before = roster_faults_count(faults);
        int r;

        r = roster_kept(tx, &kept);
        if (r >= 0)
                r = roster_adopt(kept, package, today);
        if (r >= 0)
                r = roster_merge(kept, package, &all);
        /* What an EDEXML file refers to stands in itself, and was looked at where it stood. */
        if (r >= 0 && package->version != ROSTER_EDEXML)
                r = roster_check(all, package, today, faults);
        if (r < 0)
                return r;
        if (roster_faults_count(faults) != before)
                return -EBADMSG;
        r = roster_drop_logins(all, today);
        if (r < 0)
                return r;
        return checks_only ? 0 : bring_in(tx, kept, all, today, made, report);
}
