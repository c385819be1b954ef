/* measure/load.c: puts a load on a server that runs and prints figures. tests/load starts both and keeps them apart.
 *
 *   load room    everyone of --cookies in one conversation; --senders of them with --flight messages each under way,
 *                or all together --rate messages a second
 *   load idle    --crowd connections that say nothing, and the same beside them
 *   load stall   one of the room stops reading while the others talk, then comes back
 *   load durable how often a second the disk can be told to keep something; in the folder --data
 *   load tokens  --count session cookies and their hashes, to be put in a database
 *
 * A message counts when it is acknowledged and has come to everyone in the room, its sender included.
 */
#include "client.h"
#include "figures.h"

#include "secret/secret.h"

#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
        MESSAGES_MAX = 8 * 1000 * 1000,
        REF_HELLO = 1,
        REF_PROBE = 2,
        REF_PAGE = 3,
        PAGE_MESSAGES = 100,
        REF_FIRST = 1000,
        BODY_BYTES = 300,
        BODY_BYTES_MAX = 3000,
        STALL_BYTES = 16 << 20, /* more than the queue and every buffer of the system hold */
        OPENING_MAX = 200, /* handshakes under way at the same time */
        DRAIN_S = 20,
};

struct message {
        int64_t sent_ns;
        uint16_t left; /* members it has not come to */
        bool is_acked, counts;
};

static struct {
        int port, senders, flight, members, crowd, receive_bytes, count;
        pid_t server;
        double rate, seconds, warm;
        const char *cookies_file, *crowd_file, *data;
} options = { .senders = 10, .flight = 4, .seconds = 5, .warm = 1, .receive_bytes = 65536 };

static struct {
        char **room_cookies, **crowd_cookies;
        struct client *room, *crowd; /* one array: the room first */
        uint32_t room_n, crowd_n;
        uint32_t opening, welcomed, gone;
        bool is_talking;    /* a sender goes on as soon as it is acknowledged */
        bool is_measuring;
        bool may_go;        /* a connection that ends is no fault */

        struct message *messages;
        uint32_t sent, acknowledged, complete, counted; /* counted: complete within the time that is measured */
        uint64_t deliveries;
        struct samples ack, delivery, probe;
        int64_t probe_ns;

        char log[40];
        int64_t page_after; /* who comes back has seen up to here */
        void (*saw)(struct client *c, int64_t seq);
        char body[BODY_BYTES_MAX + 1];
} state;

/* ---- what is said */

static void say_hello(struct client *c)
{
        char text[160];
        int n;

        if (c->last_event > 0)
                n = snprintf(text, sizeof(text), "{\"do\":\"hello\",\"ref\":%d,\"since\":%lld,\"log\":\"%s\"}", REF_HELLO,
                             (long long)c->last_event, state.log);
        else
                n = snprintf(text, sizeof(text), "{\"do\":\"hello\",\"ref\":%d}", REF_HELLO);
        client_send(c, text, (size_t)n);
}

/* The client's id holds the time first, as version 7 has it, and the message's own number last. */
static void say_message(struct client *c)
{
        char text[BODY_BYTES_MAX + 200];
        struct timespec t;
        struct message *m;
        uint32_t i = state.sent;
        int n;

        if (i == MESSAGES_MAX)
                give_up("more messages than there is room for");
        clock_gettime(CLOCK_REALTIME, &t);
        n = snprintf(text, sizeof(text),
                     "{\"do\":\"send\",\"ref\":%u,\"thread\":%lld,\"client_id\":\"%08llx-%04llx-7%03x-8000-%012x\",\"body\":\"%s\"}",
                     i + REF_FIRST, (long long)c->thread, ((unsigned long long)t.tv_sec * 1000 + (unsigned long long)t.tv_nsec / 1000000) >> 16,
                     ((unsigned long long)t.tv_sec * 1000 + (unsigned long long)t.tv_nsec / 1000000) & 0xffff,
                     (unsigned int)getpid() & 0xfff, i, state.body);
        m = &state.messages[state.sent++];
        *m = (struct message){ .sent_ns = now_ns(), .left = (uint16_t)state.room_n, .counts = state.is_measuring };
        client_send(c, text, (size_t)n);
}

