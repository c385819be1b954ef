#include "proto/error.h"

#include "base/macro.h"

struct code {
        const char *word;
        int status;
        const char *doc;
};

static const struct code codes[] = {
        [ERROR_NONE] = { NULL, 0, NULL },
#define ERROR(CODE, code, status, doc) [ERROR_##CODE] = { #code, status, doc },
#define REASON(WORD, word, doc)
#include "proto/errors.def"
#undef ERROR
#undef REASON
};

static const char *const reasons[][2] = {
        [REASON_NONE] = { NULL, NULL },
#define ERROR(CODE, code, status, doc)
#define REASON(WORD, word, doc) [REASON_##WORD] = { #word, doc },
#include "proto/errors.def"
#undef ERROR
#undef REASON
};

const char *error_code_word(enum error_code code)
{
        return codes[code].word;
}

const char *error_code_doc(enum error_code code)
{
        return codes[code].doc;
}

int error_code_status(enum error_code code)
{
        return codes[code].status;
}

const char *error_reason_word(enum error_reason reason)
{
        return reasons[reason][0];
}

const char *error_reason_doc(enum error_reason reason)
{
        return reasons[reason][1];
}
