#include "cmd/record.h"

#include "base/clock.h"
#include "base/log.h"
#include "chat/audit/audit_head.h"
#include "cmd/school.h"
#include "conf/conf.h"
#include "proto/command.h"
#include "store/store.h"

#include <errno.h>

enum {
        HOUR_MS = 3600 * 1000,
        SLOTS = 1 << 14, /* 0.6 MB; who finds another's in the slot puts one row more on record, that is all */
        NOTE_EVERY_MS = 5 * 1000,
        FAILED_EVERY_MS = 10 * 1000,
        SAY_EVERY_MS = 24 * HOUR_MS,
};

struct shown {
        int64_t actor, thread, seq, hour;
        const char *deed; /* a command's name: static, so the address says which */
};

struct record {
        struct shown slots[SLOTS];
        struct audit_head noted; /* as the file has it */
        int64_t noted_ms, said_ms;
        bool noting;
        int64_t failed;     /* attempts to sign in, not on record yet */
        int64_t failed_ms;  /* when the last row of them went */
};

static int64_t hour_now(void)
{
        return clock_now_ms() / HOUR_MS;
}

static size_t slot_of(const struct audit *shown)
{
        uint64_t h = (uint64_t)shown->actor * 0x9e3779b97f4a7c15u;

        h = (h ^ (uint64_t)shown->thread) * 0xff51afd7ed558ccdu;
        h = (h ^ (uint64_t)(uintptr_t)shown->deed) * 0xc4ceb9fe1a85ec53u;
        return (size_t)(h >> 40) % SLOTS;
}

bool record_knows(const struct record *record, const struct audit *shown)
{
        const struct shown *s = &record->slots[slot_of(shown)];

        return s->deed == shown->deed && s->actor == shown->actor && s->thread == shown->thread && s->hour == hour_now() &&
               (shown->seq <= 0 || s->seq <= shown->seq);
}

void record_learn(struct record *record, const struct audit *shown)
{
        struct shown *s = &record->slots[slot_of(shown)];
        int64_t seq = shown->seq > 0 ? shown->seq : INT64_MAX; /* no message was shown yet */

        if (s->deed == shown->deed && s->actor == shown->actor && s->thread == shown->thread && s->hour == hour_now() && s->seq < seq)
                seq = s->seq;
        *s = (struct shown){ .actor = shown->actor, .thread = shown->thread, .seq = seq, .hour = hour_now(), .deed = shown->deed };
}

static void learn_row(void *arg, const struct audit *row)
{
        struct audit shown = *row;

        for (int c = COMMAND_NONE + 1; c < COMMANDS; c++)
                if (strcmp(command_spec((enum command)c)->name, row->deed) == 0) {
                        shown.deed = command_spec((enum command)c)->name;
                        record_learn(arg, &shown);
                }
}

int record_new(struct tx *tx, struct record **ret)
{
        struct record *record = calloc(1, sizeof(*record));
        int r;

        if (!record)
                return -ENOMEM;
        r = audit_each_shown(tx, hour_now() * HOUR_MS, learn_row, record);
        if (r < 0) {
                free(record);
                return r;
        }
        *ret = record;
        return 0;
}

void record_free(struct record *record)
{
        free(record);
}

struct noting {
        struct job job;
        struct school *school;
        const char *data; /* conf's, which outlives it */
        struct audit_head was, is;
};

/* On a reader, which may wait for the disk. */
static int note_run(struct job *job, struct tx *tx)
{
        struct noting *noting = CONTAINER_OF(job, struct noting, job);
        int r;

        r = audit_last(tx, &noting->is);
        if (r < 0 || noting->is.id == noting->was.id)
                return r;
        return audit_head_save(noting->data, &noting->is);
}

static void note_done(struct job *job, int result)
{
        struct noting *noting = CONTAINER_OF(job, struct noting, job);
        struct record *record = noting->school->record;
        char line[AUDIT_HEAD_TEXT + 1];

        record->noting = false;
        if (result < 0)
                log_error("audit", "the end of the audit log could not be noted: error %d", -result);
        else
                record->noted = noting->is;
        /* The journal is a third place, and often on another machine. */
        if (result >= 0 && noting->is.id > 0 && (record->said_ms == 0 || clock_mono_ms() - record->said_ms > SAY_EVERY_MS)) {
                record->said_ms = clock_mono_ms();
                audit_head_write(&noting->is, line);
                log_info("audit", "the log ends at %s", line);
        }
        free(noting);
}

struct failed {
        struct job job;
        int64_t n;
};

static int failed_run(struct job *job, struct tx *tx)
{
        return audit_add(tx, &(struct audit){ .deed = DEED_SIGN_IN_FAILED, .n = CONTAINER_OF(job, struct failed, job)->n });
}

static void failed_again(_unused_ struct job *job)
{
}

static void failed_done(struct job *job, int result)
{
        if (result < 0)
                log_error("audit", "failed attempts to sign in could not be put on record: error %d", -result);
        free(CONTAINER_OF(job, struct failed, job));
}

void record_failed(struct record *record)
{
        record->failed++;
}

void record_last(struct school *school)
{
        struct record *record = school->record;
        struct failed *failed = record->failed > 0 ? calloc(1, sizeof(*failed)) : NULL;

        if (!failed)
                return;
        *failed = (struct failed){ .job = { .run = failed_run, .again = failed_again, .done = failed_done }, .n = record->failed };
        if (store_write(school->store, &failed->job) < 0) {
                free(failed);
                return;
        }
        record->failed = 0;
        record->failed_ms = clock_mono_ms();
}

void record_tick(struct school *school)
{
        struct record *record = school->record;
        struct noting *noting;

        if (record->failed > 0 && clock_mono_ms() - record->failed_ms >= FAILED_EVERY_MS)
                record_last(school);
        if (record->noting || clock_mono_ms() - record->noted_ms < NOTE_EVERY_MS)
                return;
        noting = calloc(1, sizeof(*noting));
        if (!noting)
                return;
        *noting = (struct noting){ .job = { .run = note_run, .done = note_done }, .school = school, .data = school->conf->data, .was = record->noted };
        record->noted_ms = clock_mono_ms();
        if (store_read(school->store, &noting->job) < 0)
                free(noting);
        else
                record->noting = true;
}

int record_note(struct db *db, const char *data)
{
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        struct audit_head head;
        int r;

        r = tx_begin(db, &tx);
        if (r >= 0)
                r = audit_last(tx, &head);
        return r < 0 || head.id == 0 ? r : audit_head_save(data, &head);
}
