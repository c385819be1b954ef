/* links: chat secret store text proto base */
/* Search: who finds what, in the tail, in blocks and between; versions, corrections, what was withdrawn; pages; keys. */
#include "chat_help.h"

#include "chat/find/search.h"
#include "chat/find/words.h"
#include "chat/version.h"

static struct found_shape find_as(struct fixture *f, int64_t person, const char *text, const char *before, int64_t limit, int64_t time_ms)
{
        const struct search_query query = { .text = text, .thread = -1, .before = before, .limit = limit, .time_ms = time_ms };
        struct found_shape found;

        assert_int_equal(search(f->tx, &f->a, &(struct viewer){ .person = person, .role = ROLE_MENTOR }, &query, &found), 0);
        return found;
}

static struct found_shape find(struct fixture *f, const char *text)
{
        return find_as(f, f->visser, text, NULL, 50, SEARCH_TIME_MS);
}

/* The newest hit's message, 0 for none. */
static int64_t first(struct fixture *f, const char *text)
{
        struct found_shape found = find(f, text);

        return found.hits.n > 0 ? found.hits.items[0].seq : 0;
}

static void talk(struct fixture *f, int n, const char *body)
{
        static uint32_t made;

        while (n-- > 0) {
                struct message_draft draft = chat_draft(f, f->visser, 0, body);
                struct sent_shape sent;

                made++;
                memcpy(draft.client_id.bytes, &made, sizeof(made));
                draft.client_id.bytes[15] = 1;
                draft.at_ms = 1000 + made;
                assert_int_equal(message_append(f->tx, &f->made, &draft, &sent), 0);
        }
}

static int64_t count(struct fixture *f, enum query_id id)
{
        struct query *q = query(f->tx, id);
        int64_t n = 0;

        query_int(q, f->thread);
        while (query_row(q) > 0)
                n++;
        query_end(q);
        return n;
}

static void version(struct fixture *f, int64_t seq, enum origin origin, const char *language, const char *body)
{
        assert_int_equal(version_append(f->tx, &f->made, &(struct version_draft){ .thread = f->thread, .seq = seq, .author = f->visser, .body = body,
                                                                                   .language = language, .direction = DIRECTION_LTR, .origin = origin }), 0);
}

static void a_message_is_found_with_the_place_of_its_words(void **state)
{
        struct fixture *f = *state;
        struct found_shape found;
        const struct hit_shape *hit;

        chat_say(f, f->visser, 'a', "🙂 De School begint om negen uur");
        chat_say(f, f->visser, 'b', "iets anders");
        found = find(f, "school NEGEN");
        assert_int_equal(found.hits.n, 1);
        assert_false(found.more);
        hit = &found.hits.items[0];
        assert_int_equal(hit->seq, 1);
        assert_int_equal(hit->n, -1);
        assert_string_equal(hit->body, "🙂 De School begint om negen uur");
        assert_int_equal(hit->places.n, 2);
        assert_int_equal(hit->places.items[0].from, 6);
        assert_int_equal(hit->places.items[0].to, 12);
        assert_int_equal(hit->places.items[1].from, 23);
        assert_int_equal(find(f, "school tien").hits.n, 0);
        assert_int_equal(find(f, "scho").hits.n, 0); /* whole words */
}

/* Every message is found at every moment, while the tail becomes blocks and blocks fill up. */
static void nothing_is_ever_stale(void **state)
{
        struct fixture *f = *state;
        char body[64];

        for (int i = 1; i <= 600; i++) {
                snprintf(body, sizeof(body), "bericht nummer woord%d in de klas", i);
                talk(f, 1, body);
                for (int back = 0; back < 3; back++) {
                        int wanted = back == 0 ? i : back == 1 ? (i + 1) / 2 : 1;

                        snprintf(body, sizeof(body), "woord%d", wanted);
                        assert_int_equal(first(f, body), wanted);
                }
        }
        assert_int_equal(count(f, QUERY_words_of_thread), 3); /* 256, 256, 64 and a tail of 24 */
}

static void hits_come_newest_first_in_pages_without_a_gap(void **state)
{
        struct fixture *f = *state;
        const char *before = NULL;
        int64_t expected = 700, pages = 0;

        talk(f, 700, "zelfde woord");
        do {
                struct found_shape found = find_as(f, f->visser, "woord", before, 50, SEARCH_TIME_MS);

                for (size_t i = 0; i < found.hits.n; i++)
                        assert_int_equal(found.hits.items[i].seq, expected--);
                before = found.next;
                pages++;
        } while (before);
        assert_int_equal(expected, 0);
        assert_int_equal(pages, 14);
}

