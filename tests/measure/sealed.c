/* measure/sealed.c: what sealing costs the writer: the same messages stored sealed, and as plain rows, in turns in the same run.
 *
 *   sealed --data FOLDER [--messages N] [--commit N] [--threads N] [--rounds N]
 *
 * Both go through the same queries in the same kind of file: looked up as a resend, numbered, their event, their row. The sealed ones are
 * message_append()'s, with all that it does for search too; the plain ones are it without sealing. Texts of 300 bytes, conversations of Zipf sizes. Also: what
 * a page of 50 takes to open, and another key for the school.
 */
#include "figures.h"

#include "base/clock.h"
#include "chat/event.h"
#include "chat/message.h"
#include "chat/seal/keyring.h"
#include "chat/seal/seal.h"
#include "chat/thread.h"
#include "secret/secret.h"
#include "store/query.h"
#include "text/text.h"

#include <getopt.h>
#include <math.h>
#include <sys/stat.h>

enum { BODY_BYTES = 300, PAGE = 50, PAGES = 400 };

static struct {
        const char *data;
        int messages, commit, threads, rounds;
} options = { .messages = 20000, .commit = 100, .threads = 500, .rounds = 5 };

static void must(int r, const char *what)
{
        if (r < 0)
                give_up("%s: %s", what, strerror(-r));
}

/* One person, and a conversation for each of so many pupils. */
static struct db *make_school(const char *name)
{
        _cleanup_free_ char *folder = NULL;
        struct db *db;
        struct tx *tx;
        struct query *q;

        if (asprintf(&folder, "%s/%s", options.data, name) < 0 || mkdir(folder, 0700) < 0)
                give_up("cannot make a folder in %s", options.data);
        must(keyring_open_with_school(folder, "", DB_CREATE, &db, NULL), "open");
        must(tx_begin(db, &tx), "begin");
        q = query(tx, QUERY_roster_put_person);
        for (int i = 0; i < 5; i++)
                query_text(q, "mentor");
        query_text(q, "mentor");
        query_text(q, "nl");
        query_text(q, "nl");
        query_null(q);
        query_text(q, "nl");
        must(query_run(q), "a person");
        for (int i = 1; i <= options.threads; i++) {
                char key[32];

                snprintf(key, sizeof(key), "pupil-%d", i);
                q = query(tx, QUERY_roster_put_pupil);
                for (int k = 0; k < 4; k++)
                        query_text(q, key);
                query_null(q);
                must(query_run(q), "a pupil");
                q = query(tx, QUERY_roster_put_thread);
                query_int(q, i);
                query_int(q, 1);
                query_text(q, key);
                must(query_run(q), "a conversation");
                must(seal_make(tx, i), "a key");
        }
        must(tx_commit(tx), "commit");
        return db;
}

/* message_append() as it would be without keys. */
static int append_plain(struct tx *tx, const struct message_draft *draft)
{
        struct query *q = query(tx, QUERY_message_by_client);
        int64_t last, rev;
        int r;

        query_int(q, draft->sender);
        query_blob(q, draft->client_id.bytes, sizeof(draft->client_id.bytes));
        r = query_row(q);
        query_end(q);
        if (r == 0)
                r = message_last_seq(tx, draft->thread, &last);
        if (r < 0)
                return r;
        rev = event_add(tx, NULL, (struct event){ .kind = EVENT_MESSAGE, .thread = draft->thread, .seq = last + 1, .person = draft->sender });
        q = query(tx, QUERY_message_add);
        query_int(q, draft->thread);
        query_int(q, last + 1);
        query_int(q, rev);
        query_int(q, draft->sender);
        query_blob(q, draft->client_id.bytes, sizeof(draft->client_id.bytes));
        query_int(q, clock_now_ms());
        query_text(q, draft->language);
        query_word(q, &words_direction, (int)draft->direction);
        query_blob(q, draft->body, strlen(draft->body));
        return query_run(q);
}

static int append_sealed(struct tx *tx, const struct message_draft *draft)
{
        struct sent_shape sent;

        return message_append(tx, NULL, draft, &sent);
}

/* Few conversations are long and many short. */
static int64_t some_thread(void)
{
        double u = (double)random() / ((double)RAND_MAX + 1);

        return (int64_t)pow((double)options.threads + 1, u);
}

static void make_body(char ret[BODY_BYTES + 1])
{
        static const char *const words[] = { "morgen ", "huiswerk ", "niet ", "gymtas ", "vergeten ", "ziek ", "de ", "bus ", "toets ", "mevrouw " };
        size_t n = 0;

        while (n < BODY_BYTES) {
                const char *word = words[(size_t)random() % ELEMENTS(words)];
                size_t length = strlen(word);

                if (n + length > BODY_BYTES)
                        length = BODY_BYTES - n;
                memcpy(ret + n, word, length);
                n += length;
        }
        ret[n] = '\0';
}

struct prepared {
        char body[BODY_BYTES + 1];
        char *folded;
        struct message_draft draft;
};

