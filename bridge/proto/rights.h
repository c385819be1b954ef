/* proto/rights.h: the table of rights (rights.def), as data. Pure; any thread.
 *
 * What the table says is asked here; whether its conditions hold for a person and an object is looked up by chat/rights/rights.h.
 */
#pragma once

#include "base/words.h"
#include "proto/command.h"

#include <stddef.h>
#include <stdint.h>

enum { ROLES = ROLE_ADMINISTRATOR + 1 };

/* On which condition a role may. */
enum may { MAY_no, MAY_yes, MAY_in, MAY_own, MAY_self, MAY_class, MAY_whole, MAYS };

/* What it names. */
enum about {
        ABOUT_school,
        ABOUT_self,
        ABOUT_thread,
        ABOUT_message,
        ABOUT_member,
        ABOUT_newcomer,
        ABOUT_note,
        ABOUT_person,
        ABOUT_class,
        ABOUT_pupil,
};

/* A right has the name of its command or call: RIGHT_send, RIGHT_session_get, RIGHT_marks. */
enum right {
        RIGHT_NONE,
#define RIGHT(name, about, ...) RIGHT_##name,
#define ROUTE_RIGHT(name, ...) RIGHT_##name,
#define ROUTE_OPEN(name, why) RIGHT_##name,
#define SIGHT(name, ...) RIGHT_##name,
#include "proto/rights.def"
#undef RIGHT
#undef ROUTE_RIGHT
#undef ROUTE_OPEN
#undef SIGHT
        RIGHTS,
};

enum right_kind { RIGHT_OF_COMMAND, RIGHT_OF_ROUTE, RIGHT_OPEN, RIGHT_OF_SIGHT };

struct right_spec {
        const char *name;
        enum right_kind kind;
        enum about about;
        size_t thread, seq, person, note, class, pupil; /* where those fields stand in struct command_args; 0: it has none */
        uint8_t may[ROLES];         /* enum may, by role */
        const char *deed;           /* "They may ..." */
        const char *why;
};

const struct right_spec *right_spec(enum right right);
enum right right_of_command(enum command command);

/* What the table says for a role; MAY_no for no role. */
enum may right_may(enum right right, enum role role);

/* The word of a condition and what it means. */
const char *may_word(enum may may);
const char *may_doc(enum may may);

/* How a list of what may be done on it begins. */
const char *may_when(enum may may);
const char *about_word(enum about about);
