/* chat/export/json.c: the file for machines. Its objects are those of the protocol, so PROTOCOL.md describes them. */
#include "chat/export/gather.h"

#include <inttypes.h>

static void json_begin(struct buf *out, const struct gathered *g)
{
        buf_printf(out, "{\"format\":\"ouderbrug-export-1\",\"made\":%" PRId64 ",\"school\":", g->now_ms);
        shape_encode(out, &shape_school, &g->school);
        buf_add_str(out, ",\"me\":");
        shape_encode(out, &shape_person, &g->me);
        buf_add_str(out, ",\"sessions\":[");
        for (size_t i = 0; i < g->stays_n; i++) {
                const struct stay *stay = &g->stays[i];

                buf_printf(out, "%s{\"kind\":\"%s\",\"how\":\"%s\",\"made\":%" PRId64 ",\"seen\":%" PRId64 ",\"until\":%" PRId64, i ? "," : "",
                           word_text(&words_device_kind, (int)stay->kind), word_text(&words_sign_in, (int)stay->how), stay->made_ms, stay->seen_ms,
                           stay->until_ms);
                if (stay->ended_ms >= 0)
                        buf_printf(out, ",\"ended\":%" PRId64, stay->ended_ms);
                buf_add_char(out, '}');
        }
        buf_add_str(out, "],\"conversations\":[");
}

static void json_thread_begin(struct buf *out, const struct gathered *g, size_t i)
{
        buf_add_str(out, i ? ",\n{\"thread\":" : "\n{\"thread\":");
        shape_encode(out, &shape_thread, &g->threads.items[i]);
        buf_add_str(out, ",\"consents\":[");
        for (size_t k = 0; k < g->consents[i].n; k++) {
                if (k)
                        buf_add_char(out, ',');
                shape_encode(out, &shape_consent, &g->consents[i].items[k]);
        }
        buf_add_str(out, "],\"readers\":[");
        for (size_t k = 0; k < g->readers[i].n; k++) {
                if (k)
                        buf_add_char(out, ',');
                shape_encode(out, &shape_reader, &g->readers[i].items[k]);
        }
        buf_add_str(out, "],\"messages\":[");
}

/* Each message with one's own answer at it, so that one list is enough. */
static void json_page(struct buf *out, const struct gathered *g, const struct gathered_page *page, size_t before)
{
        size_t reply = 0;

        (void)g;
        for (size_t i = 0; i < page->messages.n; i++) {
                const struct message_shape *m = &page->messages.items[i];

                buf_add_str(out, i + before ? ",\n{\"message\":" : "\n{\"message\":");
                shape_encode(out, &shape_message, m);
                while (reply < page->replies.n && page->replies.items[reply].seq < m->seq)
                        reply++;
                if (reply < page->replies.n && page->replies.items[reply].seq == m->seq) {
                        buf_add_str(out, ",\"answer\":");
                        shape_encode(out, &shape_reply, &page->replies.items[reply]);
                }
                buf_add_char(out, '}');
        }
}

static void json_thread_end(struct buf *out, const struct gathered *g, size_t i)
{
        (void)g;
        (void)i;
        buf_add_str(out, "]}");
}

static void json_end(struct buf *out, const struct gathered *g)
{
        (void)g;
        buf_add_str(out, "]}\n");
}

const struct format format_json = { "data.json", json_begin, json_thread_begin, json_page, json_thread_end, json_end };
