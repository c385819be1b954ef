#include "base/clock.h"
#include "chat/account.h"
#include "cmd/call.h"
#include "conf/conf.h"
#include "secret/secret.h"

#include <errno.h>

enum { HOUR_MS = 3600 * 1000 };

int cmd_link(struct call *call, struct tx *tx)
{
        _cleanup_free_ char *address = NULL;
        char secret[SECRET_TEXT + 1];
        struct token_hash hash;
        int64_t until = clock_now_ms() + (int64_t)call->school->conf->link_hours * HOUR_MS;
        int r;

        secret_make(secret);
        secret_hash(secret, SECRET_TEXT, &hash);
        r = link_add(tx, &hash, call->args.link.person, call->viewer.person, until);
        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, "person", REASON_NONE);
        if (r < 0)
                return r;
        if (asprintf(&address, "%s/in#%s", call->school->conf->public_url, secret) < 0)
                return -ENOMEM;
        return call_answer(call, &shape_link_made, &(struct link_made_shape){ .link = address, .until = until });
}
