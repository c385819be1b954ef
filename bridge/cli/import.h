/* cli/import.h: `ouderbrug import [--data DIR] [--dry-run] PATH`. */
#pragma once

struct conf; /* conf/conf.h */

/* Brings a roster into the school in conf's data folder, which is made where there is none. May run while a server serves it.
 *
 * argv: what stands behind "import", settings already taken out
 * returns the exit code: 0 done (or nothing to do), 1 the package has faults or could not be brought in: nothing was
 * changed, 2 wrongly called
 */
int cli_import(const struct conf *conf, int argc, char **argv);
