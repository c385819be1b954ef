/* XML by expat, with everything shut that a roster does not need.
 *
 * A DOCTYPE ends the reading where it begins, before its subset is seen: without one there are no entities to
 * grow and none to load. Depth, text and the file itself are capped. Text is gathered only where the reader
 * asks for it, in one buffer that is wiped behind each use, so that what is skipped, a citizen number say,
 * leaves no copy here.
 */
#include "chat/roster/inside.h"

#include <errno.h>
#include <expat.h>
#include <limits.h>

enum { XML_DEPTH_MAX = 16 };

struct reading {
        XML_Parser parser;
        const char *name;
        const struct xml_reader *reader;
        void *arg;
        struct roster_faults *faults;
        char *space; /* the namespace of the first element; its length */
        size_t space_length;
        int depth;
        int skip; /* from this depth on nothing is looked at; 0: all is */
        enum xml_way ways[XML_DEPTH_MAX + 1];
        struct xml_place places[XML_DEPTH_MAX + 1];
        struct buf text;
        bool stopped;
        int error;
};

static void reading_done(struct reading *in)
{
        if (in->parser)
                XML_ParserFree(in->parser);
        if (in->text.data)
                explicit_bzero(in->text.data, in->text.len);
        buf_done(&in->text);
        free(in->space);
}

static int capped(XML_Size n)
{
        return n < INT_MAX ? (int) n : INT_MAX;
}

static struct xml_place here(const struct reading *in)
{
        return (struct xml_place){
                .line = capped(XML_GetCurrentLineNumber(in->parser)),
                .column = capped(XML_GetCurrentColumnNumber(in->parser) + 1),
        };
}

static void stop(struct reading *in, int error)
{
        in->stopped = true;
        in->error = error;
        XML_StopParser(in->parser, XML_FALSE);
}

static void refuse(struct reading *in, const char *why)
{
        struct xml_place at = here(in);

        roster_fault(in->faults, in->name, at.line, at.column, "%s", why);
        stop(in, 0);
}

/* The name without its namespace, or NULL where that is another than the first element's. */
static const char *local_name(struct reading *in, const char *name)
{
        const char *mark = strrchr(name, ' ');
        size_t length = mark ? (size_t) (mark - name) : 0;

        if (!in->space) {
                in->space = strndup(name, length);
                in->space_length = length;
        }
        if (!in->space || in->space_length != length || strncmp(in->space, name, length) != 0)
                return NULL;
        return mark ? mark + 1 : name;
}

static void on_begin(void *arg, const XML_Char *name, const XML_Char **attributes)
{
        struct reading *in = arg;
        int way = XML_SKIP;

        if (in->stopped)
                return;
        if (++in->depth > XML_DEPTH_MAX) {
                refuse(in, "elements are nested deeper than in any roster");
                return;
        }
        if (in->skip)
                return;
        in->places[in->depth] = here(in);
        name = in->depth > 1 && in->ways[in->depth - 1] == XML_TEXT ? NULL : local_name(in, name);
        if (!in->space) {
                stop(in, -ENOMEM);
                return;
        }
        if (name)
                way = in->reader->begin(
                        in->arg, in->places[in->depth], name, (const char *const *) attributes);
        if (way < 0)
                stop(in, way);
        else if (way == XML_SKIP)
                in->skip = in->depth;
        else
                in->ways[in->depth] = (enum xml_way) way;
}

static bool is_blank(char c)
{
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The text with blanks around it cut off and lines made one, as pretty printers break them. */
static const char *tidy(struct buf *text, size_t *n)
{
        char *s = text->data, *end = s + text->len;

        while (end > s && is_blank(end[-1]))
                end--;
        while (s < end && is_blank(*s))
                s++;
        for (char *c = s; c < end; c++)
                if (is_blank(*c))
                        *c = ' ';
        *end = '\0';
        *n = (size_t) (end - s);
        return s;
}

static void on_end(void *arg, const XML_Char *name)
{
        struct reading *in = arg;
        const char *text = "";
        size_t n = 0;
        int r;

        (void) name;
        if (in->stopped)
                return;
        if (in->skip) {
                if (in->skip == in->depth)
                        in->skip = 0;
                in->depth--;
                return;
        }
        if (in->ways[in->depth] == XML_TEXT && in->text.len > 0)
                text = tidy(&in->text, &n);
        in->depth--;
        r = in->reader->end(in->arg, text, n);
        if (in->text.data)
                explicit_bzero(in->text.data, in->text.len);
        buf_clear(&in->text);
        if (r < 0)
                stop(in, r);
}

static void on_text(void *arg, const XML_Char *text, int n)
{
        struct reading *in = arg;
        int r;

        if (in->stopped || in->skip || in->depth == 0 || in->ways[in->depth] != XML_TEXT ||
                buf_failed(&in->text))
                return;
        r = buf_add(&in->text, text, (size_t) n);
        if (r == -EMSGSIZE)
                roster_fault(in->faults, in->name, in->places[in->depth].line, in->places[in->depth].column,
                        "the text is too long");
        else if (r < 0)
                stop(in, r);
}

static void on_doctype(
        void *arg, const XML_Char *name, const XML_Char *system, const XML_Char *public, int has_subset)
{
        (void) name;
        (void) system;
        (void) public;
        (void) has_subset;
        refuse(arg, "has a document type (DOCTYPE); a roster needs none, and none is read");
}

static int on_external(XML_Parser parser, const XML_Char *context, const XML_Char *base,
        const XML_Char *system, const XML_Char *public)
{
        (void) parser;
        (void) context;
        (void) base;
        (void) system;
        (void) public;
        return XML_STATUS_ERROR;
}

static int tell_error(struct reading *in)
{
        enum XML_Error code = XML_GetErrorCode(in->parser);

        switch (code) {
        case XML_ERROR_NO_MEMORY:
                return -ENOMEM;
        case XML_ERROR_UNKNOWN_ENCODING:
        case XML_ERROR_INCORRECT_ENCODING:
                refuse(in, "is in an encoding that is not read; write it as UTF-8");
                return 0;
        default:
                refuse(in, XML_ErrorString(code));
                return 0;
        }
}

int xml_read(const char *name, const char *bytes, size_t n, const struct xml_reader *reader, void *arg,
        struct roster_faults *faults)
{
        _cleanup_(reading_done) struct reading in = {
                .name = name, .reader = reader, .arg = arg, .faults = faults, .text = BUF(ROSTER_FIELD_MAX)
        };

        if (n > INT_MAX)
                return -EINVAL;
        in.parser = XML_ParserCreateNS(NULL, ' ');
        if (!in.parser)
                return -ENOMEM;
        XML_SetUserData(in.parser, &in);
        XML_SetElementHandler(in.parser, on_begin, on_end);
        XML_SetCharacterDataHandler(in.parser, on_text);
        XML_SetStartDoctypeDeclHandler(in.parser, on_doctype);
        XML_SetParamEntityParsing(in.parser, XML_PARAM_ENTITY_PARSING_NEVER);
        XML_SetExternalEntityRefHandler(in.parser, on_external);
        if (XML_Parse(in.parser, bytes, (int) n, 1) != XML_STATUS_OK && !in.stopped)
                return tell_error(&in);
        return in.error;
}