static void say_probe(struct client *c)
{
        char text[80];
        int n;

        n = snprintf(text, sizeof(text), "{\"do\":\"typing\",\"ref\":%d,\"thread\":%lld}", REF_PROBE, (long long)c->thread);
        state.probe_ns = now_ns();
        client_send(c, text, (size_t)n);
}

/* ---- what is heard */

static int64_t number_after(const char *text, size_t n, const char *key)
{
        const char *at = memmem(text, n, key, strlen(key));

        return at ? strtoll(at + strlen(key), NULL, 10) : -1;
}

static void progress(struct message *m)
{
        if (!m->is_acked || m->left > 0)
                return;
        state.complete++;
        if (state.is_measuring)
                state.counted++;
}

/* A message event from somewhere before its number on; returns where it was read to. */
static const char *heard(struct client *c, const char *text, const char *end)
{
        const char *id = memmem(text, (size_t)(end - text), "\"client_id\":\"", 13);
        struct message *m;
        uint64_t i;
        int64_t seq;

        if (!id || end - id < 13 + 36)
                give_up("a message without an id");
        seq = number_after(text, (size_t)(end - text), "\"seq\":");
        i = strtoull(id + 13 + 24, NULL, 16);
        if (i >= state.sent || state.messages[i].left == 0)
                give_up("a message that nobody sent, or one too often");
        m = &state.messages[i];
        m->left--;
        if (state.is_measuring)
                state.deliveries++;
        if (m->counts)
                samples_add(&state.delivery, now_ns() - m->sent_ns);
        if (state.saw)
                state.saw(c, seq);
        progress(m);
        return id + 13 + 36;
}

static void ask_page(struct client *c)
{
        char text[120];
        int n;

        n = snprintf(text, sizeof(text), "{\"do\":\"history\",\"ref\":%d,\"thread\":%lld,\"after\":%lld,\"limit\":%d}", REF_PAGE,
                     (long long)c->thread, (long long)state.page_after, PAGE_MESSAGES);
        client_send(c, text, (size_t)n);
}

static void page(struct client *c, const char *text, size_t n)
{
        const char *end = text + n, *p = text;
        bool more = memmem(text, n, "\"more\":true", 11);

        while ((p = memmem(p, (size_t)(end - p), "{\"seq\":", 7))) {
                state.page_after = strtoll(p + 7, NULL, 10);
                p = heard(c, p, end);
        }
        if (more)
                ask_page(c);
}

static void welcome(struct client *c, const char *text, size_t n)
{
        const char *log = memmem(text, n, "\"log\":\"", 7);
        int64_t thread = number_after(text, n, "\"threads\":[{\"id\":");

        if (!log)
                give_up("not a welcome: %.*s", (int)(n < 300 ? n : 300), text);
        snprintf(state.log, sizeof(state.log), "%.36s", log + 7);
        if (thread > 0)
                c->thread = thread;
        if (c->last_event == 0)
                c->last_event = number_after(text, n, "\"at\":");
        /* Too much was missed to be told as events: fetch it. */
        if (state.page_after > 0 && memmem(text, n, "\"mode\":\"fresh\"", 14))
                ask_page(c);
        state.opening--;
        state.welcomed++;
}

static void answered(struct client *c, int64_t ref, const char *text, size_t n)
{
        struct message *m;
        int64_t now;

        if (memcmp(text, "\"ok\"", 4) != 0)
                give_up("the server refused something: %.*s", (int)(n < 200 ? n : 200), text);
        if (ref == REF_HELLO) {
                welcome(c, text, n);
                return;
        }
        if (ref == REF_PAGE) {
                page(c, text, n);
                return;
        }
        now = now_ns();
        if (ref == REF_PROBE) {
                samples_add(&state.probe, now - state.probe_ns);
                state.probe_ns = 0;
                return;
        }
        m = &state.messages[ref - REF_FIRST];
        if (m->is_acked || ref - REF_FIRST >= state.sent)
                give_up("an acknowledgement too many");
        m->is_acked = true;
        state.acknowledged++;
        if (m->counts)
                samples_add(&state.ack, now - m->sent_ns);
        progress(m);
        if (state.is_talking)
                say_message(c);
}

