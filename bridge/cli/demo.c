/* cli/demo.c: puts a file of conversations into a school, so that there is something to look at. The form is described
 * in config/demo-school/README.md. All of it is one transaction. */
#include "base/clock.h"
#include "base/parse.h"
#include "chat/audit/audit.h"
#include "chat/member.h"
#include "chat/message.h"
#include "chat/note.h"
#include "chat/person.h"
#include "chat/reply.h"
#include "chat/rights/consent.h"
#include "chat/thread.h"
#include "chat/version.h"
#include "chat/versions/glossary.h"
#include "cli/cli.h"
#include "conf/conf.h"
#include "proto/tree.h"
#include "secret/secret.h"
#include "store/db.h"
#include "text/text.h"

#include <errno.h>

enum { ARENA_CAP = 64 * 1024, MINUTE_MS = 60 * 1000, DAY_S = 24 * 3600, ANSWER_AFTER_MS = 4 * MINUTE_MS };

struct loading {
        struct tx *tx;
        int64_t thread;
        int extra_days; /* the whole conversation lies so much further back */
        const char *at_fault; /* the handle or text a fault is about; borrowed from the tree */
};

static int person_of(struct loading *l, const char *handle, int64_t *ret)
{
        int r;

        l->at_fault = handle;
        if (!handle)
                return -EINVAL;
        r = person_by_sourced_id(l->tx, handle, ret);
        return r;
}

/* days_ago and at ("08:52") in the school's time. */
static int64_t moment(const struct tree *message, int extra_days)
{
        const char *at = tree_str(message, "at") ?: "12:00";
        time_t now = (time_t)(clock_now_ms() / 1000);
        struct tm t;
        int hour = 12, minute = 0;

        sscanf(at, "%2d:%2d", &hour, &minute);
        localtime_r(&now, &t);
        t.tm_mday -= (int)tree_int(message, "days_ago", 0) + extra_days;
        t.tm_hour = hour;
        t.tm_min = minute;
        t.tm_sec = 0;
        t.tm_isdst = -1;
        return (int64_t)mktime(&t) * 1000;
}

static int add_version(struct loading *l, const struct tree *version, int64_t seq, int64_t at)
{
        _cleanup_free_ char *body = NULL;
        const char *given = tree_str(version, "body");
        const char *language = tree_str(version, "language");
        struct version_draft draft = { .thread = l->thread, .seq = seq, .language = language, .at_ms = at + MINUTE_MS };
        int r;

        l->at_fault = given;
        draft.origin = (enum origin)word_value(&words_origin, tree_str(version, "origin"));
        if (!given || !language || !draft.origin)
                return -EINVAL;
        if (tree_str(version, "author")) {
                r = person_of(l, tree_str(version, "author"), &draft.author);
                if (r < 0)
                        return r;
        }
        r = text_body(given, strlen(given), TEXT_BYTES_MAX, &body);
        if (r < 0)
                return r;
        draft.body = body;
        draft.direction = text_direction(body, language);
        return version_append(l->tx, NULL, &draft);
}

static int add_answer(struct loading *l, const struct tree *answer, int64_t seq, int64_t at)
{
        enum answer word = (enum answer)word_value(&words_answer, tree_str(answer, "answer"));
        int64_t person;
        int r;

        r = person_of(l, tree_str(answer, "by"), &person);
        if (r < 0)
                return r;
        return word ? reply_set(l->tx, NULL, l->thread, seq, person, word, at + ANSWER_AFTER_MS) : -EINVAL;
}

static int add_message(struct loading *l, const struct tree *message, int64_t *seq)
{
        _cleanup_free_ char *body = NULL;
        const char *given = tree_str(message, "body");
        struct message_draft draft = { .thread = l->thread, .language = tree_str(message, "language") };
        const struct tree *list;
        struct viewer sender;
        struct sent_shape sent;
        int r;

        r = person_of(l, tree_str(message, "by"), &draft.sender);
        if (r >= 0)
                r = person_viewer(l->tx, draft.sender, &sender);
        if (r < 0)
                return r;
        l->at_fault = given;
        if (!given || !draft.language)
                return -EINVAL;
        r = text_body(given, strlen(given), TEXT_BYTES_MAX, &body);
        if (r < 0)
                return r;
        secret_uuid(&draft.client_id);
        draft.body = body;
        draft.direction = text_direction(body, draft.language);
        draft.at_ms = moment(message, l->extra_days);
        r = message_append(l->tx, NULL, &draft, &sent);
        if (r >= 0 && !sender.family)
                r = reply_school_spoke(l->tx, NULL, l->thread);
        list = tree_get(message, "versions");
        for (size_t i = 0; r >= 0 && i < tree_size(list); i++)
                r = add_version(l, tree_at(list, i), sent.seq, draft.at_ms);
        list = tree_get(message, "answers");
        for (size_t i = 0; r >= 0 && i < tree_size(list); i++)
                r = add_answer(l, tree_at(list, i), sent.seq, draft.at_ms);
        *seq = sent.seq;
        return r;
}

