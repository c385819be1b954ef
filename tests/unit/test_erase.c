/* links: erase chat store */
#include "chat_help.h"

#include "chat/erase/erase.h"

/* Every column that points to a thread, a pupil or a person has its rule, and it says the right one of these. */
static void every_column_has_its_rule(void **state)
{
        struct fixture *f = *state;
        struct query *q = query(f->tx, QUERY_schema_points);
        int missing = 0;

        while (query_row(q) > 0) {
                const char *table = query_get_text(q, 0), *column = query_get_text(q, 1), *of = query_get_text(q, 2);
                const char *rule = erase_rule(table, column);

                if (!rule || strcmp(rule, of) != 0) {
                        print_error("%s.%s points to %s: say in bridge/chat/erase/rules.def what becomes of its rows when a pupil is erased\n", table,
                                    column, of);
                        missing++;
                }
        }
        query_end(q);
        assert_int_equal(missing, 0);
}

static bool points(struct fixture *f, const char *table)
{
        struct query *q = query(f->tx, QUERY_schema_points);
        bool found = false;

        while (!found && query_row(q) > 0)
                found = strcmp(query_get_text(q, 0), table) == 0;
        query_end(q);
        return found;
}

/* A table without such a column is named as one: nobody made it without thinking of it. */
static void every_table_is_named(void **state)
{
        struct fixture *f = *state;
        char names[200][64];
        struct query *q = query(f->tx, QUERY_schema_tables);
        size_t n = 0;
        int missing = 0;

        while (query_row(q) > 0 && n < 200)
                snprintf(names[n++], sizeof(names[0]), "%s", query_get_text(q, 0));
        query_end(q);
        for (size_t i = 0; i < n; i++)
                if (!points(f, names[i]) && !erase_rule(names[i], NULL)) {
                        print_error("the table %s stands nowhere in bridge/chat/erase/rules.def\n", names[i]);
                        missing++;
                }
        assert_true(n > 10);
        assert_int_equal(missing, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(every_column_has_its_rule, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(every_table_is_named, chat_set_up, chat_tear_down),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