/* Items are found by their first key; nothing inside one looks like it, for we wrote the texts. */
static void on_frame(struct client *c, const char *text, size_t n)
{
        const char *end = text + n, *p = text;
        char *after;
        int64_t ref;

        while ((p = memchr(p, '{', (size_t)(end - p)))) {
                if (end - p > 7 && memcmp(p, "{\"ref\":", 7) == 0) {
                        ref = strtoll(p + 7, &after, 10);
                        p = after + 1;
                        answered(c, ref, p, (size_t)(end - p));
                } else if (end - p > 16 && memcmp(p, "{\"event\":\"", 10) == 0) {
                        int64_t id = number_after(p, (size_t)(end - p), "\"id\":");

                        if (id > c->last_event)
                                c->last_event = id;
                        p += 10;
                        if (memcmp(p, "message\"", 8) == 0 && c->index < state.room_n)
                                p = heard(c, p, end);
                } else {
                        p++;
                }
        }
}

static void on_closed(struct client *c)
{
        if (!state.may_go)
                give_up("connection %u was closed with %d", c->index, c->close_code);
        state.gone++;
}

/* ---- opening */

static char **read_lines(const char *path, uint32_t *n)
{
        FILE *f = path ? fopen(path, "re") : NULL;
        char **lines = NULL, *line = NULL;
        size_t room = 0;
        ssize_t len;

        if (!f)
                give_up("cannot read %s", path ?: "a file that was not named");
        for (*n = 0; (len = getline(&line, &room, f)) > 0;) {
                line[strcspn(line, " \n")] = 0;
                lines = reallocarray(lines, *n + 1, sizeof(*lines));
                lines[(*n)++] = strdup(line);
        }
        free(line);
        fclose(f);
        return lines;
}

static void make_body(int n)
{
        for (int i = 0; i < n; i++)
                state.body[i] = i % 7 == 6 ? ' ' : (char)('a' + i * 11 % 26);
        state.body[n] = 0;
}

static void begin(void)
{
        static const struct client_events events = { .opened = say_hello, .frame = on_frame, .closed = on_closed };

        state.room_cookies = read_lines(options.cookies_file, &state.room_n);
        if (options.crowd > 0)
                state.crowd_cookies = read_lines(options.crowd_file, &state.crowd_n);
        if (options.members > 0 && (uint32_t)options.members < state.room_n)
                state.room_n = (uint32_t)options.members;
        if (options.crowd > 0 && (uint32_t)options.crowd < state.crowd_n)
                state.crowd_n = (uint32_t)options.crowd;
        if ((uint32_t)options.senders > state.room_n)
                options.senders = (int)state.room_n;
        state.room = calloc(state.room_n + state.crowd_n, sizeof(*state.room));
        state.crowd = state.room + state.room_n;
        state.messages = calloc(MESSAGES_MAX, sizeof(*state.messages));
        if (!state.room || !state.messages)
                give_up("out of memory");
        for (uint32_t i = 0; i < state.room_n + state.crowd_n; i++)
                state.room[i] = (struct client){ .fd = -1, .index = i, .state = CLIENT_CLOSED };
        make_body(BODY_BYTES);
        clients_start(options.port, &events);
}

