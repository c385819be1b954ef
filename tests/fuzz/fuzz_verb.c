/* links: cmd live chat roster proto store text secret conf base */
/* Frames of people who are signed in, through the verbs and the database to what comes back. The first byte says who speaks (a
 * mentor, a mother, a coach, the administrator, somebody without a session), each line after it is a frame. Whatever they say:
 * each frame is answered once, the others hear events only, and the school goes on. The school is not made anew for each
 * input, so what breaks it may need the inputs before. */
#include "base/clock.h"
#include "chat/person.h"
#include "chat/roster/import.h"
#include "chat/seal/keyring.h"
#include "chat/signin/account.h"
#include "cmd/school.h"
#include "conf/conf.h"
#include "live/hub.h"
#include "proto/command.h"
#include "secret/secret.h"
#include "store/db.h"

#include <ftw.h>
#include <poll.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { FRAMES_MAX = 20, OUT_CAP = 64 * 1024 * 1024 };

static const char *const names[] = { "staff-visser", "parent-huda-al-hariri", "coach-rania-haddad", "admin-school", NULL };
#define SPEAKERS ((int) (sizeof(names) / sizeof(names[0])))

static struct {
        char folder[64];
        struct conf conf;
        struct school *school;
        int wake;
        bool closed;
        struct token_hash tokens[SPEAKERS];
} world;

static void must(bool promise)
{
        if (!promise)
                abort();
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
        (void) st;
        (void) type;
        (void) at;
        return remove(path);
}

static void forget_world(void)
{
        char key[80];

        nftw(world.folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
        snprintf(key, sizeof(key), "%s.key", world.folder);
        unlink(key);
}

static void wake(void *arg)
{
        uint64_t one = 1;

        (void) arg;
        must(write(world.wake, &one, sizeof(one)) == sizeof(one));
}

static void sink_wake(struct sink *sink)
{
        (void) sink;
}

static void sink_close(struct sink *sink, enum close_code code)
{
        (void) sink;
        (void) code;
        world.closed = true;
}

static void bring_school_in(void)
{
        _cleanup_(roster_faults_done) struct roster_faults faults = ROSTER_FAULTS_NONE;
        _cleanup_(roster_report_done) struct roster_report report = ROSTER_REPORT_NONE;
        _cleanup_(roster_freep) struct roster *roster = NULL;
        _cleanup_(db_closep) struct db *db = NULL;
        struct tx *tx;

        must(roster_read(SOURCE_DIR "/config/demo-school/package", &roster, &faults) == 0);
        must(keyring_open_with_school(world.folder, "", DB_CREATE, &db, NULL) == 0);
        must(tx_begin(db, &tx) == 0);
        must(roster_import(tx, roster, false, "2026-12-01", NULL, &report, &faults) == 0);
        must(tx_commit(tx) == 0);
}

static void sign_in(int who)
{
        _cleanup_(db_closep) struct db *db = NULL;
        struct tx *tx;
        char secret[SECRET_TEXT + 1];
        int64_t person;

        secret_make(secret);
        secret_hash(secret, SECRET_TEXT, &world.tokens[who]);
        if (!names[who])
                return;
        must(keyring_open_with_school(world.folder, "", DB_WRITE, &db, NULL) == 0);
        must(tx_begin(db, &tx) == 0);
        must(person_by_sourced_id(tx, names[who], &person) == 0);
        must(session_start(tx, &world.tokens[who],
                           &(struct session_new){ .person = person, .kind = DEVICE_PHONE, .how = SIGN_IN_LINK, .until_ms = clock_now_ms() + INT64_C(86400000) }) > 0);
        must(tx_commit(tx) == 0);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
        (void) argc;
        (void) argv;
        snprintf(world.folder, sizeof(world.folder), "/tmp/ouderbrug-fuzz-XXXXXX");
        must(mkdtemp(world.folder) != NULL);
        atexit(forget_world);
        must(secret_init() == 0);
        command_decode_init();
        log_set_level(LOG_ERROR);
        bring_school_in();
        for (int i = 0; i < SPEAKERS; i++)
                sign_in(i);

        world.wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        must(world.wake >= 0);
        must(conf_defaults(&world.conf) == 0);
        must(conf_set(&world.conf, "", "data", world.folder, NULL) == 0);
        must(conf_set(&world.conf, "", "rate_burst", "100000", NULL) == 0);
        must(conf_set(&world.conf, "", "rate_per_second", "100000", NULL) == 0);
        must(conf_settle(&world.conf, 8080) == 0);
        must(school_open(&world.conf, wake, NULL, &world.school, NULL) == 0);
        return 0;
}

/* Counts the answers in a frame of the server's: its items begin with "ref" or hold an error, events begin with "event". */
static int answers_in(const struct buf *out)
{
        int n = 0;

        for (const char *p = buf_str(out); (p = strstr(p, "{\"ref\":")) || 0; p++)
                n++;
        for (const char *p = buf_str(out); (p = strstr(p, "{\"error\":")) || 0; p++)
                n++;
        return n;
}

/* Runs the loop until so many answers are there. */
static int hear(struct session *session, int wanted)
{
        int heard = 0;

        for (int waits = 0;; waits++) {
                _cleanup_(buf_done) struct buf out = BUF(OUT_CAP);
                struct pollfd fd = { .fd = world.wake, .events = POLLIN };
                uint64_t n;

                school_drain(world.school);
                while (session_fill(session, &out, 65536) > 0) {
                        heard += answers_in(&out);
                        buf_clear(&out);
                }
                if (heard >= wanted || world.closed)
                        return heard;
                must(waits < 100);
                poll(&fd, 1, 1000);
                if (read(world.wake, &n, sizeof(n)) < 0)
                        continue;
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        static const char hello[] = "{\"do\":\"hello\",\"ref\":1}";
        struct sink sink = { .wake = sink_wake, .close = sink_close };
        const char *at = (const char *) data + 1, *end = (const char *) data + n;
        struct session *session;
        int said = 0, heard;

        if (n < 2)
                return 0;
        world.closed = false;
        must(session_new(world.school->hub, &sink, &world.tokens[data[0] % SPEAKERS], &session) == 0);
        if (data[0] < 128) {
                school_frame(world.school, session, hello, strlen(hello));
                must(hear(session, 1) == 1 || world.closed);
        }
        while (at < end && said < FRAMES_MAX && !world.closed) {
                const char *line = memchr(at, '\n', (size_t) (end - at));

                line = line ? line : end;
                school_frame(world.school, session, at, (size_t) (line - at));
                said++;
                at = line + 1;
        }
        heard = hear(session, said);
        must(heard == said || world.closed);
        session_free(session);
        return 0;
}
