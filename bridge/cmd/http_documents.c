#include "cmd/http.h"

#include "cmd/openapi.h"
#include "proto/describe.h"

enum { DOCUMENT_CAP = 1024 * 1024 };

static void answer_document(const struct http_call *call, void (*write)(struct buf *))
{
        _cleanup_(buf_done) struct buf out = BUF(DOCUMENT_CAP);

        write(&out);
        if (buf_failed(&out))
                http_fail(call, ERROR_UNAVAILABLE, NULL, REASON_BUSY);
        else
                call->answer(call->net, call->ticket,
                             &(struct http_answer){ .status = 200, .content_type = "application/json", .body = out.data, .body_len = out.len });
}

void http_openapi_get(struct school *school _unused_, const struct http_call *call)
{
        answer_document(call, openapi_write);
}

void http_asyncapi_get(struct school *school _unused_, const struct http_call *call)
{
        answer_document(call, describe_asyncapi);
}