/* Opens n connections and waits until all are welcome. */
static void open_all(struct client *clients, char **cookies, uint32_t n)
{
        int64_t end = now_ns() + 60000000000;
        uint32_t opened = 0;

        state.welcomed = 0;
        while (state.welcomed < n) {
                while (opened < n && state.opening < OPENING_MAX) {
                        clients[opened].last_event = 0;
                        client_connect(&clients[opened], cookies[opened], 0);
                        state.opening++;
                        opened++;
                }
                clients_turn(100000000);
                if (now_ns() > end)
                        give_up("%u of %u were welcome after a minute", state.welcomed, n);
        }
}

static void pass(double seconds)
{
        int64_t end = now_ns() + (int64_t)(seconds * 1e9);

        for (int64_t left; (left = end - now_ns()) > 0;)
                clients_turn(left);
}

/* ---- talking */

static void drain(void)
{
        int64_t end = now_ns() + DRAIN_S * 1000000000ll;

        state.is_talking = false;
        while (state.complete < state.sent && now_ns() < end)
                clients_turn(100000000);
        if (state.complete < state.sent)
                give_up("%u of %u messages did not come to everybody", state.sent - state.complete, state.sent);
}

static void start_talking(void)
{
        state.is_talking = true;
        for (int s = 0; s < options.senders; s++)
                for (int i = 0; i < options.flight; i++)
                        say_message(&state.room[s]);
}

/* Messages at even distances, each of the next sender; and now and then a probe, where there is somebody to ask. */
static void talk_steadily(double seconds, struct client *asked)
{
        int64_t start = now_ns(), end = start + (int64_t)(seconds * 1e9), every = (int64_t)(1e9 / options.rate);
        int64_t next_message = start, next_probe = start + 5000000;

        for (int64_t now = start; now < end; now = now_ns()) {
                int64_t wait;

                while (next_message <= now) {
                        say_message(&state.room[state.sent % (uint32_t)options.senders]);
                        next_message += every;
                }
                if (asked && next_probe <= now && state.probe_ns == 0) {
                        say_probe(asked);
                        next_probe = now + 20000000;
                }
                wait = (asked && state.probe_ns == 0 && next_probe < next_message ? next_probe : next_message) - now_ns();
                clients_turn(wait > 0 ? wait : 0);
        }
}

static void measure(double seconds, struct client *asked, double *took_s, double *cpu_s)
{
        int64_t start, cpu;

        state.counted = 0;
        state.deliveries = 0;
        state.is_measuring = true;
        cpu = process_cpu_ns(options.server);
        start = now_ns();
        if (options.rate > 0)
                talk_steadily(seconds, asked);
        else
                pass(seconds);
        *took_s = (double)(now_ns() - start) / 1e9;
        *cpu_s = (double)(process_cpu_ns(options.server) - cpu) / 1e9;
        state.is_measuring = false;
}

static void case_room(void)
{
        double took, cpu, own;

        begin();
        open_all(state.room, state.room_cookies, state.room_n);
        if (options.rate > 0) {
                talk_steadily(options.warm, NULL);
        } else {
                start_talking();
                pass(options.warm);
        }
        own = (double)process_cpu_ns(getpid()) / 1e9;
        measure(options.seconds, NULL, &took, &cpu);
        own = (double)process_cpu_ns(getpid()) / 1e9 - own;
        drain();

        figure("messages", state.counted / took, "messages/s");
        figure("deliveries", (double)state.deliveries / took, "deliveries/s");
        samples_figures(&state.ack, "ack");
        samples_figures(&state.delivery, "delivery");
        figure("cpu_10000_deliveries", cpu / (double)state.deliveries * 10000, "s");
        figure("cpu_share", cpu / took * 100, "%");
        figure("client_share", own / took * 100, "%");
        figure("memory", (double)process_memory_bytes(options.server) / 1048576, "MiB");
        figure("sent", state.sent, "messages");
}

