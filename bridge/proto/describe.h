/* proto/describe.h: the protocol in other words, written from the tables that the code runs on. Pure; any thread. */
#pragma once

#include "base/buf.h"

/* The reference page (Markdown). */
void describe_markdown(struct buf *out);

/* The table of rights: a page to read (Markdown), and as data (JSON). */
void describe_rights(struct buf *out);
void describe_rights_json(struct buf *out);

/* The types of the browser app. */
void describe_typescript(struct buf *out);

/* AsyncAPI 3.0 (JSON). */
void describe_asyncapi(struct buf *out);

/* A JSON Schema of one shape's fields, for OpenAPI and AsyncAPI; refs point to #/components/schemas/. */
struct shape;
void describe_schemas(struct buf *out);
