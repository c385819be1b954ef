/* chat/moving/write.c: what a family lets go, as JSON, and which of its files. */
#include "base/clock.h"
#include "chat/file.h"
#include "chat/member.h"
#include "chat/message.h"
#include "chat/moving/writing.h"
#include "chat/person.h"
#include "chat/phrase/say.h"
#include "chat/reply.h"
#include "chat/rights/consent.h"
#include "chat/schoolrow.h"
#include "chat/thread.h"

#include <errno.h>
#include <inttypes.h>

enum { KNOWN_CAP = 16 * 1024 * 1024, PAGE_CAP = 64 * 1024 * 1024, PAGE_MESSAGES = 100 };

static const enum consent_kind kinds[MOVING_ITEMS] = {
        CONSENT_KIND_MOVE_PEOPLE,
        CONSENT_KIND_MOVE_CONVERSATION,
        CONSENT_KIND_MOVE_FILES,
        CONSENT_KIND_MOVE_ANSWERS,
        CONSENT_KIND_MOVE_AGREED,
};
enum { PEOPLE, CONVERSATION, FILES, ANSWERS, AGREED };

struct writing {
        struct tx *tx;
        struct arena a;
        struct thread_shape thread;     /* as one of the family sees it */
        int64_t said_by[MOVING_ITEMS];  /* whose yes stands, who is in the conversation; 0: it does not go along */
        size_t going_room;
        uint64_t going_bytes;
        struct moving_content *to;
        struct moving_made *made;
};

static void writing_done(struct writing *w)
{
        arena_done(&w->a);
}

/* Whose yes stands for an item; they must be in the conversation still, for what they may not see is not theirs to give. */
static int find_yes(struct writing *w, int64_t thread, size_t item)
{
        struct consent_shape shown;
        struct consent consent;
        struct membership m;
        int r;

        r = consent_stands(w->tx, thread, kinds[item], 0);
        if (r > 0)
                r = consent_now(w->tx, &w->a, thread, kinds[item], 0, &consent);
        else if (r == 0)
                r = -ENOENT;
        if (r >= 0)
                r = consent_load(w->tx, &w->a, consent.id, &(struct viewer){ .family = true }, &shown);
        if (r >= 0)
                r = member_now(w->tx, thread, shown.answered_by, &m);
        if (r == -ENOENT)
                return 0;
        if (r < 0)
                return r;
        w->said_by[item] = shown.answered_by;
        w->made->consents[w->made->consents_n++] = consent.id;
        return 0;
}

static int64_t first_seq_of(const struct writing *w, int64_t person)
{
        for (size_t i = 0; i < w->thread.members.n; i++)
                if (w->thread.members.items[i].person->id == person && w->thread.members.items[i].until < 0)
                        return w->thread.members.items[i].first_seq;
        return INT64_MAX;
}

static void write_items(struct writing *w)
{
        bool first = true;

        buf_add_str(&w->to->json, ",\"items\":[");
        for (size_t i = 0; i < MOVING_ITEMS; i++) {
                if (!w->said_by[i])
                        continue;
                buf_printf(&w->to->json, "%s\"%s\"", first ? "" : ",", word_text(&words_consent_kind, (int)kinds[i]));
                first = false;
        }
        buf_add_char(&w->to->json, ']');
}

static bool stands_before(const struct thread_shape *thread, size_t i)
{
        for (size_t k = 0; k < i; k++)
                if (thread->members.items[k].person->id == thread->members.items[i].person->id)
                        return true;
        return false;
}

/* Whoever spoke has a name where the messages go along; the family also where only that does, and with their languages. */
static int write_people(struct writing *w)
{
        bool first = true;
        int r;

        buf_add_str(&w->to->json, ",\n\"people\":[");
        for (size_t i = 0; i < w->thread.members.n; i++) {
                const struct member_shape *m = &w->thread.members.items[i];
                bool family = role_is_family(m->person->role), whole = family && w->said_by[PEOPLE];
                struct person_shape person;

                if ((!whole && !w->said_by[CONVERSATION]) || stands_before(&w->thread, i))
                        continue;
                r = person_load(w->tx, &w->a, m->person->id, NULL, &person);
                if (r < 0)
                        return r;
                if (!whole) {
                        person.speaks = (struct strs){ .given = true };
                        person.reads = (struct strs){ 0 };
                        person.language = NULL;
                }
                buf_add_str(&w->to->json, first ? "\n" : ",\n");
                person.balance = BALANCE_NOT_GIVEN;
                shape_encode(&w->to->json, &shape_person, &person);
                first = false;
        }
        buf_add_char(&w->to->json, ']');
        return 0;
}

