#include "chat/signin/device.h"

#include "base/clock.h"
#include "chat/person.h"
#include "store/query.h"

#include <errno.h>
#include <string.h>

bool pin_is_well_formed(const char *pin)
{
        return strspn(pin, "0123456789") == PIN_FIGURES && pin[PIN_FIGURES] == '\0';
}

bool pin_is_too_easy(const char *pin)
{
        static const char *const worst[] = { "012345", "123456", "234567", "654321", "543210", "123123", "112233", "121212" };
        bool one_figure = true;

        for (int i = 1; i < PIN_FIGURES; i++)
                one_figure = one_figure && pin[i] == pin[0];
        for (size_t i = 0; i < ELEMENTS(worst); i++)
                if (strcmp(pin, worst[i]) == 0)
                        return true;
        return one_figure;
}

int pin_get(struct tx *tx, struct arena *a, int64_t person, const char **ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_pin_get);
        int r;

        query_int(q, person);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        *ret = arena_copy(a, query_get_text(q, 0), query_get_bytes(q, 0));
        return arena_failed(a);
}

int pin_put(struct tx *tx, int64_t person, const char *hash)
{
        struct query *q = query(tx, QUERY_pin_put);

        query_int(q, person);
        query_text(q, hash);
        query_int(q, clock_now_ms());
        return query_run(q);
}

int64_t device_add(struct tx *tx, const struct token_hash *hash)
{
        struct query *q = query(tx, QUERY_device_add);
        int r;

        query_blob(q, hash->bytes, sizeof(hash->bytes));
        query_int(q, clock_now_ms());
        r = query_run(q);
        return r < 0 ? r : query_inserted_id(q);
}

int64_t device_find(struct tx *tx, const struct token_hash *hash)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_device_by_hash);
        int r;

        query_blob(q, hash->bytes, sizeof(hash->bytes));
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        return query_get_int(q, 0);
}

int profile_add(struct tx *tx, int64_t device, int64_t person)
{
        struct query *q = query(tx, QUERY_profile_add);

        query_int(q, device);
        query_int(q, person);
        query_int(q, clock_now_ms());
        return query_run(q);
}

int profile_there(struct tx *tx, int64_t device, int64_t person)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_profile_there);
        int r;

        query_int(q, device);
        query_int(q, person);
        r = query_row(q);
        if (r < 0)
                return r;
        return r > 0 ? 0 : -ENOENT;
}

int profile_remove(struct tx *tx, int64_t device, int64_t person)
{
        struct query *q = query(tx, QUERY_profile_remove);

        query_int(q, device);
        query_int(q, person);
        return query_run(q);
}

static int people_of(struct tx *tx, struct arena *a, int64_t device, int64_t **ret, size_t *n)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_profile_list);
        size_t room = 0;
        int r;

        query_int(q, device);
        for (*n = 0; (r = query_row(q)) > 0; (*n)++) {
                *ret = arena_grow(a, *ret, *n, &room, sizeof(**ret));
                if (!*ret)
                        return arena_failed(a);
                (*ret)[*n] = query_get_int(q, 0);
        }
        return r;
}

int profile_list(struct tx *tx, struct arena *a, int64_t device, struct many_person *ret)
{
        int64_t *ids = NULL;
        size_t n;
        int r;

        r = people_of(tx, a, device, &ids, &n);
        return r < 0 ? r : person_load_many(tx, a, ids, n, ret);
}
