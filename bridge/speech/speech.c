#include "speech/speech.h"

#include "base/arena.h"
#include "child/child.h"
#include "text/language.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
        ARENA_CAP = 256 * 1024,
        LIST_MAX = 64 * 1024,           /* what espeak-ng says of its voices */
        SOUND_MAX = 96 * 1024 * 1024,   /* WAV: 22,050 samples a second of two bytes */
        HEAD = 44,                      /* bytes before its samples */
        MEMORY_MAX = 1024 * 1024 * 1024, /* of address space: libraries and the samples */
        LANGUAGE_COLUMN = 2,
        FILE_COLUMN = 5,
        VOICE_MAX = 64,
        START_MS = 10000,                /* for asking what there is, once, when the machine may be busy with much else */
};

struct voice {
        const char *language; /* canonical */
        const char *file;     /* what it is called there; languages can be of one name there */
};

struct speech {
        struct arena arena;
        struct speech_options options;
        struct voice *voices;
        const char **languages; /* of the voices */
        size_t n, room;
};

static const struct {
        const char *ours, *theirs;
} stand_ins[] = {
#define VOICE(ours, theirs) { ours, theirs },
#include "speech/voice.def"
#undef VOICE
};

static struct voice *find(const struct speech *speech, const char *language)
{
        for (size_t i = 0; i < speech->n; i++)
                if (language_same(speech->voices[i].language, language))
                        return &speech->voices[i];
        return NULL;
}

/* Of canonical tags: what is read at the start is a hundred voices, and to ask of each pair whether a reader takes them for one would be most of that start. */
static struct voice *find_exactly(const struct speech *speech, const char *language)
{
        for (size_t i = 0; i < speech->n; i++)
                if (strcmp(speech->voices[i].language, language) == 0)
                        return &speech->voices[i];
        return NULL;
}

static int add(struct speech *speech, const char *language, const char *file)
{
        speech->voices = arena_grow(&speech->arena, speech->voices, speech->n, &speech->room, sizeof(*speech->voices));
        if (!speech->voices)
                return arena_failed(&speech->arena);
        speech->voices[speech->n] = (struct voice){ .language = arena_copy(&speech->arena, language, strlen(language)), .file = arena_copy(&speech->arena, file, strlen(file)) };
        if (!speech->voices[speech->n].language || !speech->voices[speech->n].file)
                return arena_failed(&speech->arena);
        speech->n++;
        return 0;
}

/* The name of a voice goes into an argument. */
static bool is_plain(const char *file)
{
        for (const char *c = file; *c; c++)
                if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_/", *c))
                        return false;
        return *file != '\0' && *file != '-';
}

/* One line of `--voices`: priority, language, age and gender, name, file, other languages. Of several that one reader takes for one language (en-029, en-gb) the one in the file
 * of the language's own name is its usual voice. */
static int read_voice(struct speech *speech, char *line)
{
        char canonical[LANGUAGE_TAG_MAX + 1], bare[LANGUAGE_TAG_MAX + 1];
        char *column[FILE_COLUMN + 1] = { NULL }, *rest = line;
        const char *file, *name;
        struct voice *same;
        size_t n = 0;

        while (n <= FILE_COLUMN && (column[n] = strtok_r(rest, " ", &rest)))
                n++;
        if (n < FILE_COLUMN)
                return 0;
        file = column[FILE_COLUMN - 1];
        /* What is written in one script and read as another (fa-latn, cmn-latn-pinyin) is none that anybody writes. */
        if (strlen(file) > VOICE_MAX || !is_plain(file) || strcasestr(file, "latn") ||
            language_canonical(column[LANGUAGE_COLUMN - 1], strlen(column[LANGUAGE_COLUMN - 1]), canonical) < 0)
                return 0;
        snprintf(bare, sizeof(bare), "%.*s", (int)strcspn(canonical, "-"), canonical);
        if (!language_same(bare, canonical))
                snprintf(bare, sizeof(bare), "%s", canonical);
        same = find_exactly(speech, bare);
        if (!same)
                return add(speech, bare, file);
        name = strrchr(file, '/');
        if (strcmp(name ? name + 1 : file, bare) != 0)
                return 0;
        same->file = arena_copy(&speech->arena, file, strlen(file));
        return same->file ? 0 : arena_failed(&speech->arena);
}

