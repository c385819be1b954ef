#include "chat/roster/inside.h"

#include "base/words.h"
#include "text/language.h"
#include "text/text.h"

#include <ctype.h>
#include <errno.h>

/* 1.1 knows the first eight; 1.2 has no administrator but the others. A school may mix them, and we take them
 * all. */
static const char *const words_user_role[] = { "administrator", "aide", "guardian", "parent", "proctor",
        "relative", "student", "teacher", "counselor", "districtAdministrator", "principal",
        "siteAdministrator", "systemAdministrator", NULL };
static const char *const words_enrollment_role[] = { "administrator", "proctor", "student", "teacher", NULL };
static const char *const words_role_type[] = { "primary", "secondary", NULL };
static const char *const words_org_type[] = { "department", "school", "district", "local", "state",
        "national", NULL };
static const char *const words_class_type[] = { "homeroom", "scheduled", NULL };
static const char *const words_relation[] = { "mother", "father", "guardian", "relative", "other", NULL };
static const char *const words_our_role[] = {
#define ENUM(name, NAME, doc)
#define VALUE(name, NAME, WORD, word, doc) VALUE_##name(word)
#define END_ENUM(name)
#define VALUE_role(word) #word,
#define VALUE_answer(word)
#define VALUE_origin(word)
#define VALUE_gate(word)
#define VALUE_request_state(word)
#define VALUE_request_reason(word)
#define VALUE_gender(word)
#define VALUE_attachment_kind(word)
#define VALUE_topic(word)
#define VALUE_preview_source(word)
#define VALUE_direction(word)
#define VALUE_balance(word)
#define VALUE_joined(word)
#define VALUE_reach(word)
#define VALUE_consent_kind(word)
#define VALUE_consent_answer(word)
#define VALUE_consent_end(word)
#define VALUE_note_level(word)
#define VALUE_sync_mode(word)
#define VALUE_proof(word)
#define VALUE_sign_in(word)
#define VALUE_device_kind(word)
#include "base/words.def"
#undef ENUM
#undef VALUE
#undef END_ENUM
        NULL
};

/* What a row of columns.def says of its set, by kind. */
#define SET_NAME(set)
#define SET_WORD(set) .words = words_##set,
#define SET_FLAG(set)
#define SET_DATE(set)
#define SET_ONE(set)  .refers = ROSTER_##set,
#define SET_MANY(set) .refers = ROSTER_##set,
#define SET_TAGS(set)
#define SET_READS(set)
#define SET_TAG(set)
#define SET_SCRIPT(set)
#define SET_ID(set)

#define FILE(name) static const struct column name##_specs[] = {
#define COLUMN(file, name, header_, kind_, need_, set)                                                       \
        [file##_##name] = { .header = header_, .kind = KIND_##kind_, .need = NEED_##need_, SET_##kind_(set) },
#define END_FILE(name)                                                                                       \
        }                                                                                                    \
        ;
#include "chat/roster/columns.def"
#undef FILE
#undef COLUMN
#undef END_FILE

const struct file_spec file_specs[ROSTER_FILES] = {
#define FILE(name_) [ROSTER_##name_] = { .name = #name_, .columns = name_##_specs, .n = name_##_columns },
#define COLUMN(file, name, header, kind, need, set)
#define END_FILE(name)
#include "chat/roster/columns.def"
#undef FILE
#undef COLUMN
#undef END_FILE
};

struct place {
        struct roster_faults *faults;
        const char *file;
        const char *header;
        int line, column;
};

#define blame(at, format, ...)                                                                               \
        (roster_fault((at)->faults, (at)->file, (at)->line, (at)->column, "%s: " format, (at)->header,       \
                 ##__VA_ARGS__),                                                                             \
                -EBADMSG)

static int take_name(
        const struct place *at, const struct csv_field *field, struct arena *arena, const char **ret)
{
        _cleanup_free_ char *name = NULL;
        int r;

        r = text_name(field->text, field->length, ROSTER_NAME_MAX, &name);
        switch (r) {
        case 0:
                break;
        case -ENOMEM:
                return r;
        case -ENODATA:
                return blame(at, "holds nothing that can be seen");
        case -EMSGSIZE:
                return blame(at, "is too long (%d bytes)", ROSTER_NAME_MAX);
        case -EOVERFLOW:
                return blame(at, "has more marks on one letter than any script needs");
        default:
                return blame(at, "is not a name that can be shown");
        }
        *ret = arena_copy(arena, name, strlen(name));
        return arena_failed(arena);
}

static int take_word(const struct place *at, const struct column *column, enum roster_version version,
        const char *word, const char **ret)
{
        _cleanup_(buf_done) struct buf known = BUF(1024);

        for (const char *const *w = column->words; *w; w++) {
                if (strcmp(*w, word) == 0) {
                        *ret = *w;
                        return 0;
                }
                buf_printf(&known, "%s%s", known.len ? ", " : "", *w);
        }
        if (version == ROSTER_1_2 && strncmp(word, "ext:", 4) == 0 &&
                strncmp(column->header, "metadata.", 9) != 0) {
                *ret = "ext:";
                return 0;
        }
        return blame(at, "\"%.60s\" is none of: %s", word, buf_str(&known));
}

static int digits(const char *s, int n)
{
        int value = 0;

        for (int i = 0; i < n; i++) {
                if (!isdigit((unsigned char) s[i]))
                        return -1;
                value = 10 * value + (s[i] - '0');
        }
        return value;
}

static int days_in(int year, int month)
{
        static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

        return days[month - 1] + (month == 2 && leap);
}

static int take_date(const struct place *at, const char *s, struct arena *arena, const char **ret)
{
        int year, month, day;

        if (strnlen(s, 10) < 10 || s[4] != '-' || s[7] != '-' || (s[10] && s[10] != 'T'))
                return blame(at, "\"%.40s\" is not a date like 2026-12-01", s);
        year = digits(s, 4);
        month = digits(s + 5, 2);
        day = digits(s + 8, 2);
        if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in(year, month))
                return blame(at, "\"%.40s\" is not a date like 2026-12-01", s);
        *ret = arena_copy(arena, s, 10);
        return arena_failed(arena);
}

