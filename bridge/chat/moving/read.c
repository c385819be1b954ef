/* chat/moving/read.c: a file of another school, checked before anything is believed. */
#include "base/clock.h"
#include "chat/moving/moving.h"
#include "chat/phrase/say.h"
#include "proto/command.h"
#include "proto/tree.h"
#include "text/language.h"
#include "text/text.h"

#include <errno.h>
#include <stdarg.h>

enum {
        PEOPLE_MAX = 400, /* as many as go with one pupil (chat/erase/) */
        MESSAGES_MAX = 1000000,
        VERSIONS_MAX = 100,
        LANGUAGES_MAX = 20,
        ENGINE_NAME_MAX = 40,
        CLOCK_SLIP_MS = 24 * 3600 * 1000,
        SEQ_MAX = 1000000000,
};

struct reading {
        struct arena *a;
        struct moved *moved;
        int64_t latest_ms; /* no time in it is after this */
        char **why;
};

/* -EBADMSG, with what is wrong where: "message 12: the text holds control characters". i: counted from 0; below 0: none. */
static int bad(struct reading *rd, const char *what, int64_t i, const char *format, ...) _printf_(4, 5);
static int bad(struct reading *rd, const char *what, int64_t i, const char *format, ...)
{
        _cleanup_free_ char *said = NULL;
        va_list ap;
        int r;

        va_start(ap, format);
        r = vasprintf(&said, format, ap);
        va_end(ap);
        if (r < 0)
                said = NULL;
        r = !said ? -1 : i < 0 ? asprintf(rd->why, "%s: %s", what, said) : asprintf(rd->why, "%s %lld: %s", what, (long long)i + 1, said);
        if (r < 0)
                *rd->why = NULL;
        return -EBADMSG;
}

static const char *fault(int error)
{
        switch (-error) {
        case EILSEQ:
                return "the text is not UTF-8";
        case ENODATA:
                return "the text is empty";
        case EMSGSIZE:
                return "the text is too long";
        case EOVERFLOW:
                return "a letter carries more marks than any script needs";
        default:
                return "the text holds control characters";
        }
}

typedef int (*text_rule)(const char *in, size_t n, size_t max, char **ret);

/* A text by the rules of text/, in the arena. */
static int take_text(struct reading *rd, const char *what, int64_t i, const char *given, text_rule rule, size_t max, const char **ret)
{
        _cleanup_free_ char *text = NULL;
        int r;

        if (!given)
                return bad(rd, what, i, "a text is missing");
        r = rule(given, strlen(given), max, &text);
        if (r == -ENOMEM)
                return r;
        if (r < 0)
                return bad(rd, what, i, "%s", fault(r));
        *ret = arena_copy(rd->a, text, strlen(text));
        return arena_failed(rd->a);
}

static int take_tag(struct reading *rd, const char *what, int64_t i, const char *given, const char **ret)
{
        char tag[LANGUAGE_TAG_MAX + 1];

        if (!given || language_canonical(given, strlen(given), tag) < 0)
                return bad(rd, what, i, "the language is no tag of BCP 47");
        *ret = arena_copy(rd->a, tag, strlen(tag));
        return arena_failed(rd->a);
}

static int take_time(struct reading *rd, const char *what, int64_t i, const struct tree *from, const char *key, int64_t *ret)
{
        int64_t ms = tree_int(from, key, -1);

        if (ms < 0 || ms > rd->latest_ms)
                return bad(rd, what, i, "\"%s\" is no time up to now", key);
        *ret = ms;
        return 0;
}

static int take_word(struct reading *rd, const char *what, int64_t i, const struct tree *from, const char *key, const struct word_set *set, int *ret)
{
        int value = word_value(set, tree_str(from, key));

        if (!value)
                return bad(rd, what, i, "\"%s\" is none of the words that it can be", key);
        *ret = value;
        return 0;
}

static int take_languages(struct reading *rd, int64_t i, const struct tree *list, struct strs *ret)
{
        const char **items;
        size_t n = tree_size(list);
        int r = 0;

        *ret = (struct strs){ .given = list != NULL };
        if (n > LANGUAGES_MAX)
                return bad(rd, "person", i, "more than %d languages", LANGUAGES_MAX);
        items = arena_get(rd->a, (n + 1) * sizeof(*items));
        if (!items)
                return arena_failed(rd->a);
        for (size_t k = 0; k < n && r >= 0; k++)
                r = take_tag(rd, "person", i, tree_text(tree_at(list, k)), &items[k]);
        ret->items = items;
        ret->n = n;
        return r;
}

