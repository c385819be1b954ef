#include "cmd/openapi.h"

#include "cmd/http.h"
#include "proto/describe.h"

static const char *const methods[] = { [HTTP_GET] = "get", [HTTP_POST] = "post", [HTTP_DELETE] = "delete" };

/* Each member in turn; those with a ? in front may be missing. */
static void members(struct buf *out, const char *names, bool all, const char *value)
{
        const char *mark = "";

        for (const char *p = names; *p; p += strspn(p, " ")) {
                int n = (int)strcspn(p, " "), may = *p == '?';

                if (all || !may) {
                        buf_printf(out, "%s\"%.*s\"%s", mark, n - may, p + may, value);
                        mark = ",";
                }
                p += n;
        }
}

static void request_body(struct buf *out, const char *names)
{
        buf_add_str(out, ",\"requestBody\":{\"required\":true,\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\","
                         "\"additionalProperties\":false,\"required\":[");
        members(out, names, false, "");
        buf_add_str(out, "],\"properties\":{");
        members(out, names, true, ":{\"type\":\"string\"}");
        buf_add_str(out, "}}}}}");
}

static void operation(struct buf *out, const struct http_route *route, const struct route_doc *doc)
{
        const struct right_spec *right = right_spec(doc->right);

        buf_printf(out, "\"%s\":{\"operationId\":\"%s\",", methods[route->method], right->name);
        if (right->kind != RIGHT_OPEN)
                buf_add_str(out, "\"security\":[{\"session\":[]}],");
        buf_add_str(out, "\"summary\":");
        json_string_encode(out, route->doc);
        if (doc->request)
                request_body(out, doc->request);
        buf_add_str(out, ",\"responses\":{");
        if (doc->answer)
                buf_printf(out, "\"200\":{\"description\":\"Done.\"%s,\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/%s\"}}}}",
                           route->method == HTTP_POST ? ",\"headers\":{\"Set-Cookie\":{\"description\":\"The session.\",\"schema\":{\"type\":\"string\"}}}" : "",
                           doc->answer->name);
        else if (route->method == HTTP_DELETE)
                buf_add_str(out, "\"204\":{\"description\":\"Done.\"}");
        else
                buf_printf(out, "\"200\":{\"description\":\"Done.\",\"content\":{\"application/%s\":{}}}", doc->right == RIGHT_export_get ? "zip" : "json");
        buf_add_str(out, ",\"default\":{\"description\":\"What was wrong (RFC 9457).\",\"content\":{\"application/problem+json\":{\"schema\":"
                         "{\"$ref\":\"#/components/schemas/problem\"}}}}}}");
}

void openapi_write(struct buf *out)
{
        const struct route_doc *docs;
        const struct http_route *routes;
        size_t n;

        routes = http_routes(&n, &docs);
        buf_add_str(out, "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Ouderbrug\",\"version\":\"1\",\"description\":\"Signing in, health and documents. Conversations go over "
                         "the WebSocket: see /api/asyncapi.json.\",\"license\":{\"name\":\"AGPL-3.0-or-later\",\"identifier\":\"AGPL-3.0-or-later\"}},\"paths\":{");
        for (size_t i = 0; i < n; i++) {
                bool first_of_path = i == 0 || strcmp(routes[i].path, routes[i - 1].path) != 0;

                if (first_of_path)
                        buf_printf(out, "%s\"%s\":{", i > 0 ? "}," : "", routes[i].path);
                else
                        buf_add_char(out, ',');
                operation(out, &routes[i], &docs[i]);
        }
        buf_add_str(out, "},\"/healthz\":{\"get\":{\"summary\":\"Whether the server serves and its store answers.\",\"responses\":{\"200\":{\"description\":\"It does.\"},"
                         "\"503\":{\"description\":\"It does not.\"}}}}},\"components\":{\"securitySchemes\":{\"session\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"__Host-ouderbrug\","
                         "\"description\":\"Set by POST /api/session. Named ouderbrug where the public address is plain http.\"}},\"schemas\":{");
        describe_schemas(out);
        buf_add_str(out, "}}}");
}