/* The next piece of a list as it stands in a file: blanks around it go. */
static const char *next_piece(const char **rest, const char *between, size_t *length)
{
        const char *s = *rest, *end;

        if (!s)
                return NULL;
        s += strspn(s, " ");
        end = s + strcspn(s, between);
        *rest = *end ? end + 1 : NULL;
        while (end > s && end[-1] == ' ')
                end--;
        *length = (size_t) (end - s);
        return s;
}

static int check_id(const struct place *at, size_t n)
{
        if (n == 0)
                return blame(at, "holds an empty sourcedId");
        if (n > ROSTER_ID_MAX)
                return blame(at, "a sourcedId is longer than %d bytes", ROSTER_ID_MAX);
        return 0;
}

static int take_many(const struct place *at, const char *list, struct arena *arena, const char **ret)
{
        _cleanup_(buf_done) struct buf all = BUF(ROSTER_FIELD_MAX);
        const char *id;
        size_t n;
        int r;

        while ((id = next_piece(&list, ",", &n))) {
                r = check_id(at, n);
                if (r < 0)
                        return r;
                if (all.len)
                        buf_add_char(&all, ROSTER_LIST_MARK);
                r = buf_add(&all, id, n);
                if (r < 0)
                        return r;
        }
        *ret = arena_copy(arena, buf_str(&all), all.len);
        return arena_failed(arena);
}

static int take_tag(const struct place *at, const char *tag, size_t n, char ret[LANGUAGE_TAG_MAX + 1])
{
        if (n == 0 || n > LANGUAGE_TAG_MAX || language_canonical(tag, n, ret) < 0)
                return blame(at, "\"%.*s\" is not a language tag (BCP 47)", (int) (n < 40 ? n : 40), tag);
        return 0;
}

static int take_tags(const struct place *at, const char *list, struct arena *arena, const char **ret)
{
        _cleanup_(buf_done) struct buf all = BUF(512);
        char canonical[LANGUAGE_TAG_MAX + 1];
        const char *tag;
        size_t n;
        int r;

        while ((tag = next_piece(&list, ";,", &n))) {
                r = take_tag(at, tag, n, canonical);
                if (r < 0)
                        return r;
                if (all.len)
                        buf_add_char(&all, ROSTER_LIST_MARK);
                if (buf_add_str(&all, canonical) < 0)
                        return blame(at, "names more languages than anybody has");
        }
        *ret = arena_copy(arena, buf_str(&all), all.len);
        return arena_failed(arena);
}

static int take_script(const struct place *at, const char *s, struct arena *arena, const char **ret)
{
        char script[5] = "";

        if (strlen(s) != 4)
                return blame(at, "\"%.40s\" is not a script of four letters (ISO 15924)", s);
        for (int i = 0; i < 4; i++) {
                if (!isascii((unsigned char) s[i]) || !isalpha((unsigned char) s[i]))
                        return blame(at, "\"%.40s\" is not a script of four letters (ISO 15924)", s);
                script[i] = (char) (i ? tolower((unsigned char) s[i]) : toupper((unsigned char) s[i]));
        }
        *ret = arena_copy(arena, script, 4);
        return arena_failed(arena);
}

int column_value(const struct column *column, enum roster_version version, struct arena *arena,
        const struct csv_field *field, const char **ret, struct roster_faults *faults, const char *file,
        int line, int place)
{
        struct place at = {
                .faults = faults, .file = file, .header = column->header, .line = line, .column = place
        };
        char tag[LANGUAGE_TAG_MAX + 1];
        int r;

        switch (column->kind) {
        case KIND_NAME:
                return take_name(&at, field, arena, ret);
        case KIND_WORD:
                return take_word(&at, column, version, field->text, ret);
        case KIND_FLAG:
                if (strcmp(field->text, "true") != 0 && strcmp(field->text, "false") != 0)
                        return blame(&at, "\"%.40s\" is neither true nor false", field->text);
                *ret = field->text[0] == 't' ? "true" : "false";
                return 0;
        case KIND_DATE:
                return take_date(&at, field->text, arena, ret);
        case KIND_ONE:
                r = check_id(&at, field->length);
                if (r < 0)
                        return r;
                *ret = arena_copy(arena, field->text, field->length);
                return arena_failed(arena);
        case KIND_ID:
                if (field->length > ROSTER_ID_MAX)
                        return blame(&at, "is longer than %d bytes", ROSTER_ID_MAX);
                *ret = arena_copy(arena, field->text, field->length);
                return arena_failed(arena);
        case KIND_MANY:
                return take_many(&at, field->text, arena, ret);
        case KIND_READS:
                if (strcmp(field->text, "none") == 0) {
                        *ret = "none";
                        return 0;
                }
                return take_tags(&at, field->text, arena, ret);
        case KIND_TAGS:
                return take_tags(&at, field->text, arena, ret);
        case KIND_TAG:
                r = take_tag(&at, field->text, field->length, tag);
                if (r < 0)
                        return r;
                *ret = arena_copy(arena, tag, strlen(tag));
                return arena_failed(arena);
        case KIND_SCRIPT:
                return take_script(&at, field->text, arena, ret);
        }
        return -EINVAL;
}
