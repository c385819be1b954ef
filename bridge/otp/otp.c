#include "otp/otp.h"

#include <ctype.h>
#include <errno.h>
#include <liboath/oath.h>

int otp_init(void)
{
        return oath_init() == OATH_OK ? 0 : -EIO;
}

int64_t otp_step(int64_t now_ms)
{
        return now_ms / 1000 / OTP_STEP_S;
}

int otp_code(const uint8_t secret[OTP_SECRET], int64_t step, char ret[OTP_DIGITS + 1])
{
        char code[OTP_DIGITS + 1];

        /* It only reads the secret, though it does not say so. */
        if (oath_totp_generate((const char *)secret, OTP_SECRET, (time_t)(step * OTP_STEP_S), OTP_STEP_S, 0, OTP_DIGITS, code) != OATH_OK)
                return -EIO;
        memcpy(ret, code, sizeof(code));
        return 0;
}

bool otp_is_code(const char *s)
{
        for (int i = 0; i < OTP_DIGITS; i++)
                if (!isdigit((unsigned char)s[i]))
                        return false;
        return s[OTP_DIGITS] == '\0';
}

/* Not memcmp(): how long it takes says nothing about how much of it was right. */
static bool is_same(const char *a, const char *b)
{
        unsigned char differs = 0;

        for (int i = 0; i < OTP_DIGITS; i++)
                differs |= (unsigned char)(a[i] ^ b[i]);
        return differs == 0;
}

int otp_check(const uint8_t secret[OTP_SECRET], const char *code, int64_t now_ms, int64_t used, int64_t *ret)
{
        /* Where two steps happen to have one code, the later is the used one: or it would be good again. */
        int64_t now = otp_step(now_ms), found = -1;
        bool has_form = otp_is_code(code);

        for (int64_t step = now - OTP_WINDOW; step <= now + OTP_WINDOW; step++) {
                char right[OTP_DIGITS + 1];

                if (otp_code(secret, step, right) < 0)
                        return -EIO;
                if (has_form && is_same(code, right) && step > used)
                        found = step;
        }
        if (found < 0)
                return -EACCES;
        *ret = found;
        return 0;
}

int otp_text(const uint8_t secret[OTP_SECRET], char ret[OTP_TEXT + 1])
{
        _cleanup_free_ char *text = NULL;
        size_t n = 0;

        if (oath_base32_encode((const char *)secret, OTP_SECRET, &text, &n) != OATH_OK || n != OTP_TEXT)
                return -EIO;
        memcpy(ret, text, OTP_TEXT);
        ret[OTP_TEXT] = '\0';
        return 0;
}

int otp_address(const uint8_t secret[OTP_SECRET], const char *issuer, const char *name, struct buf *out)
{
        char text[OTP_TEXT + 1];
        int r;

        r = otp_text(secret, text);
        if (r < 0)
                return r;
        buf_add_str(out, "otpauth://totp/");
        buf_add_escaped(out, issuer);
        buf_add_char(out, ':');
        buf_add_escaped(out, name);
        buf_printf(out, "?secret=%s&issuer=", text);
        buf_add_escaped(out, issuer);
        buf_printf(out, "&algorithm=SHA1&digits=%d&period=%d", OTP_DIGITS, OTP_STEP_S);
        return buf_failed(out);
}
