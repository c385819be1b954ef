#include "chat/rights/rights.h"

#include "chat/message.h"
#include "chat/note.h"
#include "chat/rights/family.h"
#include "chat/signin/account.h"

#include <errno.h>

static int64_t field(const struct command_args *args, size_t offset)
{
        int64_t value = 0;

        if (offset > 0)
                memcpy(&value, (const char *)args + offset, sizeof(value));
        return value;
}

int rights_check(struct tx *tx, const struct viewer *viewer, const struct command_args *args, struct membership *me)
{
        const struct right_spec *spec = right_spec(right_of_command(args->command));
        enum may may = right_may(right_of_command(args->command), viewer->role);
        struct membership found;
        int64_t sender;
        int r;

        if (may == MAY_no)
                return -EPERM;
        if (may == MAY_yes)
                return 0;
        if (may == MAY_class || may == MAY_whole) {
                r = spec->class > 0 ? family_class_mentor(tx, viewer->person, field(args, spec->class)) :
                                      family_mentor(tx, viewer->person, field(args, spec->person));
                return r < 0 || may == MAY_class ? r : family_mentor_whole(tx, viewer->person, field(args, spec->person));
        }
        r = member_now(tx, field(args, spec->thread), viewer->person, &found);
        if (r < 0)
                return r;
        if (spec->seq > 0) {
                /* Looked for first, so that what is hidden takes as long as what is not there. */
                r = message_sender(tx, field(args, spec->thread), field(args, spec->seq), &sender);
                if (r < 0 || !sight_has_message(&found.sight, field(args, spec->seq)))
                        return r < 0 ? r : -ENOENT;
                if (may == MAY_own && sender != viewer->person)
                        return -EACCES;
        }
        if (spec->note > 0) {
                r = note_author(tx, field(args, spec->thread), viewer->person, &found.sight, field(args, spec->note), &sender);
                if (r < 0)
                        return r;
                if (may == MAY_own && sender != viewer->person)
                        return -EACCES;
        }
        if (may == MAY_self && field(args, spec->person) != viewer->person)
                return -ECHRNG;
        *me = found;
        return 0;
}

int rights_file(struct tx *tx, const struct viewer *viewer, int64_t thread, int64_t seq, int64_t uploader)
{
        struct membership found;
        int r;

        r = member_now(tx, thread, viewer->person, &found);
        if (r < 0)
                return r;
        if (seq == 0)
                return uploader == viewer->person ? 0 : -ENOENT;
        return sight_has_message(&found.sight, seq) ? 0 : -ENOENT;
}

int rights_session(struct tx *tx, enum right right, const struct token_hash *token, struct viewer *ret)
{
        struct viewer viewer;
        int r;

        r = session_viewer(tx, token, &viewer);
        if (r < 0)
                return r;
        if (right_may(right, viewer.role) != MAY_yes)
                return -EPERM;
        *ret = viewer;
        return 0;
}
