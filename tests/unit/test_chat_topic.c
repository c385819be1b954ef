/* links: chat store proto text base */
/* The words by which a text is known to be about care, money, police or health, in every language of the app: what a school and a family say every day is not
 * held, what a family should not read in a machine's words alone is. Sentences: topic_sentences.def. */
#include "chat_help.h"

#include "base/macro.h"
#include "chat/phrase/list.h"
#include "chat/versions/topic.h"

static const struct sentence {
        const char *language;
        enum topic topic;
        const char *text;
} sentences[] = {
#define EVERY_DAY(language, text) { language, TOPIC_NOT_GIVEN, text },
#define ABOUT(language, topic, text) { language, TOPIC_##topic, text },
#include "topic_sentences.def"
#undef EVERY_DAY
#undef ABOUT
};

/* Phrases that a language holds and Dutch does not, or the other way round, because it says them in other words; those must say so here. */
static const struct {
        const char *language, *key;
} otherwise[] = {
        { "am", "money.fund" }, /* "there is money that helps with clothes" */
        { "so", "money.fund" },
        { "ckb", "money.free" }, /* "nothing needs to be given", as one gives a pen along */
        { "kmr", "money.free" },
        { "ps", "money.free" },
        { "ckb", "my.help_money" }, /* "I cannot give this" */
        { "kmr", "my.help_money" },
};

static int set_up(void **state)
{
        int r = chat_set_up(state);
        struct fixture *f = *state;

        return r < 0 ? r : topic_bring_list(f->tx);
}

static enum topic topic(struct fixture *f, const char *text, const char *language)
{
        enum topic ret;

        assert_int_equal(topic_of(f->tx, text, language, &ret), 0);
        return ret;
}

static const char *name_of(enum topic topic)
{
        return topic ? word_text(&words_topic, (int)topic) : "nothing";
}

static void every_sentence_is_about_what_it_is_about(void **state)
{
        size_t wrong = 0;

        for (size_t i = 0; i < ELEMENTS(sentences); i++) {
                const struct sentence *s = &sentences[i];
                enum topic found = topic(*state, s->text, s->language);

                if (found != s->topic)
                        wrong++, print_error("%s: about %s, found %s: %s\n", s->language, name_of(s->topic), name_of(found), s->text);
        }
        assert_int_equal(wrong, 0);
}

static size_t count(const char *language, bool about)
{
        size_t n = 0;

        for (size_t i = 0; i < ELEMENTS(sentences); i++)
                n += strcmp(sentences[i].language, language) == 0 && (sentences[i].topic != TOPIC_NOT_GIVEN) == about;
        return n;
}

static bool is_otherwise(const char *language, const char *key)
{
        for (size_t i = 0; i < ELEMENTS(otherwise); i++)
                if (strcmp(otherwise[i].language, language) == 0 && strcmp(otherwise[i].key, key) == 0)
                        return true;
        return false;
}

/* No phrase of the list is ever held, but they are what is said every day, the same in all languages. */
static void a_phrase_is_about_the_same_in_every_language(void **state)
{
        const struct phrase_language *languages;
        size_t n = phrase_languages(&languages), wrong = 0;

        assert_true(n >= 22);
        for (size_t p = 0; p < phrase_count(); p++) {
                const char *key = phrase_at(p)->key;
                enum topic in_dutch = topic(*state, phrase_source()->texts[p].pattern, phrase_source()->tag);

                for (size_t i = 0; i < n; i++) {
                        const char *tag = languages[i].tag, *text = languages[i].texts[p].pattern;
                        enum topic is = text && !is_otherwise(tag, key) ? topic(*state, text, tag) : in_dutch;

                        if (is != in_dutch)
                                wrong++, print_error("%s: %s is about %s, in Dutch about %s: %s\n", tag, key, name_of(is), name_of(in_dutch), text);
                }
        }
        assert_int_equal(wrong, 0);
}

