/* tests/unit/roster_help.h: packages made by hand for the tests of chat/roster. */
#pragma once

#include "base/macro.h"
#include "chat/roster/roster.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

struct made_file {
        const char *name, *text;
};

enum { MADE_FILES_MAX = 16, MADE_ZIP_MAX = 8 * 1024 * 1024 };

/* A package of a few files; put() replaces or adds one, NULL takes it out. */
struct made {
        struct made_file files[MADE_FILES_MAX];
        int n;
        int filetype;        /* AE_IFREG when 0 */
        const char *folder;  /* in front of every name in a zip */
};

static inline _unused_ void put(struct made *made, const char *name, const char *text)
{
        int i;

        for (i = 0; i < made->n && strcmp(made->files[i].name, name) != 0; i++)
                ;
        assert_true(i < MADE_FILES_MAX);
        made->files[i] = (struct made_file){ name, text };
        if (i == made->n)
                made->n++;
}

#define MANIFEST(version, users, enrollments)                                                                     \
        "propertyName,value\nmanifest.version,1.0\noneroster.version," version "\nfile.orgs,bulk\n"              \
        "file.classes,bulk\nfile.users," users "\nfile.enrollments," enrollments "\nfile.results,absent\n"

/* One class with its mentor, a pupil and her mother. */
static inline _unused_ struct made small_1_1(void)
{
        struct made made = { 0 };

        put(&made, "manifest.csv", MANIFEST("1.1", "bulk", "bulk"));
        put(&made, "orgs.csv", "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
                               "o1,,,De Sluis,school,,\n");
        put(&made, "classes.csv", "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,"
                                  "schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n"
                                  "c1,,,1A,,k,,homeroom,,o1,,,,\n");
        put(&made, "users.csv", "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,"
                                "familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,"
                                "metadata.ouderbrug.speaks,metadata.ouderbrug.reads\n"
                                "m1,,,true,o1,teacher,m1,,Jan,Brink,ten,,,,,,,,nl,nl\n"
                                "s1,,,true,o1,student,s1,,Selam,Haile,,,,,,g1,,,ti,\n"
                                "g1,,,true,o1,parent,g1,,Rahwa,Haile,,,,,,,,,ti;nl,none\n");
        put(&made, "enrollments.csv", "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,"
                                      "primary,beginDate,endDate\n"
                                      "e1,,,c1,o1,m1,teacher,true,,\n"
                                      "e2,,,c1,o1,s1,student,false,,\n");
        return made;
}

/* The same as 1.2. */
static inline _unused_ struct made small_1_2(void)
{
        struct made made = small_1_1();

        put(&made, "manifest.csv", MANIFEST("1.2", "bulk", "bulk") "file.roles,bulk\n");
        put(&made, "users.csv", "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,"
                                "middleName,agentSourcedIds,metadata.ouderbrug.speaks,metadata.ouderbrug.reads\n"
                                "m1,,,true,m1,,Jan,Brink,ten,,nl,nl\n"
                                "s1,,,true,,,Selam,Haile,,g1,ti,\n"
                                "g1,,,true,,,Rahwa,Haile,,,ti;nl,none\n");
        put(&made, "roles.csv", "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
                                "userProfileSourcedId\n"
                                "r1,,,m1,primary,teacher,,,o1,\n"
                                "r2,,,s1,primary,student,,,o1,\n"
                                "r3,,,g1,primary,parent,,,o1,\n");
        return made;
}

static inline _unused_ void zip_entry(struct archive *zip, const char *name, const void *bytes, size_t n, unsigned type)
{
        struct archive_entry *entry = archive_entry_new();

        archive_entry_set_pathname(entry, name);
        archive_entry_set_size(entry, (la_int64_t)n);
        archive_entry_set_filetype(entry, type);
        archive_entry_set_perm(entry, 0644);
        if (type == AE_IFLNK)
                archive_entry_set_symlink(entry, "/etc/passwd");
        assert_int_equal(archive_write_header(zip, entry), ARCHIVE_OK);
        if (type == AE_IFREG)
                archive_write_data(zip, bytes, n);
        archive_entry_free(entry);
}

static inline _unused_ struct archive *zip_begin(char *bytes, size_t *n)
{
        struct archive *zip = archive_write_new();

        archive_write_set_format_zip(zip);
        assert_int_equal(archive_write_open_memory(zip, bytes, MADE_ZIP_MAX, n), ARCHIVE_OK);
        return zip;
}

static inline _unused_ void zip_end(struct archive *zip)
{
        assert_int_equal(archive_write_close(zip), ARCHIVE_OK);
        archive_write_free(zip);
}

static inline _unused_ size_t zipped(const struct made *made, char *bytes)
{
        struct archive *zip;
        char name[256];
        size_t n = 0;

        zip = zip_begin(bytes, &n);
        for (int i = 0; i < made->n; i++) {
                if (!made->files[i].text)
                        continue;
                snprintf(name, sizeof(name), "%s%s", made->folder ? made->folder : "", made->files[i].name);
                zip_entry(zip, name, made->files[i].text, strlen(made->files[i].text), made->filetype ? (unsigned)made->filetype : AE_IFREG);
        }
        zip_end(zip);
        return n;
}

static inline _unused_ int read_made(const struct made *made, struct roster **ret, struct roster_faults *faults)
{
        _cleanup_free_ char *bytes = malloc(MADE_ZIP_MAX);

        return roster_read_zip(bytes, zipped(made, bytes), ret, faults);
}

static inline _unused_ void fault_text(const struct roster_fault *f, char *ret, size_t n)
{
        if (f->line == 0)
                snprintf(ret, n, "%s: %s", f->file, f->text);
        else if (f->column == 0)
                snprintf(ret, n, "%s:%d: %s", f->file, f->line, f->text);
        else
                snprintf(ret, n, "%s:%d:%d: %s", f->file, f->line, f->column, f->text);
}

/* The faults are these, in this order; each given as its start. Ends with NULL. */
static inline _unused_ void assert_faults(const struct roster_faults *faults, const char *const *expected)
{
        char text[1024];
        size_t n = 0;

        for (; expected[n]; n++) {
                if (n >= faults->n)
                        fail_msg("missing fault: %s", expected[n]);
                fault_text(&faults->list[n], text, sizeof(text));
                if (strncmp(text, expected[n], strlen(expected[n])) != 0)
                        fail_msg("found    %s\n         expected %s", text, expected[n]);
        }
        if (n < faults->n) {
                fault_text(&faults->list[n], text, sizeof(text));
                fail_msg("one more fault: %s", text);
        }
}

#define LIST(...) ((const char *const[]){ __VA_ARGS__, NULL })
