#include "translate/engine.h"

#include "secret/aead.h"
#include "secret/file.h"
#include "translate/inside.h"

#include <errno.h>
#include <unistd.h>

struct engine {
        const struct engine_kind *kind;
        char *url; /* without a slash at its end */
        char *key; /* NULL: none */
        char *ca_file; /* NULL: those of the system */
        enum fetch_plain plain;
        int timeout_ms;
};

static const struct engine_kind *const kinds[] = { &engine_libretranslate, &engine_apertium };

static int say(char **why, int r, const char *what, const char *which)
{
        if (asprintf(why, "%s: %s", what, which) < 0)
                *why = NULL;
        return r;
}

int engine_new(const struct engine_settings *settings, struct engine **ret, char **why)
{
        _cleanup_(engine_freep) struct engine *engine = calloc(1, sizeof(*engine));
        size_t n = strlen(settings->url);
        int r;

        if (!engine || fetch_init() < 0)
                return -ENOMEM;
        for (size_t i = 0; i < ELEMENTS(kinds); i++)
                if (strcmp(kinds[i]->name, settings->kind) == 0)
                        engine->kind = kinds[i];
        if (!engine->kind)
                return say(why, -EINVAL, "translate_kind is neither libretranslate nor apertium", settings->kind);
        if (!fetch_may(settings->url, settings->plain) || strpbrk(settings->url, "?#"))
                return say(why, -EINVAL, "translate_url is no address that a text may go to", settings->url);
        while (n > 0 && settings->url[n - 1] == '/')
                n--;
        engine->url = strndup(settings->url, n);
        if (!engine->url)
                return -ENOMEM;
        if (*settings->key_file) {
                r = secret_read_file(settings->key_file, "the translation engine's key", &engine->key, why);
                if (r < 0)
                        return r;
        }
        if (*settings->ca_file) {
                if (access(settings->ca_file, R_OK) < 0)
                        return say(why, -errno, "cannot read the certificates in translate_ca_file", settings->ca_file);
                engine->ca_file = strdup(settings->ca_file);
                if (!engine->ca_file)
                        return -ENOMEM;
        }
        engine->plain = settings->plain;
        engine->timeout_ms = settings->timeout_ms;
        *ret = TAKE(engine);
        return 0;
}

void engine_free(struct engine *engine)
{
        if (!engine)
                return;
        if (engine->key)
                secret_wipe(engine->key, strlen(engine->key));
        free(engine->key);
        free(engine->ca_file);
        free(engine->url);
        free(engine);
}

const char *engine_name(const struct engine *engine)
{
        return engine->kind->shown;
}

static struct engine_answer answer(enum engine_result result, const char *why, int status)
{
        return (struct engine_answer){ .result = result, .why = why, .status = status };
}

/* What a call came to, before anybody reads its body; ENGINE_DONE: there is one to read. */
static struct engine_answer judge(const struct fetch *f, int r)
{
        struct engine_answer busy = { ENGINE_BUSY, f->retry_after_s > 0 ? f->retry_after_s : 1, "it asks to wait", r };

        switch (r) {
        case 200:
                return answer(ENGINE_DONE, "", r);
        case 400:
        case 413:
        case 422:
                return answer(ENGINE_REFUSED, "it refuses the text", r);
        case 401:
        case 403:
                return answer(ENGINE_FAILED, "it does not take our key", r);
        case 429:
                return busy;
        case -ECANCELED:
                return answer(ENGINE_STOPPED, "", 0);
        case -ETIMEDOUT:
                return answer(ENGINE_FAILED, "it does not answer in time", 0);
        case -ECONNREFUSED:
                return answer(ENGINE_FAILED, "nothing answers there", 0);
        case -EMSGSIZE:
                return answer(ENGINE_FAILED, "its answer is too big", 0);
        case -EBADMSG:
                return answer(ENGINE_FAILED, "its answer is cut off", 0);
        case -EKEYREJECTED:
                return answer(ENGINE_FAILED, "its certificate is not one that we believe", 0);
        case -EACCES:
                return answer(ENGINE_FAILED, "its address is not of the school's own network, and plain http", 0);
        default:
                if (r == 503 && f->retry_after_s > 0)
                        return busy;
                return answer(ENGINE_FAILED, r >= 500 ? "it fails" : r >= 300 && r < 400 ? "it sends us elsewhere" : "it cannot be reached", r > 0 ? r : 0);
        }
}

static struct engine_answer call(struct fetch *f, size_t most, struct tree **ret)
{
        _cleanup_(buf_done) struct buf body = BUF(most);
        struct engine_answer a;
        int r = fetch(f, &body);

        a = judge(f, r);
        if (a.result == ENGINE_DONE && tree_parse(buf_str(&body), body.len, ret) < 0)
                a = answer(ENGINE_FAILED, "its answer cannot be read", r);
        if (body.data)
                secret_wipe(body.data, body.len);
        return a;
}

struct engine_answer engine_pairs(const struct engine *engine, atomic_bool *stopping, struct pairs **ret)
{
        _cleanup_(buf_done) struct buf url = BUF(ENGINE_URL_MAX);
        _cleanup_(tree_freep) struct tree *list = NULL;
        _cleanup_(pairs_unrefp) struct pairs *pairs = pairs_new();
        struct fetch f = { .plain = engine->plain, .ca_file = engine->ca_file, .timeout_ms = engine->timeout_ms, .stopping = stopping };
        struct engine_answer a;

        buf_add_str(&url, engine->url);
        buf_add_str(&url, engine->kind->list_path);
        if (!pairs || buf_failed(&url))
                return answer(ENGINE_FAILED, "there is no memory", 0);
        f.url = buf_str(&url);
        a = call(&f, ENGINE_LIST_MAX, &list);
        if (a.result == ENGINE_REFUSED)
                return answer(ENGINE_FAILED, "it has no list of languages", a.status);
        if (a.result != ENGINE_DONE)
                return a;
        if (engine->kind->read_list(list, pairs) < 0)
                return answer(ENGINE_FAILED, "its list of languages cannot be read", a.status);
        *ret = TAKE(pairs);
        return a;
}

struct engine_answer engine_translate(const struct engine *engine, const struct pair *pair, const char *text, atomic_bool *stopping, struct buf *out)
{
        _cleanup_(buf_done) struct buf url = BUF(ENGINE_URL_MAX), body = BUF(ENGINE_BODY_MAX);
        _cleanup_(tree_freep) struct tree *said = NULL;
        struct fetch f = { .plain = engine->plain, .ca_file = engine->ca_file, .timeout_ms = engine->timeout_ms, .stopping = stopping };
        struct engine_answer a;
        const char *translated;

        buf_add_str(&url, engine->url);
        engine->kind->ask(&f, pair, text, engine->key, &url, &body);
        if (buf_failed(&url) || buf_failed(&body))
                return answer(ENGINE_REFUSED, "the text is too long", 0);
        f.url = buf_str(&url);
        a = call(&f, ENGINE_BODY_MAX, &said);
        if (body.data)
                secret_wipe(body.data, body.len);
        if (a.result != ENGINE_DONE)
                return a;
        translated = engine->kind->read(said);
        if (!translated)
                return answer(ENGINE_FAILED, "its answer holds no text", a.status);
        return buf_add_str(out, translated) < 0 ? answer(ENGINE_FAILED, "its answer is too big", a.status) : a;
}
