#include "chat/phrase/list.h"

#include "base/log.h"
#include "base/macro.h"
#include "proto/tree.h"
#include "text/language.h"
#include "text/pattern.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { LANGUAGES_MAX = 64 };

static const char SOURCE[] = "nl";

static const struct {
        const char *name, *json;
} files[] = {
#define PHRASE_FILE(name, json) { name, json },
#include "chat/phrase_files.def"
#undef PHRASE_FILE
};

const char *const phrase_part_names[PHRASE_PARTS] = {
        [PHRASE_CHILD] = "child", [PHRASE_NAME] = "name",     [PHRASE_PLACE] = "place",   [PHRASE_DATE] = "date",
        [PHRASE_TIME] = "time",   [PHRASE_GENDER] = "gender", [PHRASE_NUMBER] = "number",
};

/* All of it: made once, never freed before the program ends. The trees own the strings. */
static struct {
        struct tree *trees[ELEMENTS(files)];
        struct phrase *phrases;
        size_t phrases_n;
        struct phrase **by_key; /* the same, sorted */
        struct phrase_language languages[LANGUAGES_MAX];
        size_t languages_n;
        int result;
} list;

static int compare_keys(const void *a, const void *b)
{
        return strcmp((*(struct phrase *const *)a)->key, (*(struct phrase *const *)b)->key);
}

static struct phrase *find(const char *key)
{
        struct phrase wanted = { .key = key }, *p = &wanted, **found;

        found = list.by_key ? bsearch(&p, list.by_key, list.phrases_n, sizeof(*list.by_key), compare_keys) : NULL;
        return found ? *found : NULL;
}

static int sort_phrases(void)
{
        list.by_key = calloc(list.phrases_n, sizeof(*list.by_key));
        if (!list.by_key)
                return -ENOMEM;
        for (size_t i = 0; i < list.phrases_n; i++)
                list.by_key[i] = &list.phrases[i];
        qsort(list.by_key, list.phrases_n, sizeof(*list.by_key), compare_keys);
        return 0;
}

static int add_phrase(const struct tree *value)
{
        const char *key = tree_str(value, "key"), *from = tree_str(value, "from");

        if (!key || !from)
                return -EBADMSG;
        list.phrases[list.phrases_n++] = (struct phrase){
                .key = key,
                .school = strcmp(from, "school") == 0 || strcmp(from, "both") == 0,
                .family = strcmp(from, "family") == 0 || strcmp(from, "both") == 0,
        };
        return 0;
}

static int wrong(const struct phrase_language *l, const char *what)
{
        log_error("phrase", "%s: %s is not as it must be", l->tag, what);
        return -EBADMSG;
}

static int add_text(void *arg, const char *key, const struct tree *value)
{
        struct phrase_language *l = arg;
        struct phrase *p = find(key);
        const char *text = tree_str(value, "text"), *state = tree_str(value, "state");
        unsigned used;
        char *pattern;
        int r;

        if (!p || !text || !state)
                return wrong(l, key);
        r = pattern_read(text, phrase_part_names, &pattern, &used);
        if (r == -ENOMEM)
                return r;
        if (r < 0)
                return wrong(l, key);
        l->texts[phrase_index(p)] = (struct phrase_text){ .pattern = pattern, .takes = used, .native = strcmp(state, "native") == 0 };
        if (strcmp(l->tag, SOURCE) == 0)
                p->takes = used & ~(1u << PHRASE_GENDER);
        else if ((used & ~(1u << PHRASE_GENDER)) != p->takes)
                return wrong(l, key);
        p->may_take |= used;
        return 0;
}

static int take_words(const struct tree *from, const char *ret[], size_t n)
{
        if (tree_size(from) != n)
                return -EBADMSG;
        for (size_t i = 0; i < n; i++) {
                ret[i] = tree_text(tree_at(from, i));
                if (!ret[i])
                        return -EBADMSG;
        }
        return 0;
}

