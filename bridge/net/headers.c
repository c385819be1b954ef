#include "net/headers.h"

#include "secret/secret.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <time.h>

static const struct header security[] = {
        { "content-security-policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
          "font-src 'self'; "
          "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
          "frame-ancestors 'none'" },
        { "x-content-type-options", "nosniff" },
        { "referrer-policy", "no-referrer" },
        { "cross-origin-opener-policy", "same-origin" },
        { "cross-origin-resource-policy", "same-origin" },
        { "permissions-policy",
          "accelerometer=(), autoplay=(self), camera=(self), display-capture=(), geolocation=(), gyroscope=(), "
          "magnetometer=(), microphone=(self), midi=(), payment=(), usb=()" },
        { "strict-transport-security", "max-age=31536000; includeSubDomains" },
};

const struct header *headers_security(bool https, size_t *count)
{
        *count = ELEMENTS(security) - (https ? 0 : 1);
        return security;
}

static const char *reason_of(int status)
{
        static const struct {
                int status;
                const char *reason;
        } reasons[] = {
                { 200, "OK" },
                { 201, "Created" },
                { 204, "No Content" },
                { 206, "Partial Content" },
                { 303, "See Other" },
                { 304, "Not Modified" },
                { 400, "Bad Request" },
                { 401, "Unauthorized" },
                { 403, "Forbidden" },
                { 404, "Not Found" },
                { 405, "Method Not Allowed" },
                { 409, "Conflict" },
                { 411, "Length Required" },
                { 413, "Content Too Large" },
                { 416, "Range Not Satisfiable" },
                { 422, "Unprocessable Content" },
                { 429, "Too Many Requests" },
                { 500, "Internal Server Error" },
                { 503, "Service Unavailable" },
        };

        for (size_t i = 0; i < ELEMENTS(reasons); i++)
                if (reasons[i].status == status)
                        return reasons[i].reason;
        return "Answer"; /* nobody reads it, but the line wants one */
}

