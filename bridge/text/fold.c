/* One fold for the index and for what is asked of it, so that the two cannot differ. Words are ICU's (UAX 29,
 * with its dictionaries for scripts without spaces); each point of a word goes through case folding and
 * compatibility (NFKC_Casefold), is taken apart (NFD), loses its marks, and goes through fold.def. */
#include "text/text.h"

#include "base/buf.h"
#include "text/normal.h"
#include "text/point.h"

#include <errno.h>
#include <pthread.h>
#include <unicode/ubrk.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

enum {
        FOLD_BYTES_MAX = 4 * TEXT_BYTES_MAX,
        FOLD_OUT_MAX = 20 * FOLD_BYTES_MAX, /* one point can stand for eighteen (U+FDFA) */
        SMALL = 1024,
        EXPANSION_MAX = 32,
        KEPT_MARKS_MAX = 8, /* in a row; more is no spelling, and NFC sorts them by insertion */
};

struct fold {
        const UNormalizer2 *casefold, *decompose;
        struct buf out;
        struct buf spans;      /* of struct span: where the words stand, if that is asked */
        bool asks_spans;
        uint32_t from, to;     /* the point in hand, in UTF-16 units */
        size_t word_start; /* in out */
        size_t marks;
        bool in_word; /* the word in hand has given something */
};

struct span {
        uint32_t from, to;
};

/* Opening a break iterator reads rules and costs a hundred times what using one does, so each thread keeps
 * its own. */
static pthread_key_t words_key;
static pthread_once_t words_once = PTHREAD_ONCE_INIT;
static bool words_ready;

static void words_close(void *words)
{
        ubrk_close(words);
}

static void words_init(void)
{
        words_ready = pthread_key_create(&words_key, words_close) == 0;
}

static UBreakIterator *words_of_thread(void)
{
        UErrorCode status = U_ZERO_ERROR;
        UBreakIterator *words;

        pthread_once(&words_once, words_init);
        if (!words_ready)
                return NULL;
        words = pthread_getspecific(words_key);
        if (words)
                return words;

        /* "" is root; NULL would be the process's locale. */
        words = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
        if (U_FAILURE(status))
                return NULL;
        if (pthread_setspecific(words_key, words) != 0) {
                ubrk_close(words);
                return NULL;
        }
        return words;
}

static void fold_done(struct fold *f)
{
        buf_done(&f->out);
        buf_done(&f->spans);
}

/* The word in hand begins at the point in hand, or goes on to its end. */
static void span_begins(struct fold *f)
{
        struct span span = { f->from, f->to };

        if (f->asks_spans)
                buf_add(&f->spans, &span, sizeof(span));
}

static void span_goes_on(struct fold *f)
{
        if (f->asks_spans && f->spans.len > 0)
                memcpy(f->spans.data + f->spans.len - sizeof(f->to), &f->to, sizeof(f->to));
}

static bool is_mark(UChar32 c)
{
        return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

/* Marks that are the spelling itself stay: vowels of the scripts of India and South-East Asia, say. In the
 * scripts below they only say how a letter sounds, and most people leave them out. */
static bool is_spelling(UChar32 mark)
{
        UErrorCode status = U_ZERO_ERROR;

        switch (uscript_getScript(mark, &status)) {
        case USCRIPT_INHERITED:
        case USCRIPT_COMMON:
        case USCRIPT_LATIN:
        case USCRIPT_GREEK:
        case USCRIPT_CYRILLIC:
        case USCRIPT_ARABIC:
        case USCRIPT_HEBREW:
        case USCRIPT_SYRIAC:
        case USCRIPT_ETHIOPIC:
                return false;
        default:
                return u_getCombiningClass(mark) != 7; /* nukta */
        }
}

static bool is_apostrophe(UChar32 c)
{
        return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02bc || c == 0x02bb || c == 0x02b9 ||
               c == 0x055a;
}

static void add(struct fold *f, UChar32 c)
{
        char bytes[POINT_BYTES_MAX];

        if (!f->in_word && f->out.len > 0)
                buf_add_char(&f->out, ' ');
        if (!f->in_word) {
                f->word_start = f->out.len;
                span_begins(f);
        }
        span_goes_on(f);
        f->in_word = true;
        buf_add(&f->out, bytes, point_write(bytes, c));
}

/* l'école, qu'il: the article is a word, not the start of one. */
static bool is_elision(const struct fold *f)
{
        const char *word = buf_str(&f->out) + f->word_start;
        size_t n = f->out.len - f->word_start;

        if (!f->in_word)
                return false;
        if (n == 1)
                return strchr("cdjlmnst", *word) != NULL;
        return n >= 2 && word[n - 2] == 'q' && word[n - 1] == 'u';
}

static void add_folded(struct fold *f, UChar32 c)
{
        switch (c) {
#define FOLD(from, to, more)                                                                                 \
        case from:                                                                                           \
                add(f, to);                                                                                  \
                if (more)                                                                                    \
                        add(f, more);                                                                        \
                return;
#include "text/fold.def"
#undef FOLD
        default:
                add(f, c);
        }
}

/* A point after case folding and decomposition. */
static void take_simple(struct fold *f, UChar32 c)
{
        if (is_mark(c)) {
                if (f->in_word && is_spelling(c) && f->marks++ < KEPT_MARKS_MAX)
                        add(f, c);
                return;
        }
        f->marks = 0;
        if (c == 0x0640) /* tatweel */
                return;
        if (is_apostrophe(c)) {
                if (is_elision(f))
                        f->in_word = false;
        } else if (u_charDigitValue(c) >= 0) {
                add(f, '0' + u_charDigitValue(c));
        } else if (u_isalnum(c)) {
                add_folded(f, c);
        } else {
                f->in_word = false;
        }
}

static void take_decomposed(struct fold *f, UChar32 c)
{
        UErrorCode status = U_ZERO_ERROR;
        UChar parts[EXPANSION_MAX];
        int32_t n = c < 0xc0 ? -1 : unorm2_getDecomposition(f->decompose, c, parts, EXPANSION_MAX, &status);

        if (n < 0 || U_FAILURE(status)) {
                take_simple(f, c);
                return;
        }
        for (int32_t i = 0; i < n;) {
                U16_NEXT(parts, i, n, c);
                take_simple(f, c);
        }
}

static void take(struct fold *f, UChar32 c)
{
        UErrorCode status = U_ZERO_ERROR;
        UChar parts[EXPANSION_MAX];
        int32_t n;

        if (c >= 'A' && c <= 'Z')
                c = c - 'A' + 'a';
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                f->marks = 0;
                add(f, c);
                return;
        }
        n = c < 0xa0 ? -1 : unorm2_getDecomposition(f->casefold, c, parts, EXPANSION_MAX, &status);
        if (n < 0 || U_FAILURE(status)) {
                take_decomposed(f, c);
                return;
        }
        for (int32_t i = 0; i < n;) {
                U16_NEXT(parts, i, n, c);
                take_decomposed(f, c);
        }
}

