#include "chat/signin/account.h"

#include "base/clock.h"
#include "chat/person.h"
#include "chat/signin/credential.h"
#include "chat/signin/invitation.h"
#include "store/query.h"

#include <errno.h>

enum { DAY_MS = 24 * 3600 * 1000 };

int link_add(struct tx *tx, const struct token_hash *hash, int64_t person, int64_t by, int64_t until_ms)
{
        struct viewer who;
        struct query *q;
        int r;

        r = person_viewer(tx, person, &who);
        if (r < 0)
                return r;
        q = query(tx, QUERY_link_add);
        query_blob(q, hash->bytes, sizeof(hash->bytes));
        query_int(q, person);
        if (by > 0)
                query_int(q, by);
        else
                query_null(q);
        query_int(q, clock_now_ms());
        query_int(q, until_ms);
        return query_run(q);
}

static int use_up(struct tx *tx, const struct token_hash *hash, int64_t *person)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_link_use);
        int64_t who;
        int r;

        query_int(q, clock_now_ms());
        query_blob(q, hash->bytes, sizeof(hash->bytes));
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        who = query_get_int(q, 0);
        /* The statement is done only when it says so. */
        r = query_row(q);
        if (r < 0)
                return r;
        *person = who;
        return 0;
}

int link_use(struct tx *tx, const struct token_hash *hash, int64_t *person)
{
        struct viewer who;
        int r;

        r = use_up(tx, hash, person);
        return r < 0 ? r : person_viewer(tx, *person, &who);
}

enum proof account_proof(enum role role)
{
        return role_is_family(role) ? PROOF_PIN : PROOF_PASSWORD;
}

static int64_t day_of(int64_t ms)
{
        return ms - ms % DAY_MS;
}

static int end_of_device(struct tx *tx, int64_t device)
{
        struct query *q = query(tx, QUERY_session_end_of_device);

        query_int(q, device);
        query_int(q, clock_now_ms());
        return query_run(q);
}

int64_t session_start(struct tx *tx, const struct token_hash *hash, const struct session_new *new)
{
        struct query *q;
        int64_t now = clock_now_ms(), id;
        int r;

        if (new->device > 0) {
                r = end_of_device(tx, new->device);
                if (r < 0)
                        return r;
        }
        q = query(tx, QUERY_session_add);
        query_blob(q, hash->bytes, sizeof(hash->bytes));
        query_int(q, new->person);
        query_maybe(q, new->device > 0 ? new->device : -1);
        query_word(q, &words_device_kind, (int)new->kind);
        query_word(q, &words_sign_in, (int)new->how);
        query_int(q, now);
        query_int(q, new->until_ms);
        r = query_run(q);
        if (r < 0)
                return r;
        id = query_inserted_id(q);
        q = query(tx, QUERY_person_set_seen);
        query_int(q, now);
        query_int(q, new->person);
        r = query_run(q);
        return r < 0 ? r : id;
}

int session_get(struct tx *tx, const struct token_hash *hash, struct session_row *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_session_viewer);
        enum role role;
        int r;

        query_blob(q, hash->bytes, sizeof(hash->bytes));
        query_int(q, clock_now_ms());
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        role = (enum role)query_get_word(q, 1, &words_role);
        *ret = (struct session_row){
                .viewer = viewer_of(query_get_int(q, 0), role),
                .id = query_get_int(q, 2),
                .device = query_is_null(q, 3) ? 0 : query_get_int(q, 3),
                .seen_ms = query_get_int(q, 4),
        };
        return 0;
}

int session_viewer(struct tx *tx, const struct token_hash *hash, struct viewer *ret)
{
        struct session_row row;
        int r;

        r = session_get(tx, hash, &row);
        if (r < 0)
                return r;
        *ret = row.viewer;
        return 0;
}

bool session_is_stale(const struct session_row *row)
{
        return day_of(row->seen_ms) < day_of(clock_now_ms());
}

int session_saw(struct tx *tx, const struct token_hash *hash)
{
        struct session_row row;
        struct query *q;
        int r;

        r = session_get(tx, hash, &row);
        if (r < 0)
                return r;
        if (!session_is_stale(&row))
                return 0;
        q = query(tx, QUERY_session_set_seen);
        query_int(q, day_of(clock_now_ms()));
        query_int(q, row.id);
        r = query_run(q);
        return r < 0 ? r : 1;
}

