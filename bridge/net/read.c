/* What a request's headers say, out of lws's hands. They are there until an upgrade is done or a request is
 * answered. */
#include "net/inside.h"

#include "conf/conf.h"
#include "secret/secret.h"

#include <arpa/inet.h>
#include <errno.h>
#include <sys/socket.h>

enum { COOKIES_MAX = 4096, ORIGIN_MAX = 512, AGENT_MAX = 1024, FORWARDED_MAX = 1024 };

bool header_is_there(struct lws *wsi, enum lws_token_indexes token)
{
        return lws_hdr_total_length(wsi, token) > 0;
}

int header_copy(struct lws *wsi, enum lws_token_indexes token, char *ret, size_t room)
{
        size_t at = 0;

        /* lws_hdr_copy() glues what several headers of one name say together: so one by one */
        for (int i = 0;; i++) {
                int n = lws_hdr_fragment_length(wsi, token, i);

                if (n <= 0)
                        break;
                if (at + 2 + (size_t)n >= room)
                        return -EMSGSIZE;
                if (at > 0) {
                        memcpy(ret + at, ", ", 2);
                        at += 2;
                }
                n = lws_hdr_copy_fragment(wsi, ret + at, (int)(room - at), token, i);
                if (n < 0)
                        return -EMSGSIZE;
                at += (size_t)n;
        }
        ret[at] = '\0';
        return (int)at;
}

bool header_secret(struct lws *wsi, const char *cookie_name, char ret[SECRET_TEXT + 1])
{
        for (int i = 0;; i++) {
                char cookies[COOKIES_MAX];
                const char *secret;
                int n = lws_hdr_fragment_length(wsi, WSI_TOKEN_HTTP_COOKIE, i);

                if (n <= 0)
                        return false;
                if (n >= COOKIES_MAX ||
                    lws_hdr_copy_fragment(wsi, cookies, sizeof(cookies), WSI_TOKEN_HTTP_COOKIE, i) < 0)
                        continue;
                secret = cookie_secret(cookies, cookie_name);
                if (secret) {
                        memcpy(ret, secret, SECRET_TEXT);
                        ret[SECRET_TEXT] = '\0';
                        return true;
                }
        }
}

enum device_kind header_device_kind(struct lws *wsi)
{
        char agent[AGENT_MAX];

        return agent_kind(header_copy(wsi, WSI_TOKEN_HTTP_USER_AGENT, agent, sizeof(agent)) > 0 ? agent : NULL);
}

static int peer_of(struct lws *wsi, struct address *ret)
{
        union {
                struct sockaddr any;
                struct sockaddr_in v4;
                struct sockaddr_in6 v6;
        } peer;
        socklen_t len = sizeof(peer);
        char text[INET6_ADDRSTRLEN];

        if (getpeername(lws_get_socket_fd(wsi), &peer.any, &len) < 0)
                return -errno;
        if (peer.any.sa_family == AF_INET)
                return inet_ntop(AF_INET, &peer.v4.sin_addr, text, sizeof(text)) ? address_read(text, ret) : -EINVAL;
        if (peer.any.sa_family == AF_INET6)
                return inet_ntop(AF_INET6, &peer.v6.sin6_addr, text, sizeof(text)) ? address_read(text, ret) : -EINVAL;
        return -EINVAL;
}

void header_from(struct net *net, struct lws *wsi, struct address *ret)
{
        char forwarded[FORWARDED_MAX];
        struct address proxy, told;
        const char *last;

        *ret = (struct address){ 0 };
        if (peer_of(wsi, ret) < 0 || address_read(net->conf->proxy, &proxy) < 0 || memcmp(&proxy, ret, sizeof(proxy)) != 0)
                return;
        if (header_copy(wsi, WSI_TOKEN_X_FORWARDED_FOR, forwarded, sizeof(forwarded)) <= 0)
                return;
        last = forwarded_last(forwarded);
        if (last && address_read(last, &told) == 0)
                *ret = told;
}

bool header_session(struct lws *wsi, const char *cookie_name, struct token_hash *ret)
{
        char secret[SECRET_TEXT + 1];

        if (!header_secret(wsi, cookie_name, secret))
                return false;
        secret_hash(secret, SECRET_TEXT, ret);
        return true;
}

bool header_query(struct lws *wsi, char *ret, size_t room)
{
        size_t at = 0;

        for (int i = 0;; i++) {
                int n = lws_hdr_fragment_length(wsi, WSI_TOKEN_HTTP_URI_ARGS, i);

                if (n <= 0)
                        break;
                if (at + (size_t)n + 2 > room || lws_hdr_copy_fragment(wsi, ret + at, (int)(room - at), WSI_TOKEN_HTTP_URI_ARGS, i) < 0)
                        return false;
                at += strlen(ret + at) + 1;
        }
        if (at == 0)
                return false;
        ret[at] = '\0';
        return true;
}

/* Fetch Metadata Request Headers (W3C), section 2.4: "same-origin" is our own page, "none" the person themselves. Who sends no such header says nothing. */
bool header_from_elsewhere(struct lws *wsi)
{
        static const char name[] = "sec-fetch-site:";
        char site[sizeof("same-origin")];
        int n = lws_hdr_custom_length(wsi, name, sizeof(name) - 1);

        if (n < 0)
                return false;
        if ((size_t)n >= sizeof(site) || lws_hdr_custom_copy(wsi, site, sizeof(site), name, sizeof(name) - 1) < 0)
                return true;
        return strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0;
}

static int hex(char c)
{
        return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* RFC 3986, section 2.1, in place. Returns false for what is no such text, or holds a NUL. */
static bool decode_percent(char *s)
{
        char *to = s;

        for (; *s; s++) {
                int high, low;

                if (*s != '%') {
                        *to++ = *s;
                        continue;
                }
                high = hex(s[1]);
                low = high < 0 ? -1 : hex(s[2]);
                if (low < 0 || (high | low) == 0)
                        return false;
                *to++ = (char)(high << 4 | low);
                s += 2;
        }
        *to = '\0';
        return true;
}

int header_file_name(struct lws *wsi, char *ret, size_t room)
{
        static const char name[] = "x-file-name:";
        int n = lws_hdr_custom_length(wsi, name, sizeof(name) - 1);

        if (n < 0)
                return 0;
        if ((size_t)n >= room || lws_hdr_custom_copy(wsi, ret, (int)room, name, sizeof(name) - 1) < 0)
                return -EMSGSIZE;
        return decode_percent(ret) ? 1 : -EINVAL;
}

/* RFC 6454; ASVS 5.0 V4.4.2. Every browser sends Origin with a WebSocket handshake and with POST and DELETE,
 * and no page can change it. A request without one comes from no page, so no page can have borrowed a
 * visitor's cookie for it: who sends it holds the cookie. A "null" origin (a sandboxed frame, a file) is
 * foreign. */
enum origin_verdict header_origin(struct net *net, struct lws *wsi)
{
        char origin[ORIGIN_MAX];
        int n = header_copy(wsi, WSI_TOKEN_ORIGIN, origin, sizeof(origin));

        if (n == 0)
                return ORIGIN_NONE;
        for (char **o = net->origins; n > 0 && *o; o++)
                if (strcmp(*o, origin) == 0)
                        return ORIGIN_OURS;
        return ORIGIN_FOREIGN;
}
