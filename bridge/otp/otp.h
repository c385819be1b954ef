/* otp/otp.h: time-based one-time codes (RFC 6238: SHA-1, 30 seconds, six digits), by liboath. Pure but for otp_init(); any thread. */
#pragma once

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum {
        OTP_SECRET = 20, /* bytes: what RFC 4226 section 4 asks for, and what apps expect */
        OTP_DIGITS = 6,
        OTP_STEP_S = 30,
        OTP_WINDOW = 1,  /* steps that a clock may be off, either way */
        OTP_TEXT = 32,   /* characters of a secret in base 32 (RFC 4648) */
};

/* Once, before threads start. Returns 0 or -EIO. */
int otp_init(void);

/* Which step of 30 seconds a moment is in. */
int64_t otp_step(int64_t now_ms);

/* The code of a step. Returns 0 or -EIO. */
int otp_code(const uint8_t secret[OTP_SECRET], int64_t step, char ret[OTP_DIGITS + 1]);

/* Whether a text has the form of a code: six figures. */
bool otp_is_code(const char *s);

/* Which step a code belongs to, among those of the window that come after `used`: the last step of which a code was taken, so that none is good
 * twice (RFC 6238 section 5.2), nor an older one after it. Takes the same time whichever it is.
 *
 * ret      set on 0 only: what `used` is from now on
 * returns  0, -EACCES (wrong, too old or used), -EIO
 */
int otp_check(const uint8_t secret[OTP_SECRET], const char *code, int64_t now_ms, int64_t used, int64_t *ret);

/* The secret as people type it. Returns 0 or -EIO. */
int otp_text(const uint8_t secret[OTP_SECRET], char ret[OTP_TEXT + 1]);

/* otpauth://totp/ISSUER:NAME?secret=…&issuer=… (github.com/google/google-authenticator/wiki/Key-Uri-Format): for a QR code. issuer and name are
 * any UTF-8. Returns 0, or the failure of out. */
int otp_address(const uint8_t secret[OTP_SECRET], const char *issuer, const char *name, struct buf *out);
