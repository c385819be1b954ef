#include "chat/signin/identity.h"

#include "base/clock.h"
#include "chat/person.h"
#include "chat/signin/credential.h"
#include "store/query.h"

#include <errno.h>

static int known(struct tx *tx, const struct identity *identity, int64_t *person)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_identity_get);
        int r;

        query_text(q, identity->issuer);
        query_text(q, identity->subject);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        *person = query_get_int(q, 0);
        return 0;
}

/* Whether somebody is here still, and of the school side. */
static int is_here(struct tx *tx, int64_t person)
{
        struct viewer viewer;
        int r = person_viewer(tx, person, &viewer);

        return r < 0 ? r : viewer.family ? -ENOENT : 0;
}

static int by_value(struct tx *tx, const char *value, int64_t *person)
{
        int64_t by_name = 0, by_key = 0;
        int r, k;

        r = login_person(tx, value, &by_name);
        if (r < 0 && r != -ENOENT)
                return r;
        k = person_by_sourced_id(tx, value, &by_key);
        if (k >= 0)
                k = is_here(tx, by_key);
        if (k < 0 && k != -ENOENT)
                return k;
        if (r == -ENOENT && k == -ENOENT)
                return -ENOENT;
        if (r == 0 && k == 0 && by_name != by_key)
                return -ENOTUNIQ;
        *person = r == 0 ? by_name : by_key;
        return 0;
}

/* The one person whom the values mean: two that mean two people mean nobody. */
static int match(struct tx *tx, const struct identity *identity, int64_t *person)
{
        int64_t found = 0;

        for (size_t i = 0; i < identity->n; i++) {
                int64_t one;
                int r = by_value(tx, identity->values[i], &one);

                if (r == -ENOENT)
                        continue;
                if (r == -ENOTUNIQ || (r >= 0 && found != 0 && found != one))
                        return -ENOENT;
                if (r < 0)
                        return r;
                found = one;
        }
        if (found == 0)
                return -ENOENT;
        *person = found;
        return 0;
}

/* Whether another subject of this provider is this person. */
static int has_other(struct tx *tx, const struct identity *identity, int64_t person)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_identity_of_person);

        query_text(q, identity->issuer);
        query_int(q, person);
        return query_row(q);
}

int identity_person(struct tx *tx, const struct identity *identity, int64_t *person)
{
        struct query *q;
        int64_t who = 0;
        int r;

        r = known(tx, identity, &who);
        if (r == 0)
                r = is_here(tx, who);
        else if (r == -ENOENT) {
                r = match(tx, identity, &who);
                if (r >= 0)
                        r = has_other(tx, identity, who);
                if (r != 0)
                        return r < 0 ? r : -ENOENT;
                q = query(tx, QUERY_identity_add);
                query_text(q, identity->issuer);
                query_text(q, identity->subject);
                query_int(q, who);
                query_int(q, clock_now_ms());
                r = query_run(q);
        }
        if (r < 0)
                return r;
        *person = who;
        return 0;
}

int identity_is_only_way(struct tx *tx, const char *issuer, int64_t person)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_identity_only_way);

        query_text(q, issuer);
        query_int(q, person);
        return query_row(q);
}

int identity_forget(struct tx *tx, int64_t person)
{
        struct query *q = query(tx, QUERY_identity_forget);

        query_int(q, person);
        return query_run(q);
}
