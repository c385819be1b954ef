/* chat/moving/read_messages.c: the messages of a file of another school, with their versions and what stands at them. */
#include "chat/moving/reading.h"
#include "chat/phrase/say.h"
#include "proto/command.h"
#include "text/text.h"

enum {
        VERSIONS_MAX = 100,
        ENGINE_NAME_MAX = 40,
        SEQ_MAX = 1000000000,
};

/* One that comes in the parcel, at this place and no other: the number alone, for the rest is made anew. */
static int take_attachment(struct reading *rd, const struct tree *from, int64_t i, bool voice_only, struct attachment_shape *to)
{
        struct moved_file *file = reading_file(rd, tree_int(from, "id", 0));
        const char *name = tree_str(from, "name");
        int kind, r;

        if (!file || file->kind)
                return reading_bad(rd, "message", i, "a file at it is not in the parcel, or stands at two places");
        r = reading_word(rd, "message", i, from, "kind", &words_attachment_kind, &kind);
        if (r < 0)
                return r;
        if (voice_only && kind != ATTACHMENT_VOICE)
                return reading_bad(rd, "message", i, "a version has a file that is no voice");
        if (name && kind == ATTACHMENT_DOCUMENT)
                r = reading_text(rd, "message", i, name, text_name, NAME_MAX_BYTES, &file->name);
        if (r < 0)
                return r;
        file->kind = (enum attachment_kind)kind;
        *to = (struct attachment_shape){ .id = file->old };
        return 0;
}

static int take_attachments(struct reading *rd, const struct tree *list, int64_t i, struct many_attachment *ret)
{
        struct attachment_shape *items;
        size_t n = tree_size(list);
        int r = 0;

        if (n > SEND_FILES_MAX)
                return reading_bad(rd, "message", i, "more than %d files", SEND_FILES_MAX);
        items = arena_get(rd->a, n * sizeof(*items));
        if (!items)
                return arena_failed(rd->a);
        for (size_t k = 0; k < n && r >= 0; k++)
                r = take_attachment(rd, tree_at(list, k), i, false, &items[k]);
        *ret = (struct many_attachment){ items, n, n > 0 };
        return r;
}

static int take_voice(struct reading *rd, const struct tree *from, int64_t i, struct version_shape *to)
{
        struct attachment_shape *voice;

        if (!from)
                return 0;
        if (to->author < 0)
                return reading_bad(rd, "message", i, "a version was spoken by nobody");
        voice = arena_get(rd->a, sizeof(*voice));
        if (!voice)
                return arena_failed(rd->a);
        to->voice = voice;
        return take_attachment(rd, from, i, true, voice);
}

/* What was said without words has none, and nothing else. */
static int take_body(struct reading *rd, const struct tree *from, int64_t i, bool has_files, const char **ret)
{
        const char *body = tree_str(from, "body");

        if (has_files && body && !*body) {
                *ret = "";
                return 0;
        }
        return reading_text(rd, "message", i, body, text_body, TEXT_BYTES_MAX, ret);
}

static int take_version(struct reading *rd, const struct tree *from, int64_t i, struct version_shape *to)
{
        int origin, r;

        *to = (struct version_shape){ .author = tree_int(from, "author", -1), .native = tree_is_true(tree_get(from, "native")),
                                      .checked_by = tree_int(from, "checked_by", -1), .checked = -1 };
        if ((to->author >= 0 && !reading_who(rd, to->author)) || (to->checked_by >= 0 && !reading_who(rd, to->checked_by)))
                return reading_bad(rd, "message", i, "a version is of somebody who is not among the people");
        r = reading_word(rd, "message", i, from, "origin", &words_origin, &origin);
        if (r >= 0)
                r = reading_tag(rd, "message", i, tree_str(from, "language"), &to->language);
        if (r >= 0)
                r = take_voice(rd, tree_get(from, "voice"), i, to);
        if (r >= 0)
                r = take_body(rd, from, i, to->voice, &to->body);
        if (r >= 0 && tree_str(from, "engine"))
                r = reading_text(rd, "message", i, tree_str(from, "engine"), text_name, ENGINE_NAME_MAX, &to->engine);
        if (r >= 0)
                r = reading_time(rd, "message", i, from, "at", &to->at);
        if (r >= 0 && to->checked_by >= 0)
                r = reading_time(rd, "message", i, from, "checked", &to->checked);
        if (r < 0)
                return r;
        to->origin = (enum origin)origin;
        to->direction = text_direction(to->body, to->language);
        return 0;
}

static int take_versions(struct reading *rd, const struct tree *list, int64_t i, struct many_version *ret)
{
        struct version_shape *items;
        size_t n = tree_size(list);
        int r = 0;

        if (n > VERSIONS_MAX)
                return reading_bad(rd, "message", i, "more than %d versions", VERSIONS_MAX);
        items = arena_get(rd->a, n * sizeof(*items));
        if (!items)
                return arena_failed(rd->a);
        for (size_t k = 0; k < n && r >= 0; k++)
                r = take_version(rd, tree_at(list, k), i, &items[k]);
        *ret = (struct many_version){ items, n, true };
        return r;
}

