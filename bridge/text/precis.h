/* text/precis.h: passwords and login names, made comparable (PRECIS, RFC 8264 and 8265). Pure; any thread. */
#pragma once

#include <stddef.h>

/* Makes a password what it is compared as: the OpaqueString profile (RFC 8265 section 4.2): spaces of any script become U+0020, then NFC; case stays,
 * and so does everything else. Stricter than NFKC would be, and a keyboard of any country types it.
 *
 * max      bytes, of in and of the result
 * ret      set on 0 only: NUL-terminated, owned by the caller, who wipes it
 * returns  0, the number of code points in *ret_points; -EILSEQ (not UTF-8), -EBADMSG (a control or a point that is nothing: FreeformClass),
 *          -ENODATA (empty), -EMSGSIZE, -ENOMEM
 */
int text_password(const char *in, size_t n, size_t max, char **ret, size_t *ret_points);

/* Makes a login name or a mail address what it is looked up by: without blanks at its ends, invisible points and case (NFKC_Casefold, UAX 31), so
 * that full-width letters are letters. As UsernameCaseMapped (RFC 8265 section 3.3) but by the full case folding, which never changes with the
 * version of Unicode.
 *
 * returns  0, -EILSEQ, -EBADMSG (a space or a control inside), -ENODATA, -EMSGSIZE, -ENOMEM; ret as above
 */
int text_login(const char *in, size_t n, size_t max, char **ret);
