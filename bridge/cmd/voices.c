#include "cmd/voices.h"

#include "chat/file.h"
#include "chat/rights/consent.h"

#include <errno.h>

int may_keep_voices(struct call *call, struct tx *tx, int64_t thread, const int64_t *files, size_t n)
{
        for (size_t i = 0; i < n; i++) {
                enum attachment_kind kind;
                int r = file_unsent_kind(tx, call->viewer.person, thread, files[i], &kind);

                if (r >= 0 && kind == ATTACHMENT_VOICE) {
                        r = consent_stands(tx, thread, CONSENT_KIND_VOICE, 0);
                        return r < 0 ? r : r > 0 ? 0 : call_refuse(call, ERROR_CONFLICT, "files", REASON_NO_CONSENT);
                }
                if (r < 0 && r != -ENOENT)
                        return r;
        }
        return 0;
}