/* What the loop does before the writer: not on the clock. */
static void prepare(struct prepared *p)
{
        make_body(p->body);
        must(text_fold(p->body, &p->folded), "text_fold");
        p->draft = (struct message_draft){ .thread = some_thread(), .sender = 1, .body = p->body, .folded = p->folded, .language = "nl",
                                           .direction = DIRECTION_LTR };
        secret_uuid(&p->draft.client_id);
}

static int64_t store_group(struct db *db, int (*append)(struct tx *, const struct message_draft *), const struct prepared *group)
{
        int64_t start = now_ns();
        struct tx *tx;

        must(tx_begin(db, &tx), "begin");
        for (int i = 0; i < options.commit; i++)
                must(append(tx, &group[i].draft), "a message");
        must(tx_commit(tx), "commit");
        return now_ns() - start;
}

/* Messages a second. */
static double store_round(struct db *db, int (*append)(struct tx *, const struct message_draft *))
{
        _cleanup_free_ struct prepared *group = calloc((size_t)options.commit, sizeof(*group));
        int groups = (options.messages + options.commit - 1) / options.commit;
        int64_t took = 0;

        if (!group)
                give_up("out of memory");
        for (int g = 0; g < groups; g++) {
                for (int i = 0; i < options.commit; i++)
                        prepare(&group[i]);
                took += store_group(db, append, group);
                for (int i = 0; i < options.commit; i++)
                        free(group[i].folded);
        }
        return groups * options.commit / ((double)took / 1e9);
}

static int compare(const void *a, const void *b)
{
        double x = *(const double *)a, y = *(const double *)b;

        return (x > y) - (x < y);
}

static double median(double *values, int n)
{
        qsort(values, (size_t)n, sizeof(*values), compare);
        return values[n / 2];
}

static void read_pages(struct db *db)
{
        struct samples took = { 0 };

        for (int i = 0; i < PAGES; i++) {
                _cleanup_(arena_done) struct arena a = ARENA(64 << 20);
                struct many_message page;
                struct tx *tx;
                bool more;
                int64_t start = now_ns();

                must(tx_begin_reading(db, &tx), "begin");
                must(message_page(tx, &a, some_thread(), 1, -1, -1, PAGE, &page, &more), "a page");
                tx_rollback(tx);
                samples_add(&took, now_ns() - start);
        }
        samples_figures(&took, "sealed_page");
}

static void change_key(void)
{
        _cleanup_(keyring_closep) struct keyring *ring = NULL;
        _cleanup_free_ char *folder = NULL;
        int64_t keys, start;

        if (asprintf(&folder, "%s/sealed", options.data) < 0)
                give_up("out of memory");
        must(keyring_open(folder, "", KEYRING_SERVE, &ring, NULL), "the keys");
        start = now_ns();
        must(keyring_change_key(ring, NULL, &keys, NULL), "another key");
        figure("sealed_key_change_keys", (double)keys, "");
        figure("sealed_key_change", (double)(now_ns() - start) / 1e6, "ms");
}

static int number(const char *text)
{
        int64_t n;

        if (parse_int(text, 1, 100 * 1000 * 1000, &n) < 0)
                give_up("%s is not a number above 0", text);
        return (int)n;
}

int main(int argc, char **argv)
{
        static const struct option names[] = { { "data", 1, NULL, 'd' }, { "messages", 1, NULL, 'm' }, { "commit", 1, NULL, 'c' },
                                               { "threads", 1, NULL, 't' }, { "rounds", 1, NULL, 'r' }, { 0 } };
        double *sealed, *plain;
        struct db *db, *plain_db;
        int c;

        while ((c = getopt_long(argc, argv, "", names, NULL)) != -1) {
                if (c == 'd')
                        options.data = optarg;
                else if (c == '?')
                        return 2;
                else
                        *(c == 'm' ? &options.messages : c == 'c' ? &options.commit : c == 't' ? &options.threads : &options.rounds) = number(optarg);
        }
        if (!options.data)
                give_up("--data is missing");
        must(secret_init(), "random numbers");
        srandom(7);
        db = make_school("sealed");
        plain_db = make_school("plain");
        sealed = calloc((size_t)options.rounds, sizeof(*sealed));
        plain = calloc((size_t)options.rounds, sizeof(*plain));
        if (!sealed || !plain)
                give_up("out of memory");
        for (int i = 0; i < options.rounds; i++) {
                plain[i] = store_round(plain_db, append_plain);
                sealed[i] = store_round(db, append_sealed);
        }
        figure("sealed_messages", median(sealed, options.rounds), "/s");
        figure("sealed_plain_messages", median(plain, options.rounds), "/s");
        figure("sealed_ratio_plain", median(sealed, options.rounds) / median(plain, options.rounds), "times");
        read_pages(db);
        db_close(db);
        db_close(plain_db);
        change_key();
        free(sealed);
        free(plain);
        return 0;
}
