/* base/token.h: what we keep of a secret: its hash. secret/secret.h makes both. */
#pragma once

#include <stdint.h>

enum { TOKEN_HASH_BYTES = 32 };

struct token_hash {
        uint8_t bytes[TOKEN_HASH_BYTES];
};
