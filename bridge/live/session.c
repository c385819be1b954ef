#include "live/inside.h"

#include "base/clock.h"

#include <errno.h>

enum { SLOTS_FIRST = 64, QUEUE_FIRST = 8, NO_SLOT = UINT32_MAX, OVERRUN_MAX = 1024 * 1024 };

static int grow_slots(struct hub *hub)
{
        uint32_t n = hub->slots_n ? hub->slots_n * 2 : SLOTS_FIRST;
        struct slot *slots;

        slots = realloc(hub->slots, n * sizeof(*slots));
        if (!slots)
                return -ENOMEM;
        hub->slots = slots;
        for (uint32_t i = hub->slots_n; i < n; i++)
                slots[i] = (struct slot){ .generation = 1, .next_free = i + 1 < n ? i + 1 : NO_SLOT };
        hub->first_free = hub->slots_n;
        hub->slots_n = n;
        return 0;
}

int session_new(struct hub *hub, struct sink *sink, const struct token_hash *token, struct session **ret)
{
        struct session *s;
        int r;

        if (hub->sessions >= (size_t)hub->options.sessions_max)
                return -EMFILE;
        if (hub->first_free == NO_SLOT) {
                r = grow_slots(hub);
                if (r < 0)
                        return r;
        }
        s = calloc(1, sizeof(*s));
        if (!s)
                return -ENOMEM;
        s->hub = hub;
        s->sink = sink;
        s->token = *token;
        s->slot = hub->first_free;
        hub->first_free = hub->slots[s->slot].next_free;
        hub->slots[s->slot].session = s;
        hub->sessions++;
        *ret = s;
        return 0;
}

static void queue_drop(struct session *s)
{
        for (uint32_t i = 0; i < s->queue_n; i++)
                frame_unref(s->queue[(s->queue_first + i) % s->queue_room]);
        free(s->queue);
        s->queue = NULL;
        s->queue_first = s->queue_n = s->queue_room = s->queue_bytes = 0;
}

void session_free(struct session *s)
{
        struct slot *slot;

        if (!s)
                return;
        hub_leave(s->hub, s);
        queue_drop(s);
        slot = &s->hub->slots[s->slot];
        slot->session = NULL;
        slot->generation++;
        slot->next_free = s->hub->first_free;
        s->hub->first_free = s->slot;
        s->hub->sessions--;
        free(s);
}

session_ticket session_ticket_of(const struct session *s)
{
        return (uint64_t)s->hub->slots[s->slot].generation << 32 | s->slot;
}

struct session *session_find(struct hub *hub, session_ticket ticket)
{
        uint32_t slot = (uint32_t)ticket;

        if (slot >= hub->slots_n || hub->slots[slot].generation != ticket >> 32)
                return NULL;
        return hub->slots[slot].session;
}

enum session_state session_state(const struct session *s)
{
        return (enum session_state)s->state;
}

void session_set_asking(struct session *s)
{
        s->state = SESSION_ASKING;
}

void session_set_unanswered(struct session *s)
{
        if (s->state == SESSION_ASKING)
                s->state = SESSION_NEW;
}

const struct token_hash *session_token(const struct session *s)
{
        return &s->token;
}

int64_t session_person(const struct session *s)
{
        return s->person;
}

enum role session_role(const struct session *s)
{
        return (enum role)s->role;
}

struct limit *session_limit(struct session *s)
{
        return s->presence ? &s->presence->limit : &s->limit;
}

bool session_hears(const struct session *s, int64_t thread)
{
        const struct sight *sight = hub_sight(s->hub, s, thread);

        return sight && !sight_is_over(sight, clock_now_ms());
}

bool session_has_output(const struct session *s)
{
        return s->queue_n > 0;
}

static int queue_grow(struct session *s)
{
        uint32_t room = s->queue_room ? s->queue_room * 2 : QUEUE_FIRST;
        struct frame **queue;

        queue = malloc(room * sizeof(struct frame *));
        if (!queue)
                return -ENOMEM;
        for (uint32_t i = 0; i < s->queue_n; i++)
                queue[i] = s->queue[(s->queue_first + i) % s->queue_room];
        free(s->queue);
        s->queue = queue;
        s->queue_first = 0;
        s->queue_room = room;
        return 0;
}

void session_close(struct session *s, enum close_code code)
{
        if (s->state == SESSION_CLOSING)
                return;
        hub_leave(s->hub, s);
        queue_drop(s);
        s->state = SESSION_CLOSING;
        s->sink->close(s->sink, code);
}

void session_overran(struct session *s, size_t bytes)
{
        s->overrun = bytes > 0 ? s->overrun + (uint32_t)bytes : 0;
        if (s->overrun > OVERRUN_MAX)
                session_close(s, CLOSE_RESUME);
}

/* Whether one item more is too much. The largest does not count, wherever it stands: a state that is larger than the bound could
 * otherwise never be told, or not while others talk. */
static bool is_too_much(const struct session *s, const struct frame *frame)
{
        size_t bytes = (size_t)s->queue_bytes + frame->len, largest = frame->len;

        if (bytes <= s->hub->options.queue_max_bytes)
                return false;
        for (uint32_t i = 0; i < s->queue_n; i++) {
                const struct frame *f = s->queue[(s->queue_first + i) % s->queue_room];

                if (f->len > largest)
                        largest = f->len;
        }
        return bytes - largest > s->hub->options.queue_max_bytes;
}

void session_push(struct session *s, struct frame *frame)
{
        if (s->state == SESSION_CLOSING)
                return;
        if (!frame || is_too_much(s, frame) || (s->queue_n == s->queue_room && queue_grow(s) < 0)) {
                session_close(s, CLOSE_RESUME);
                return;
        }
        s->queue[(s->queue_first + s->queue_n++) % s->queue_room] = frame_ref(frame);
        s->queue_bytes += frame->len;
        if (s->queue_n == 1)
                s->sink->wake(s->sink);
}

size_t session_fill(struct session *s, struct buf *out, size_t max)
{
        size_t n = 0, start = out->len;

        while (s->queue_n > 0) {
                struct frame *f = s->queue[s->queue_first];

                if (n > 0 && out->len - start + f->len + 2 > max)
                        break;
                buf_add_char(out, n == 0 ? '[' : ',');
                buf_add(out, f->bytes, f->len);
                s->queue_first = (s->queue_first + 1) % s->queue_room;
                s->queue_n--;
                s->queue_bytes -= f->len;
                frame_unref(f);
                n++;
        }
        if (n > 0)
                buf_add_char(out, ']');
        if (s->queue_n == 0)
                queue_drop(s);
        return n;
}
