/* chat/export/page.c: the file for people: one page, offline, without scripts, in their language, light or dark, either direction. */
#include "chat/export/gather.h"
#include "chat/export/words.h"
#include "text/language.h"

#include <time.h>

static const char style[] =
        ":root{color-scheme:light dark;--line:#d9d4c8;--soft:#f4f1ea;--ink:#23221f;--dim:#5d5a52;--page:#fff}"
        "@media(prefers-color-scheme:dark){:root{--line:#43413b;--soft:#2b2a26;--ink:#f0ede6;--dim:#b3afa5;--page:#1c1b19}}"
        "body{font:1.05rem/1.6 system-ui,'Noto Sans','Noto Sans Arabic','Noto Sans Ethiopic',sans-serif;margin:0 auto;max-inline-size:44rem;"
        "padding:1.5rem 1rem 4rem;background:var(--page);color:var(--ink)}"
        "h1{font-size:1.6rem;margin-block:0 .25rem}h2{font-size:1.3rem;margin-block:2.5rem .5rem;border-block-start:1px solid var(--line);padding-block-start:1.5rem}"
        "h3{font-size:1rem;margin-block:1.25rem .25rem}"
        "dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}dt,.dim{color:var(--dim)}dd{margin:0}"
        "ul{padding-inline-start:1.2rem}article{border:1px solid var(--line);border-radius:.75rem;padding:.75rem 1rem;margin-block:.75rem}"
        "article.mine{background:var(--soft)}article header{display:flex;flex-wrap:wrap;gap:0 .75rem;font-size:.9rem}article b{font-weight:600}"
        ".text{white-space:pre-wrap;overflow-wrap:anywhere;margin-block:.35rem 0}.version{border-inline-start:3px solid var(--line);padding-inline-start:.75rem;margin-block-start:.75rem}"
        "time{unicode-bidi:isolate;direction:ltr;white-space:nowrap}";

/* Text of a person, or any other: never markup (HTML, 13.1.4). */
static void add_text(struct buf *out, const char *s)
{
        for (; s && *s; s++) {
                size_t n = strcspn(s, "&<>\"'");

                buf_add(out, s, n);
                s += n;
                if (!*s)
                        break;
                buf_printf(out, "&#%d;", *s);
        }
}

static const char *language_of(const struct gathered *g)
{
        return words_language(g->me.language, g->school.language);
}

static const char *say(const struct gathered *g, const char *key)
{
        return words_say(language_of(g), key);
}

static void add_word(struct buf *out, const struct gathered *g, const char *key)
{
        add_text(out, say(g, key));
}

static void add_name(struct buf *out, const char *name)
{
        buf_add_str(out, "<bdi>");
        add_text(out, name);
        buf_add_str(out, "</bdi>");
}

/* In the time of the server's zone, which is the school's. Digits that every reader knows. */
static void add_time(struct buf *out, int64_t ms)
{
        time_t s = (time_t)(ms / 1000);
        char exact[32] = "", text[32] = "";
        struct tm t;

        if (gmtime_r(&s, &t))
                strftime(exact, sizeof(exact), "%Y-%m-%dT%H:%M:%SZ", &t);
        if (localtime_r(&s, &t))
                strftime(text, sizeof(text), "%d-%m-%Y %H:%M", &t);
        buf_printf(out, "<time datetime=\"%s\">%s</time>", exact, text);
}

static void add_languages(struct buf *out, const struct strs *tags)
{
        for (size_t i = 0; i < tags->n; i++) {
                if (i)
                        buf_add_str(out, " · ");
                buf_add_str(out, "<bdi lang=\"");
                add_text(out, tags->items[i]);
                buf_add_str(out, "\">");
                add_text(out, language_own_name(tags->items[i]));
                buf_add_str(out, "</bdi>");
        }
}

static const char *role_of(const struct gathered *g, const struct person_shape *person, const char *relation)
{
        const char *word = words_say2(language_of(g), "relation", relation);

        return *word ? word : words_say2(language_of(g), "role", word_text(&words_role, (int)person->role));
}

