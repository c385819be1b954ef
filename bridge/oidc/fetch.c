#include "oidc/fetch.h"

#include <ctype.h>
#include <curl/curl.h>
#include <errno.h>

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
static bool may(const char *address, bool *local)
{
        _cleanup_(url_freep) CURLU *url = curl_url();
        _cleanup_(curl_freep) char *scheme = NULL, *host = NULL, *user = NULL;

        if (!url || !address || curl_url_set(url, CURLUPART_URL, address, 0) != CURLUE_OK ||
            curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK || curl_url_get(url, CURLUPART_HOST, &host, 0) != CURLUE_OK)
                return false;
        if (curl_url_get(url, CURLUPART_USER, &user, 0) == CURLUE_OK)
                return false;
        *local = is_here(host);
        return strcmp(scheme, "https") == 0 || (strcmp(scheme, "http") == 0 && *local);
}

bool fetch_may(const char *url)
{
        bool local;

        return may(url, &local);
}

void fetch_escape(struct buf *out, const char *s)
{
        for (; *s; s++) {
                if (isalnum((unsigned char)*s) || strchr("-._~", *s))
                        buf_add_char(out, *s);
                else
                        buf_printf(out, "%%%02X", (unsigned char)*s);
        }
}

void fetch_add(struct buf *out, const char *name, const char *value)
{
        char last = out->len > 0 ? out->data[out->len - 1] : '?';

        if (last != '?' && last != '&')
                buf_add_char(out, '&');
        fetch_escape(out, name);
        buf_add_char(out, '=');
        fetch_escape(out, value);
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

        if (list && f->bearer) {
                if (asprintf(&line, "authorization: Bearer %s", f->bearer) < 0)
                        return list;
                curl_slist_append(list, line);
                free(line);
        }
        return list;
}

int fetch(const struct fetch *f, struct buf *out)
{
        _cleanup_(easy_freep) CURL *easy = NULL;
        _cleanup_(list_freep) struct curl_slist *headers = NULL;
        bool local = false;
        long status = 0;
        CURLcode code;

        if (!may(f->url, &local))
                return -EINVAL;
        easy = curl_easy_init();
        headers = headers_of(f);
        if (!easy || !headers)
                return -ENOMEM;
        curl_easy_setopt(easy, CURLOPT_URL, f->url);
        curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, local ? "http,https" : "https");
        curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)FETCH_CONNECT_MS);
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)FETCH_MS);
        curl_easy_setopt(easy, CURLOPT_MAXFILESIZE, (long)FETCH_MAX);
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(easy, CURLOPT_USERAGENT, "ouderbrug");
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, out);
        curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, look);
        curl_easy_setopt(easy, CURLOPT_XFERINFODATA, f->stopping);
        if (local)
                curl_easy_setopt(easy, CURLOPT_PROXY, ""); /* whatever the environment says */
        if (f->form)
                curl_easy_setopt(easy, CURLOPT_POSTFIELDS, f->form);
        if (f->user) {
                curl_easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
                curl_easy_setopt(easy, CURLOPT_USERNAME, f->user);
                curl_easy_setopt(easy, CURLOPT_PASSWORD, f->password);
        }
        code = curl_easy_perform(easy);
        if (code != CURLE_OK)
                return error_of(code, out);
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
        return (int)status;
}
