/* translate/engine.h: a machine that translates, behind one interface. It is asked over HTTP and waited for: on a thread of its own, never on the loop.
 *
 * LibreTranslate (github.com/LibreTranslate/LibreTranslate: POST /translate, GET /languages) and Apertium-apy (wiki.apertium.org/wiki/Apertium-apy: GET
 * /translate, GET /listPairs). What it answers is believed in nothing: bounded in bytes and time, and looked at by the gates before anybody sees it.
 */
#pragma once

#include "base/buf.h"
#include "fetch/fetch.h"
#include "translate/pairs.h"

#include <stdatomic.h>

struct engine;

struct engine_settings {
        const char *kind;     /* libretranslate or apertium */
        const char *url;      /* its address, perhaps with a path; https, or http as plain says */
        const char *key_file; /* a file with its key; "": none */
        const char *ca_file;  /* as in struct fetch; "": those of the system */
        enum fetch_plain plain;
        int timeout_ms;       /* of one call */
};

/* Reads the key's file; asks nobody. kind, url and ca_file are copied. Returns 0, -EINVAL, -ENOMEM, or why the file cannot be read; *why (owned by the caller) then says it
 * in a sentence. */
int engine_new(const struct engine_settings *settings, struct engine **ret, char **why);
void engine_free(struct engine *engine);
DEFINE_CLEANUP(struct engine *, engine_free)

/* As readers are told it: LibreTranslate or Apertium. Static. */
const char *engine_name(const struct engine *engine);

enum engine_result {
        ENGINE_DONE,
        ENGINE_FAILED,  /* it did not answer, or not as one does: later again */
        ENGINE_BUSY,    /* it asks to wait: retry_after_s */
        ENGINE_PAIR,    /* it has not the pair */
        ENGINE_REFUSED, /* it does not take this text */
        ENGINE_STOPPED, /* the program ends */
};

struct engine_answer {
        enum engine_result result;
        int retry_after_s;
        const char *why; /* static, for the log; no word of what was said */
        int status;      /* HTTP; 0: there was none */
};

/* What it can do. ret: set where the result is ENGINE_DONE; pairs_unref(). */
struct engine_answer engine_pairs(const struct engine *engine, atomic_bool *stopping, struct pairs **ret);

/* One piece of text; the answer is appended to out where the result is ENGINE_DONE. */
struct engine_answer engine_translate(const struct engine *engine, const struct pair *pair, const char *text, atomic_bool *stopping, struct buf *out);
