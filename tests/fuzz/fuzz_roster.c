/* links: roster chat store proto secret text base */
/* A package as it comes from anybody. The first byte says how it is read: Z as a zip, else as one file beside others that are
 * right. Whatever the bytes are, there is a reason for refusing them that can be told, or rows in which every value
 * is text of its kind. */
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

static void check_faults(const struct roster_faults *faults)
{
        must(faults->n <= ROSTER_FAULTS_MAX);
        for (size_t i = 0; i < faults->n; i++) {
                must(faults->list[i].file && faults->list[i].text && faults->list[i].text[0]);
                must(faults->list[i].line >= 0 && faults->list[i].column >= 0);
        }
}

static void check_rows(const struct roster *roster)
{
        for (int file = 0; file < ROSTER_FILES; file++) {
                const struct roster_table *table = &roster->tables[file];

                for (size_t i = 0; i < table->n; i++) {
                        const struct roster_row *row = table->rows[i];

                        must(row->id[0] && strlen(row->id) <= ROSTER_ID_MAX && row->line > 1);
                        must(roster_find(roster, (enum roster_file)file, row->id) != NULL);
                        for (int c = 0; c < file_specs[file].n; c++)
                                must(!row->values[c] || (row->values[c][0] && !strpbrk(row->values[c], "\n\r")));
                }
        }
}

struct lines {
        size_t n;
};

static int count_line(void *arg, int line, const struct csv_field *fields, int n)
{
        struct lines *lines = arg;

        must(line > 0 && n > 0 && n <= ROSTER_COLUMNS_MAX);
        for (int i = 0; i < n; i++)
                must(strlen(fields[i].text) == fields[i].length && fields[i].length <= ROSTER_FIELD_MAX);
        lines->n++;
        return 0;
}

/* A small school that is right. */
static const char *const right[PACKAGE_FILES] = {
        [PACKAGE_MANIFEST] = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.orgs,bulk\n"
                             "file.classes,bulk\nfile.users,delta\nfile.roles,bulk\nfile.enrollments,bulk\n",
        [ROSTER_orgs] = "sourcedId,name,type,parentSourcedId\no1,De Sluis,school,\n",
        [ROSTER_classes] = "sourcedId,title,classType,schoolSourcedId\nc1,1A,homeroom,o1\n",
        [ROSTER_users] = "sourcedId,status,enabledUser,givenName,familyName,agentSourcedIds,metadata.ouderbrug.speaks\n"
                         "m1,active,true,Jan,Brink,,nl\ns1,active,true,Selam,Haile,g1,ti\ng1,active,true,Rahwa,Haile,,ti\n",
        [ROSTER_roles] = "sourcedId,userSourcedId,roleType,role,orgSourcedId\nr1,m1,primary,teacher,o1\n"
                         "r2,s1,primary,student,o1\nr3,g1,primary,parent,o1\n",
        [ROSTER_enrollments] = "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,primary\n"
                               "e1,c1,o1,m1,teacher,true\ne2,c1,o1,s1,student,\n",
};

/* The right school with the bytes as one of its files. */
static int read_with(int which, const char *bytes, size_t n, struct roster **ret, struct roster_faults *faults)
{
        _cleanup_(package_done) struct package package;

        package_init(&package);
        for (int i = 0; i < PACKAGE_FILES; i++) {
                if (!right[i] && i != which)
                        continue;
                package.present[i] = true;
                if (i == which)
                        buf_add(&package.files[i], bytes, n);
                else
                        buf_add_str(&package.files[i], right[i]);
        }
        return roster_read_files(&package, ret, faults);
}

static void check_csv(const char *bytes, size_t n)
{
        _cleanup_(roster_faults_done) struct roster_faults faults = ROSTER_FAULTS_NONE;
        struct lines lines = { 0 };

        must(csv_read("users.csv", bytes, n, count_line, &lines, &faults) == 0);
        check_faults(&faults);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(roster_faults_done) struct roster_faults faults = ROSTER_FAULTS_NONE;
        _cleanup_(roster_freep) struct roster *roster = NULL, *none = NULL, *all = NULL;
        int r;

        if (size < 1)
                return 0;
        if (data[0] == 'Z')
                r = roster_read_zip(data + 1, size - 1, &roster, &faults);
        else
                r = read_with(data[0] % PACKAGE_FILES, (const char *)data + 1, size - 1, &roster, &faults);
        must(r == 0 || r == -EBADMSG);
        must((r == 0) == (roster_faults_count(&faults) == 0));
        check_faults(&faults);
        if (data[0] != 'Z')
                check_csv((const char *)data + 1, size - 1);
        if (!roster)
                return 0;

        check_rows(roster);
        none = roster_new();
        must(none && roster_merge(none, roster, &all) == 0);
        must(roster_check(all, roster, "2026-12-01", &faults) == 0);
        check_faults(&faults);
        if (roster_faults_count(&faults) == 0) {
                _cleanup_(state_done) struct state state = { 0 };

                must(state_plan(all, "2026-12-01", "nl", &state) == 0);
        }
        return 0;
}