/* Who may only come with the family's consent comes with it: asked a while before, answered by the one the file names. */
static int add_consent(struct loading *l, const struct tree *bring, const struct member_draft *draft, bool *came)
{
        struct consent consent = { .thread = l->thread, .person = draft->person, .reach = draft->reach, .until_ms = draft->ends_ms, .why = draft->why,
                                   .asked_by = draft->by };
        struct consent_said said = { .answer = CONSENT_ANSWER_YES, .at_ms = draft->at_ms };
        _cleanup_(arena_done) struct arena a = ARENA(ARENA_CAP);
        struct viewer who;
        int64_t id;
        int r;

        if (!tree_str(bring, "consent"))
                return 0;
        r = person_viewer(l->tx, draft->person, &who);
        if (r >= 0)
                r = person_of(l, tree_str(bring, "consent"), &said.by);
        if (r >= 0)
                r = person_language(l->tx, &a, said.by, &said.language);
        if (r < 0)
                return r;
        consent.kind = consent_kind_of(who.role);
        consent.asked_ms = draft->at_ms - 30 * MINUTE_MS;
        if (!consent.kind)
                return -EINVAL;
        r = consent_ask(l->tx, NULL, &consent, &id);
        if (r >= 0)
                r = consent_get(l->tx, &a, l->thread, id, &consent);
        if (r >= 0)
                r = consent_answer(l->tx, NULL, &consent, &said);
        if (r < 0)
                return r;
        *came = true;
        return 0;
}

static int add_brought(struct loading *l, const struct tree *bring, int64_t after, int64_t at)
{
        struct member_draft draft = {
                .thread = l->thread,
                .joined = JOINED_BROUGHT,
                .reach = (enum reach)word_value(&words_reach, tree_str(bring, "reach") ?: "now"),
                .why = tree_str(bring, "why"),
                .at_ms = at,
                .ends_ms = tree_int(bring, "days", 0) > 0 ? clock_now_ms() + tree_int(bring, "days", 0) * DAY_S * 1000 : 0,
        };
        bool came = false;
        int64_t id;
        int r;

        if (tree_int(bring, "after", 0) != after)
                return 0;
        r = person_of(l, tree_str(bring, "person"), &draft.person);
        if (r >= 0)
                r = person_of(l, tree_str(bring, "by"), &draft.by);
        if (r >= 0)
                r = add_consent(l, bring, &draft, &came);
        return r < 0 || came ? r : member_add(l->tx, NULL, &draft, &id);
}

static int add_all_brought(struct loading *l, const struct tree *conversation, int64_t after, int64_t at)
{
        const struct tree *list = tree_get(conversation, "bring");
        int r = 0;

        for (size_t i = 0; r >= 0 && i < tree_size(list); i++)
                r = add_brought(l, tree_at(list, i), after, at);
        return r;
}

static int add_note(struct loading *l, const struct tree *note)
{
        _cleanup_free_ char *body = NULL;
        const char *given = tree_str(note, "body");
        struct note_draft draft = {
                .thread = l->thread,
                .level = (enum note_level)word_value(&words_note_level, tree_str(note, "level")),
                .language = tree_str(note, "language"),
                .at_ms = moment(note, l->extra_days),
        };
        int64_t id;
        int r;

        r = person_of(l, tree_str(note, "by"), &draft.author);
        if (r < 0)
                return r;
        l->at_fault = given;
        if (!given || !draft.language || !draft.level)
                return -EINVAL;
        r = text_body(given, strlen(given), TEXT_BYTES_MAX, &body);
        if (r < 0)
                return r;
        secret_uuid(&draft.client_id);
        draft.body = body;
        draft.direction = text_direction(body, draft.language);
        return note_add(l->tx, NULL, &draft, &id);
}

static int set_read(void *arg, const char *handle, const struct tree *seq)
{
        struct loading *l = arg;
        struct membership m;
        int64_t person, read, unread;
        int r;

        r = person_of(l, handle, &person);
        if (r >= 0)
                r = member_now(l->tx, l->thread, person, &m);
        return r < 0 ? r : member_read(l->tx, NULL, l->thread, person, &m, tree_number(seq, 0), &read, &unread);
}

