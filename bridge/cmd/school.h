/* cmd/school.h: a school that is being served: its store, who is connected to it, its settings.
 *
 * One server serves one school now; it is a value that is passed, so one server can hold many later. net/ owns the
 * loop and calls in here; all of it runs on the loop thread unless it says otherwise.
 */
#pragma once

#include "base/buf.h"
#include "base/address.h"
#include "base/token.h"
#include "base/words.h"
#include "live/session.h"
#include "secret/proof.h"

#include <stdbool.h>
#include <stdint.h>

struct conf;  /* conf/conf.h */
struct hub;   /* live/hub.h */
struct keyring; /* chat/seal/keyring.h */
struct publisher;
struct record;
struct signed_out;
struct speech; /* speech/speech.h */
struct store; /* store/store.h */
struct translation;
struct tries; /* live/tries.h */
struct visit; /* cmd/visit.h */
struct oidc;  /* oidc/oidc.h */
struct work;  /* work/work.h */

struct school {
        const struct conf *conf;
        struct keyring *keys;
        struct store *store;
        struct hub *hub;
        struct publisher *publisher; /* cmd/publish.h */
        struct record *record;       /* cmd/record.h */
        struct work *spooling, *media; /* cmd/http_upload.c: pieces that come in; what is made of them */
        int uploads_running;
        int64_t files_looked_ms;     /* cmd/file_sweep.h */
        bool files_sweeping;
        struct limit exports;        /* cmd/http_export.c, all people together */
        int exports_running;
        int64_t looked_ms;           /* cmd/daily.h: when it looked for what was interrupted */
        bool log_left;               /* what was deleted stands in the log still */
        int64_t daily_day;           /* the day that cmd/daily.h ran last */
        int64_t consent_looked_ms;   /* cmd/consent_over.h */
        bool consent_looking;
        struct signed_out *signed_out; /* cmd/signed_out.h */
        struct secret_key key;       /* of what is kept of PINs, passwords and codes; read by all threads */
        struct work *hashing;        /* passwords */
        struct oidc *oidc;           /* the school's sign-in provider; NULL: none. For the worker that asks */
        struct work *asking;         /* it; NULL where there is none */
        struct speech *speech;       /* NULL: it says nothing aloud */
        struct work *saying;         /* its workers; NULL likewise */
        struct hearing *hearings;    /* cmd/http_speech.c: who waits for it */
        char *oidc_return;           /* our address that it sends browsers back to */
        struct translation *translation; /* cmd/translate.h; NULL: no engine */
        struct limit sign_in;        /* attempts to sign in, all addresses together */
        struct limit codes;          /* short codes tried, all addresses together */
        struct tries *tries;         /* failed attempts, each address */
        struct {                     /* who waits to have a PIN or password looked at: cmd/visit.h */
                struct visit *first, *last;
                size_t waiting;
                bool taken;
        } proof;
        int64_t next_end_ms;         /* when the next time in a conversation ends by itself: cmd/expire.h */
        bool ending;
};

/* Opens the school in the data folder of conf and starts its writer and readers.
 * wake: called from any of their threads when results wait; must only wake the loop, which then calls school_drain().
 * Returns 0 or a negative errno; *why (owned by the caller, may be NULL) then says in a sentence what is wrong. */
int school_open(const struct conf *conf, void (*wake)(void *), void *wake_arg, struct school **ret, char **why);

/* Hands every finished job's result on. Call after each wake; finding nothing is fine. */
void school_drain(struct school *school);

/* Once a second: looks for events that another program (an import) committed, and for sessions that ended, and notes where the audit log ends. */
void school_tick(struct school *school);

/* Waits for the writer and the readers to finish what they hold and hands the results on; takes no new work after. */
void school_stop(struct school *school);

/* After school_stop() and after every session is gone. Takes NULL. */
void school_close(struct school *school);

/* One complete text message of a connection, n bytes of valid UTF-8 (net/ has checked). Every fault is answered in
 * the session's queue; never fails. */
void school_frame(struct school *school, struct session *session, const char *bytes, size_t n);

/* ---- HTTP calls that are not static files: rows of cmd/routes.def */

enum http_method { HTTP_GET = 1, HTTP_POST, HTTP_DELETE };

