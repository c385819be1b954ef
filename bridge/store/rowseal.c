/* store/rowseal.c: the functions that a migration calls to seal what a file holds in the open. What they do is beside the file
 * (struct db_beside); without it they fail, and with them the migration. */
#include "store/inside.h"

static const char *text(sqlite3_value *value)
{
        return (const char *)sqlite3_value_text(value);
}

/* seal(kind, thread, seq, n, person, id, language, origin, text) */
static void seal(sqlite3_context *context, int n, sqlite3_value **v)
{
        const struct db_beside *beside = &((struct db *)sqlite3_user_data(context))->beside;
        struct row_to_seal row;
        void *sealed;
        size_t sealed_n;

        (void)n;
        row = (struct row_to_seal){
                .kind = text(v[0]),
                .thread = sqlite3_value_int64(v[1]),
                .seq = sqlite3_value_int64(v[2]),
                .n = sqlite3_value_int64(v[3]),
                .person = sqlite3_value_int64(v[4]),
                .id = sqlite3_value_bytes(v[5]) == 16 ? sqlite3_value_blob(v[5]) : NULL,
                .language = text(v[6]),
                .origin = text(v[7]),
                .text = text(v[8]),
                .text_n = (size_t)sqlite3_value_bytes(v[8]),
        };
        if (!beside->seal || beside->seal(beside->keys, &row, &sealed, &sealed_n) < 0)
                sqlite3_result_error(context, "it cannot be sealed", -1);
        else
                sqlite3_result_blob64(context, sealed, sealed_n, free);
}

/* make_key(thread) */
static void make_key(sqlite3_context *context, int n, sqlite3_value **v)
{
        const struct db_beside *beside = &((struct db *)sqlite3_user_data(context))->beside;

        (void)n;
        if (!beside->make_key || beside->make_key(beside->keys, sqlite3_value_int64(v[0])) < 0)
                sqlite3_result_error(context, "no key can be made", -1);
}

int rowseal_register(struct db *db)
{
        int rc, flags = SQLITE_UTF8 | SQLITE_DIRECTONLY;

        rc = sqlite3_create_function_v2(db->sqlite, "seal", 9, flags, db, seal, NULL, NULL, NULL);
        if (rc == SQLITE_OK)
                rc = sqlite3_create_function_v2(db->sqlite, "make_key", 1, flags, db, make_key, NULL, NULL, NULL);
        return sqlite_errno(rc);
}