/* With no time at all each answer is little, and they come to an end with the same hits. */
static void a_search_that_is_cut_short_goes_on(void **state)
{
        struct fixture *f = *state;
        const char *before = NULL;
        int64_t expected = 700, pages = 0;

        talk(f, 700, "zelfde woord");
        do {
                struct found_shape found = find_as(f, f->visser, "woord", before, 50, 0);

                for (size_t i = 0; i < found.hits.n; i++)
                        assert_int_equal(found.hits.items[i].seq, expected--);
                assert_true(++pages < 2000);
                assert_true(!found.next == !found.more);
                before = found.next;
        } while (before);
        assert_int_equal(expected, 0);

        pages = 0;
        before = NULL;
        do {
                struct found_shape found = find_as(f, f->visser, "nergens", before, 50, 0);

                assert_int_equal(found.hits.n, 0);
                assert_true(++pages < 10);
                before = found.next;
        } while (before);
}

static void nobody_finds_what_they_may_not_see(void **state)
{
        struct fixture *f = *state;
        struct member_draft draft = { .thread = f->thread, .person = f->rania, .joined = JOINED_BROUGHT, .reach = REACH_NOW, .by = f->visser };
        int64_t id;

        talk(f, 40, "geheim van vroeger");
        assert_int_equal(find_as(f, f->rania, "geheim", NULL, 50, SEARCH_TIME_MS).hits.n, 0);
        assert_int_equal(member_add(f->tx, &f->made, &draft, &id), 0);
        assert_int_equal(find_as(f, f->rania, "geheim", NULL, 50, SEARCH_TIME_MS).hits.n, 0);
        version(f, 3, ORIGIN_PERSON, "en", "secret of old");
        assert_int_equal(find_as(f, f->rania, "secret", NULL, 50, SEARCH_TIME_MS).hits.n, 0);
        talk(f, 40, "geheim van nu");
        assert_int_equal(find_as(f, f->rania, "geheim", NULL, 50, SEARCH_TIME_MS).hits.n, 40);
        assert_int_equal(find_as(f, f->rania, "vroeger", NULL, 50, SEARCH_TIME_MS).hits.n, 0);
        assert_int_equal(member_end(f->tx, &f->made, f->thread, f->rania, id), 0);
        assert_int_equal(find_as(f, f->rania, "geheim", NULL, 50, SEARCH_TIME_MS).hits.n, 0);
        assert_int_equal(find_as(f, f->oksana, "geheim", NULL, 50, SEARCH_TIME_MS).hits.n, 0);
}

static void one_thread_is_searched_where_one_is_asked(void **state)
{
        struct fixture *f = *state;
        struct search_query query = { .text = "hallo", .thread = f->thread, .limit = 10, .time_ms = SEARCH_TIME_MS };
        const struct viewer visser = { .person = f->visser, .role = ROLE_MENTOR }, oksana = { .person = f->oksana, .role = ROLE_PARENT, .family = true };
        struct found_shape found;

        chat_say(f, f->visser, 'a', "hallo");
        assert_int_equal(search(f->tx, &f->a, &visser, &query, &found), 0);
        assert_int_equal(found.hits.n, 1);
        assert_int_equal(search(f->tx, &f->a, &oksana, &query, &found), -ENOENT);
        query.thread = 999;
        assert_int_equal(search(f->tx, &f->a, &visser, &query, &found), -ENOENT);
}

static void versions_are_found_however_late_they_come(void **state)
{
        struct fixture *f = *state;
        struct found_shape found;

        talk(f, 1, "Tot morgen op school");
        version(f, 1, ORIGIN_MACHINE, "ar", "إلى الغد في المدرسة");
        found = find(f, "المدرسه");
        assert_int_equal(found.hits.n, 1);
        assert_int_equal(found.hits.items[0].n, 1);
        assert_int_equal(found.hits.items[0].origin, ORIGIN_MACHINE);
        assert_string_equal(found.hits.items[0].language, "ar");

        talk(f, 63, "praten");
        assert_int_equal(first(f, "المدرسه"), 1); /* packed with its message */
        version(f, 1, ORIGIN_PERSON, "uk", "До завтра в школі");
        assert_int_equal(first(f, "школі"), 1);
        for (int64_t seq = 2; seq < 33; seq++)
                version(f, seq, ORIGIN_PERSON, "uk", "розмова");
        assert_int_equal(count(f, QUERY_words_of_thread) > 0, 1);
        assert_int_equal(first(f, "школі"), 1); /* in a block by now */
        assert_int_equal(find(f, "розмова").hits.n, 31);
}

