#include "chat/phrase/say.h"

#include "text/language.h"
#include "text/text.h"

#include <errno.h>
#include <string.h>

enum { DATE_CAP = 512, YEAR_FIRST = 2000, YEAR_LAST = 2199 };

struct day {
        int year, month, day;
};

/* n digits; -1 where they are none. */
static int digits(const char *s, size_t n)
{
        int value = 0;

        for (size_t i = 0; i < n; i++) {
                if (s[i] < '0' || s[i] > '9')
                        return -1;
                value = value * 10 + (s[i] - '0');
        }
        return value;
}

static int days_of(int year, int month)
{
        static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

        return days[month - 1] + (month == 2 && leap);
}

/* A calendar day (RFC 3339, full-date). */
static int read_day(const char *s, struct day *ret)
{
        struct day d;

        if (strlen(s) != 10 || s[4] != '-' || s[7] != '-')
                return -ERANGE;
        d = (struct day){ digits(s, 4), digits(s + 5, 2), digits(s + 8, 2) };
        if (d.year < YEAR_FIRST || d.year > YEAR_LAST || d.month < 1 || d.month > 12 || d.day < 1 || d.day > days_of(d.year, d.month))
                return -ERANGE;
        *ret = d;
        return 0;
}

static bool is_time(const char *s)
{
        int hour, minute;

        if (strlen(s) != 5 || s[2] != ':')
                return false;
        hour = digits(s, 2);
        minute = digits(s + 3, 2);
        return hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
}

/* 0 is Sunday (Sakamoto). */
static int weekday(const struct day *d)
{
        static const int shift[] = { 0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4 };
        int y = d->month < 3 ? d->year - 1 : d->year;

        return (y + y / 4 - y / 100 + y / 400 + shift[d->month - 1] + d->day) % 7;
}

static bool has_part(const struct phrase_said *said, enum phrase_part part)
{
        return part == PHRASE_NUMBER ? said->number >= 0 : said->parts[part] != NULL;
}

int phrase_check(const struct phrase_said *said, enum phrase_part *part)
{
        const char *date = said->parts[PHRASE_DATE], *time = said->parts[PHRASE_TIME];
        struct day d;

        for (enum phrase_part i = 0; i < PHRASE_PARTS; i++) {
                if (!phrase_part_names[i] || i == PHRASE_CHILD)
                        continue;
                *part = i;
                if (has_part(said, i) && !(said->phrase->may_take & 1u << i))
                        return -E2BIG;
                if (!has_part(said, i) && (said->phrase->takes & 1u << i))
                        return -ENODATA;
        }
        *part = PHRASE_DATE;
        if (date && read_day(date, &d) < 0)
                return -ERANGE;
        *part = PHRASE_TIME;
        return time && !is_time(time) ? -ERANGE : 0;
}

/* A pattern with its {weekday}, {day} and {month} filled in. */
static void add_date(struct buf *out, const char *pattern, const char *name, const char *month, int day)
{
        for (const char *s = pattern; *s; s += strcspn(s, "}") + (strchr(s, '}') != NULL)) {
                size_t n = strcspn(s, "{");

                buf_add(out, s, n);
                s += n;
                if (strncmp(s, "{weekday}", 9) == 0)
                        buf_add_str(out, name);
                else if (strncmp(s, "{month}", 7) == 0)
                        buf_add_str(out, month);
                else if (strncmp(s, "{day}", 5) == 0)
                        buf_printf(out, "%d", day);
        }
}

/* The Gregorian date, and the family's own behind it. */
static const char *write_date(struct arena *a, const struct phrase_language *l, const struct day *d)
{
        _cleanup_(buf_done) struct buf out = BUF(DATE_CAP);
        struct calendar_day own;

        add_date(&out, l->date, l->weekdays[weekday(d)], l->months[d->month - 1], d->day);
        if (l->calendar) {
                own = calendar_day(l->calendar, d->year, d->month, d->day);
                buf_add_char(&out, ' ');
                add_date(&out, l->family_date, "", l->family_months[own.month - 1], own.day);
        }
        return buf_failed(&out) ? NULL : arena_copy(a, buf_str(&out), out.len);
}

