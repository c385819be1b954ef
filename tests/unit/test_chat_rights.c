/* links: chat store proto text base */
/* The table of rights, with its conditions looked up. tests/scenario/40-rights-walk.mjs acts out every cell. */
#include "chat_help.h"

#include "chat/rights/rights.h"

static int ask(struct fixture *f, int64_t person, enum role role, const struct command_args *args)
{
        struct viewer viewer = viewer_of(person, role);
        struct membership me;

        return rights_check(f->tx, &viewer, args, &me);
}

static struct command_args correct(struct fixture *f, int64_t seq)
{
        return (struct command_args){ .command = COMMAND_correct, .correct = { .thread = f->thread, .seq = seq } };
}

static void who_is_in_may_and_to_who_is_not_it_is_not_there(void **state)
{
        struct fixture *f = *state;
        struct command_args args = { .command = COMMAND_history, .history = { .thread = f->thread } };
        struct command_args nowhere = { .command = COMMAND_history, .history = { .thread = f->thread + 1 } };

        assert_int_equal(ask(f, f->huda, ROLE_PARENT, &args), 0);
        assert_int_equal(ask(f, f->oksana, ROLE_PARENT, &args), -ENOENT);
        assert_int_equal(ask(f, f->huda, ROLE_PARENT, &nowhere), -ENOENT);
}

static void a_role_that_may_never_learns_nothing(void **state)
{
        struct fixture *f = *state;
        struct command_args args = { .command = COMMAND_history, .history = { .thread = f->thread } };
        struct command_args nowhere = { .command = COMMAND_history, .history = { .thread = f->thread + 1 } };

        /* Even where a row says that they are in it. */
        assert_int_equal(ask(f, f->visser, ROLE_ADMINISTRATOR, &args), -EPERM);
        assert_int_equal(ask(f, f->visser, ROLE_ADMINISTRATOR, &nowhere), -EPERM);
        assert_int_equal(ask(f, f->visser, ROLE_NOT_GIVEN, &args), -EPERM);
}

static void own_is_who_sent_it(void **state)
{
        struct fixture *f = *state;
        int64_t seq = chat_say(f, f->huda, 'a', "mijn woorden");
        struct command_args hers = correct(f, seq), beyond = correct(f, seq + 1);

        assert_int_equal(ask(f, f->huda, ROLE_PARENT, &hers), 0);
        assert_int_equal(ask(f, f->karim, ROLE_PARENT, &hers), -EACCES);
        assert_int_equal(ask(f, f->huda, ROLE_PARENT, &beyond), -ENOENT);
        assert_int_equal(ask(f, f->oksana, ROLE_PARENT, &hers), -ENOENT);
}

static void what_is_before_ones_time_is_not_there(void **state)
{
        struct fixture *f = *state;
        int64_t before = chat_say(f, f->huda, 'a', "vroeger"), id;
        struct command_args old = correct(f, before), new;
        struct member_draft draft = { .thread = f->thread, .person = f->rania, .joined = JOINED_BROUGHT, .reach = REACH_NOW };

        assert_int_equal(member_add(f->tx, &f->made, &draft, &id), 0);
        new = correct(f, chat_say(f, f->huda, 'b', "nu"));
        assert_int_equal(ask(f, f->rania, ROLE_COACH, &old), -ENOENT);
        assert_int_equal(ask(f, f->rania, ROLE_COACH, &new), -EACCES);
        assert_int_equal(member_end(f->tx, &f->made, f->thread, f->rania, id), 0);
        assert_int_equal(ask(f, f->rania, ROLE_COACH, &new), -ENOENT);
}

static void about_themselves_is_about_nobody_else(void **state)
{
        struct fixture *f = *state;
        struct member_draft draft = { .thread = f->thread, .person = f->rania, .joined = JOINED_BROUGHT, .reach = REACH_ALL };
        struct command_args leave = { .command = COMMAND_take_out, .take_out = { .thread = f->thread, .person = f->rania } };
        struct command_args other = { .command = COMMAND_take_out, .take_out = { .thread = f->thread, .person = f->visser } };
        int64_t id;

        assert_int_equal(member_add(f->tx, &f->made, &draft, &id), 0);
        assert_int_equal(ask(f, f->rania, ROLE_INTERPRETER, &leave), 0);
        assert_int_equal(ask(f, f->rania, ROLE_INTERPRETER, &other), -ECHRNG);
}

static void every_row_has_a_sentence(void **state _unused_)
{
        for (int r = RIGHT_NONE + 1; r < RIGHTS; r++) {
                const struct right_spec *spec = right_spec((enum right)r);

                assert_true(strlen(spec->why) > 10 && spec->why[strlen(spec->why) - 1] == '.');
                assert_true(spec->kind == RIGHT_OPEN || strlen(spec->deed) > 5);
                assert_int_equal(right_may((enum right)r, ROLE_NOT_GIVEN), MAY_no);
        }
}

/* A condition can be looked up only for a command that names its object; a call and a sight are for a role or not. */
static void every_cell_can_be_looked_up(void **state _unused_)
{
        for (int r = RIGHT_NONE + 1; r < RIGHTS; r++) {
                const struct right_spec *spec = right_spec((enum right)r);

                for (int role = ROLE_NOT_GIVEN + 1; role < ROLES; role++) {
                        enum may may = right_may((enum right)r, (enum role)role);

                        if (spec->kind != RIGHT_OF_COMMAND)
                                assert_true(may == MAY_no || may == MAY_yes);
                        assert_true(may == MAY_no || may == MAY_yes || may == MAY_class || may == MAY_whole || spec->thread > 0);
                        assert_true(may != MAY_own || spec->seq > 0 || spec->note > 0);
                        assert_true(may != MAY_self || spec->person > 0);
                        assert_true(may != MAY_class || spec->class > 0 || spec->person > 0);
                        assert_true(may != MAY_whole || spec->person > 0);
                }
        }
}

static void the_administrator_reads_no_conversations(void **state _unused_)
{
        for (int r = RIGHT_NONE + 1; r < RIGHTS; r++)
                if (right_spec((enum right)r)->thread > 0)
                        assert_int_equal(right_may((enum right)r, ROLE_ADMINISTRATOR), MAY_no);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(who_is_in_may_and_to_who_is_not_it_is_not_there, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_role_that_may_never_learns_nothing, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(own_is_who_sent_it, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(what_is_before_ones_time_is_not_there, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(about_themselves_is_about_nobody_else, chat_set_up, chat_tear_down),
                cmocka_unit_test(every_row_has_a_sentence),
                cmocka_unit_test(every_cell_can_be_looked_up),
                cmocka_unit_test(the_administrator_reads_no_conversations),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