/* Of several in one language the one that is shown: a person's, then a phrase or what a person found right, then a machine's; of two alike the newer. */
static void of_a_language_what_is_shown_is_found(void **state)
{
        static const struct {
                enum origin origin;
                const char *body, *found;
        } steps[] = {
                { ORIGIN_MACHINE, "alef", "alef" },
                { ORIGIN_MACHINE, "beth", "beth" },
                { ORIGIN_NOT_GIVEN, NULL, "alef" }, /* the first is checked */
                { ORIGIN_MACHINE, "gimel", "alef" },
                { ORIGIN_PHRASE, "dalet", "dalet" },
                { ORIGIN_PERSON, "zayin", "zayin" },
                { ORIGIN_MACHINE, "heth", "zayin" },
                { ORIGIN_PHRASE, "teth", "zayin" },
                { ORIGIN_PERSON, "yod", "yod" },
        };
        struct fixture *f = *state;

        talk(f, 1, "Tot morgen");
        for (size_t i = 0; i < ELEMENTS(steps); i++) {
                if (steps[i].body)
                        version(f, 1, steps[i].origin, "ar", steps[i].body);
                else
                        assert_int_equal(version_check(f->tx, &f->made, f->thread, 1, 1, f->huda), 0);
                for (size_t k = 0; k <= i; k++)
                        if (steps[k].body)
                                assert_int_equal(first(f, steps[k].body), strcmp(steps[k].body, steps[i].found) == 0);
        }
}

static void a_message_is_one_hit_however_many_of_its_texts_fit(void **state)
{
        struct fixture *f = *state;

        talk(f, 1, "Google Maps");
        version(f, 1, ORIGIN_PERSON, "en", "Google Maps");
        version(f, 1, ORIGIN_PERSON, "ar", "Google Maps");
        assert_int_equal(find(f, "google").hits.n, 1);
        assert_int_equal(find(f, "google").hits.items[0].n, -1);
        talk(f, 40, "x");
        version(f, 1, ORIGIN_PERSON, "uk", "Google Maps");
        assert_int_equal(find(f, "google").hits.n, 1);
}

static void words_of_two_texts_are_no_hit(void **state)
{
        struct fixture *f = *state;

        talk(f, 1, "school");
        version(f, 1, ORIGIN_PERSON, "en", "tomorrow");
        assert_int_equal(find(f, "school tomorrow").hits.n, 0);
}

static void a_correction_is_found_and_what_it_replaced_is_not(void **state)
{
        struct fixture *f = *state;
        struct found_shape found;

        for (int packed = 0; packed < 2; packed++) {
                int64_t seq = 1 + 64 * packed;

                talk(f, 1, "we komen dinsdag");
                version(f, seq, ORIGIN_PERSON, "en", "we come on tuesday");
                assert_int_equal(first(f, "dinsdag"), seq);
                assert_int_equal(first(f, "tuesday"), seq);
                if (packed)
                        talk(f, 63, "praten");
                version(f, seq, ORIGIN_CORRECTION, "nl", "we komen woensdag");
                assert_int_equal(first(f, "dinsdag"), 0);
                assert_int_equal(first(f, "tuesday"), 0);
                found = find(f, "woensdag");
                assert_int_equal(found.hits.n, packed + 1);
                assert_int_equal(found.hits.items[0].origin, ORIGIN_CORRECTION);
                assert_string_equal(found.hits.items[0].body, "we komen woensdag");
                version(f, seq, ORIGIN_MACHINE, "en", "we come on wednesday");
                assert_int_equal(first(f, "wednesday"), seq);
                version(f, seq, ORIGIN_PERSON, "en-GB", "we arrive on wednesday");
                assert_int_equal(first(f, "arrive"), seq);
                if (!packed) {
                        assert_int_equal(first(f, "come"), 0); /* nobody is shown the machine's any more */
                        talk(f, 63, "praten");
                }
        }
}

static void what_was_withdrawn_is_not_found(void **state)
{
        struct fixture *f = *state;

        talk(f, 1, "spijt");
        version(f, 1, ORIGIN_PERSON, "en", "regret");
        assert_int_equal(message_withdraw(f->tx, &f->made, f->thread, 1), 0);
        assert_int_equal(first(f, "spijt"), 0);
        talk(f, 63, "praten spijt");
        assert_int_equal(find(f, "spijt").hits.n, 50);
        for (int64_t seq = 2; seq <= 64; seq++)
                assert_int_equal(message_withdraw(f->tx, &f->made, f->thread, seq), 0);
        assert_int_equal(first(f, "spijt"), 0);
        assert_int_equal(first(f, "regret"), 0);
}