/* The calendar that families keep, where there is one. */
static int add_family(const struct tree *family, struct phrase_language *l)
{
        if (!family)
                return 0;
        l->calendar = calendar_of(tree_str(family, "calendar"));
        l->family_date = tree_str(family, "pattern");
        if (!l->calendar || !l->family_date)
                return -EBADMSG;
        return take_words(tree_get(family, "months"), l->family_months, (size_t)calendar_months(l->calendar));
}

static int add_language(const struct tree *file)
{
        const struct tree *head = tree_get(file, "language"), *dates = tree_get(head, "dates");
        struct phrase_language *l = &list.languages[list.languages_n];

        if (list.languages_n == LANGUAGES_MAX)
                return -E2BIG;
        *l = (struct phrase_language){ .tag = tree_str(head, "tag"), .date = tree_str(dates, "pattern") };
        if (!l->tag || !l->date || take_words(tree_get(dates, "months"), l->months, ELEMENTS(l->months)) < 0 ||
            take_words(tree_get(dates, "weekdays"), l->weekdays, ELEMENTS(l->weekdays)) < 0 || add_family(tree_get(dates, "family"), l) < 0)
                return -EBADMSG;
        l->texts = calloc(list.phrases_n, sizeof(*l->texts));
        if (!l->texts)
                return -ENOMEM;
        list.languages_n++;
        return tree_each(tree_get(file, "phrases"), add_text, l);
}

static const struct tree *file_of(const char *name)
{
        for (size_t i = 0; i < ELEMENTS(files); i++)
                if (strcmp(files[i].name, name) == 0)
                        return list.trees[i];
        return NULL;
}

static int load(void)
{
        const struct tree *head;
        int r = 0;

        for (size_t i = 0; i < ELEMENTS(files); i++) {
                r = tree_parse(files[i].json, strlen(files[i].json), &list.trees[i]);
                if (r < 0) {
                        log_error("phrase", "%s is no JSON", files[i].name);
                        return r;
                }
        }
        head = tree_get(file_of("list"), "phrases");
        list.phrases = calloc(tree_size(head) + 1, sizeof(*list.phrases));
        if (!list.phrases)
                return -ENOMEM;
        for (size_t i = 0; r >= 0 && i < tree_size(head); i++)
                r = add_phrase(tree_at(head, i));
        if (r >= 0)
                r = sort_phrases();
        /* The source first: it says what each takes. */
        if (r >= 0)
                r = add_language(file_of(SOURCE));
        for (size_t i = 0; r >= 0 && i < ELEMENTS(files); i++)
                if (strcmp(files[i].name, SOURCE) != 0 && strcmp(files[i].name, "list") != 0)
                        r = add_language(list.trees[i]);
        return r;
}

static void load_once(void)
{
        list.result = load();
        if (list.result < 0)
                log_error("phrase", "the phrase list cannot be read");
}

int phrase_list_load(void)
{
        static pthread_once_t once = PTHREAD_ONCE_INIT;

        pthread_once(&once, load_once);
        return list.result;
}

const struct phrase *phrase_find(const char *key)
{
        return phrase_list_load() < 0 ? NULL : find(key);
}

size_t phrase_index(const struct phrase *p)
{
        return (size_t)(p - list.phrases);
}

size_t phrase_count(void)
{
        return phrase_list_load() < 0 ? 0 : list.phrases_n;
}

const struct phrase *phrase_at(size_t index)
{
        return &list.phrases[index];
}

const struct phrase_language *phrase_language(const char *tag)
{
        for (size_t i = 0; phrase_list_load() >= 0 && i < list.languages_n; i++)
                if (language_same(list.languages[i].tag, tag))
                        return &list.languages[i];
        return NULL;
}

const struct phrase_language *phrase_source(void)
{
        phrase_list_load();
        return &list.languages[0];
}

size_t phrase_languages(const struct phrase_language **ret)
{
        *ret = list.languages;
        return phrase_list_load() < 0 ? 0 : list.languages_n;
}
