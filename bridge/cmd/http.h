/* cmd/http.h: what the routes share. Loop thread. */
#pragma once

#include "cmd/school.h"
#include "proto/error.h"
#include "proto/rights.h"
#include "proto/shape.h"

#define ROUTE(function, method, path, door, body_max, request, answer, doc)                                             \
        void http_##function(struct school *school, const struct http_call *call);
#define STREAM(function, method, path, door, body_max, request, answer, doc) extern const struct http_stream http_##function;
#include "cmd/routes.def"
#undef STREAM
#undef ROUTE

/* What the documents say beside http_route: index as in the table. */
struct route_doc {
        const char *request;
        const struct shape *answer;
        enum right right;
};
const struct http_route *http_routes(size_t *n, const struct route_doc **docs);

/* A part of the query; NULL where there is none. */
const char *http_query_part(const char *query, const char *name);

void http_problem(const struct http_call *call, const struct problem *problem);

/* http_password.c: POST /api/session with a name, a password and a code: in[0] is a link, which must not be there; then these three. Owns the strings. */
void http_password_sign_in(struct school *school, const struct http_call *call, char *in[4]);
