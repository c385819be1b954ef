/* chat_help.h: a conversation in a database of memory, for the tests of chat/.
 *
 * Pupil Samir with his thread; mentor Visser, mother Huda and father Karim are in it by the roster; coach Rania and
 * mother Oksana are not.
 */
#pragma once

#include "chat/event.h"
#include "chat/member.h"
#include "chat/message.h"
#include "chat/person.h"
#include "chat/reply.h"
#include "chat/seal/keyring.h"
#include "chat/seal/seal.h"
#include "chat/thread.h"
#include "store/query.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

struct fixture {
        struct db *db;
        struct tx *tx;
        struct arena a;
        struct event_list made;
        int64_t thread;
        int64_t visser, huda, karim, rania, oksana;
};

static inline int64_t chat_person(struct fixture *f, const char *id, const char *role, const char *language)
{
        struct query *q = query(f->tx, QUERY_roster_put_person);
        int64_t ret = 0;

        query_text(q, id);
        for (int i = 0; i < 4; i++)
                query_text(q, id);
        query_text(q, role);
        query_text(q, language);
        query_text(q, language);
        query_null(q);
        query_text(q, language);
        assert_int_equal(query_run(q), 0);
        assert_int_equal(person_by_sourced_id(f->tx, id, &ret), 0);
        return ret;
}

static inline void chat_join(struct fixture *f, int64_t person)
{
        struct member_draft draft = { .thread = f->thread, .person = person, .joined = JOINED_ROSTER, .reach = REACH_ALL };
        int64_t id;

        assert_int_equal(member_add(f->tx, &f->made, &draft, &id), 0);
}

static inline int chat_set_up(void **state)
{
        struct fixture *f = calloc(1, sizeof(*f));
        struct query *q;

        if (!f || keyring_open_memory(&f->db) < 0 || tx_begin(f->db, &f->tx) < 0)
                return -1;
        f->a = ARENA(64 * 1024 * 1024);
        q = query(f->tx, QUERY_roster_put_pupil);
        for (int i = 0; i < 4; i++)
                query_text(q, i == 0 ? "samir" : "Samir");
        query_null(q);
        assert_int_equal(query_run(q), 0);
        q = query(f->tx, QUERY_roster_put_thread);
        query_int(q, 1);
        query_int(q, 1);
        query_text(q, "samir");
        assert_int_equal(query_run(q), 0);
        assert_int_equal(thread_by_pupil(f->tx, "samir", &f->thread), 0);
        assert_int_equal(seal_make(f->tx, f->thread), 0);
        f->visser = chat_person(f, "visser", "mentor", "nl");
        f->huda = chat_person(f, "huda", "parent", "ar");
        f->karim = chat_person(f, "karim", "parent", "ar");
        f->rania = chat_person(f, "rania", "coach", "nl");
        f->oksana = chat_person(f, "oksana", "parent", "uk");
        chat_join(f, f->visser);
        chat_join(f, f->huda);
        chat_join(f, f->karim);
        f->made.n = 0;
        *state = f;
        return 0;
}

static inline int chat_tear_down(void **state)
{
        struct fixture *f = *state;

        tx_rollback(f->tx);
        db_close(f->db);
        arena_done(&f->a);
        event_list_done(&f->made);
        free(f);
        return 0;
}

/* client ids are letters here */
static inline struct message_draft chat_draft(struct fixture *f, int64_t sender, char client, const char *body)
{
        struct message_draft draft = { .thread = f->thread, .sender = sender, .body = body, .language = "nl", .direction = DIRECTION_LTR };

        memset(draft.client_id.bytes, client, sizeof(draft.client_id.bytes));
        return draft;
}

static inline int64_t chat_say(struct fixture *f, int64_t sender, char client, const char *body)
{
        struct message_draft draft = chat_draft(f, sender, client, body);
        struct sent_shape sent;

        assert_int_equal(message_append(f->tx, &f->made, &draft, &sent), 0);
        return sent.seq;
}

static inline void assert_made(struct fixture *f, const enum event_kind *kinds, size_t n)
{
        assert_int_equal(f->made.n, n);
        for (size_t i = 0; i < n; i++)
                assert_int_equal(f->made.items[i].kind, kinds[i]);
        f->made.n = 0;
}
#define MADE(f, ...)                                                                                              \
        assert_made(f, (const enum event_kind[]){ __VA_ARGS__ }, sizeof((const enum event_kind[]){ __VA_ARGS__ }) / sizeof(enum event_kind))
