/* cmd/openapi.h: the HTTP API as OpenAPI 3.1, written from routes.def and shapes.def. Pure; any thread. */
#pragma once

#include "base/buf.h"

void openapi_write(struct buf *out);
