/* cmd/prepare.c: what can be done of a command before the writer has it.
 *
 * There is one writer, and every microsecond of it is everybody's: a message takes it sixty, and folding its words would be twelve more. So the loop
 * folds; at a thousand messages a second that is a hundredth of a core. A long text stays with the writer: a loop that answers late is late for everybody
 * who is connected.
 */
#include "cmd/call.h"
#include "cmd/translate.h"
#include "text/text.h"

enum { ON_LOOP_BYTES = 2048 };

static const char *text_of(const struct command_args *args)
{
        switch (args->command) {
        case COMMAND_send:
                return args->send.body;
        case COMMAND_correct:
                return args->correct.body;
        case COMMAND_version:
                return args->version.body;
        default:
                return NULL;
        }
}

void call_prepare(struct call *call)
{
        const char *text = text_of(&call->args);

        if (call->args.command == COMMAND_preview)
                call->offered = translate_offers(call->school, call->args.preview.language);

        /* Where it fails the writer tries again, and says so. */
        if (text && strlen(text) <= ON_LOOP_BYTES && text_fold(text, &call->folded) < 0)
                call->folded = NULL;
}
