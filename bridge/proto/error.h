/* proto/error.h: what can be wrong with a command or a request, as a code with a reason (errors.def). Pure; any thread. */
#pragma once

#include <stdint.h>

enum error_code {
        ERROR_NONE,
#define ERROR(CODE, code, status, doc) ERROR_##CODE,
#define REASON(WORD, word, doc)
#include "proto/errors.def"
#undef ERROR
#undef REASON
        ERROR_CODES,
};

enum error_reason {
        REASON_NONE,
#define ERROR(CODE, code, status, doc)
#define REASON(WORD, word, doc) REASON_##WORD,
#include "proto/errors.def"
#undef ERROR
#undef REASON
        ERROR_REASONS,
};

struct problem {
        enum error_code code;
        enum error_reason reason; /* REASON_NONE: the code says it all */
        const char *field;        /* static; NULL: about no field */
        int64_t retry_ms;         /* above 0: wait so long */
};

#define PROBLEM(code_, field_, reason_) ((struct problem){ .code = (code_), .field = (field_), .reason = (reason_) })

const char *error_code_word(enum error_code code);
const char *error_code_doc(enum error_code code);
int error_code_status(enum error_code code);
const char *error_reason_word(enum error_reason reason);
const char *error_reason_doc(enum error_reason reason);
