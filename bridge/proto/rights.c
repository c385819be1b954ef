#include "proto/rights.h"

#include "base/macro.h"

#define AT(name, field) .field = offsetof(struct command_args, name.field)

/* The fields that name each kind of object: a kind is a line here and one in rights.h. */
#define OBJECT_school(name)
#define OBJECT_self(name)
#define OBJECT_thread(name) AT(name, thread)
#define OBJECT_message(name) AT(name, thread), AT(name, seq)
#define OBJECT_member(name) AT(name, thread), AT(name, person)
#define OBJECT_newcomer(name) AT(name, thread), AT(name, person)
#define OBJECT_note(name) AT(name, thread), AT(name, note)
#define OBJECT_person(name) AT(name, person)
#define OBJECT_class(name) AT(name, class)
#define OBJECT_pupil(name) AT(name, pupil)

#define CELLS(par, gua, cou, men, tea, att, car, psy, bri, coa, lea, key, int_, ptn, adm)                                                  \
        {                                                                                                                                  \
                [ROLE_PARENT] = MAY_##par, [ROLE_LEGAL_GUARDIAN] = MAY_##gua, [ROLE_COUNSELLOR] = MAY_##cou, [ROLE_MENTOR] = MAY_##men,      \
                [ROLE_TEACHER] = MAY_##tea, [ROLE_ATTENDANCE] = MAY_##att, [ROLE_CARE] = MAY_##car, [ROLE_PSYCHOLOGIST] = MAY_##psy,         \
                [ROLE_BRIDGE] = MAY_##bri, [ROLE_COACH] = MAY_##coa, [ROLE_LEADER] = MAY_##lea, [ROLE_KEY_PERSON] = MAY_##key,               \
                [ROLE_INTERPRETER] = MAY_##int_, [ROLE_PARTNER] = MAY_##ptn, [ROLE_ADMINISTRATOR] = MAY_##adm,                               \
        }

static const struct right_spec specs[] = {
#define RIGHT(name_, about_, par, gua, cou, men, tea, att, car, psy, bri, coa, lea, key, int_, ptn, adm, deed_, why_)                        \
        [RIGHT_##name_] = { .name = #name_, .kind = RIGHT_OF_COMMAND, .about = ABOUT_##about_,                                             \
                            .may = CELLS(par, gua, cou, men, tea, att, car, psy, bri, coa, lea, key, int_, ptn, adm), .deed = deed_,          \
                            .why = why_, OBJECT_##about_(name_) },
#define ROUTE_RIGHT(name_, par, gua, cou, men, tea, att, car, psy, bri, coa, lea, key, int_, ptn, adm, deed_, why_)                          \
        [RIGHT_##name_] = { .name = #name_, .kind = RIGHT_OF_ROUTE, .about = ABOUT_self,                                                   \
                            .may = CELLS(par, gua, cou, men, tea, att, car, psy, bri, coa, lea, key, int_, ptn, adm), .deed = deed_,          \
                            .why = why_ },
#define ROUTE_OPEN(name_, why_) [RIGHT_##name_] = { .name = #name_, .kind = RIGHT_OPEN, .about = ABOUT_school, .deed = "", .why = why_ },
#define SIGHT(name_, par, gua, cou, men, tea, att, car, psy, bri, coa, lea, key, int_, ptn, adm, deed_, why_)                                \
        [RIGHT_##name_] = { .name = #name_, .kind = RIGHT_OF_SIGHT, .about = ABOUT_school,                                                 \
                            .may = CELLS(par, gua, cou, men, tea, att, car, psy, bri, coa, lea, key, int_, ptn, adm), .deed = deed_,          \
                            .why = why_ },
#include "proto/rights.def"
#undef RIGHT
#undef ROUTE_RIGHT
#undef ROUTE_OPEN
#undef SIGHT
};

/* A command without a row in rights.def does not compile. */
static const enum right of_command[] = {
#define COMMAND(name, lane, cost, answer, doc) [COMMAND_##name] = RIGHT_##name,
#define ARG(name, field, type, of, need, min, max, doc)
#define END(name)
#include "proto/commands.def"
#undef COMMAND
#undef ARG
#undef END
};

const struct right_spec *right_spec(enum right right)
{
        return &specs[right];
}

enum right right_of_command(enum command command)
{
        return of_command[command];
}

enum may right_may(enum right right, enum role role)
{
        return role > ROLE_NOT_GIVEN && (int)role < ROLES ? (enum may)specs[right].may[role] : MAY_no;
}

static const struct {
        const char *word, *doc, *when;
} conditions[] = {
        [MAY_no] = { "no", "never, and the answer is the same whatever they name, there or not", "never" },
        [MAY_yes] = { "yes", "always: it is about themselves, or about no family", "always" },
        [MAY_in] = { "in", "who is in the conversation now, from the message that was agreed and until they leave; to everyone else it is not there",
                     "in a conversation they are in now" },
        [MAY_own] = { "own", "as *in*, and the message or the note is their own", "there, with what is their own" },
        [MAY_self] = { "self", "as *in*, and only about themselves", "there, for themselves alone" },
        [MAY_class] = { "class", "only a class whose mentor they are, and the parents, guardians and counsellors of its pupils; everybody else is not there",
                        "for the class whose mentor they are, and its families" },
        [MAY_whole] = { "whole", "as *class*, and every pupil of that parent, guardian or counsellor is in a class whose mentor they are: who comes in as them "
                        "sees the conversations of all",
                        "for the families whose pupils are all in a class whose mentor they are" },
};

const char *may_word(enum may may)
{
        return conditions[may].word;
}

const char *may_doc(enum may may)
{
        return conditions[may].doc;
}

const char *may_when(enum may may)
{
        return conditions[may].when;
}

const char *about_word(enum about about)
{
        static const char *const words[] = {
                [ABOUT_school] = "school", [ABOUT_self] = "self", [ABOUT_thread] = "thread", [ABOUT_message] = "message", [ABOUT_member] = "member",
                [ABOUT_newcomer] = "newcomer", [ABOUT_note] = "note", [ABOUT_person] = "person", [ABOUT_class] = "class", [ABOUT_pupil] = "pupil",
        };

        return words[about];
}