/* Between U+2068 and U+2069 where it would turn its surroundings. */
static const char *write_name(struct arena *a, const struct phrase_language *l, const char *name)
{
        _cleanup_(buf_done) struct buf out = BUF(PHRASE_KEPT_MAX);

        if (text_direction(name, l->tag) == language_direction(l->tag))
                return name;
        buf_printf(&out, "\u2068%s\u2069", name);
        return buf_failed(&out) ? NULL : arena_copy(a, buf_str(&out), out.len);
}

int phrase_say(const struct phrase_said *said, const struct phrase_language *l, char **ret)
{
        static const enum phrase_part names[] = { PHRASE_CHILD, PHRASE_NAME, PHRASE_PLACE };
        const struct phrase_text *text = &l->texts[phrase_index(said->phrase)];
        _cleanup_(arena_done) struct arena a = ARENA(PHRASE_KEPT_MAX);
        const char *parts[PATTERN_TEXTS];
        struct day d;

        if (!text->pattern)
                return -ENOENT;
        memcpy(parts, said->parts, sizeof(parts));
        for (size_t i = 0; i < ELEMENTS(names); i++) {
                const char **name = &parts[names[i]];

                if (!*name)
                        continue;
                *name = write_name(&a, l, *name);
                if (!*name)
                        return -ENOMEM;
        }
        if (parts[PHRASE_DATE] && read_day(parts[PHRASE_DATE], &d) == 0) {
                parts[PHRASE_DATE] = write_date(&a, l, &d);
                if (!parts[PHRASE_DATE])
                        return -ENOMEM;
        }
        if (!parts[PHRASE_GENDER])
                parts[PHRASE_GENDER] = "other";
        return pattern_write(l->tag, text->pattern, parts, said->number < 0 ? 0 : said->number, ret);
}

/* A line a part: its name, a space, what it is. No part holds a line feed. */
int phrase_keep(const struct phrase_said *said, struct buf *out)
{
        buf_printf(out, "%s\n", said->phrase->key);
        for (size_t i = 0; i < PATTERN_TEXTS; i++)
                if (said->parts[i])
                        buf_printf(out, "%s %s\n", phrase_part_names[i], said->parts[i]);
        if (said->number >= 0)
                buf_printf(out, "%s %lld\n", phrase_part_names[PHRASE_NUMBER], (long long)said->number);
        return buf_failed(out);
}

static int recall_part(struct arena *a, const char *line, size_t n, struct phrase_said *ret)
{
        const char *space = memchr(line, ' ', n);
        size_t name_n = space ? (size_t)(space - line) : 0, value_n = space ? n - name_n - 1 : 0;

        for (enum phrase_part i = 0; i < PHRASE_PARTS; i++) {
                const char *name = phrase_part_names[i];

                if (!name || strlen(name) != name_n || memcmp(name, line, name_n) != 0)
                        continue;
                if (i == PHRASE_NUMBER)
                        ret->number = digits(space + 1, value_n);
                else
                        ret->parts[i] = arena_copy(a, space + 1, value_n);
                return arena_failed(a);
        }
        return -EUCLEAN;
}

int phrase_recall(struct arena *a, const char *kept, struct phrase_said *ret)
{
        size_t n = strcspn(kept, "\n");
        struct phrase_said said = { .number = -1 };
        char *key = arena_copy(a, kept, n);
        int r;

        if (!key)
                return arena_failed(a);
        said.phrase = phrase_find(key);
        if (!said.phrase)
                return -ENOENT;
        for (kept += n; *kept == '\n' && kept[1]; kept += n) {
                kept++;
                n = strcspn(kept, "\n");
                r = recall_part(a, kept, n, &said);
                if (r < 0)
                        return r;
        }
        *ret = said;
        return 0;
}
