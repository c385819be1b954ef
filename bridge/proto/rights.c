#include "proto/rights.h"

#include "base/macro.h"

#define NO_FIELD 0
#define FIELD_AT(name, field) offsetof(struct command_args, name.field)

/* The fields of each kind of object. */
#define THREAD_school(name) NO_FIELD
#define THREAD_self(name) NO_FIELD
#define THREAD_thread(name) FIELD_AT(name, thread)
#define THREAD_message(name) FIELD_AT(name, thread)
#define THREAD_member(name) FIELD_AT(name, thread)
#define THREAD_newcomer(name) FIELD_AT(name, thread)
#define THREAD_person(name) NO_FIELD

#define SEQ_school(name) NO_FIELD
#define SEQ_self(name) NO_FIELD
#define SEQ_thread(name) NO_FIELD
#define SEQ_message(name) FIELD_AT(name, seq)
#define SEQ_member(name) NO_FIELD
#define SEQ_newcomer(name) NO_FIELD
#define SEQ_person(name) NO_FIELD

#define PERSON_school(name) NO_FIELD
#define PERSON_self(name) NO_FIELD
#define PERSON_thread(name) NO_FIELD
#define PERSON_message(name) NO_FIELD
#define PERSON_member(name) FIELD_AT(name, person)
#define PERSON_newcomer(name) FIELD_AT(name, person)
#define PERSON_person(name) FIELD_AT(name, person)

#define CELLS(par, gua, cou, men, tea, att, car, psy, bri, coa, lea, key, int_, ptn, adm)                                                  \
        {                                                                                                                                  \
                [ROLE_PARENT] = MAY_##par, [ROLE_LEGAL_GUARDIAN] = MAY_##gua, [ROLE_COUNSELLOR] = MAY_##cou, [ROLE_MENTOR] = MAY_##men,      \
                [ROLE_TEACHER] = MAY_##tea, [ROLE_ATTENDANCE] = MAY_##att, [ROLE_CARE] = MAY_##car, [ROLE_PSYCHOLOGIST] = MAY_##psy,         \
                [ROLE_BRIDGE] = MAY_##bri, [ROLE_COACH] = MAY_##coa, [ROLE_LEADER] = MAY_##lea, [ROLE_KEY_PERSON] = MAY_##key,               \
                [ROLE_INTERPRETER] = MAY_##int_, [ROLE_PARTNER] = MAY_##ptn, [ROLE_ADMINISTRATOR] = MAY_##adm,                               \
        }

static const struct right_spec specs[] = {
#define RIGHT(name, about, par, gua, cou, men, tea, att, car, psy, bri, coa, lea, key, int_, ptn, adm, deed, why)                             \
        [RIGHT_##name] = { #name, RIGHT_OF_COMMAND, ABOUT_##about, THREAD_##about(name), SEQ_##about(name), PERSON_##about(name),             \
                           CELLS(par, gua, cou, men, tea, att, car, psy, bri, coa, lea, key, int_, ptn, adm), deed, why },
#define ROUTE_RIGHT(name, par, gua, cou, men, tea, att, car, psy, bri, coa, lea, key, int_, ptn, adm, deed, why)                              \
        [RIGHT_##name] = { #name, RIGHT_OF_ROUTE, ABOUT_self, NO_FIELD, NO_FIELD, NO_FIELD,                                                \
                           CELLS(par, gua, cou, men, tea, att, car, psy, bri, coa, lea, key, int_, ptn, adm), deed, why },
#define ROUTE_OPEN(name, why) [RIGHT_##name] = { #name, RIGHT_OPEN, ABOUT_school, NO_FIELD, NO_FIELD, NO_FIELD, { 0 }, "", why },
#define SIGHT(name, par, gua, cou, men, tea, att, car, psy, bri, coa, lea, key, int_, ptn, adm, deed, why)                                    \
        [RIGHT_##name] = { #name, RIGHT_OF_SIGHT, ABOUT_school, NO_FIELD, NO_FIELD, NO_FIELD,                                              \
                           CELLS(par, gua, cou, men, tea, att, car, psy, bri, coa, lea, key, int_, ptn, adm), deed, why },
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

const char *may_word(enum may may)
{
        static const char *const words[] = { "no", "yes", "in", "own", "self" };

        return words[may];
}

const char *may_doc(enum may may)
{
        static const char *const docs[] = {
                "never, and the answer is the same whatever they name, there or not",
                "always: it is about themselves, or about no family",
                "who is in the conversation now, from the message that was agreed and until they leave; to everyone else it is not there",
                "as *in*, and the message is their own",
                "as *in*, and only about themselves",
        };

        return docs[may];
}

const char *about_word(enum about about)
{
        static const char *const words[] = { "school", "self", "thread", "message", "member", "newcomer", "person" };

        return words[about];
}
