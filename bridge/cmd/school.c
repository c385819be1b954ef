#include "cmd/school.h"

#include "base/log.h"
#include "chat/erase/erase.h"
#include "chat/event.h"
#include "chat/seal/keyring.h"
#include "chat/signin/account.h"
#include "chat/versions/topic.h"
#include "cmd/consent_over.h"
#include "cmd/daily.h"
#include "cmd/expire.h"
#include "cmd/file_sweep.h"
#include "cmd/publish.h"
#include "cmd/record.h"
#include "cmd/signed_out.h"
#include "cmd/translate.h"
#include "conf/conf.h"
#include "live/hub.h"
#include "live/tries.h"
#include "oidc/oidc.h"
#include "speech/speech.h"
#include "store/store.h"
#include "work/work.h"

#include <errno.h>
#include <sys/stat.h>

/* Two at once leave a small machine room for everything else; who waits behind 64 others waits two seconds. */
enum { QUEUE_MAX = 200000, HASHERS = 2, HASH_QUEUE_MAX = 64, ASK_QUEUE_MAX = 32, SAYERS = 1, SAY_QUEUE_MAX = 32, SPOOL_QUEUE_MAX = 4096, MAKERS = 2, MAKE_QUEUE_MAX = 64,
       SECOND_MS = 1000 };

DEFINE_CLEANUP(struct school *, school_close)

/* Erasing that was interrupted. */
static int finish_erasing(struct db *db)
{
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        int64_t n = 0;
        int r;

        r = tx_begin(db, &tx);
        if (r >= 0)
                r = erase_resume(tx, NULL, true, &n);
        if (r < 0 || n == 0)
                return r;
        log_warning("erase", "%lld erased, where it was interrupted", (long long)n);
        r = tx_commit(TAKE(tx));
        return r < 0 ? r : db_empty_log(db);
}

static int bring_topics(struct db *db)
{
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        int r;

        r = tx_begin(db, &tx);
        if (r >= 0)
                r = topic_bring_list(tx);
        return r < 0 ? r : tx_commit(TAKE(tx));
}

/* What the loop must know before it starts. */
static int read_last(struct keyring *keys, const char *path, int64_t *ret, int64_t *ended, struct record **record, char **why)
{
        _cleanup_(db_closep) struct db *db = NULL;
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        int r;

        r = keyring_open_school(keys, path, DB_CREATE, &db, why);
        if (r < 0)
                return r;
        r = finish_erasing(db);
        if (r >= 0)
                r = bring_topics(db);
        if (r >= 0)
                r = tx_begin(db, &tx);
        if (r >= 0)
                r = event_last(tx, ret);
        if (r >= 0)
                r = session_last_ended(tx, ended);
        return r < 0 ? r : record_new(tx, record);
}

static int oidc_open(struct school *school, void (*wake)(void *), void *wake_arg, char **why)
{
        const struct conf *conf = school->conf;
        struct oidc_settings settings = {
                .issuer = conf->oidc_issuer, .client_id = conf->oidc_client_id, .secret_file = conf->oidc_client_secret_file, .scope = conf->oidc_scope,
                .person_claims = conf->oidc_person_claims, .home_claims = conf->oidc_home_claims, .homes = conf->oidc_home, .acr = conf->oidc_acr,
        };
        int r;

        if (asprintf(&school->oidc_return, "%s/api/oidc/return", conf->public_url) < 0) {
                school->oidc_return = NULL;
                return -ENOMEM;
        }
        settings.return_to = school->oidc_return;
        r = oidc_new(&settings, &school->oidc, why);
        return r < 0 ? r : work_new(1, ASK_QUEUE_MAX, wake, wake_arg, &school->asking);
}

/* Without a voice the rest is as it was. */
static int speech_open(struct school *school, void (*wake)(void *), void *wake_arg)
{
        const struct conf *conf = school->conf;
        const struct speech_options options = { .program = conf->speech_program, .encoder = conf->speech_encoder,
                                                .time_ms = (int)(conf->speech_time_s * SECOND_MS) };
        int r;

        if (!*conf->speech_program)
                return 0;
        r = speech_new(&options, &school->speech);
        if (r < 0) {
                log_warning("speech", "messages are not said aloud by the server, because %s or %s does not work: error %d", conf->speech_program,
                            conf->speech_encoder, -r);
                return 0;
        }
        return work_new(SAYERS, SAY_QUEUE_MAX, wake, wake_arg, &school->saying);
}

