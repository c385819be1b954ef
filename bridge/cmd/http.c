#include "cmd/http.h"

#include <errno.h>

enum { PROBLEM_CAP = 4096 };

static const struct http_route routes[] = {
#define ROUTE(function, method, path, door, body_max, request, answer, doc) { HTTP_##method, path, DOOR_##door, body_max, doc, http_##function, NULL },
#define STREAM(function, method, path, door, body_max, request, answer, doc) { HTTP_##method, path, DOOR_##door, body_max, doc, NULL, &http_##function },
#include "cmd/routes.def"
#undef STREAM
#undef ROUTE
};

/* A route without a row in proto/rights.def does not compile. */
static const struct route_doc route_docs[] = {
#define ROUTE(function, method, path, door, body_max, request, answer, doc) { request, answer, RIGHT_##function },
#define STREAM ROUTE
#include "cmd/routes.def"
#undef STREAM
#undef ROUTE
};

const struct http_route *http_routes(size_t *n, const struct route_doc **docs)
{
        *n = ELEMENTS(routes);
        *docs = route_docs;
        return routes;
}

int http_route_find(const char *path, enum http_method method, const struct http_route **ret, const char **allow)
{
        static const char *const lists[] = { "GET, HEAD", "POST", "GET, HEAD, POST", "DELETE", "GET, HEAD, DELETE", "POST, DELETE",
                                             "GET, HEAD, POST, DELETE" };
        int known = 0;

        for (size_t i = 0; i < ELEMENTS(routes); i++) {
                if (strcmp(routes[i].path, path) != 0)
                        continue;
                if (routes[i].method == method) {
                        *ret = &routes[i];
                        return 0;
                }
                known |= 1 << (routes[i].method - HTTP_GET);
        }
        if (known == 0)
                return -ENOENT;
        *allow = lists[known - 1];
        return -ENOTSUP;
}

bool http_may_enter(const struct http_route *route, const struct http_call *call)
{
        if (route->door == DOOR_OPEN)
                return true;
        if (!call->token) {
                http_fail(call, ERROR_SIGNED_OUT, NULL, REASON_NONE);
                return false;
        }
        /* A link elsewhere sends the cookie along (SameSite=Lax): it would, say, put a family's whole file on whatever phone it is opened on. */
        if (call->from_elsewhere) {
                http_fail(call, ERROR_FORBIDDEN, NULL, REASON_ORIGIN);
                return false;
        }
        return true;
}

const char *http_query_part(const char *query, const char *name)
{
        size_t n = strlen(name);

        for (; query && *query; query += strlen(query) + 1)
                if (strncmp(query, name, n) == 0 && query[n] == '=')
                        return query + n + 1;
        return NULL;
}

void http_problem(const struct http_call *call, const struct problem *problem)
{
        _cleanup_(buf_done) struct buf out = BUF(PROBLEM_CAP);

        problem_encode_http(&out, problem);
        call->answer(call->net, call->ticket,
                     &(struct http_answer){ .status = error_code_status(problem->code),
                                            .content_type = "application/problem+json",
                                            .body = buf_str(&out),
                                            .body_len = out.len });
}

void http_fail(const struct http_call *call, int error_code, const char *field, int reason)
{
        http_problem(call, &PROBLEM((enum error_code)error_code, field, (enum error_reason)reason));
}
