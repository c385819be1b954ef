#include "chat/message.h"
#include "chat/person.h"
#include "chat/phrase/fill.h"
#include "chat/thread.h"
#include "chat/version.h"
#include "cmd/call.h"
#include "cmd/own.h"

#include <errno.h>

/* The language that the sender sees it in: NULL with a refusal where the list has it not. */
static int original_language(struct call *call, struct tx *tx, const struct phrase *p, const struct phrase_language **ret)
{
        const char *chosen = call->args.phrase.language, *own;
        const struct phrase_language *l;
        int r;

        if (chosen[0]) {
                l = phrase_language(chosen);
                if (!l || !l->texts[phrase_index(p)].pattern)
                        return call_refuse(call, ERROR_INVALID, "language", REASON_WORD);
                *ret = l;
                return 0;
        }
        r = person_language(tx, &call->arena, call->viewer.person, &own);
        if (r < 0)
                return r;
        l = phrase_language(own);
        *ret = l && l->texts[phrase_index(p)].pattern ? l : phrase_source();
        return 0;
}

static int check(struct call *call, const struct phrase_said *said)
{
        enum phrase_part part;

        switch (phrase_check(said, &part)) {
        case 0:
                return 0;
        case -ENODATA:
                return call_refuse(call, ERROR_INVALID, phrase_part_names[part], REASON_MISSING);
        case -E2BIG:
                return call_refuse(call, ERROR_INVALID, phrase_part_names[part], REASON_UNKNOWN_FIELD);
        default:
                return call_refuse(call, ERROR_INVALID, phrase_part_names[part], REASON_RANGE);
        }
}

static int append(struct call *call, struct tx *tx, const struct phrase_said *said, const struct phrase_language *l, struct sent_shape *sent)
{
        const struct phrase_args *args = &call->args.phrase;
        _cleanup_(buf_done) struct buf kept = BUF(PHRASE_KEPT_MAX);
        _cleanup_free_ char *body = NULL;
        struct version_draft *versions;
        size_t versions_n;
        int r;

        r = phrase_say(said, l, &body);
        if (r >= 0)
                r = phrase_keep(said, &kept);
        if (r >= 0)
                r = phrase_versions(tx, &call->arena, args->thread, said, l, &versions, &versions_n);
        if (r < 0)
                return r;
        return message_append(tx, &call->made,
                              &(struct message_draft){ .thread = args->thread,
                                                       .sender = call->viewer.person,
                                                       .client_id = args->client_id.id,
                                                       .body = body,
                                                       .language = l->tag,
                                                       .language_own = !args->language[0],
                                                       .direction = language_direction(l->tag),
                                                       .phrase = buf_str(&kept),
                                                       .versions = versions,
                                                       .versions_n = versions_n },
                              sent);
}

int cmd_phrase(struct call *call, struct tx *tx)
{
        const struct phrase_args *args = &call->args.phrase;
        struct phrase_said said = {
                .phrase = phrase_find(args->phrase),
                .parts = { [PHRASE_NAME] = args->name,
                           [PHRASE_PLACE] = args->place,
                           [PHRASE_DATE] = args->date,
                           [PHRASE_TIME] = args->time,
                           [PHRASE_GENDER] = args->gender ? word_text(&words_gender, (int)args->gender) : NULL },
                .number = args->number,
        };
        const struct phrase_language *l;
        struct sent_shape sent;
        int r;

        if (!said.phrase || !(call->viewer.family ? said.phrase->family : said.phrase->school))
                return call_refuse(call, ERROR_INVALID, "phrase", REASON_WORD);
        r = check(call, &said);
        if (r >= 0)
                r = original_language(call, tx, said.phrase, &l);
        if (r >= 0 && (said.phrase->takes & 1u << PHRASE_CHILD))
                r = thread_pupil_given(tx, &call->arena, args->thread, &said.parts[PHRASE_CHILD]);
        if (r >= 0)
                r = append(call, tx, &said, l, &sent);
        if (r == -EEXIST)
                return call_refuse(call, ERROR_CONFLICT, "client_id", REASON_OTHER_CONTENT);
        if (r < 0)
                return r;
        return answer_sent(call, tx, args->thread, r > 0, &sent);
}