static void page_sessions(struct buf *out, const struct gathered *g)
{
        buf_add_str(out, "<h3>");
        add_word(out, g, "export.sessions");
        buf_add_str(out, "</h3>\n<ul>\n");
        for (size_t i = 0; i < g->stays_n; i++) {
                buf_add_str(out, "<li>");
                add_time(out, g->stays[i].made_ms);
                buf_add_str(out, " – ");
                add_time(out, g->stays[i].ended_ms >= 0 ? g->stays[i].ended_ms : g->stays[i].until_ms);
                buf_add_str(out, "</li>\n");
        }
        buf_add_str(out, "</ul>\n");
}

static void add_row(struct buf *out, const struct gathered *g, const char *key)
{
        buf_add_str(out, "<dt>");
        add_word(out, g, key);
        buf_add_str(out, "</dt><dd>");
}

static void page_begin(struct buf *out, const struct gathered *g)
{
        const char *language = language_of(g);
        const char *direction = word_text(&words_direction, (int)language_direction(language));

        buf_printf(out, "<!doctype html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                        "<meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>",
                   language, direction);
        add_word(out, g, "export.title");
        buf_printf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n<h1>", style);
        add_word(out, g, "export.title");
        buf_add_str(out, "</h1>\n<p class=\"dim\">");
        add_name(out, g->school.name);
        buf_add_str(out, " · ");
        add_time(out, g->now_ms);
        buf_add_str(out, "</p>\n<p>");
        add_word(out, g, "export.about");
        buf_add_str(out, "</p>\n<h2>");
        add_word(out, g, "export.you");
        buf_add_str(out, "</h2>\n<dl>");
        add_row(out, g, "export.name");
        add_name(out, g->me.name);
        buf_add_str(out, "</dd>");
        add_row(out, g, "export.speaks");
        add_languages(out, &g->me.speaks);
        buf_add_str(out, "</dd>");
        if (g->me.reads.given) {
                add_row(out, g, "export.reads");
                add_languages(out, &g->me.reads);
                buf_add_str(out, "</dd>");
        }
        add_row(out, g, "export.language");
        add_languages(out, &(struct strs){ .items = (const char *[]){ g->me.language ? g->me.language : language }, .n = 1 });
        buf_add_str(out, "</dd></dl>\n");
        page_sessions(out, g);
}

static void page_member(struct buf *out, const struct gathered *g, const struct member_shape *m)
{
        buf_add_str(out, "<li>");
        add_name(out, m->person->name);
        buf_add_str(out, " <span class=\"dim\">");
        add_text(out, role_of(g, m->person, m->relation));
        buf_add_str(out, "</span> ");
        add_time(out, m->since);
        if (m->until >= 0) {
                buf_add_str(out, " – ");
                add_time(out, m->until);
        }
        if (m->why) {
                buf_add_str(out, " <bdi class=\"dim\">");
                add_text(out, m->why);
                buf_add_str(out, "</bdi>");
        }
        buf_add_str(out, "</li>\n");
}

/* A message of ours that has a name, or another part, in it. */
static void add_sentence(struct buf *out, const char *text, const char *part, const char *name)
{
        const char *at = strstr(text, part);
        char before[256];

        if (!at || (size_t)(at - text) >= sizeof(before)) {
                add_text(out, text);
                return;
        }
        memcpy(before, text, (size_t)(at - text));
        before[at - text] = '\0';
        add_text(out, before);
        add_name(out, name);
        add_text(out, at + strlen(part));
}

