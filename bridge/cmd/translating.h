/* cmd/translating.h: what the files of translate.h share. Loop thread, but for asking_run(). */
#pragma once

#include "chat/versions/request.h"
#include "translate/breaker.h"
#include "translate/engine.h"
#include "work/work.h"

struct school;

enum {
        MACHINES_MAX = 2,
        MACHINE_THREADS = 2, /* an engine that hangs holds these */
        MACHINE_TRIES = 6,   /* of one request that fails where others do not */
};

struct machine {
        struct engine *engine;
        struct work *work;
        struct breaker breaker;
        struct pairs *pairs;   /* NULL: it never said */
        int64_t pairs_due_ms;  /* when it is asked again what it can do */
        bool pairs_asked;
        bool text_failed;      /* since the last text that it did */
        int under_way;
};

struct translation {
        struct machine machines[MACHINES_MAX];
        size_t n;
        bool begun;          /* what was asked when the program ended waits again */
        bool looking, dirty; /* through the events; there are more */
        bool taking;
        int64_t seen, saved; /* up to which event was looked; as it is written down */
        bool stray;          /* an answer could not be kept: what is marked asked, and is not, waits again */
        int64_t turn;        /* the thread that was served last */
        int64_t said_ms;
        int64_t asked, done, dropped, failed, again; /* since it was said last */
};

/* One request under way. */
struct asking {
        struct task task;
        struct school *school;
        struct machine *machine;
        struct pairs *pairs; /* held */
        const struct pair *pair;
        struct arena a;      /* its text and names */
        struct request_taken taken;
        struct engine_answer answer;
        enum request_reason reason; /* of an answer that failed a gate */
        char *body;
};

/* Hands it to its machine. Owns it. */
void asking_begin(struct asking *asking);
void asking_free(struct asking *asking);

/* Asks a machine what it can do, where it is time. */
void machine_ask_pairs(struct school *school, struct machine *m);

/* It has these pairs now, and had those before (NULL: nobody knew): what failed for want of one that it gained waits again. Takes over `before`. */
void translate_gained(struct school *school, const struct machine *m, struct pairs *before);

/* It did, or failed at, a text, or the list of what it can do. That an engine has a list says nothing of its translating: after a text that failed only a text
 * that it does makes it well again. Returns whether it is left alone now. */
bool machine_learn(struct machine *m, const struct engine_answer *answer, bool of_text);

/* Looks for what is to be asked, where an engine could take it now. While none can, the events wait in their log, and a few are gone through once a second: an
 * engine that hangs costs the writer next to nothing, and what waits is as safe there. */
void translate_go_on(struct school *school);

/* Takes what can be taken. */
void translate_take(struct school *school);