static int read_voices(struct speech *speech, char *list)
{
        char *line, *rest = strchr(list, '\n'); /* a head of its own first */
        size_t own;
        int r = 0;

        while (r >= 0 && rest && (line = strtok_r(rest, "\n", &rest)))
                r = read_voice(speech, line);
        own = speech->n;
        for (size_t i = 0; r >= 0 && i < ELEMENTS(stand_ins); i++)
                for (size_t v = 0; v < own; v++)
                        if (language_same(speech->voices[v].language, stand_ins[i].theirs) && !find(speech, stand_ins[i].ours)) {
                                r = add(speech, stand_ins[i].ours, speech->voices[v].file);
                                break;
                        }
        return r;
}

static struct child program(const struct speech *speech, const char *const *argv, const void *in, size_t len, uint64_t out_max)
{
        return (struct child){ .argv = argv, .in = in, .in_len = len, .out_max = out_max, .memory_max = MEMORY_MAX, .time_ms = speech->options.time_ms };
}

int speech_new(const struct speech_options *options, struct speech **ret)
{
        _cleanup_(speech_freep) struct speech *speech = calloc(1, sizeof(*speech));
        const char *const ask[] = { options->program, "--voices", NULL }, *const encoder[] = { options->encoder, "-version", NULL };
        _cleanup_free_ char *list = NULL, *version = NULL;
        struct child child;
        size_t len;
        int r;

        if (!speech)
                return -ENOMEM;
        speech->arena = ARENA(ARENA_CAP);
        speech->options = *options;
        /* It opens its sound at this, for which it takes a file of 64 MB. */
        child = program(speech, ask, NULL, 0, SOUND_MAX);
        child.time_ms = START_MS;
        r = child_bytes(&child, NULL, &list, &len);
        if (r < 0)
                return r;
        if (len > LIST_MAX)
                return -EFBIG;
        child = program(speech, encoder, NULL, 0, LIST_MAX);
        child.time_ms = START_MS;
        r = child_bytes(&child, NULL, &version, &len);
        if (r >= 0)
                r = read_voices(speech, list);
        if (r < 0)
                return r;
        speech->languages = arena_get(&speech->arena, speech->n * sizeof(*speech->languages));
        if (!speech->languages)
                return arena_failed(&speech->arena);
        for (size_t i = 0; i < speech->n; i++)
                speech->languages[i] = speech->voices[i].language;
        *ret = TAKE(speech);
        return 0;
}

const char *const *speech_languages(const struct speech *speech, size_t *n)
{
        *n = speech->n;
        return speech->languages;
}

bool speech_speaks(const struct speech *speech, const char *language)
{
        return speech && find(speech, language);
}

/* espeak-ng takes what stands between [[ and ]] for phonemes. */
static char *as_words(const char *text)
{
        char *copy = strdup(text);

        for (char *c = copy; c && (c = strstr(c, "[[")); c++)
                *c = ' ';
        return copy;
}

int speech_say(const struct speech *speech, const char *text, const char *language, const atomic_bool *stopping, char **ret, size_t *len)
{
        const struct voice *voice = find(speech, language);
        /* Slower than it likes (175 words a minute): who listens is not at home in every word. */
        const char *const say[] = { speech->options.program, "-v", voice ? voice->file : "", "-b", "1", "-s", "145", "--stdin", "--stdout", NULL };
        const char *const encode[] = { speech->options.encoder, "-nostdin", "-v", "quiet", "-protocol_whitelist", "pipe", "-f", "wav", "-ignore_length", "1", "-i", "pipe:0",
                                       "-map_metadata", "-1", "-threads", "1", "-c:a", "libmp3lame", "-b:a", "32k", "-write_xing", "0", "-id3v2_version", "0", "-f", "mp3", "pipe:1", NULL };
        _cleanup_free_ char *words = NULL;
        struct child child;
        uint64_t sound;
        int fd, r;

        if (!voice)
                return -ENOENT;
        words = as_words(text);
        if (!words)
                return -ENOMEM;
        child = program(speech, say, words, strlen(words), SOUND_MAX);
        r = child_run(&child, stopping, &fd, &sound);
        if (r < 0)
                return r;
        child = program(speech, encode, NULL, 0, SPEECH_MAX);
        child.in_fd = fd;
        r = sound > HEAD ? child_bytes(&child, stopping, ret, len) : -ENODATA;
        close(fd);
        return r;
}

void speech_free(struct speech *speech)
{
        if (!speech)
                return;
        arena_done(&speech->arena);
        free(speech);
}
