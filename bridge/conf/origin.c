#include "conf/origin.h"

#include "base/macro.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>

/* What a host may be made of: a name (punycode), an IPv4 address, or an IPv6 address in brackets. */
static bool host_is_plausible(const char *host, size_t n)
{
        if (n > 2 && host[0] == '[' && host[n - 1] == ']') {
                for (size_t i = 1; i < n - 1; i++)
                        if (!isxdigit((unsigned char)host[i]) && host[i] != ':' && host[i] != '.')
                                return false;
                return true;
        }
        for (size_t i = 0; i < n; i++)
                if (!isalnum((unsigned char)host[i]) && host[i] != '-' && host[i] != '.' && host[i] != '_')
                        return false;
        return n > 0;
}

/* Cuts ":port" off; *ret is -1 where there is none. */
static int cut_port(const char *s, size_t *n, int *ret)
{
        size_t digits = 0;
        int port = 0;

        *ret = -1;
        while (digits < *n && isdigit((unsigned char)s[*n - 1 - digits]))
                digits++;
        if (digits == *n || s[*n - 1 - digits] != ':')
                return 0;
        if (digits == 0 || digits > 5)
                return -EINVAL;
        for (size_t i = *n - digits; i < *n; i++)
                port = port * 10 + (s[i] - '0');
        if (port == 0 || port > 65535)
                return -EINVAL;
        *n -= digits + 1;
        *ret = port;
        return 0;
}

int origin_normal(const char *s, size_t n, char **ret)
{
        const char *scheme, *host;
        char *out;
        size_t len;
        int port, r;

        if (n > 7 && strncasecmp(s, "http://", 7) == 0) {
                scheme = "http";
                host = s + 7;
        } else if (n > 8 && strncasecmp(s, "https://", 8) == 0) {
                scheme = "https";
                host = s + 8;
        } else {
                return -EINVAL;
        }
        len = n - (size_t)(host - s);
        if (len > 0 && host[len - 1] == '/')
                len--;
        r = cut_port(host, &len, &port);
        if (r < 0)
                return r;
        if (!host_is_plausible(host, len))
                return -EINVAL;
        if (port == (scheme[4] ? 443 : 80))
                port = -1;

        if (port < 0)
                r = asprintf(&out, "%s://%.*s", scheme, (int)len, host);
        else
                r = asprintf(&out, "%s://%.*s:%d", scheme, (int)len, host, port);
        if (r < 0)
                return -ENOMEM;
        for (char *p = out; *p; p++)
                *p = (char)tolower((unsigned char)*p);
        *ret = out;
        return 0;
}
