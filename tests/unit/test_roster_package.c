/* links: roster chat store secret text base */
/* What a folder and a zip may be made to hold: names that lead elsewhere, links, too much of anything. */
#include "roster_help.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- folders */

struct folder {
        char path[64];
};

static void write_file(const struct folder *f, const char *name, const char *text)
{
        char path[320];
        FILE *out;

        snprintf(path, sizeof(path), "%s/%s", f->path, name);
        out = fopen(path, "w");
        assert_non_null(out);
        fputs(text, out);
        fclose(out);
}

static struct folder folder_of(const struct made *made)
{
        struct folder f = { "/tmp/ouderbrug-roster-XXXXXX" };

        assert_non_null(mkdtemp(f.path));
        for (int i = 0; i < made->n; i++)
                if (made->files[i].text)
                        write_file(&f, made->files[i].name, made->files[i].text);
        return f;
}

static void folder_done(struct folder *f)
{
        static const char *const names[] = { "manifest.csv", "orgs.csv", "classes.csv", "users.csv", "enrollments.csv",
                "roles.csv", "more.csv", "package.zip" };
        char path[320];

        for (size_t i = 0; i < ELEMENTS(names); i++) {
                snprintf(path, sizeof(path), "%s/%s", f->path, names[i]);
                unlink(path);
        }
        assert_int_equal(rmdir(f->path), 0);
}

static void a_folder_is_read(void **state)
{
        _cleanup_(roster_faults_done) struct roster_faults faults = ROSTER_FAULTS_NONE;
        _cleanup_(roster_freep) struct roster *roster = NULL;
        struct made made = small_1_2();
        _cleanup_(folder_done) struct folder f = folder_of(&made);

        (void)state;
        write_file(&f, "more.csv", "not ours");
        assert_int_equal(roster_read(f.path, &roster, &faults), 0);
        assert_int_equal(roster->tables[ROSTER_users].n, 3);
}

static void a_zip_on_disk_is_read(void **state)
{
        _cleanup_(roster_faults_done) struct roster_faults faults = ROSTER_FAULTS_NONE;
        _cleanup_(roster_freep) struct roster *roster = NULL;
        _cleanup_free_ char *bytes = malloc(MADE_ZIP_MAX);
        struct made made = small_1_2(), none = { 0 };
        _cleanup_(folder_done) struct folder f = folder_of(&none);
        size_t n = zipped(&made, bytes);
        char path[128];
        int fd;

        (void)state;
        snprintf(path, sizeof(path), "%s/package.zip", f.path);
        fd = open(path, O_WRONLY | O_CREAT, 0600);
        assert_int_equal(write(fd, bytes, n), n);
        close(fd);
        assert_int_equal(roster_read(path, &roster, &faults), 0);
        assert_int_equal(roster->tables[ROSTER_users].n, 3);

        /* Cut off it is refused, unless only the list at its end is gone: then all of it is read. */
        for (size_t cut = 1; cut < n; cut += 97) {
                _cleanup_(roster_faults_done) struct roster_faults found = ROSTER_FAULTS_NONE;
                _cleanup_(roster_freep) struct roster *half = NULL;

                assert_int_equal(truncate(path, (off_t)(n - cut)), 0);
                if (roster_read(path, &half, &found) == 0)
                        assert_int_equal(half->tables[ROSTER_enrollments].n, 2);
                else
                        assert_true(found.n > 0);
        }
}

static void a_link_or_a_pipe_in_a_folder_is_not_followed(void **state)
{
        _cleanup_(roster_faults_done) struct roster_faults faults = ROSTER_FAULTS_NONE;
        _cleanup_(roster_freep) struct roster *roster = NULL;
        struct made made = small_1_1();
        _cleanup_(folder_done) struct folder f = folder_of(&made);
        char path[128];

        (void)state;
        snprintf(path, sizeof(path), "%s/users.csv", f.path);
        unlink(path);
        assert_int_equal(symlink("/etc/passwd", path), 0);
        snprintf(path, sizeof(path), "%s/orgs.csv", f.path);
        unlink(path);
        assert_int_equal(mkfifo(path, 0600), 0);
        assert_int_equal(roster_read(f.path, &roster, &faults), -EBADMSG);
        assert_faults(&faults, LIST("orgs.csv: is not a file but a link", "users.csv: is not a file but a link",
                "manifest.csv:4:1: orgs.csv is not in the package", "manifest.csv:6:1: users.csv is not in the package"));
}

/* ---- zips */

static void assert_zip_wrong(const char *bytes, size_t n, const char *const *expected)
{
        _cleanup_(roster_faults_done) struct roster_faults faults = ROSTER_FAULTS_NONE;
        _cleanup_(roster_freep) struct roster *roster = NULL;

        assert_int_equal(roster_read_zip(bytes, n, &roster, &faults), -EBADMSG);
        if (expected)
                assert_faults(&faults, expected);
}

