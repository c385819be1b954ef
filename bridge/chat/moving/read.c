/* chat/moving/read.c: a file of another school, checked before anything is believed. */
#include "base/clock.h"
#include "chat/moving/reading.h"
#include "proto/command.h"
#include "text/language.h"
#include "text/text.h"

#include <errno.h>
#include <stdarg.h>

enum {
        PEOPLE_MAX = 400, /* as many as go with one pupil (chat/erase/) */
        MESSAGES_MAX = 1000000,
        LANGUAGES_MAX = 20,
        CLOCK_SLIP_MS = 24 * 3600 * 1000,
};

int reading_bad(struct reading *rd, const char *what, int64_t i, const char *format, ...)
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

int reading_text(struct reading *rd, const char *what, int64_t i, const char *given, reading_rule rule, size_t max, const char **ret)
{
        _cleanup_free_ char *text = NULL;
        int r;

        if (!given)
                return reading_bad(rd, what, i, "a text is missing");
        r = rule(given, strlen(given), max, &text);
        if (r == -ENOMEM)
                return r;
        if (r < 0)
                return reading_bad(rd, what, i, "%s", fault(r));
        *ret = arena_copy(rd->a, text, strlen(text));
        return arena_failed(rd->a);
}

int reading_tag(struct reading *rd, const char *what, int64_t i, const char *given, const char **ret)
{
        char tag[LANGUAGE_TAG_MAX + 1];

        if (!given || language_canonical(given, strlen(given), tag) < 0)
                return reading_bad(rd, what, i, "the language is no tag of BCP 47");
        *ret = arena_copy(rd->a, tag, strlen(tag));
        return arena_failed(rd->a);
}

int reading_time(struct reading *rd, const char *what, int64_t i, const struct tree *from, const char *key, int64_t *ret)
{
        int64_t ms = tree_int(from, key, -1);

        if (ms < 0 || ms > rd->latest_ms)
                return reading_bad(rd, what, i, "\"%s\" is no time up to now", key);
        *ret = ms;
        return 0;
}

int reading_word(struct reading *rd, const char *what, int64_t i, const struct tree *from, const char *key, const struct word_set *set, int *ret)
{
        int value = word_value(set, tree_str(from, key));

        if (!value)
                return reading_bad(rd, what, i, "\"%s\" is none of the words that it can be", key);
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
                return reading_bad(rd, "person", i, "more than %d languages", LANGUAGES_MAX);
        items = arena_get(rd->a, (n + 1) * sizeof(*items));
        if (!items)
                return arena_failed(rd->a);
        for (size_t k = 0; k < n && r >= 0; k++)
                r = reading_tag(rd, "person", i, tree_text(tree_at(list, k)), &items[k]);
        ret->items = items;
        ret->n = n;
        return r;
}

const struct moved_person *reading_who(const struct reading *rd, int64_t old)
{
        for (size_t i = 0; i < rd->moved->people_n; i++)
                if (rd->moved->people[i].old == old)
                        return &rd->moved->people[i];
        return NULL;
}

struct moved_file *reading_file(const struct reading *rd, int64_t old)
{
        for (size_t i = 0; i < rd->moved->files_n; i++)
                if (rd->moved->files[i].old == old)
                        return &rd->moved->files[i];
        return NULL;
}

