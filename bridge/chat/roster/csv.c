/* CSV as RFC 4180 has it, by libcsv in its strict mode.
 *
 * libcsv does not say where it is, so it is fed one line of the file at a time, and what it hands out during
 * a line lies in that line. A quotation mark where none may be ends its work: it is set up anew at the next
 * line, so that one slip does not hide the faults behind it. A quotation that is never closed would swallow
 * the rest of the file; the cap of a field stops it.
 */
#include "chat/roster/inside.h"

#include <csv.h>
#include <errno.h>

struct reading {
        struct csv_parser parser;
        const char *name;
        csv_line_fn *each;
        void *arg;
        struct roster_faults *faults;
        int line;    /* of the file, now */
        int begin;   /* the line in which the row began */
        bool in_row; /* a field of it was handed out */
        bool bad;    /* the row has a fault and is left out */
        bool too_many;
        int error;
        int n;
        struct csv_field fields[ROSTER_COLUMNS_MAX];
        size_t starts[ROSTER_COLUMNS_MAX]; /* in bytes: the buffer may move while the row grows */
        struct buf bytes;
};

static void reading_done(struct reading *in)
{
        csv_free(&in->parser);
        buf_done(&in->bytes);
}

static int utf8_length(const unsigned char *s, size_t n)
{
        unsigned char c = s[0];
        int length;

        if (c < 0x80)
                return 1;
        length = c >= 0xc2 && c < 0xe0 ? 2 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xf0 && c < 0xf5 ? 4 : 0;
        if (length == 0 || (size_t) length > n)
                return 0;
        /* Overlong forms, surrogates, past U+10FFFF (RFC 3629 section 4). */
        if ((c == 0xe0 && s[1] < 0xa0) || (c == 0xed && s[1] > 0x9f) || (c == 0xf0 && s[1] < 0x90) ||
                (c == 0xf4 && s[1] > 0x8f))
                return 0;
        for (int i = 1; i < length; i++)
                if ((s[i] & 0xc0) != 0x80)
                        return 0;
        return length;
}

/* What is wrong with the characters of a field, or NULL. */
static const char *wrong_characters(const char *text, size_t n)
{
        const unsigned char *s = (const unsigned char *) text;
        size_t at = 0;
        int length;

        while (at < n) {
                length = utf8_length(s + at, n - at);
                if (length == 0)
                        return "is not UTF-8";
                if (s[at] < 0x20 || s[at] == 0x7f || (s[at] == 0xc2 && s[at + 1] < 0xa0))
                        return s[at] == '\n' || s[at] == '\r' ? "has a line break in it"
                                                              : "has control characters in it";
                at += (size_t) length;
        }
        return NULL;
}

static void field_done(void *text, size_t n, void *arg)
{
        struct reading *in = arg;
        const char *wrong;
        int r;

        in->in_row = true;
        if (in->error || in->too_many)
                return;
        if (in->n == ROSTER_COLUMNS_MAX) {
                roster_fault(in->faults, in->name, in->begin, in->n, "the line has more than %d fields",
                        ROSTER_COLUMNS_MAX);
                in->too_many = in->bad = true;
                return;
        }
        wrong = n > ROSTER_FIELD_MAX ? "is too long" : wrong_characters(text, n);
        if (wrong) {
                roster_fault(in->faults, in->name, in->line, in->n + 1, "the field %s", wrong);
                in->bad = true;
        }
        in->starts[in->n] = in->bytes.len;
        in->fields[in->n].length = n;
        in->n++;
        if (in->bad)
                return;
        r = buf_add(&in->bytes, text, n);
        if (r >= 0)
                r = buf_add_char(&in->bytes, '\0');
        if (r == -EMSGSIZE) {
                roster_fault(in->faults, in->name, in->begin, 0, "the line is too long");
                in->bad = true;
        } else if (r < 0) {
                in->error = r;
        }
}

static void row_forget(struct reading *in)
{
        buf_clear(&in->bytes);
        in->n = 0;
        in->in_row = in->bad = in->too_many = false;
}

static void row_done(int terminator, void *arg)
{
        struct reading *in = arg;

        (void) terminator;
        if (!in->bad && !in->error) {
                for (int i = 0; i < in->n; i++)
                        in->fields[i].text = in->bytes.data + in->starts[i];
                in->error = in->each(in->arg, in->begin, in->fields, in->n);
        }
        row_forget(in);
}

static int set_up(struct reading *in)
{
        return csv_init(&in->parser, CSV_STRICT | CSV_STRICT_FINI) == 0 ? 0 : -ENOMEM;
}

/* The end of the line that begins at `from`: behind CR LF, LF or CR. */
static size_t line_end(const char *bytes, size_t from, size_t n)
{
        while (from < n && bytes[from] != '\n' && bytes[from] != '\r')
                from++;
        if (from < n && bytes[from] == '\r' && from + 1 < n && bytes[from + 1] == '\n')
                from++;
        return from < n ? from + 1 : n;
}

static bool is_overlong(const struct reading *in)
{
        return in->parser.entry_pos > ROSTER_FIELD_MAX;
}

/* Feeds one line. Returns 0; 1: it could not be parsed; or an error. */
static int feed(struct reading *in, const char *bytes, size_t n)
{
        size_t piece;

        for (size_t at = 0; at < n; at += piece) {
                piece = n - at < 4096 ? n - at : 4096;
                if (csv_parse(&in->parser, bytes + at, piece, field_done, row_done, in) != piece) {
                        if (csv_error(&in->parser) != CSV_EPARSE)
                                return -ENOMEM;
                        roster_fault(in->faults, in->name, in->line, in->n + 1,
                                "a quotation mark stands where none may; write it twice inside a quoted "
                                "field");
                        return 1;
                }
                if (is_overlong(in)) {
                        roster_fault(in->faults, in->name, in->begin, in->n + 1,
                                "the field is too long, or its quotation is not closed");
                        return 1;
                }
        }
        return in->error;
}

static const char *without_mark(const char *name, const char *bytes, size_t *n, struct roster_faults *faults)
{
        if (*n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
                *n -= 3;
                return bytes + 3;
        }
        if (*n >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0)) {
                roster_fault(faults, name, 1, 0, "the file is UTF-16; write it as UTF-8");
                *n = 0;
        }
        return bytes;
}

int csv_read(const char *name, const char *bytes, size_t n, csv_line_fn *each, void *arg,
        struct roster_faults *faults)
{
        struct reading *in;
        size_t end;
        int r;

        in = calloc(1, sizeof(*in));
        if (!in)
                return -ENOMEM;
        *in = (struct reading){
                .name = name, .each = each, .arg = arg, .faults = faults, .bytes = BUF(4 * ROSTER_FIELD_MAX)
        };
        r = set_up(in);
        bytes = without_mark(name, bytes, &n, faults);
        for (size_t at = 0; r == 0 && at < n; at = end) {
                end = line_end(bytes, at, n);
                in->line++;
                if (!in->in_row && in->parser.entry_pos == 0)
                        in->begin = in->line;
                r = feed(in, bytes + at, end - at);
                if (r == 1) {
                        csv_free(&in->parser);
                        row_forget(in);
                        r = set_up(in);
                }
        }
        if (r == 0 && csv_fini(&in->parser, field_done, row_done, in) != 0)
                roster_fault(faults, name, in->begin, in->n + 1, "the quotation is not closed");
        if (r == 0)
                r = in->error;
        reading_done(in);
        free(in);
        return r;
}