static void a_name_that_leads_outside_is_refused(void **state)
{
        static const char *const names[] = { "../users.csv", "/etc/users.csv", "a/../../users.csv", "..\\users.csv",
                "C:users.csv", "sub/..", ".." };
        _cleanup_free_ char *bytes = malloc(MADE_ZIP_MAX);
        struct made made;

        (void)state;
        for (size_t i = 0; i < ELEMENTS(names); i++) {
                made = small_1_1();
                put(&made, names[i], "x");
                assert_zip_wrong(bytes, zipped(&made, bytes), LIST("package: holds a name that leads outside of it"));
        }
}

static void a_file_may_stand_in_a_zip_once_and_in_one_folder(void **state)
{
        _cleanup_free_ char *bytes = malloc(MADE_ZIP_MAX);
        struct made made = small_1_1();
        struct archive *zip;
        size_t n = 0;

        (void)state;
        put(&made, "other/users.csv", "x");
        assert_zip_wrong(bytes, zipped(&made, bytes), LIST("users.csv: stands in another folder"));

        made = small_1_1();
        zip = zip_begin(bytes, &n);
        for (int i = 0; i < made.n; i++)
                zip_entry(zip, made.files[i].name, made.files[i].text, strlen(made.files[i].text), AE_IFREG);
        zip_entry(zip, "users.csv", "sourcedId\n", 10, AE_IFREG);
        zip_end(zip);
        assert_zip_wrong(bytes, n, LIST("users.csv: stands in the zip twice"));
}

static void a_link_in_a_zip_is_refused(void **state)
{
        _cleanup_free_ char *bytes = malloc(MADE_ZIP_MAX);
        struct archive *zip;
        size_t n = 0;

        (void)state;
        zip = zip_begin(bytes, &n);
        zip_entry(zip, "users.csv", NULL, 0, AE_IFLNK);
        zip_end(zip);
        assert_zip_wrong(bytes, n, LIST("users.csv: is not a file but a link", "manifest.csv: is missing"));
}

static void a_zip_that_swells_is_cut_off(void **state)
{
        _cleanup_free_ char *bytes = malloc(MADE_ZIP_MAX);
        _cleanup_free_ char *zeros = calloc(1, 1024 * 1024);
        struct archive_entry *entry;
        struct archive *zip;
        size_t n = 0;

        (void)state;
        zip = zip_begin(bytes, &n);
        entry = archive_entry_new();
        archive_entry_set_pathname(entry, "users.csv");
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_size(entry, 80LL * 1024 * 1024);
        assert_int_equal(archive_write_header(zip, entry), ARCHIVE_OK);
        for (int i = 0; i < 80; i++)
                archive_write_data(zip, zeros, 1024 * 1024);
        archive_entry_free(entry);
        zip_end(zip);
        assert_true(n < 1024 * 1024);
        assert_zip_wrong(bytes, n, LIST("users.csv: is larger than a roster can be", "manifest.csv: is missing"));
}

static void a_zip_of_very_many_files_is_refused(void **state)
{
        _cleanup_free_ char *bytes = malloc(MADE_ZIP_MAX);
        struct archive *zip;
        char name[32];
        size_t n = 0;

        (void)state;
        zip = zip_begin(bytes, &n);
        for (int i = 0; i < 1002; i++) {
                snprintf(name, sizeof(name), "file%d", i);
                zip_entry(zip, name, "", 0, AE_IFREG);
        }
        zip_end(zip);
        assert_zip_wrong(bytes, n, LIST("package: holds more than 1000 files"));
}

static void a_damaged_zip_is_refused_wherever_the_damage_is(void **state)
{
        _cleanup_free_ char *bytes = malloc(MADE_ZIP_MAX);
        struct made made = small_1_1();
        size_t n = zipped(&made, bytes);

        (void)state;
        for (size_t at = 0; at < n; at += 7) {
                _cleanup_(roster_faults_done) struct roster_faults faults = ROSTER_FAULTS_NONE;
                _cleanup_(roster_freep) struct roster *roster = NULL;
                char was = bytes[at];
                int r;

                bytes[at] = (char)(was ^ 0x5a);
                r = roster_read_zip(bytes, n, &roster, &faults);
                assert_true(r == 0 || r == -EBADMSG);
                assert_true((r == 0) == (faults.n == 0));
                bytes[at] = was;
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_folder_is_read),
                cmocka_unit_test(a_zip_on_disk_is_read),
                cmocka_unit_test(a_link_or_a_pipe_in_a_folder_is_not_followed),
                cmocka_unit_test(a_name_that_leads_outside_is_refused),
                cmocka_unit_test(a_file_may_stand_in_a_zip_once_and_in_one_folder),
                cmocka_unit_test(a_link_in_a_zip_is_refused),
                cmocka_unit_test(a_zip_that_swells_is_cut_off),
                cmocka_unit_test(a_zip_of_very_many_files_is_refused),
                cmocka_unit_test(a_damaged_zip_is_refused_wherever_the_damage_is),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