static int take_client_id(struct reading *rd, const char *given, int64_t i, const char **ret)
{
        char text[UUID_TEXT + 1];
        struct uuid id;

        if (!given || uuid_parse(given, &id) < 0)
                return reading_bad(rd, "message", i, "\"client_id\" is no UUID");
        uuid_write(&id, text);
        *ret = arena_copy(rd->a, text, UUID_TEXT);
        return arena_failed(rd->a);
}

/* One that our list knows too: its picture comes along. */
static const char *take_phrase(const char *key)
{
        const struct phrase *p = key ? phrase_find(key) : NULL;

        return p ? p->key : NULL;
}

int reading_message(struct reading *rd, const struct tree *from, int64_t i)
{
        struct message_shape *to = &rd->moved->messages[i];
        int64_t before = i > 0 ? to[-1].seq : 0;
        int r;

        *to = (struct message_shape){ .seq = tree_int(from, "seq", 0), .sender = tree_int(from, "sender", 0), .withdrawn = -1 };
        if (to->seq <= before || to->seq > SEQ_MAX)
                return reading_bad(rd, "message", i, "the numbers do not rise");
        if (!reading_who(rd, to->sender))
                return reading_bad(rd, "message", i, "it is of somebody who is not among the people");
        r = reading_time(rd, "message", i, from, "sent", &to->sent);
        if (r >= 0)
                r = take_client_id(rd, tree_str(from, "client_id"), i, &to->client_id);
        if (r >= 0)
                r = reading_tag(rd, "message", i, tree_str(from, "language"), &to->language);
        if (r < 0)
                return r;
        rd->moved->messages_n++;
        if (tree_get(from, "withdrawn"))
                return reading_time(rd, "message", i, from, "withdrawn", &to->withdrawn);
        r = take_attachments(rd, tree_get(from, "attachments"), i, &to->attachments);
        if (r >= 0)
                r = take_body(rd, from, i, to->attachments.n > 0, &to->body);
        if (r < 0)
                return r;
        to->direction = (enum direction)word_value(&words_direction, tree_str(from, "direction"));
        if (!to->direction)
                to->direction = text_direction(to->body, to->language);
        to->phrase = take_phrase(tree_str(from, "phrase"));
        return take_versions(rd, tree_get(from, "versions"), i, &to->versions);
}

struct message_shape *reading_message_of(const struct moved *moved, int64_t seq)
{
        size_t low = 0, high = moved->messages_n;

        while (low < high) {
                size_t middle = low + (high - low) / 2;

                if (moved->messages[middle].seq < seq)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low < moved->messages_n && moved->messages[low].seq == seq ? &moved->messages[low] : NULL;
}

/* ---- the parts of phrases: a date, a name. By them somebody who comes later reads the phrase in another language too */

static int take_part(struct reading *rd, const struct tree *from, int64_t i, enum phrase_part part, struct phrase_said *to)
{
        const char *given = tree_str(from, phrase_part_names[part]);
        int r = 0;

        if (!given)
                return 0;
        if (part == PHRASE_DATE || part == PHRASE_TIME)
                to->parts[part] = given; /* phrase_check() looks at them */
        else if (part == PHRASE_GENDER)
                to->parts[part] = word_text(&words_gender, word_value(&words_gender, given));
        else
                r = reading_text(rd, "phrase", i, given, text_name, NAME_MAX, &to->parts[part]);
        return r;
}

static int take_parts(struct reading *rd, const struct tree *from, int64_t i, struct message_shape *to)
{
        struct phrase_said said = { .phrase = phrase_find(to->phrase), .number = tree_int(from, phrase_part_names[PHRASE_NUMBER], -1) };
        _cleanup_(buf_done) struct buf kept = BUF(PHRASE_KEPT_MAX);
        enum phrase_part part;
        int r = 0;

        for (part = 0; r >= 0 && part < PHRASE_NUMBER; part++)
                if (phrase_part_names[part])
                        r = take_part(rd, from, i, part, &said);
        if (r < 0)
                return r;
        if (said.number > PHRASE_NUMBER_MAX || phrase_check(&said, &part) < 0)
                return reading_bad(rd, "phrase", i, "its parts are not those that it takes");
        r = phrase_keep(&said, &kept);
        if (r < 0)
                return r;
        to->phrase = arena_copy(rd->a, buf_str(&kept), kept.len);
        return arena_failed(rd->a);
}

/* Of a phrase that our list has not, nothing. */
int reading_phrases(struct reading *rd, const struct tree *list)
{
        int r = 0;

        for (size_t i = 0; r >= 0 && i < tree_size(list); i++) {
                struct message_shape *m = reading_message_of(rd->moved, tree_int(tree_at(list, i), "seq", 0));

                if (!m)
                        return reading_bad(rd, "phrase", (int64_t)i, "it is at nothing that is in the file");
                if (m->phrase)
                        r = take_parts(rd, tree_at(list, i), (int64_t)i, m);
        }
        return r;
}
