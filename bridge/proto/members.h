/* proto/members.h: the members of one JSON object, as they stand in a frame. Inside proto/ and its tests only.
 *
 * A command is one flat object of strings and numbers, and jansson takes a third of all the loop does to build and tear down
 * a tree for it. So what is plainly such an object is read where it lies, and everything else (an escape, nesting, a
 * fraction, a key twice, anything odd) is left to jansson, which has the last word: what the short way takes,
 * jansson takes too and finds the same in it. A test holds the two together.
 */
#pragma once

#include "base/macro.h"
#include "proto/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum member_type { MEMBER_STRING, MEMBER_INT, MEMBER_BOOL, MEMBER_OTHER };

struct member {
        const char *key; /* key_len bytes; no NUL behind them */
        size_t key_len;
        enum member_type type;
        const char *s; /* MEMBER_STRING: n bytes, none of them NUL; no NUL behind them */
        size_t n;
        int64_t i; /* MEMBER_INT, MEMBER_BOOL */
        const struct json_t *list; /* MEMBER_OTHER that is a list; else NULL */
};

enum { MEMBERS_MAX = 16 };

struct members {
        struct member list[MEMBERS_MAX]; /* "do" and "ref" may stand elsewhere than in the frame, the others in its order */
        size_t n;
        bool more; /* there were more than MEMBERS_MAX: more than any command has */
        void *tree;
};

/* Reads n bytes of UTF-8. What it finds points into bytes, or into what members_done() frees.
 * Returns 0, -EBADMSG (problem says why), or -ENOMEM. */
int members_read(const char *bytes, size_t n, struct members *ret, struct problem *problem);
void members_done(struct members *members); /* its address is taken by _cleanup_() as it is */

/* NULL where there is none of this name. */
const struct member *members_find(const struct members *members, const char *key);

/* The short way, and jansson's: for members_read() and the test that compares them. */
bool members_read_flat(const char *bytes, size_t n, struct members *ret);
int members_read_tree(const char *bytes, size_t n, struct members *ret, struct problem *problem);