/* Whether a file goes along: where they agreed to that, and there is room. Those that do are noted, in their order. */
static int take_along(struct writing *w, const struct attachment_shape *attachment)
{
        struct file_read file;
        struct moving_file *to;
        int r;

        if (!w->said_by[FILES])
                return 0;
        r = file_get(w->tx, &w->a, attachment->id, &file);
        if (r < 0)
                return r == -ENOENT ? 0 : r;
        secret_wipe(&file.key, sizeof(file.key));
        w->to->files = arena_grow(w->to->a, w->to->files, w->to->files_n, &w->going_room, sizeof(*w->to->files));
        if (!w->to->files)
                return arena_failed(w->to->a);
        to = &w->to->files[w->to->files_n];
        *to = (struct moving_file){ .id = attachment->id, .part = file.bytes[FILE_ORIGINAL] > 0 ? FILE_ORIGINAL : FILE_SHOWN };
        to->bytes = file.bytes[to->part];
        if (w->to->files_n == MOVING_FILES_MAX || to->bytes > MOVING_FILE_MAX || to->bytes > MOVING_FILES_BYTES_MAX - w->going_bytes) {
                w->made->left_out++;
                return 0;
        }
        w->going_bytes += to->bytes;
        w->to->files_n++;
        return 1;
}

/* A version that was only spoken is none without its voice. */
static int with_voices(struct writing *w, struct arena *a, const struct many_version *from, struct many_version *to)
{
        struct version_shape *versions = arena_get(a, from->n * sizeof(*versions));
        size_t n = 0;

        if (!versions)
                return arena_failed(a);
        for (size_t i = 0; i < from->n; i++) {
                int r = from->items[i].voice ? take_along(w, from->items[i].voice) : 0;

                if (r < 0)
                        return r;
                if (r == 0 && !*from->items[i].body)
                        continue;
                versions[n] = from->items[i];
                if (r == 0)
                        versions[n].voice = NULL;
                n++;
        }
        *to = (struct many_version){ versions, n, true };
        return 0;
}

/* The message with those of its files that go along. One that has neither words nor files then says that there was something. */
static int with_files(struct writing *w, struct arena *a, const struct message_shape *from, struct message_shape *to)
{
        struct attachment_shape *files = arena_get(a, from->attachments.n * sizeof(*files));
        size_t n = 0;

        if (!files)
                return arena_failed(a);
        *to = *from;
        for (size_t i = 0; i < from->attachments.n; i++) {
                int r = take_along(w, &from->attachments.items[i]);

                if (r < 0)
                        return r;
                if (r > 0)
                        files[n++] = from->attachments.items[i];
        }
        to->attachments = (struct many_attachment){ files, n, n > 0 };
        if (from->body && !*from->body && n == 0)
                to->body = "📎";
        return with_voices(w, a, &from->versions, &to->versions);
}

/* What the phrase of a message was filled in with. */
static int write_parts(struct writing *w, struct arena *a, int64_t seq, struct buf *out)
{
        struct phrase_said said;
        const char *kept;
        int r;

        r = message_phrase(w->tx, a, w->thread.id, seq, &kept);
        if (r < 0 || !kept)
                return r;
        r = phrase_recall(a, kept, &said);
        if (r < 0)
                return r == -ENOENT || r == -EUCLEAN ? 0 : r;
        buf_printf(out, "%s\n{\"seq\":%" PRId64, out->len > 0 ? "," : "", seq);
        for (size_t i = 0; i < PATTERN_TEXTS; i++) {
                if (!said.parts[i])
                        continue;
                buf_printf(out, ",\"%s\":", phrase_part_names[i]);
                json_string_encode(out, said.parts[i]);
        }
        if (said.number >= 0)
                buf_printf(out, ",\"%s\":%" PRId64, phrase_part_names[PHRASE_NUMBER], said.number);
        buf_add_char(out, '}');
        return buf_failed(out);
}

