/* links: roster chat store proto secret text base */
/* An EDEXML file as it comes from anybody. It is refused for a reason that can be told, or gives a school; and over that
 * school the same file gives the same school. */
#include "chat/roster/inside.h"
#include "chat/roster/state.h"

#include <errno.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool promise)
{
        if (!promise)
                abort();
}

static int read_edex(const uint8_t *data, size_t size, struct roster **ret)
{
        _cleanup_(roster_faults_done) struct roster_faults faults = ROSTER_FAULTS_NONE;
        _cleanup_(package_done) struct package package;
        int r;

        package_init(&package);
        package.present[PACKAGE_EDEX] = true;
        package.edex_files = 1;
        must(buf_add(&package.files[PACKAGE_EDEX], data, size) == 0);
        r = roster_read_files(&package, ret, &faults);
        must(r == 0 || r == -EBADMSG);
        must((r == 0) == (roster_faults_count(&faults) == 0));
        for (size_t i = 0; i < faults.n; i++)
                must(faults.list[i].text[0] && faults.list[i].line >= 0 && faults.list[i].column >= 0);
        return r;
}

static void bring(const struct roster *kept, struct roster *package, struct roster **all, struct state *state)
{
        must(roster_adopt(kept, package, "2026-12-01") == 0);
        must(roster_merge(kept, package, all) == 0);
        for (int file = 0; file < ROSTER_FILES; file++) {
                const struct roster_table *table = &(*all)->tables[file];

                for (size_t i = 0; i < table->n; i++) {
                        must(table->rows[i]->id[0] && !strpbrk(table->rows[i]->id, "\n\r"));
                        must(i == 0 || strcmp(table->rows[i - 1]->id, table->rows[i]->id) < 0);
                        for (int c = 0; c < file_specs[file].n; c++)
                                must(!table->rows[i]->values[c] || !strpbrk(table->rows[i]->values[c], "\n\r"));
                }
        }
        must(state_plan(*all, "2026-12-01", "nl", state) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(roster_freep) struct roster *none = roster_new(), *first = NULL, *second = NULL, *all = NULL, *again = NULL;
        _cleanup_(state_done) struct state one = { 0 }, two = { 0 };

        must(none != NULL);
        if (read_edex(data, size, &first) < 0)
                return 0;
        must(read_edex(data, size, &second) == 0);
        bring(none, first, &all, &one);
        bring(all, second, &again, &two);
        for (int kind = 0; kind < STATE_KINDS; kind++) {
                must(one.of[kind].n == two.of[kind].n);
                for (size_t i = 0; i < one.of[kind].n; i++)
                        must(strcmp(one.of[kind].list[i].key, two.of[kind].list[i].key) == 0);
        }
        return 0;
}