int session_end(struct tx *tx, const struct token_hash *hash)
{
        struct query *q = query(tx, QUERY_session_end);

        query_int(q, clock_now_ms());
        query_blob(q, hash->bytes, sizeof(hash->bytes));
        return query_run(q);
}

int session_end_one(struct tx *tx, int64_t person, int64_t session)
{
        struct query *q = query(tx, QUERY_session_end_one);
        int r;

        query_int(q, session);
        query_int(q, person);
        query_int(q, clock_now_ms());
        r = query_run(q);
        if (r < 0)
                return r;
        return query_changes(q) > 0 ? 0 : -ENOENT;
}

int sessions_end_of(struct tx *tx, int64_t person, int64_t except)
{
        struct query *q = query(tx, QUERY_session_end_of);

        query_int(q, person);
        query_int(q, except);
        query_int(q, clock_now_ms());
        return query_run(q);
}

static int forget(struct tx *tx, enum query_id id, int64_t person)
{
        struct query *q = query(tx, id);

        query_int(q, person);
        return query_run(q);
}

int account_role_changed(struct tx *tx, int64_t person)
{
        struct query *q = query(tx, QUERY_link_end_of);
        int r;

        query_int(q, clock_now_ms());
        query_int(q, person);
        r = query_run(q);
        if (r >= 0)
                r = invitation_end_of(tx, person);
        return r < 0 ? r : sessions_end_of(tx, person, 0);
}

int account_end(struct tx *tx, int64_t person)
{
        int r;

        r = account_role_changed(tx, person);
        if (r >= 0)
                r = forget(tx, QUERY_profile_remove_of, person);
        if (r >= 0)
                r = forget(tx, QUERY_pin_remove, person);
        return r < 0 ? r : credential_end(tx, person);
}

int session_list(struct tx *tx, struct arena *a, int64_t person, int64_t here, struct many_session_entry *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_session_list);
        struct session_entry_shape *items = NULL;
        size_t n = 0, room = 0;
        int r;

        query_int(q, person);
        query_int(q, clock_now_ms());
        while ((r = query_row(q)) > 0) {
                items = arena_grow(a, items, n, &room, sizeof(*items));
                if (!items)
                        return arena_failed(a);
                items[n] = (struct session_entry_shape){
                        .session = query_get_int(q, 0),
                        .kind = (enum device_kind)query_get_word(q, 1, &words_device_kind),
                        .how = (enum sign_in)query_get_word(q, 2, &words_sign_in),
                        .made = query_get_int(q, 3),
                        .seen = query_get_int(q, 4),
                };
                items[n].here = items[n].session == here;
                n++;
        }
        if (r < 0)
                return r;
        *ret = (struct many_session_entry){ .items = items, .n = n, .given = true };
        return 0;
}

int session_last_ended(struct tx *tx, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_session_last_ended);
        int r;

        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        *ret = query_get_int(q, 0);
        return 0;
}

int session_gone(struct tx *tx, int64_t since, int64_t after_ms, int64_t now_ms, int (*each)(void *arg, const struct token_hash *hash), void *arg)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_session_gone);
        struct token_hash hash;
        int r;

        query_int(q, since);
        query_int(q, after_ms);
        query_int(q, now_ms);
        while ((r = query_row(q)) > 0) {
                if (query_get_bytes(q, 0) != sizeof(hash.bytes))
                        continue;
                memcpy(hash.bytes, query_get_blob(q, 0), sizeof(hash.bytes));
                r = each(arg, &hash);
                if (r < 0)
                        return r;
        }
        return r;
}

int account_after_restore(struct tx *tx, bool sessions)
{
        struct query *q = query(tx, QUERY_link_end_all);
        int r;

        query_int(q, clock_now_ms());
        r = query_run(q);
        if (r >= 0)
                r = invitation_end_all(tx);
        if (r >= 0)
                r = credential_after_restore(tx);
        if (r < 0 || !sessions)
                return r;
        q = query(tx, QUERY_session_end_all);
        query_int(q, clock_now_ms());
        return query_run(q);
}