static void case_idle(void)
{
        double took, cpu, loop;
        int64_t first, before, after;

        begin();
        open_all(state.room, state.room_cookies, state.room_n);
        talk_steadily(options.warm, NULL);
        drain();
        first = process_memory_bytes(options.server);
        /* Each says hello once in small company: what the server reads for it lies in its cache from then on. */
        for (uint32_t i = 0; i < state.crowd_n; i += OPENING_MAX) {
                uint32_t n = state.crowd_n - i < OPENING_MAX ? state.crowd_n - i : OPENING_MAX;

                open_all(state.crowd + i, state.crowd_cookies + i, n);
                state.may_go = true;
                for (uint32_t k = i; k < i + n; k++)
                        client_drop(&state.crowd[k]);
                state.may_go = false;
        }
        pass(1.5);
        before = process_memory_bytes(options.server);
        open_all(state.crowd, state.crowd_cookies, state.crowd_n);
        pass(1.5);
        figure("connections", state.crowd_n, "connections");
        after = process_memory_bytes(options.server);
        figure("memory_each", (double)(after - before) / state.crowd_n / 1024, "KiB");
        figure("memory_each_and_caches", (double)(after - first) / state.crowd_n / 1024, "KiB");

        cpu = (double)process_cpu_ns(options.server) / 1e9;
        pass(2);
        figure("cpu_share_silent", ((double)process_cpu_ns(options.server) / 1e9 - cpu) / 2 * 100, "%");

        loop = (double)first_thread_cpu_ns(options.server) / 1e9;
        measure(options.seconds, &state.crowd[0], &took, &cpu);
        loop = (double)first_thread_cpu_ns(options.server) / 1e9 - loop;
        drain();
        figure("messages", state.counted / took, "messages/s");
        figure("cpu_share", cpu / took * 100, "%");
        figure("cpu_share_loop", loop / took * 100, "%");
        samples_figures(&state.ack, "ack");
        samples_figures(&state.delivery, "delivery");
        samples_figures(&state.probe, "loop");
}

/* ---- a reader that stalls */

static int64_t stalled_seq;
static uint32_t stalled_gaps, stalled_seen;

static void stalled_saw(struct client *c, int64_t seq)
{
        if (c->index != state.room_n - 1)
                return;
        if (stalled_seq > 0 && seq != stalled_seq + 1)
                stalled_gaps++;
        stalled_seq = seq;
        stalled_seen++;
}

static void case_stall(void)
{
        struct client *slow;
        int64_t before, most = 0, end;
        uint32_t first_part;

        begin();
        make_body(BODY_BYTES_MAX);
        state.saw = stalled_saw;
        state.may_go = true;
        open_all(state.room, state.room_cookies, state.room_n - 1);
        slow = &state.room[state.room_n - 1];
        client_connect(slow, state.room_cookies[state.room_n - 1], options.receive_bytes);
        state.opening++;
        while (state.welcomed < state.room_n)
                clients_turn(100000000);
        pass(0.2);
        before = process_memory_bytes(options.server);

        client_deaf(slow, true);
        start_talking();
        end = now_ns() + (int64_t)(options.seconds * 1e9);
        while (state.sent < STALL_BYTES / BODY_BYTES_MAX && now_ns() < end) {
                clients_turn(10000000);
                if (process_memory_bytes(options.server) > most)
                        most = process_memory_bytes(options.server);
        }
        state.is_talking = false;
        client_deaf(slow, false);
        for (end = now_ns() + DRAIN_S * 1000000000ll; state.gone == 0 && now_ns() < end;)
                clients_turn(100000000);
        if (state.gone != 1 || slow->state != CLIENT_CLOSED)
                give_up("the reader that stalled was not cut off");
        /* What is written from here on would come both in a page and as an event. */
        while (state.acknowledged < state.sent && now_ns() < end)
                clients_turn(100000000);
        first_part = stalled_seen;
        figure("close_code", slow->close_code, "");
        figure("read_before_cut", (double)slow->read_bytes / 1024, "KiB");
        figure("server_memory_rise", (double)(most - before) / 1024, "KiB");

        while (stalled_seen < state.sent && now_ns() < end) {
                if (slow->state == CLIENT_CLOSED) {
                        state.page_after = stalled_seq;
                        client_connect(slow, state.room_cookies[state.room_n - 1], 0);
                        state.opening++;
                }
                clients_turn(100000000);
        }
        drain();
        figure("messages", state.sent, "messages");
        figure("seen_before_cut", first_part, "messages");
        figure("seen_after_resume", stalled_seen - first_part, "messages");
        figure("gaps", stalled_gaps, "gaps");
        if (stalled_gaps > 0 || stalled_seen != state.sent)
                give_up("the reader that stalled has lost something");
}