static int write_messages(struct writing *w)
{
        _cleanup_(buf_done) struct buf phrases = BUF(PAGE_CAP);
        int64_t after = 0;
        bool more = true, first = true;
        int r;

        buf_add_str(&w->to->json, ",\n\"messages\":[");
        while (more) {
                _cleanup_(arena_done) struct arena a = ARENA(PAGE_CAP);
                struct many_message page;

                r = message_page(w->tx, &a, w->thread.id, first_seq_of(w, w->said_by[CONVERSATION]), -1, after, PAGE_MESSAGES, &page, &more);
                if (r < 0)
                        return r;
                for (size_t i = 0; i < page.n; i++) {
                        struct message_shape message;

                        r = with_files(w, &a, &page.items[i], &message);
                        if (r < 0)
                                return r;
                        buf_add_str(&w->to->json, first ? "\n" : ",\n");
                        shape_encode(&w->to->json, &shape_message, &message);
                        first = false;
                        r = message.phrase ? write_parts(w, &a, message.seq, &phrases) : 0;
                        if (r < 0)
                                return r;
                }
                if (page.n == 0)
                        break;
                after = page.items[page.n - 1].seq;
        }
        buf_add_str(&w->to->json, "],\n\"phrases\":[");
        buf_add_str(&w->to->json, buf_str(&phrases));
        buf_add_str(&w->to->json, "],\n\"files\":[");
        for (size_t i = 0; i < w->to->files_n; i++)
                buf_printf(&w->to->json, "%s{\"id\":%" PRId64 ",\"bytes\":%" PRIu64 "}", i ? "," : "", w->to->files[i].id, w->to->files[i].bytes);
        buf_add_char(&w->to->json, ']');
        return 0;
}

/* Those of who said yes: what another parent answered is not theirs to give. Only at messages that go along. */
static int write_replies(struct writing *w)
{
        int64_t from = first_seq_of(w, w->said_by[CONVERSATION]), own = first_seq_of(w, w->said_by[ANSWERS]);
        struct many_reply replies;
        int r;

        r = reply_load_range(w->tx, &w->a, w->thread.id, from > own ? from : own, INT64_MAX, w->said_by[ANSWERS], &replies);
        if (r < 0)
                return r;
        buf_add_str(&w->to->json, ",\n\"replies\":[");
        for (size_t i = 0; i < replies.n; i++) {
                buf_add_str(&w->to->json, i ? ",\n" : "\n");
                shape_encode(&w->to->json, &shape_reply, &replies.items[i]);
        }
        buf_add_char(&w->to->json, ']');
        return 0;
}

static int write_agreed(struct writing *w)
{
        struct viewer who = { .person = w->said_by[AGREED], .family = true };
        struct many_consent consents;
        struct membership m;
        int r;

        r = member_now(w->tx, w->thread.id, who.person, &m);
        if (r < 0)
                return r;
        who.from_ms = m.sight.from_ms;
        r = consent_load_all(w->tx, &w->a, w->thread.id, &who, true, &consents);
        if (r < 0)
                return r;
        buf_add_str(&w->to->json, ",\n\"consents\":[");
        for (size_t i = 0; i < consents.n; i++) {
                buf_add_str(&w->to->json, i ? ",\n" : "\n");
                shape_encode(&w->to->json, &shape_consent, &consents.items[i]);
        }
        buf_add_char(&w->to->json, ']');
        return 0;
}

static int look(struct writing *w, int64_t thread)
{
        struct viewer family = { .family = true };
        int r = 0;

        for (size_t i = 0; r >= 0 && i < MOVING_ITEMS; i++) {
                r = find_yes(w, thread, i);
                if (w->said_by[i])
                        family.person = w->said_by[i];
        }
        if (r < 0 || !family.person)
                return r < 0 ? r : -ENOENT;
        w->made->by = family.person;
        return thread_load(w->tx, &w->a, thread, &family, &w->thread);
}

static int write_json(struct writing *w, const struct uuid *id)
{
        char text[UUID_TEXT + 1];
        struct school_shape school;
        int r;

        r = school_load(w->tx, &w->a, &school, NULL);
        if (r < 0)
                return r;
        uuid_write(id, text);
        buf_printf(&w->to->json, "{\"format\":\"ouderbrug-move-1\",\"id\":\"%s\",\"made\":%" PRId64 ",\"school\":", text, clock_now_ms());
        json_string_encode(&w->to->json, school.name);
        buf_add_str(&w->to->json, ",\"pupil\":");
        json_string_encode(&w->to->json, w->thread.pupil->name);
        write_items(w);
        r = write_people(w);
        if (r >= 0 && w->said_by[CONVERSATION])
                r = write_messages(w);
        if (r >= 0 && w->said_by[CONVERSATION] && w->said_by[ANSWERS])
                r = write_replies(w);
        if (r >= 0 && w->said_by[AGREED])
                r = write_agreed(w);
        if (r < 0)
                return r;
        buf_add_str(&w->to->json, "}\n");
        return buf_failed(&w->to->json);
}

int moving_content(struct tx *tx, int64_t thread, const struct uuid *id, struct moving_content *ret, struct moving_made *made)
{
        _cleanup_(writing_done) struct writing w = { .tx = tx, .a = ARENA(KNOWN_CAP), .to = ret, .made = made };
        int r;

        r = look(&w, thread);
        return r < 0 ? r : write_json(&w, id);
}