/* RFC 9110 section 5.6.7, whatever the locale. */
static void add_date(struct buf *out)
{
        static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
        time_t now = time(NULL);
        struct tm t;

        if (!gmtime_r(&now, &t))
                return;
        buf_printf(out, "date: %.3s, %02d %.3s %d %02d:%02d:%02d GMT\r\n", days + 3 * t.tm_wday, t.tm_mday,
                   months + 3 * t.tm_mon, t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

void head_begin(struct buf *out, int status, bool https)
{
        size_t count;
        const struct header *h = headers_security(https, &count);

        buf_printf(out, "HTTP/1.1 %d %s\r\n", status, reason_of(status));
        add_date(out);
        for (size_t i = 0; i < count; i++)
                head_add(out, h[i].name, h[i].value);
}

void head_begin_sandboxed(struct buf *out, int status, bool https)
{
        size_t count;
        const struct header *h = headers_security(https, &count);

        buf_printf(out, "HTTP/1.1 %d %s\r\n", status, reason_of(status));
        add_date(out);
        head_add(out, h[0].name, "default-src 'none'; sandbox; frame-ancestors 'none'");
        for (size_t i = 1; i < count; i++)
                head_add(out, h[i].name, h[i].value);
}

void head_add(struct buf *out, const char *name, const char *value)
{
        buf_printf(out, "%s: %s\r\n", name, value);
}

void head_add_number(struct buf *out, const char *name, uint64_t value)
{
        buf_printf(out, "%s: %llu\r\n", name, (unsigned long long)value);
}

void head_end(struct buf *out)
{
        buf_add(out, "\r\n", 2);
}

static bool is_secret(const char *s, size_t n)
{
        if (n != SECRET_TEXT)
                return false;
        for (size_t i = 0; i < n; i++)
                if (!isalnum((unsigned char)s[i]) && s[i] != '-' && s[i] != '_')
                        return false;
        return true;
}

const char *cookie_secret(const char *cookies, const char *name)
{
        size_t name_len = strlen(name);

        for (const char *p = cookies; *p;) {
                size_t n;

                p += strspn(p, " \t;");
                n = strcspn(p, ";");
                if (n > name_len && p[name_len] == '=' && memcmp(p, name, name_len) == 0) {
                        const char *value = p + name_len + 1;
                        size_t len = n - name_len - 1;

                        while (len > 0 && (value[len - 1] == ' ' || value[len - 1] == '\t'))
                                len--;
                        if (is_secret(value, len))
                                return value;
                }
                p += n;
        }
        return NULL;
}

enum device_kind agent_kind(const char *user_agent)
{
        if (!user_agent)
                return DEVICE_COMPUTER;
        if (strstr(user_agent, "iPad") || strstr(user_agent, "Tablet") || (strstr(user_agent, "Android") && !strstr(user_agent, "Mobile")))
                return DEVICE_TABLET;
        if (strstr(user_agent, "Mobile") || strstr(user_agent, "iPhone") || strstr(user_agent, "Android"))
                return DEVICE_PHONE;
        return DEVICE_COMPUTER;
}

int address_read(const char *text, struct address *ret)
{
        static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
        struct address a = { 0 };

        if (inet_pton(AF_INET, text, a.bytes + 12) == 1)
                memcpy(a.bytes, mapped, sizeof(mapped));
        else if (inet_pton(AF_INET6, text, a.bytes) != 1)
                return -EINVAL;
        else if (memcmp(a.bytes, mapped, sizeof(mapped)) != 0)
                memset(a.bytes + 8, 0, 8);
        *ret = a;
        return 0;
}

char *forwarded_last(char *list)
{
        char *last = strrchr(list, ','), *end;

        last = last ? last + 1 : list;
        last += strspn(last, " \t");
        for (end = last + strlen(last); end > last && (end[-1] == ' ' || end[-1] == '\t'); end--)
                ;
        *end = '\0';
        return *last ? last : NULL;
}

int content_length(const char *s, uint64_t *ret)
{
        uint64_t n = 0;

        if (!*s)
                return -EINVAL;
        for (; *s; s++) {
                if (!isdigit((unsigned char)*s))
                        return -EINVAL;
                if (n > (UINT64_MAX - 9) / 10)
                        return -ERANGE;
                n = n * 10 + (uint64_t)(*s - '0');
        }
        *ret = n;
        return 0;
}

bool etag_is_among(const char *if_none_match, const char *etag)
{
        size_t len = strlen(etag);

        for (const char *p = if_none_match; *p;) {
                const char *end;

                p += strspn(p, " \t,");
                if (*p == '*')
                        return true;
                if (strncmp(p, "W/", 2) == 0)
                        p += 2;
                if (*p != '"')
                        return false; /* not a list of tags: what follows means nothing */
                end = strchr(p + 1, '"');
                if (!end)
                        return false;
                if ((size_t)(end + 1 - p) == len && memcmp(p, etag, len) == 0)
                        return true;
                p = end + 1;
        }
        return false;
}

/* "q=0.5" in thousandths; 1000 where there is no weight, 0 where it is none that means anything. */
static int weight(const char *s, size_t n)
{
        int q, unit = 100;

        while (n > 0 && (*s == ' ' || *s == '\t' || *s == ';'))
                s++, n--;
        if (n == 0)
                return 1000;
        if (n < 3 || (*s != 'q' && *s != 'Q') || s[1] != '=' || (s[2] != '0' && s[2] != '1'))
                return 0;
        q = s[2] == '1' ? 1000 : 0;
        s += 3;
        n -= 3;
        if (n == 0 || *s != '.')
                return q;
        for (s++, n--; n > 0 && isdigit((unsigned char)*s) && unit > 0; s++, n--, unit /= 10)
                q += (*s - '0') * unit;
        return q > 1000 ? 1000 : q;
}

void encodings_accepted(const char *accept_encoding, int quality[ENCODINGS])
{
        static const char *const names[ENCODINGS] = { "identity", "br", "gzip" };
        bool said[ENCODINGS] = { false };
        int star = -1;

        for (int i = 0; i < ENCODINGS; i++)
                quality[i] = 0;
        for (const char *p = accept_encoding ? accept_encoding : ""; *p;) {
                size_t n, name;
                int q;

                p += strspn(p, " \t,");
                n = strcspn(p, ",");
                name = strcspn(p, ";, \t");
                q = weight(p + name, n - name);
                if (name == 1 && *p == '*')
                        star = q;
                for (int i = 0; i < ENCODINGS; i++)
                        if (strlen(names[i]) == name && strncasecmp(p, names[i], name) == 0) {
                                quality[i] = q;
                                said[i] = true;
                        }
                p += n;
        }
        for (int i = 0; i < ENCODINGS; i++)
                if (!said[i] && star >= 0)
                        quality[i] = star;
        /* unless it is refused by name, what is not encoded is always welcome, if only as the last choice */
        if (!said[ENCODING_IDENTITY] && star != 0)
                quality[ENCODING_IDENTITY] = 1;
}
