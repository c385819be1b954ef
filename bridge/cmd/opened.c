#include "cmd/opened.h"

#include "base/buf.h"
#include "base/clock.h"
#include "cmd/http.h"
#include "cmd/visit.h"
#include "secret/secret.h"

#include <string.h>

/* A code has 40 bits. At one guess a second for a month, with a thousand invitations open, somebody hits one with 1 in 400; the README of
 * cmd/ reckons it through. */
enum { CODES_BURST = 120, CODES_PER_SECOND = 1 };

void code_hash(const struct school *school, const char *code, struct token_hash *ret)
{
        char named[CODE_TEXT + 8];
        int n = snprintf(named, sizeof(named), "code %s", code);

        secret_hash_keyed(&school->key, named, (size_t)n, ret);
}

bool opened_with_read(struct school *school, const struct http_call *call, const char *given, struct token_hash *ret)
{
        struct problem wait = { .code = ERROR_RATE_LIMITED };
        char code[CODE_TEXT + 1];

        if (strlen(given) == SECRET_TEXT) {
                secret_hash(given, SECRET_TEXT, ret);
                return true;
        }
        wait.retry_ms = limit_take(&school->codes, clock_mono_ms(), CODES_BURST, CODES_PER_SECOND, 1);
        if (wait.retry_ms > 0) {
                http_problem(call, &wait);
                return false;
        }
        if (code_read(given, code) < 0) {
                count_failed(school, call);
                http_fail(call, ERROR_SIGNED_OUT, NULL, REASON_INVITATION);
                return false;
        }
        code_hash(school, code, ret);
        return true;
}
