/* links: text base */
/* What people write, and what is written to break what people write. */
#include "text/language.h"
#include "text/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void must(bool promise)
{
        if (!promise)
                abort();
}

static void check_body(const char *in, size_t n)
{
        char *body = NULL, *again = NULL, *folded = NULL;
        size_t cut;

        if (text_body(in, n, TEXT_BYTES_MAX, &body) != 0)
                return;
        must(strlen(body) >= 1 && strlen(body) <= TEXT_BYTES_MAX);
        must(text_body(body, strlen(body), TEXT_BYTES_MAX, &again) == 0);
        must(strcmp(body, again) == 0);
        must(text_graphemes(body) >= 1);
        cut = text_cut(body, 3);
        must(cut <= strlen(body));
        must((body[cut] & 0xc0) != 0x80);
        must(text_direction(body, "ar") != 0);
        /* Folding twice may cut words otherwise than once: where a script has no spaces, a dictionary does it. */
        if (text_fold(body, &folded) == 0) {
                must(!strstr(folded, "  ") && folded[0] != ' ');
                must(!*folded || folded[strlen(folded) - 1] != ' ');
        }
        free(body);
        free(again);
        free(folded);
}

static void check_name(const char *in, size_t n)
{
        char *name = NULL, *again = NULL;

        if (text_name(in, n, 200, &name) != 0)
                return;
        must(strlen(name) >= 1 && strlen(name) <= 200);
        must(!strchr(name, '\n'));
        must(text_name(name, strlen(name), 200, &again) == 0);
        must(strcmp(name, again) == 0);
        free(name);
        free(again);
}

static void check_tag(const char *in, size_t n)
{
        char tag[LANGUAGE_TAG_MAX + 1], again[LANGUAGE_TAG_MAX + 1];

        if (language_canonical(in, n, tag) != 0)
                return;
        must(strlen(tag) <= LANGUAGE_TAG_MAX);
        must(language_canonical(tag, strlen(tag), again) == 0);
        must(strcmp(tag, again) == 0);
        must(language_same(tag, tag));
        must(language_own_name(tag) != NULL);
        must(language_direction(tag) != 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        const char *in = (const char *) data;

        check_body(in, n);
        check_name(in, n);
        check_tag(in, n);
        return 0;
}