static int add_conversation(struct loading *l, const struct tree *conversation)
{
        const struct tree *messages = tree_get(conversation, "messages"), *list;
        int64_t last, seq = 0, at;
        int r;

        l->at_fault = tree_str(conversation, "pupil");
        if (!l->at_fault || tree_size(messages) == 0)
                return -EINVAL;
        r = thread_by_pupil(l->tx, l->at_fault, &l->thread);
        if (r >= 0)
                r = message_last_seq(l->tx, l->thread, &last);
        if (r < 0 || last > 0)
                return r; /* there is a conversation already: leave it alone */

        l->extra_days = 0;
        if (moment(tree_at(messages, tree_size(messages) - 1), 0) > clock_now_ms() - ANSWER_AFTER_MS * 2)
                l->extra_days = 1;
        at = moment(tree_at(messages, 0), l->extra_days) - MINUTE_MS;
        r = add_all_brought(l, conversation, 0, at);
        for (size_t i = 0; r >= 0 && i < tree_size(messages); i++) {
                r = add_message(l, tree_at(messages, i), &seq);
                at = moment(tree_at(messages, i), l->extra_days) + MINUTE_MS;
                if (r >= 0)
                        r = add_all_brought(l, conversation, seq, at);
        }
        list = tree_get(conversation, "notes");
        for (size_t i = 0; r >= 0 && i < tree_size(list); i++)
                r = add_note(l, tree_at(list, i));
        if (r >= 0 && tree_get(conversation, "read"))
                r = tree_each(tree_get(conversation, "read"), set_read, l);
        if (r >= 0 && tree_int(conversation, "handled", 0) > 0)
                r = reply_handled(l->tx, NULL, l->thread);
        return r;
}

/* Words of the school that nobody wrote down yet. */
static int add_term(struct loading *l, const struct tree *term)
{
        struct glossary_row row = {
                .language = tree_str(term, "language"),
                .words = tree_str(term, "words"),
                .target = tree_str(term, "target") ?: "",
                .instead = tree_str(term, "instead"),
                .inflects = tree_int(term, "inflects", 0) > 0,
        };
        int64_t id;
        int r;

        l->at_fault = row.words;
        if (!row.language || !row.words)
                return -EINVAL;
        r = glossary_put(l->tx, &row, &id);
        return r == -EEXIST ? 0 : r;
}

static int load(struct db *db, const struct tree *file, struct loading *l)
{
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        const struct tree *list = tree_get(file, "conversations");
        int r;

        r = tx_begin(db, &tx);
        if (r < 0)
                return r;
        l->tx = tx;
        for (size_t i = 0; r >= 0 && i < tree_size(list); i++)
                r = add_conversation(l, tree_at(list, i));
        list = tree_get(file, "glossary");
        for (size_t i = 0; r >= 0 && i < tree_size(list); i++)
                r = add_term(l, tree_at(list, i));
        list = tree_get(file, "conversations");
        if (r >= 0)
                r = audit_add(tx, &(struct audit){ .deed = DEED_DEMO, .n = (int64_t)tree_size(list) });
        return r < 0 ? r : tx_commit(TAKE(tx));
}

int cli_demo(int argc, char **argv)
{
        _cleanup_(conf_done) struct conf conf = { 0 };
        _cleanup_(db_closep) struct db *db = NULL;
        _cleanup_(tree_freep) struct tree *file = NULL;
        _cleanup_free_ char *why = NULL;
        struct loading l = { 0 };
        int r;

        r = cli_conf(&conf, &argc, argv);
        if (r > 0)
                return r - 1;
        if (argc != 2)
                return cli_fail("demo", 2, "name one file of conversations; see --help");
        if (secret_init() < 0)
                return cli_fail("demo", 1, "no source of random numbers");
        r = tree_load(argv[1], &file, &why);
        if (r < 0)
                return cli_fail("demo", 1, why);
        r = cli_open(&conf, "demo", 0, &db);
        if (r > 0)
                return r;
        r = load(db, file, &l);
        if (r < 0) {
                if (asprintf(&why, "%s: %s (at \"%s\")", argv[1], strerror(-r), l.at_fault ? l.at_fault : "") < 0)
                        why = NULL;
                return cli_fail("demo", 1, why);
        }
        cli_note(&conf, db);
        return 0;
}