/* What was asked, by whom it would come in; what was answered, and when it ended. */
static void page_consent(struct buf *out, const struct gathered *g, const struct consent_shape *consent)
{
        const char *own = words_say2(language_of(g), "consent.q", word_text(&words_consent_kind, (int)consent->kind));
        const char *question = *own ? own : say(g, "consent.q.coach");

        buf_add_str(out, "<li>");
        add_sentence(out, question, "{name}", consent->person ? consent->person->name : "");
        buf_add_char(out, ' ');
        if (consent->why) {
                buf_add_str(out, "<bdi class=\"dim\">");
                add_text(out, consent->why);
                buf_add_str(out, "</bdi> ");
        }
        add_time(out, consent->asked);
        if (consent->answer) {
                buf_add_str(out, " <b>");
                add_text(out, words_say2(language_of(g), "consent", word_text(&words_consent_answer, (int)consent->answer)));
                buf_add_str(out, "</b> ");
                add_time(out, consent->answered);
        }
        if (consent->ended >= 0) {
                buf_add_str(out, " – ");
                add_time(out, consent->ended);
        }
        buf_add_str(out, "</li>\n");
}

static void page_consents(struct buf *out, const struct gathered *g, size_t i)
{
        if (g->consents[i].n == 0)
                return;
        buf_add_str(out, "<h3>");
        add_word(out, g, "export.agreed");
        buf_add_str(out, "</h3>\n<ul>\n");
        for (size_t k = 0; k < g->consents[i].n; k++)
                page_consent(out, g, &g->consents[i].items[k]);
        buf_add_str(out, "</ul>\n");
}

static void page_readers(struct buf *out, const struct gathered *g, size_t i)
{
        if (g->readers[i].n == 0)
                return;
        buf_add_str(out, "<h3>");
        add_word(out, g, "export.readers");
        buf_add_str(out, "</h3>\n<ul>\n");
        for (size_t k = 0; k < g->readers[i].n; k++) {
                const struct reader_shape *reader = &g->readers[i].items[k];

                buf_add_str(out, "<li>");
                add_name(out, reader->person->name);
                if (reader->first >= 0) {
                        buf_add_char(out, ' ');
                        add_time(out, reader->first);
                }
                if (reader->last >= 0 && reader->last != reader->first) {
                        buf_add_str(out, " – ");
                        add_time(out, reader->last);
                }
                buf_add_str(out, "</li>\n");
        }
        buf_add_str(out, "</ul>\n");
}

static void page_thread_begin(struct buf *out, const struct gathered *g, size_t i)
{
        const struct thread_shape *thread = &g->threads.items[i];

        buf_add_str(out, "<h2>");
        add_name(out, thread->pupil->name);
        if (thread->pupil->class) {
                buf_add_str(out, " · ");
                add_name(out, thread->pupil->class->name);
        }
        buf_add_str(out, "</h2>\n<h3>");
        add_word(out, g, "export.people");
        buf_add_str(out, "</h3>\n<ul>\n");
        for (size_t k = 0; k < thread->members.n; k++)
                page_member(out, g, &thread->members.items[k]);
        buf_add_str(out, "</ul>\n");
        page_consents(out, g, i);
        page_readers(out, g, i);
        buf_add_str(out, "<h3>");
        add_word(out, g, "export.messages");
        buf_add_str(out, "</h3>\n");
}

static const struct member_shape *member_of(const struct thread_shape *thread, int64_t person)
{
        for (size_t i = 0; person >= 0 && i < thread->members.n; i++)
                if (thread->members.items[i].person->id == person)
                        return &thread->members.items[i];
        return NULL;
}

static const char *name_of(const struct thread_shape *thread, int64_t person)
{
        const struct member_shape *m = member_of(thread, person);

        return m ? m->person->name : "";
}

static void add_body(struct buf *out, const char *language, enum direction direction, const char *body)
{
        buf_add_str(out, "<p class=\"text\" lang=\"");
        add_text(out, language);
        buf_printf(out, "\" dir=\"%s\">", word_text(&words_direction, (int)direction));
        add_text(out, body);
        buf_add_str(out, "</p>\n");
}

/* As a link: a page that can do nothing shows no picture of its own accord, and what is behind it opens without a line too. */
static void add_attachment(struct buf *out, const struct attachment_shape *attachment)
{
        static const char *const signs[] = { [ATTACHMENT_PHOTO] = "🖼", [ATTACHMENT_DOCUMENT] = "📄", [ATTACHMENT_VOICE] = "🎤" };
        char name[FILE_NAME];

        file_name(attachment, name);
        buf_printf(out, "<p><a href=\"%s\">%s <bdi>", name, signs[attachment->kind]);
        add_text(out, attachment->name ?: name + strlen("files/"));
        buf_add_str(out, "</bdi></a></p>\n");
}