/* ---- the machine itself */

static void case_durable(void)
{
        char path[4096], block[4096] = "";
        int64_t start, end;
        uint32_t n = 0;
        int fd;

        snprintf(path, sizeof(path), "%s/durable", options.data ?: ".");
        fd = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
        if (fd < 0)
                give_up("cannot write %s", path);
        start = now_ns();
        end = start + (int64_t)(options.seconds * 1e9);
        for (; now_ns() < end; n++)
                if (pwrite(fd, block, sizeof(block), (off_t)(n % 4096) * (off_t)sizeof(block)) < 0 || fdatasync(fd) < 0)
                        give_up("cannot keep anything in %s", path);
        figure("syncs", n / ((double)(now_ns() - start) / 1e9), "fdatasync/s");
        close(fd);
        unlink(path);
}

static void case_tokens(void)
{
        char secret[SECRET_TEXT + 1];
        struct token_hash hash;

        if (secret_init() < 0)
                give_up("no source of random numbers");
        for (int i = 0; i < options.count; i++) {
                secret_make(secret);
                secret_hash(secret, SECRET_TEXT, &hash);
                printf("ouderbrug=%s ", secret);
                for (size_t k = 0; k < sizeof(hash.bytes); k++)
                        printf("%02x", hash.bytes[k]);
                putchar('\n');
        }
}

int main(int argc, char **argv)
{
        static const struct option known[] = {
                { "port", required_argument, NULL, 'p' },    { "pid", required_argument, NULL, 'P' },
                { "cookies", required_argument, NULL, 'c' }, { "members", required_argument, NULL, 'm' },
                { "senders", required_argument, NULL, 's' }, { "flight", required_argument, NULL, 'f' },
                { "rate", required_argument, NULL, 'r' },    { "seconds", required_argument, NULL, 't' },
                { "warm", required_argument, NULL, 'w' },    { "crowd", required_argument, NULL, 'n' },
                { "crowd-cookies", required_argument, NULL, 'C' }, { "data", required_argument, NULL, 'd' },
                { "count", required_argument, NULL, 'k' },   { NULL, 0, NULL, 0 },
        };
        static const struct {
                const char *name;
                void (*run)(void);
        } cases[] = { { "room", case_room }, { "idle", case_idle }, { "stall", case_stall }, { "durable", case_durable }, { "tokens", case_tokens } };

        for (int o; (o = getopt_long(argc, argv, "", known, NULL)) != -1;) {
                int number = optarg ? (int)strtol(optarg, NULL, 10) : 0;

                switch (o) {
                case 'p': options.port = number; break;
                case 'P': options.server = number; break;
                case 'c': options.cookies_file = optarg; break;
                case 'm': options.members = number; break;
                case 's': options.senders = number; break;
                case 'f': options.flight = number; break;
                case 'r': options.rate = strtod(optarg, NULL); break;
                case 't': options.seconds = strtod(optarg, NULL); break;
                case 'w': options.warm = strtod(optarg, NULL); break;
                case 'n': options.crowd = number; break;
                case 'C': options.crowd_file = optarg; break;
                case 'd': options.data = optarg; break;
                case 'k': options.count = number; break;
                default: give_up("see the top of tests/measure/load.c");
                }
        }
        for (size_t i = 0; optind < argc && i < ELEMENTS(cases); i++)
                if (strcmp(argv[optind], cases[i].name) == 0) {
                        cases[i].run();
                        return 0;
                }
        give_up("name a case: room, idle, stall, durable or tokens");
}