static void an_erased_thread_is_silent(void **state)
{
        struct fixture *f = *state;

        talk(f, 40, "weg ermee");
        assert_int_equal(find(f, "ermee").hits.n, 40);
        assert_int_equal(seal_destroy(f->tx, &f->thread, 1), 0);
        assert_int_equal(find(f, "ermee").hits.n, 0);
}

static int compare_numbers(const void *a, const void *b)
{
        uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

        return x < y ? -1 : x > y;
}

/* Two words of one hash: found by the hash, and refused by the text. Of so many words some pairs have one, whatever the key. */
static void a_hash_is_not_a_word(void **state)
{
        enum { WORDS = 50000 };
        struct fixture *f = *state;
        uint64_t *words = calloc(WORDS, sizeof(*words));
        unsigned char key[WORD_KEY];
        char body[64], other[64];
        int i;

        assert_non_null(words);
        assert_int_equal(seal_word_key(f->tx, f->thread, key), 0);
        for (i = 0; i < WORDS; i++) {
                int n = snprintf(body, sizeof(body), "w%d", i);

                words[i] = (uint64_t)words_hash(key, body, (size_t)n) << 32 | (uint32_t)i;
        }
        qsort(words, WORDS, sizeof(*words), compare_numbers);
        for (i = 1; i < WORDS && words[i] >> 32 != words[i - 1] >> 32; i++)
                ;
        assert_true(i < WORDS);
        snprintf(body, sizeof(body), "w%u", (uint32_t)words[i]);
        snprintf(other, sizeof(other), "w%u", (uint32_t)words[i - 1]);
        free(words);
        talk(f, 1, body);
        assert_int_equal(first(f, body), 1);
        assert_int_equal(first(f, other), 0);
        talk(f, 40, "x");
        assert_int_equal(first(f, body), 1);
        assert_int_equal(first(f, other), 0);
}

static void nonsense_is_refused(void **state)
{
        static const struct {
                const char *text, *before;
                int r;
        } cases[] = {
                { "", NULL, -ENODATA }, { "!!! 🙂 …", NULL, -ENODATA }, { "a b c d e f g h i j k l m n o p", NULL, 0 },
                { "a b c d e f g h i j k l m n o p q", NULL, -E2BIG }, { "a a a a a a a a a a a a a a a a a a", NULL, 0 }, { "a", "", -ERANGE },
                { "a", "1.2", -ERANGE }, { "a", "1.2.3.4", -ERANGE }, { "a", "1.2.x", -ERANGE }, { "a", "-1.2.3", -ERANGE }, { "a", "..", -ERANGE },
                { "a", "99999999999999999999.1.1", -ERANGE }, { "a", "1.2.3", 0 }, { "a", "0.0.0", 0 }, { "a", "9223372036854775806.9223372036854775806.0", 0 },
        };
        struct fixture *f = *state;

        for (size_t i = 0; i < ELEMENTS(cases); i++) {
                const struct search_query query = { .text = cases[i].text, .thread = -1, .before = cases[i].before, .limit = 5, .time_ms = 100 };
                struct found_shape found;

                assert_int_equal(search(f->tx, &f->a, &(struct viewer){ .person = f->visser }, &query, &found), cases[i].r);
        }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, chat_set_up, chat_tear_down)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(a_message_is_found_with_the_place_of_its_words),
                TEST(nothing_is_ever_stale),
                TEST(hits_come_newest_first_in_pages_without_a_gap),
                TEST(a_search_that_is_cut_short_goes_on),
                TEST(nobody_finds_what_they_may_not_see),
                TEST(one_thread_is_searched_where_one_is_asked),
                TEST(versions_are_found_however_late_they_come),
                TEST(of_a_language_what_is_shown_is_found),
                TEST(a_message_is_one_hit_however_many_of_its_texts_fit),
                TEST(words_of_two_texts_are_no_hit),
                TEST(a_correction_is_found_and_what_it_replaced_is_not),
                TEST(what_was_withdrawn_is_not_found),
                TEST(an_erased_thread_is_silent),
                TEST(a_hash_is_not_a_word),
                TEST(nonsense_is_refused),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
