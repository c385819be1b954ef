/* chat/signin/account.h: sessions, and the operator's sign-in links, inside a store job. Only hashes of secrets come in here.
 *
 * However somebody signs in, it ends in session_start(): a link of the command line (good once, asks nothing), an invitation with a PIN
 * (chat/signin/invitation.h), a profile on a phone (chat/signin/device.h), a password, the school's provider.
 *
 * What ends a session gives it a number, session.ended_n: a running server looks for new ones and disconnects them
 * (cmd/signed_out.h), whichever program ended them.
 */
#pragma once

#include "base/arena.h"
#include "base/token.h"
#include "base/words.h"
#include "chat/rights/viewer.h"
#include "proto/shape.h"
#include "store/db.h"

/* What this role signs in with: PROOF_PIN or PROOF_PASSWORD. */
enum proof account_proof(enum role role);

/* Makes a link for a person, good until until_ms. by 0: made on the command line. -ENOENT: no such person. */
int link_add(struct tx *tx, const struct token_hash *hash, int64_t person, int64_t by, int64_t until_ms);

/* Uses a link up. -ENOENT: unknown, used or too old; which of them is nobody's business. */
int link_use(struct tx *tx, const struct token_hash *hash, int64_t *person);

struct session_new {
        int64_t person;
        int64_t device;        /* chat/signin/device.h; 0: none. Who was signed in on it no longer is */
        enum device_kind kind;
        enum sign_in how;
        int64_t until_ms;
};

/* Returns the session's id, above 0, or an error. */
int64_t session_start(struct tx *tx, const struct token_hash *hash, const struct session_new *new);

/* Who a session belongs to. -ENOENT: nobody, not any more, or the person has left the school. */
int session_viewer(struct tx *tx, const struct token_hash *hash, struct viewer *ret);

struct session_row {
        struct viewer viewer;
        int64_t id;
        int64_t device;  /* 0: none */
        int64_t seen_ms;
};

int session_get(struct tx *tx, const struct token_hash *hash, struct session_row *ret);

/* It is used: noted to the day, so that nobody can be followed by it. Writes nothing where that is known. Returns 1 where it wrote. */
int session_saw(struct tx *tx, const struct token_hash *hash);

/* Whether session_saw() has something to write. */
bool session_is_stale(const struct session_row *row);

/* Ends it; one that is not there is fine. */
int session_end(struct tx *tx, const struct token_hash *hash);

/* Ends one by its id. -ENOENT: not this person's, or over. */
int session_end_one(struct tx *tx, int64_t person, int64_t session);

/* Ends all of a person, but for one (its id, 0: all): on change of role, or because they ask it. */
int sessions_end_of(struct tx *tx, int64_t person, int64_t except);

/* Their role is another: sessions end, links and invitations that were not used are good no more. */
int account_role_changed(struct tx *tx, int64_t person);

/* They have left: that, and no device and no PIN knows them any more. */
int account_end(struct tx *tx, int64_t person);

/* A person's sessions that go on; those used last first. here: the id of the one that asks. */
int session_list(struct tx *tx, struct arena *a, int64_t person, int64_t here, struct many_session_entry *ret);

/* The number of the last ending, and the hashes of what ended since, or grew too old after `after_ms` and until `now_ms`.
 * each: called for every one. */
int session_last_ended(struct tx *tx, int64_t *ret);
int session_gone(struct tx *tx, int64_t since, int64_t after_ms, int64_t now_ms, int (*each)(void *arg, const struct token_hash *hash), void *arg);

/* The file was put back from a backup: links and invitations that were used since would be good again, so none is. sessions: those too,
 * because some may have been ended since. */
int account_after_restore(struct tx *tx, bool sessions);
