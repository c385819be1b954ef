#include "cmd/invited.h"

#include "base/clock.h"
#include "chat/person.h"
#include "chat/rights/family.h"
#include "chat/signin/account.h"
#include "chat/signin/invitation.h"
#include "cmd/opened.h"
#include "conf/conf.h"
#include "qr/qr.h"
#include "secret/secret.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { DAY_MS = 24 * 3600 * 1000, HALF_CODE = CODE_TEXT / 2 };

static char *format_code(struct arena *a, const char *code)
{
        char text[CODE_TEXT + 2];
        int n = snprintf(text, sizeof(text), "%.*s-%s", HALF_CODE, code, code + HALF_CODE);

        return arena_copy(a, text, (size_t)n);
}

/* The link and its square. */
static int add_link(const struct school *school, struct arena *a, const char *secret, struct invitation_shape *ret)
{
        _cleanup_free_ char *link = NULL, *modules = NULL;
        int size, n, r;

        n = asprintf(&link, "%s/hi#%s", school->conf->public_url, secret);
        if (n < 0) {
                link = NULL;
                return -ENOMEM;
        }
        r = qr_make(link, &size, &modules);
        if (r < 0)
                return r;
        ret->link = arena_copy(a, link, (size_t)n);
        ret->size = size;
        ret->modules = arena_copy(a, modules, (size_t)(size * size));
        return arena_failed(a);
}

int invited_make(const struct school *school, struct tx *tx, struct arena *a, int64_t person, enum proof proof, int64_t by, int64_t until_ms,
                 struct invitation_shape *ret)
{
        struct invitation_new new = { .person = person, .proof = proof, .by = by, .until_ms = until_ms };
        struct invitation_shape made = { .until = until_ms };
        struct person_shape *who = arena_get(a, sizeof(*who));
        char secret[SECRET_TEXT + 1], code[CODE_TEXT + 1];
        struct viewer viewer;
        int r;

        if (!who)
                return arena_failed(a);
        r = person_viewer(tx, person, &viewer);
        if (r >= 0)
                r = person_load(tx, a, person, NULL, who);
        if (r >= 0)
                r = family_pupils(tx, a, person, &made.pupils);
        if (r < 0)
                return r;
        secret_make(secret);
        secret_hash(secret, SECRET_TEXT, &new.secret);
        code_make(code);
        code_hash(school, code, &new.code);
        r = invitation_add(tx, &new);
        if (r >= 0)
                r = add_link(school, a, secret, &made);
        if (r < 0)
                return r;
        made.person = who;
        made.code = format_code(a, code);
        *ret = made;
        return arena_failed(a);
}

int invited_all(const struct school *school, struct tx *tx, struct arena *a, const int64_t *people, size_t n, int64_t by,
                struct invitation_list_shape *ret)
{
        struct invitation_shape *items = arena_get(a, n * sizeof(*items));
        int64_t until = clock_now_ms() + (int64_t)school->conf->invitation_days * DAY_MS;
        const char *address = strstr(school->conf->public_url, "://");
        int r;

        if (!items)
                return arena_failed(a);
        for (size_t i = 0; i < n; i++) {
                struct viewer viewer;

                r = person_viewer(tx, people[i], &viewer);
                if (r >= 0)
                        r = invited_make(school, tx, a, people[i], viewer.family ? PROOF_NEW_PIN : PROOF_PASSWORD, by, until, &items[i]);
                if (r < 0)
                        return r;
        }
        *ret = (struct invitation_list_shape){
                .invitations = { .items = items, .n = n, .given = true },
                .address = address ? address + 3 : school->conf->public_url,
                .phone = *school->conf->phone ? school->conf->phone : NULL,
        };
        return 0;
}
