/* base/address.h: where a request comes from, as far as limits need to know: an IPv4 address (mapped, RFC 4291 section 2.5.5.2), or the
 * /64 of an IPv6 address, since a household has a whole one. Never logged, never stored. */
#pragma once

#include <stdint.h>

enum { ADDRESS_BYTES = 16 };

struct address {
        uint8_t bytes[ADDRESS_BYTES];
};