static const struct moved_person *who(const struct reading *rd, int64_t old)
{
        for (size_t i = 0; i < rd->moved->people_n; i++)
                if (rd->moved->people[i].old == old)
                        return &rd->moved->people[i];
        return NULL;
}

static int take_person(struct reading *rd, const struct tree *from, int64_t i)
{
        struct moved_person *to = &rd->moved->people[i];
        int role, r;

        *to = (struct moved_person){ .old = tree_int(from, "id", 0) };
        if (to->old <= 0 || who(rd, to->old))
                return bad(rd, "person", i, "the number is missing, or stands there twice");
        r = take_word(rd, "person", i, from, "role", &words_role, &role);
        if (r >= 0)
                r = take_text(rd, "person", i, tree_str(from, "name"), text_name, NAME_MAX, &to->person.name);
        if (r >= 0)
                r = take_languages(rd, i, tree_get(from, "speaks"), &to->person.speaks);
        if (r >= 0)
                r = take_languages(rd, i, tree_get(from, "reads"), &to->person.reads);
        if (r < 0)
                return r;
        to->person.role = (enum role)role;
        to->family = role_is_family(to->person.role);
        rd->moved->people_n++;
        return 0;
}

static int take_version(struct reading *rd, const struct tree *from, int64_t i, struct version_shape *to)
{
        int origin, r;

        *to = (struct version_shape){ .author = tree_int(from, "author", -1), .native = tree_is_true(tree_get(from, "native")),
                                      .checked_by = tree_int(from, "checked_by", -1), .checked = -1 };
        if ((to->author >= 0 && !who(rd, to->author)) || (to->checked_by >= 0 && !who(rd, to->checked_by)))
                return bad(rd, "message", i, "a version is of somebody who is not among the people");
        r = take_word(rd, "message", i, from, "origin", &words_origin, &origin);
        if (r >= 0)
                r = take_tag(rd, "message", i, tree_str(from, "language"), &to->language);
        if (r >= 0)
                r = take_text(rd, "message", i, tree_str(from, "body"), text_body, TEXT_BYTES_MAX, &to->body);
        if (r >= 0 && tree_str(from, "engine"))
                r = take_text(rd, "message", i, tree_str(from, "engine"), text_name, ENGINE_NAME_MAX, &to->engine);
        if (r >= 0)
                r = take_time(rd, "message", i, from, "at", &to->at);
        if (r >= 0 && to->checked_by >= 0)
                r = take_time(rd, "message", i, from, "checked", &to->checked);
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
                return bad(rd, "message", i, "more than %d versions", VERSIONS_MAX);
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
                return bad(rd, "message", i, "\"client_id\" is no UUID");
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

static int take_message(struct reading *rd, const struct tree *from, int64_t i)
{
        struct message_shape *to = &rd->moved->messages[i];
        int64_t before = i > 0 ? to[-1].seq : 0;
        int r;

        *to = (struct message_shape){ .seq = tree_int(from, "seq", 0), .sender = tree_int(from, "sender", 0), .withdrawn = -1 };
        if (to->seq <= before || to->seq > SEQ_MAX)
                return bad(rd, "message", i, "the numbers do not rise");
        if (!who(rd, to->sender))
                return bad(rd, "message", i, "it is of somebody who is not among the people");
        r = take_time(rd, "message", i, from, "sent", &to->sent);
        if (r >= 0)
                r = take_client_id(rd, tree_str(from, "client_id"), i, &to->client_id);
        if (r >= 0)
                r = take_tag(rd, "message", i, tree_str(from, "language"), &to->language);
        if (r < 0)
                return r;
        rd->moved->messages_n++;
        if (tree_get(from, "withdrawn"))
                return take_time(rd, "message", i, from, "withdrawn", &to->withdrawn);
        r = take_text(rd, "message", i, tree_str(from, "body"), text_body, TEXT_BYTES_MAX, &to->body);
        if (r < 0)
                return r;
        to->direction = (enum direction)word_value(&words_direction, tree_str(from, "direction"));
        if (!to->direction)
                to->direction = text_direction(to->body, to->language);
        to->phrase = take_phrase(tree_str(from, "phrase"));
        return take_versions(rd, tree_get(from, "versions"), i, &to->versions);
}

static struct message_shape *message_of(const struct moved *moved, int64_t seq)
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

static int take_reply(struct reading *rd, const struct tree *from, int64_t i)
{
        struct reply_shape *to = &rd->moved->replies[i];
        const struct moved_person *person;
        int answer, r;

        *to = (struct reply_shape){ .seq = tree_int(from, "seq", 0), .person = tree_int(from, "person", 0) };
        person = who(rd, to->person);
        if (!person || !person->family || !message_of(rd->moved, to->seq))
                return bad(rd, "reply", i, "it is of nobody, or at nothing, that is in the file");
        r = take_word(rd, "reply", i, from, "answer", &words_answer, &answer);
        if (r >= 0)
                r = take_time(rd, "reply", i, from, "at", &to->at);
        if (r < 0)
                return r;
        to->answer = (enum answer)answer;
        rd->moved->replies_n++;
        return 0;
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
                r = take_text(rd, "phrase", i, given, text_name, NAME_MAX, &to->parts[part]);
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
                return bad(rd, "phrase", i, "its parts are not those that it takes");
        r = phrase_keep(&said, &kept);
        if (r < 0)
                return r;
        to->phrase = arena_copy(rd->a, buf_str(&kept), kept.len);
        return arena_failed(rd->a);
}

/* Of a phrase that our list has not, nothing. */
static int take_phrases(struct reading *rd, const struct tree *list)
{
        int r = 0;

        for (size_t i = 0; r >= 0 && i < tree_size(list); i++) {
                struct message_shape *m = message_of(rd->moved, tree_int(tree_at(list, i), "seq", 0));

                if (!m)
                        return bad(rd, "phrase", (int64_t)i, "it is at nothing that is in the file");
                if (m->phrase)
                        r = take_parts(rd, tree_at(list, i), (int64_t)i, m);
        }
        return r;
}

typedef int (*take_fn)(struct reading *rd, const struct tree *from, int64_t i);

/* A list of the file, an item after the other, into *items: room for n of `size` bytes, there before the first is taken. */
static int take_all(struct reading *rd, const struct tree *list, const char *what, size_t max, size_t size, void *items, take_fn take)
{
        size_t n = tree_size(list);
        void *room;
        int r = 0;

        if (n > max)
                return bad(rd, what, -1, "more than %zu of them", max);
        room = arena_get(rd->a, n * size);
        if (!room)
                return arena_failed(rd->a);
        memcpy(items, &room, sizeof(room));
        for (size_t i = 0; i < n && r >= 0; i++)
                r = take(rd, tree_at(list, i), (int64_t)i);
        return r;
}

static int take(struct reading *rd, const struct tree *from)
{
        struct moved *moved = rd->moved;
        const char *format = tree_str(from, "format"), *id = tree_str(from, "id");
        int r;

        if (!format || strncmp(format, "ouderbrug-move-", strlen("ouderbrug-move-")) != 0)
                return bad(rd, "file", -1, "this is not what a school sends to another");
        if (strcmp(format, "ouderbrug-move-1") != 0)
                return -ENOTSUP;
        if (!id || uuid_parse(id, &moved->id) < 0)
                return bad(rd, "file", -1, "\"id\" is no UUID");
        r = take_time(rd, "file", -1, from, "made", &moved->made_ms);
        if (r >= 0)
                r = take_text(rd, "school", -1, tree_str(from, "school"), text_name, NAME_MAX, &moved->school);
        if (r >= 0)
                r = take_text(rd, "pupil", -1, tree_str(from, "pupil"), text_name, NAME_MAX, &moved->pupil);

        if (r >= 0)
                r = take_all(rd, tree_get(from, "people"), "people", PEOPLE_MAX, sizeof(*moved->people), &moved->people, take_person);
        if (r >= 0)
                r = take_all(rd, tree_get(from, "messages"), "messages", MESSAGES_MAX, sizeof(*moved->messages), &moved->messages, take_message);
        if (r >= 0)
                r = take_phrases(rd, tree_get(from, "phrases"));
        if (r >= 0)
                r = take_all(rd, tree_get(from, "replies"), "replies", MESSAGES_MAX, sizeof(*moved->replies), &moved->replies, take_reply);
        moved->consents_n = (int64_t)tree_size(tree_get(from, "consents"));
        return r;
}

int moving_read(struct arena *a, const char *bytes, size_t n, struct moved **ret, char **why)
{
        _cleanup_(tree_freep) struct tree *tree = NULL;
        struct moved *moved = arena_get(a, sizeof(*moved));
        struct reading rd = { .a = a, .moved = moved, .latest_ms = clock_now_ms() + CLOCK_SLIP_MS, .why = why };
        int r;

        *why = NULL;
        if (!moved)
                return arena_failed(a);
        r = tree_parse(bytes, n, &tree);
        if (r < 0)
                return bad(&rd, "file", -1, "it is not JSON");
        r = take(&rd, tree);
        if (r < 0)
                return r;
        *ret = moved;
        return 0;
}
