#include "chat/versions/preview.h"
#include "cmd/call.h"
#include "cmd/school.h"
#include "conf/conf.h"
#include "translate/pairs.h"

static bool machine_can(const void *arg, const char *from, const char *to)
{
        const struct conf *conf = arg;

        return (*conf->translate_kind || *conf->translate_2_kind) && pairs_allowed(conf->translate_pairs, from, to);
}

int cmd_preview(struct call *call, struct tx *tx)
{
        const struct preview_args *args = &call->args.preview;
        struct preview_shape preview = { 0 };
        int r;

        r = preview_make(tx, &call->arena,
                         &(struct preview_draft){ .thread = args->thread, .person = call->viewer.person, .body = args->body, .language = args->language,
                                                  .can = machine_can, .arg = call->school->conf },
                         &preview);
        return r < 0 ? r : call_answer(call, &shape_preview, &preview);
}