static void no_language_of_the_app_is_without_sentences(void **state)
{
        const struct phrase_language *languages;
        size_t n, wrong = 0;

        (void)state;
        n = phrase_languages(&languages);
        for (size_t i = 0; i < n; i++) {
                size_t every_day = count(languages[i].tag, false), about = count(languages[i].tag, true);

                if (every_day < 6 || about < 8)
                        wrong++, print_error("%s: %zu sentences of every day and %zu about a topic are too few\n", languages[i].tag, every_day, about);
        }
        assert_int_equal(wrong, 0);
}

static void what_is_written_joined_is_told_apart(void **state)
{
        struct fixture *f = *state;

        assert_int_equal(topic(f, "وبالشرطة", "ar"), TOPIC_POLICE);
        assert_int_equal(topic(f, "وبالشرطة", "ar-SY"), TOPIC_POLICE);
        assert_int_equal(topic(f, "كمال", "ar"), TOPIC_NOT_GIVEN);
        assert_int_equal(topic(f, "ብፖሊስ", "ti"), TOPIC_POLICE);
        /* Only in the languages that do so, and only what they do. */
        assert_int_equal(topic_word_add(f->tx, TOPIC_POLICE, "ur", "شرطة"), 0);
        assert_int_equal(topic(f, "شرطة", "ur"), TOPIC_POLICE);
        assert_int_equal(topic(f, "بالشرطة", "ur"), TOPIC_NOT_GIVEN);
        assert_int_equal(topic_word_add(f->tx, TOPIC_CARE, "ar", "حماية طفل"), 0);
        assert_int_equal(topic(f, "لحماية الطفل", "ar"), TOPIC_CARE);
        assert_int_equal(topic(f, "طفل حماية", "ar"), TOPIC_NOT_GIVEN);
}

static bool has_word(struct fixture *f, const char *language, const char *words, int64_t *id)
{
        struct topics_shape all = { 0 };

        assert_int_equal(topic_list(f->tx, &f->a, &all), 0);
        for (size_t i = 0; i < all.words.n; i++)
                if (strcmp(all.words.items[i].language, language) == 0 && strcmp(all.words.items[i].words, words) == 0) {
                        *id = all.words.items[i].id;
                        return true;
                }
        return false;
}

/* A school that started with a program that knew only some languages, and helped itself. */
static void a_school_gets_the_new_words_and_keeps_what_it_did(void **state)
{
        struct fixture *f = *state;
        int64_t id, own;

        assert_int_equal(query_run(query(f->tx, QUERY_topic_word_drop)), 0);
        assert_false(has_word(f, "ar", "نقود", &id));
        assert_int_equal(topic_word_add(f->tx, TOPIC_POLICE, "ar", "شرطة"), 0); /* of its own, and in the list that comes */
        assert_int_equal(topic_word_add(f->tx, TOPIC_CARE, "ar", "مزرعة"), 0);
        assert_int_equal(topic_bring_list(f->tx), 0);
        assert_true(has_word(f, "ar", "نقود", &id));
        assert_true(has_word(f, "ar", "مزرعه", &own));
        assert_int_equal(topic(f, "ليس لدينا نقود", "ar"), TOPIC_MONEY);

        assert_int_equal(topic_word_remove(f->tx, id), 0);
        assert_int_equal(topic_bring_list(f->tx), 0);
        assert_false(has_word(f, "ar", "نقود", &id));
        assert_int_equal(topic(f, "ليس لدينا نقود", "ar"), TOPIC_NOT_GIVEN);
        assert_true(has_word(f, "ar", "مزرعه", &id));
        assert_int_equal(id, own);
        assert_true(has_word(f, "ar", "شرطه", &id));
        assert_int_equal(topic_word_remove(f->tx, id), 0);
        assert_int_equal(topic_bring_list(f->tx), 0);
        assert_int_equal(topic(f, "جاءت الشرطة", "ar"), TOPIC_NOT_GIVEN);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(every_sentence_is_about_what_it_is_about, set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_phrase_is_about_the_same_in_every_language, set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(no_language_of_the_app_is_without_sentences, set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(what_is_written_joined_is_told_apart, set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_school_gets_the_new_words_and_keeps_what_it_did, set_up, chat_tear_down),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