static void fold_word(struct fold *f, const UChar *wide, int32_t start, int32_t end)
{
        f->in_word = false;
        f->marks = 0;
        while (start < end) {
                UChar32 c;

                f->from = (uint32_t)start;
                U16_NEXT(wide, start, end, c);
                f->to = (uint32_t)start;
                take(f, c);
                if (f->in_word)
                        span_goes_on(f); /* over marks that were left out */
        }
}

static int fold_words(struct fold *f, const UChar *wide, int32_t wide_n)
{
        static const UChar nothing = 0;
        UErrorCode status = U_ZERO_ERROR;
        UBreakIterator *words = words_of_thread();
        int32_t start, end;

        if (!words)
                return -ENOMEM;
        ubrk_setText(words, wide, wide_n, &status);
        if (U_FAILURE(status))
                return -EIO;

        start = ubrk_first(words);
        while ((end = ubrk_next(words)) != UBRK_DONE) {
                if (ubrk_getRuleStatus(words) >= UBRK_WORD_NONE_LIMIT)
                        fold_word(f, wide, start, end);
                start = end;
        }
        ubrk_setText(words, &nothing, 0, &status); /* the text is not ours to keep */
        return buf_failed(&f->out);
}

/* Folds n bytes into f. ret: the folded text, owned by the caller. */
static int fold_text(struct fold *f, const char *s, char **ret)
{
        _cleanup_free_ UChar *heap = NULL;
        _cleanup_free_ char *spelled = NULL;
        UErrorCode status = U_ZERO_ERROR;
        UChar small[SMALL];
        const UChar *wide;
        size_t n = strlen(s), normal_n;
        int32_t wide_n;
        char *normal;
        int r;

        if (n > FOLD_BYTES_MAX)
                return -EMSGSIZE;
        f->casefold = unorm2_getNFKCCasefoldInstance(&status);
        f->decompose = unorm2_getNFDInstance(&status);
        if (U_FAILURE(status))
                return -EIO;

        /* ICU finds words in NFC; a stored text is that already. */
        r = text_nfc(s, n, &spelled, &n);
        if (r < 0)
                return r;
        wide = text_utf16(spelled ? spelled : s, n, small, SMALL, &heap, &wide_n, &r);
        if (!wide)
                return r;
        r = fold_words(f, wide, wide_n);
        if (r < 0)
                return r;

        /* Hangul came apart into its letters, and kept marks may be out of order. */
        r = text_nfc(buf_str(&f->out), f->out.len, &normal, &normal_n);
        if (r < 0)
                return r;
        if (r > 0) {
                normal = f->out.len > 0 ? buf_take(&f->out) : strdup("");
                if (!normal)
                        return -ENOMEM;
        }
        *ret = normal;
        return 0;
}

int text_fold(const char *s, char **ret)
{
        _cleanup_(fold_done) struct fold f = { .out = BUF(FOLD_OUT_MAX) };

        return fold_text(&f, s, ret);
}

void text_words_done(struct text_words *words)
{
        free(words->folded);
        free(words->list);
        *words = (struct text_words){ 0 };
}

int text_words(const char *s, struct text_words *ret)
{
        _cleanup_(fold_done) struct fold f = { .out = BUF(FOLD_OUT_MAX), .spans = BUF(FOLD_OUT_MAX), .asks_spans = true };
        _cleanup_(text_words_done) struct text_words words = { 0 };
        size_t spans;
        int r;

        r = fold_text(&f, s, &words.folded);
        if (r >= 0)
                r = buf_failed(&f.spans);
        if (r < 0)
                return r;
        spans = f.spans.len / sizeof(struct span);
        words.list = calloc(spans + 1, sizeof(*words.list));
        if (!words.list)
                return -ENOMEM;
        for (char *word = words.folded; *word && words.n < spans; words.n++) {
                size_t n = strcspn(word, " ");
                struct span span;

                memcpy(&span, f.spans.data + words.n * sizeof(span), sizeof(span));
                words.list[words.n] = (struct text_word){ word, n, span.from, span.to, 1 };
                word += n + (word[n] != '\0');
        }
        *ret = words;
        words = (struct text_words){ 0 };
        return 0;
}
