#include "fetch/fetch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <errno.h>
#include <netinet/in.h>
#include <unistd.h>

int fetch_init(void)
{
        return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? 0 : -EIO;
}

static void url_freep(CURLU **url)
{
        curl_url_cleanup(*url);
}

static void curl_freep(char **s)
{
        curl_free(*s);
}

static bool is_here(const char *host)
{
        return strcmp(host, "localhost") == 0 || strcmp(host, "127.0.0.1") == 0 || strcmp(host, "[::1]") == 0;
}

/* *local: of this machine. */
static bool may(const char *address, enum fetch_plain plain, bool *local)
{
        _cleanup_(url_freep) CURLU *url = curl_url();
        _cleanup_(curl_freep) char *scheme = NULL, *host = NULL, *user = NULL;

        if (!url || !address || curl_url_set(url, CURLUPART_URL, address, 0) != CURLUE_OK ||
            curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK || curl_url_get(url, CURLUPART_HOST, &host, 0) != CURLUE_OK)
                return false;
        if (curl_url_get(url, CURLUPART_USER, &user, 0) == CURLUE_OK)
                return false;
        *local = is_here(host);
        return strcmp(scheme, "https") == 0 || (strcmp(scheme, "http") == 0 && (*local || plain != PLAIN_HERE));
}

bool fetch_may(const char *url, enum fetch_plain plain)
{
        bool local;

        return may(url, plain, &local);
}

/* ---- where it really goes */

static bool is_private_4(const uint8_t *a)
{
        return a[0] == 10 || a[0] == 127 || (a[0] == 172 && (a[1] & 0xf0) == 16) || (a[0] == 192 && a[1] == 168) || (a[0] == 169 && a[1] == 254);
}

static bool is_private(const struct sockaddr *to)
{
        static const uint8_t here[16] = { [15] = 1 }, mapped[12] = { [10] = 0xff, [11] = 0xff };
        const uint8_t *a;

        if (to->sa_family == AF_INET)
                return is_private_4((const uint8_t *)&((const struct sockaddr_in *)(const void *)to)->sin_addr);
        if (to->sa_family != AF_INET6)
                return false;
        a = ((const struct sockaddr_in6 *)(const void *)to)->sin6_addr.s6_addr;
        if (memcmp(a, mapped, sizeof(mapped)) == 0)
                return is_private_4(a + 12);
        return memcmp(a, here, sizeof(here)) == 0 || (a[0] & 0xfe) == 0xfc || (a[0] == 0xfe && (a[1] & 0xc0) == 0x80);
}

/* Plain text is not sent out into the world because a name leads there. */
static curl_socket_t open_private(void *arg, curlsocktype purpose _unused_, struct curl_sockaddr *to)
{
        bool *refused = arg;

        if (!is_private(&to->addr)) {
                *refused = true;
                return CURL_SOCKET_BAD;
        }
        return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

void fetch_add(struct buf *out, const char *name, const char *value)
{
        char last = out->len > 0 ? out->data[out->len - 1] : '?';

        if (last != '?' && last != '&')
                buf_add_char(out, '&');
        buf_add_escaped(out, name);
        buf_add_char(out, '=');
        buf_add_escaped(out, value);
}

static size_t take(char *bytes, size_t size, size_t n, void *arg)
{
        return buf_add(arg, bytes, size * n) < 0 ? 0 : size * n;
}

static int look(void *arg, curl_off_t a _unused_, curl_off_t b _unused_, curl_off_t c _unused_, curl_off_t d _unused_)
{
        atomic_bool *stopping = arg;

        return stopping && atomic_load(stopping);
}

static void easy_freep(CURL **easy)
{
        curl_easy_cleanup(*easy);
}

static void list_freep(struct curl_slist **list)
{
        curl_slist_free_all(*list);
}

static int error_of(CURLcode code, const struct buf *out)
{
        switch (code) {
        case CURLE_OPERATION_TIMEDOUT:
                return -ETIMEDOUT;
        case CURLE_ABORTED_BY_CALLBACK:
                return -ECANCELED;
        case CURLE_OUT_OF_MEMORY:
                return -ENOMEM;
        case CURLE_COULDNT_CONNECT:
                return -ECONNREFUSED;
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
                return -EKEYREJECTED;
        case CURLE_PARTIAL_FILE:
        case CURLE_GOT_NOTHING:
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_UNSUPPORTED_PROTOCOL:
                return -EBADMSG;
        case CURLE_WRITE_ERROR:
        case CURLE_FILESIZE_EXCEEDED:
                return buf_failed(out) == -ENOMEM ? -ENOMEM : -EMSGSIZE;
        default:
                return -EIO;
        }
}

static struct curl_slist *headers_of(const struct fetch *f)
{
        struct curl_slist *list = curl_slist_append(NULL, "accept: application/json");
        char *line = NULL;

        if (list && f->json && !curl_slist_append(list, "content-type: application/json")) {
                curl_slist_free_all(list);
                return NULL;
        }
        if (list && f->bearer) {
                if (asprintf(&line, "authorization: Bearer %s", f->bearer) < 0)
                        return list;
                curl_slist_append(list, line);
                free(line);
        }
        return list;
}

int fetch(struct fetch *f, struct buf *out)
{
        _cleanup_(easy_freep) CURL *easy = NULL;
        _cleanup_(list_freep) struct curl_slist *headers = NULL;
        const char *post = f->json ?: f->form;
        bool local = false, refused = false;
        curl_off_t retry_after = 0;
        long status = 0;
        CURLcode code;

        f->retry_after_s = 0;
        if (!may(f->url, f->plain, &local))
                return -EINVAL;
        easy = curl_easy_init();
        headers = headers_of(f);
        if (!easy || !headers)
                return -ENOMEM;
        curl_easy_setopt(easy, CURLOPT_URL, f->url);
        curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, local || f->plain != PLAIN_HERE ? "http,https" : "https");
        curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)FETCH_CONNECT_MS);
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)(f->timeout_ms > 0 ? f->timeout_ms : FETCH_MS));
        curl_easy_setopt(easy, CURLOPT_MAXFILESIZE, (long)out->cap);
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(easy, CURLOPT_USERAGENT, "ouderbrug");
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, out);
        curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, look);
        curl_easy_setopt(easy, CURLOPT_XFERINFODATA, f->stopping);
        if (local || f->plain != PLAIN_HERE)
                curl_easy_setopt(easy, CURLOPT_PROXY, ""); /* whatever the environment says */
        if (f->plain == PLAIN_PRIVATE && strncasecmp(f->url, "http:", 5) == 0) {
                curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_private);
                curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &refused);
        }
        if (f->ca_file) {
                curl_easy_setopt(easy, CURLOPT_CAINFO, f->ca_file);
                curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
        }
        if (post)
                curl_easy_setopt(easy, CURLOPT_POSTFIELDS, post);
        if (f->user) {
                curl_easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
                curl_easy_setopt(easy, CURLOPT_USERNAME, f->user);
                curl_easy_setopt(easy, CURLOPT_PASSWORD, f->password);
        }
        code = curl_easy_perform(easy);
        if (code != CURLE_OK)
                return refused ? -EACCES : error_of(code, out);
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
        if (curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &retry_after) == CURLE_OK && retry_after > 0)
                f->retry_after_s = retry_after < 86400 ? (int)retry_after : 86400;
        return (int)status;
}
