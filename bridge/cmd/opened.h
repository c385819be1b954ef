/* cmd/opened.h: the secret of an invitation as it comes in: that of its link, or its short code. */
#pragma once

#include "chat/signin/invitation.h"
#include "cmd/school.h"

/* Makes the hash by which chat/ finds the invitation. False: it cannot be one, or too many codes were tried by everybody together, and
 * that is answered. */
bool opened_with_read(struct school *school, const struct http_call *call, const char *given, struct token_hash *ret);

/* How a code goes into the database. */
void code_hash(const struct school *school, const char *code, struct token_hash *ret);