int school_open(const struct conf *conf, void (*wake)(void *), void *wake_arg, struct school **ret, char **why)
{
        _cleanup_(school_closep) struct school *school = NULL;
        _cleanup_free_ char *path = NULL;
        struct db_beside beside;
        int64_t last = 0, ended = 0;
        int r;

        school = calloc(1, sizeof(*school));
        if (!school)
                return -ENOMEM;
        school->conf = conf;
        if (mkdir(conf->data, 0700) < 0 && errno != EEXIST) {
                r = -errno;
                if (asprintf(why, "cannot make the data folder %s: %s", conf->data, strerror(-r)) < 0)
                        *why = NULL;
                return r;
        }
        if (asprintf(&path, "%s/school.db", conf->data) < 0)
                return -ENOMEM;
        r = keyring_open(conf->data, conf->key_file, KEYRING_SERVE, &school->keys, why);
        if (r >= 0)
                r = read_last(school->keys, path, &last, &ended, &school->record, why);
        if (r >= 0)
                r = keyring_get(school->keys, 0, PURPOSE_SIGN_IN, &school->key);
        if (r >= 0)
                r = tries_new(&school->tries);
        if (r >= 0)
                r = signed_out_new(school, ended);
        if (r < 0)
                return r;
        r = hub_new(&(struct hub_options){ .sessions_max = conf->connections_max,
                                            .person_sessions_max = conf->person_connections_max, .queue_max_bytes = conf->queue_max_bytes },
                    &school->hub);
        if (r < 0)
                return r;
        r = publisher_new(school, last);
        if (r < 0)
                return r;
        beside = keyring_beside(school->keys);
        r = store_open(&(struct store_options){ .path = path,
                                                .beside = &beside,
                                                .readers = conf->readers,
                                                .batch_max = conf->batch_max,
                                                .queue_max = QUEUE_MAX,
                                                .wake = wake,
                                                .wake_arg = wake_arg },
                       &school->store, why);
        if (r >= 0)
                r = work_new(HASHERS, HASH_QUEUE_MAX, wake, wake_arg, &school->hashing);
        if (r >= 0)
                r = work_new(1, SPOOL_QUEUE_MAX, wake, wake_arg, &school->spooling);
        if (r >= 0)
                r = work_new(MAKERS, MAKE_QUEUE_MAX, wake, wake_arg, &school->media);
        if (r >= 0 && *conf->oidc_issuer)
                r = oidc_open(school, wake, wake_arg, why);
        if (r >= 0)
                r = speech_open(school, wake, wake_arg);
        if (r >= 0)
                r = translate_open(school, wake, wake_arg, why);
        if (r < 0)
                return r;
        *ret = TAKE(school);
        return 0;
}

void school_drain(struct school *school)
{
        store_drain(school->store);
        work_drain(school->hashing);
        work_drain(school->spooling);
        work_drain(school->media);
        if (school->asking)
                work_drain(school->asking);
        if (school->saying)
                work_drain(school->saying);
        translate_drain(school);
}

void school_tick(struct school *school)
{
        publish_look(school);
        record_tick(school);
        consent_over_tick(school);
        daily_tick(school);
        expire_tick(school);
        translate_tick(school);
        file_sweep_tick(school);
}

/* Nothing comes after it. */
static void note_the_end(const struct school *school)
{
        _cleanup_(db_closep) struct db *db = NULL;
        _cleanup_free_ char *path = NULL;
        int r;

        if (asprintf(&path, "%s/school.db", school->conf->data) < 0) {
                path = NULL;
                return;
        }
        r = db_open(path, DB_READ, &db, NULL);
        if (r >= 0)
                r = record_note(db, school->conf->data);
        if (r < 0)
                log_error("audit", "the end of the audit log could not be noted: error %d", -r);
}

void school_stop(struct school *school)
{
        work_stop(school->hashing);
        work_stop(school->asking);
        work_stop(school->saying);
        translate_stop(school);
        work_stop(school->spooling);
        work_stop(school->media);
        school_drain(school);
        record_last(school);
        store_stop(school->store);
        store_drain(school->store);
        note_the_end(school);
}

void school_close(struct school *school)
{
        if (!school)
                return;
        work_free(school->hashing);
        work_free(school->asking);
        work_free(school->saying);
        speech_free(school->speech);
        translate_free(school);
        work_free(school->spooling);
        work_free(school->media);
        oidc_free(school->oidc);
        free(school->oidc_return);
        store_close(school->store);
        keyring_close(school->keys);
        publisher_free(school->publisher);
        record_free(school->record);
        signed_out_free(school);
        tries_free(school->tries);
        hub_free(school->hub);
        free(school);
}
