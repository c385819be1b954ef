/* secret/file.h: a secret that somebody else made for us, kept in a file of its own. Blocking; not the loop. */
#pragma once

enum { SECRET_FILE_MAX = 1024 }; /* bytes of it that count */

/* The file's content without the white space at its end. ret: owned by the caller, who wipes it.
 *
 * what     what it is, for the sentence of *why ("the provider's secret")
 * returns  0, -EINVAL: it is empty, or why it cannot be read; below 0 *why is a sentence (owned by the caller; NULL where memory is out)
 */
int secret_read_file(const char *path, const char *what, char **ret, char **why);