/* A body that stands in a file (of memory). fd is taken over: it is closed when it was sent, or nobody wants it any more. */
struct http_file {
        int fd;
        uint64_t len;
        const char *name;         /* as the browser shall save it: static, ASCII */
};

/* How bytes that strangers sent in are shown (http_answer.shown): where nothing in them can run, and nobody else keeps a copy. */
struct http_shown {
        const char *etag;            /* with its quotes; borrowed for the call */
        const char *name;            /* saved under this name instead of shown; static, ASCII. NULL: shown */
        const char *title;           /* the name that is better, where there is one: UTF-8, of anybody; borrowed for the call. NULL: none */
        uint64_t from, all;          /* with status 206: the first byte of the body, and how many there are */
};

struct http_answer {
        int status;
        const char *content_type; /* static; NULL for none */
        const char *body;         /* borrowed for the call */
        size_t body_len;
        const char *etag;         /* RFC 9110 section 8.8.3; the browser may keep it for this person, and asks each time. NULL: it keeps nothing. Borrowed for the call */
        const struct http_file *file; /* in place of body; NULL: none. Borrowed for the call */
        const struct http_shown *shown; /* NULL: it is our own. Borrowed for the call */
        const char *cookie;       /* a new session's secret to set as cookie; NULL: leave it */
        bool clear_cookie;        /* the session has ended */
        const char *device_cookie; /* a new device's secret; NULL: leave it */
        const char *location;     /* where the browser is sent, with 303; NULL: nowhere */
        const char *trip_cookie;  /* the secret of a sign-in elsewhere, for ten minutes; "": it is over; NULL: leave it */
};

struct http_call {
        uint64_t ticket;          /* net/'s own address of the request, handed back */
        void *net;                /* handed back */
        /* Called exactly once for each call, on the loop thread, perhaps before school_http() returns. */
        void (*answer)(void *net, uint64_t ticket, const struct http_answer *answer);
        const struct token_hash *token; /* of the session cookie; NULL where there is none. Borrowed for the call */
        const struct token_hash *device; /* of the device cookie, likewise */
        struct address from;
        enum device_kind kind;
        bool from_elsewhere; /* the browser says that a page of another origin asks, be it by a link */
        const char *query;  /* "name=value", decoded, each with a NUL behind it, an empty one at the end; NULL: there is none. Borrowed */
        const char *file_name; /* what its sender calls the file in a stream's body; NULL: nothing. Borrowed */
        bool file_name_bad;    /* they do, but it cannot be read */
        const char *known;  /* If-None-Match as it came; NULL: there is none. Borrowed */
        const char *range, *if_range; /* of a GET; NULL: not there, or too long to be meant. Borrowed */
        const char *trip;   /* the secret in the cookie of a sign-in elsewhere; NULL: there is none. Borrowed */
        const char *body;
        size_t body_len;
};

/* A body that is taken as it comes, because it is too long to be held. */
struct http_stream {
        /* Before its first byte; length: as announced. Returns what the others get, or NULL where it has answered. May answer later at any time: what
         * comes after that is let fall. */
        void *(*begin)(struct school *school, const struct http_call *call, uint64_t length);
        void (*piece)(void *stream, const char *bytes, size_t n);
        /* The last thing that it hears: whole: all of it has come; else nobody waits for an answer any more. */
        void (*end)(void *stream, bool whole);
};

enum http_door { DOOR_OPEN, DOOR_OURS };

struct http_route {
        enum http_method method;
        const char *path;
        enum http_door door;
        size_t body_max;
        const char *doc;
        void (*run)(struct school *school, const struct http_call *call);
        const struct http_stream *stream; /* in place of run; NULL: none */
};

/* The route of a path and method: 0; -ENOENT: no such path; -ENOTSUP: another method is known (allow: a comma list,
 * static). */
int http_route_find(const char *path, enum http_method method, const struct http_route **ret, const char **allow);

/* Whether a call may be made at all, by its route's door; where not, it has been answered. Before run and before a stream begins. */
bool http_may_enter(const struct http_route *route, const struct http_call *call);

/* Writes an error of proto/errors.def as problem+json (RFC 9457) and answers with it. */
void http_fail(const struct http_call *call, int error_code, const char *field, int reason);