/* Where its words come from, as the app says it (web/src/app/OriginMark.tsx). */
static void add_origin(struct buf *out, const struct gathered *g, const struct thread_shape *thread, const struct version_shape *v)
{
        const struct member_shape *author = member_of(thread, v->author), *checker = member_of(thread, v->checked_by);

        if (v->origin == ORIGIN_MACHINE && checker)
                add_sentence(out, say(g, "origin.checkedBy"), "{role}", role_of(g, checker->person, checker->relation));
        else if (v->origin == ORIGIN_PERSON && author)
                add_sentence(out, say(g, "origin.personBy"), "{name}", author->person->name);
        else if (v->origin == ORIGIN_PHRASE && !v->native)
                add_word(out, g, "origin.phraseUnread");
        else
                add_text(out, words_say2(language_of(g), "origin", word_text(&words_origin, (int)v->origin)));
}

static void page_version(struct buf *out, const struct gathered *g, const struct thread_shape *thread, const struct version_shape *v)
{
        buf_add_str(out, "<div class=\"version\"><span class=\"dim\">");
        add_origin(out, g, thread, v);
        buf_add_str(out, " · <bdi>");
        add_text(out, language_own_name(v->language));
        buf_add_str(out, "</bdi> · ");
        add_time(out, v->at);
        buf_add_str(out, "</span>\n");
        if (*v->body)
                add_body(out, v->language, v->direction, v->body);
        if (v->voice)
                add_attachment(out, v->voice);
        buf_add_str(out, "</div>\n");
}

static void page_message(struct buf *out, const struct gathered *g, const struct gathered_page *page, const struct message_shape *m)
{
        buf_printf(out, "<article%s>\n<header><b>", m->sender == g->viewer.person ? " class=\"mine\"" : "");
        add_name(out, name_of(page->thread, m->sender));
        buf_add_str(out, "</b> <span class=\"dim\">");
        add_time(out, m->sent);
        buf_add_str(out, "</span></header>\n");
        if (m->body && *m->body)
                add_body(out, m->language, m->direction, m->body);
        for (size_t i = 0; i < m->attachments.n; i++)
                add_attachment(out, &m->attachments.items[i]);
        if (!m->body) {
                buf_add_str(out, "<p class=\"dim\">");
                add_word(out, g, "message.withdrawn");
                buf_add_str(out, "</p>\n");
        }
        for (size_t i = 0; i < m->versions.n; i++)
                page_version(out, g, page->thread, &m->versions.items[i]);
        for (size_t i = 0; i < page->replies.n; i++) {
                if (page->replies.items[i].seq != m->seq)
                        continue;
                buf_add_str(out, "<p><span class=\"dim\">");
                add_word(out, g, "answer.label");
                buf_add_str(out, ":</span> ");
                add_text(out, words_say2(language_of(g), "answer", word_text(&words_answer, (int)page->replies.items[i].answer)));
                buf_add_str(out, "</p>\n");
        }
        buf_add_str(out, "</article>\n");
}

static void page_page(struct buf *out, const struct gathered *g, const struct gathered_page *page, size_t before)
{
        (void)before;
        for (size_t i = 0; i < page->messages.n; i++)
                page_message(out, g, page, &page->messages.items[i]);
}

static void page_thread_end(struct buf *out, const struct gathered *g, size_t i)
{
        if (g->threads.items[i].last)
                return;
        buf_add_str(out, "<p class=\"dim\">");
        add_word(out, g, "export.none");
        buf_add_str(out, "</p>\n");
}

static void page_end(struct buf *out, const struct gathered *g)
{
        buf_add_str(out, "<p class=\"dim\">");
        add_word(out, g, "export.json");
        buf_add_str(out, "</p>\n</body>\n</html>\n");
}

const struct format format_page = { "index.html", page_begin, page_thread_begin, page_page, page_thread_end, page_end };