static int take_person(struct reading *rd, const struct tree *from, int64_t i)
{
        struct moved_person *to = &rd->moved->people[i];
        int role, r;

        *to = (struct moved_person){ .old = tree_int(from, "id", 0) };
        if (to->old <= 0 || reading_who(rd, to->old))
                return reading_bad(rd, "person", i, "the number is missing, or stands there twice");
        r = reading_word(rd, "person", i, from, "role", &words_role, &role);
        if (r >= 0)
                r = reading_text(rd, "person", i, tree_str(from, "name"), text_name, NAME_MAX, &to->person.name);
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

static int take_reply(struct reading *rd, const struct tree *from, int64_t i)
{
        struct reply_shape *to = &rd->moved->replies[i];
        const struct moved_person *person;
        int answer, r;

        *to = (struct reply_shape){ .seq = tree_int(from, "seq", 0), .person = tree_int(from, "person", 0) };
        person = reading_who(rd, to->person);
        if (!person || !person->family || !reading_message_of(rd->moved, to->seq))
                return reading_bad(rd, "reply", i, "it is of nobody, or at nothing, that is in the file");
        r = reading_word(rd, "reply", i, from, "answer", &words_answer, &answer);
        if (r >= 0)
                r = reading_time(rd, "reply", i, from, "at", &to->at);
        if (r < 0)
                return r;
        to->answer = (enum answer)answer;
        rd->moved->replies_n++;
        return 0;
}

/* How long they are must be known before the first comes. */
static int take_file(struct reading *rd, const struct tree *from, int64_t i)
{
        struct moved_file *to = &rd->moved->files[i];
        int64_t bytes = tree_int(from, "bytes", 0);

        *to = (struct moved_file){ .old = tree_int(from, "id", 0), .made = { .width = -1, .height = -1, .duration_ms = -1 } };
        if (to->old <= 0 || reading_file(rd, to->old))
                return reading_bad(rd, "file", i, "the number is missing, or stands there twice");
        if (bytes <= 0 || bytes > MOVING_FILE_MAX || bytes > MOVING_FILES_BYTES_MAX - rd->files_bytes)
                return reading_bad(rd, "file", i, "it is empty, or too large");
        to->bytes = (uint64_t)bytes;
        rd->files_bytes += bytes;
        rd->moved->files_n++;
        return 0;
}

/* Each stands at a message: what nobody would ever see is not taken in. */
static int look_whether_all_are_shown(struct reading *rd)
{
        for (size_t i = 0; i < rd->moved->files_n; i++)
                if (!rd->moved->files[i].kind)
                        return reading_bad(rd, "file", (int64_t)i, "it stands at no message");
        return 0;
}

typedef int (*take_fn)(struct reading *rd, const struct tree *from, int64_t i);

/* A list of the file, an item after the other, into *items: room for n of `size` bytes, there before the first is taken. */
static int take_all(struct reading *rd, const struct tree *list, const char *what, size_t max, size_t size, void *items, take_fn take)
{
        size_t n = tree_size(list);
        void *room;
        int r = 0;

        if (n > max)
                return reading_bad(rd, what, -1, "more than %zu of them", max);
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
                return reading_bad(rd, "file", -1, "this is not what a school sends to another");
        if (strcmp(format, "ouderbrug-move-1") != 0)
                return -ENOTSUP;
        if (!id || uuid_parse(id, &moved->id) < 0)
                return reading_bad(rd, "file", -1, "\"id\" is no UUID");
        r = reading_time(rd, "file", -1, from, "made", &moved->made_ms);
        if (r >= 0)
                r = reading_text(rd, "school", -1, tree_str(from, "school"), text_name, NAME_MAX, &moved->school);
        if (r >= 0)
                r = reading_text(rd, "pupil", -1, tree_str(from, "pupil"), text_name, NAME_MAX, &moved->pupil);

        if (r >= 0)
                r = take_all(rd, tree_get(from, "people"), "people", PEOPLE_MAX, sizeof(*moved->people), &moved->people, take_person);
        if (r >= 0)
                r = take_all(rd, tree_get(from, "files"), "files", MOVING_FILES_MAX, sizeof(*moved->files), &moved->files, take_file);
        if (r >= 0)
                r = take_all(rd, tree_get(from, "messages"), "messages", MESSAGES_MAX, sizeof(*moved->messages), &moved->messages, reading_message);
        if (r >= 0)
                r = look_whether_all_are_shown(rd);
        if (r >= 0)
                r = reading_phrases(rd, tree_get(from, "phrases"));
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
        moved->waiting = -1;
        r = tree_parse(bytes, n, &tree);
        if (r < 0)
                return reading_bad(&rd, "file", -1, "it is not JSON");
        r = take(&rd, tree);
        if (r < 0)
                return r;
        *ret = moved;
        return 0;
}

int moving_open(struct arena *a, struct parcel_in *in, struct moved **ret, char **why)
{
        _cleanup_(buf_done) struct buf content = BUF(MOVING_BYTES_MAX + 1);
        unsigned char head[MOVING_LENGTH];
        ssize_t got = parcel_in_get(in, head, sizeof(head));
        uint64_t length = 0;
        char *to;
        int r;

        *why = NULL;
        if (got < 0)
                return (int)got;
        for (int i = 0; i < got; i++)
                length |= (uint64_t)head[i] << (8 * i);
        if (got < MOVING_LENGTH || length > MOVING_BYTES_MAX)
                return -EMSGSIZE;
        to = buf_reserve(&content, (size_t)length + 1);
        if (!to)
                return buf_failed(&content);
        got = parcel_in_get(in, to, (size_t)length);
        r = got < 0 ? (int)got : (uint64_t)got < length ? -EMSGSIZE : moving_read(a, to, (size_t)length, ret, why);
        secret_wipe(to, (size_t)length);
        return r;
}
