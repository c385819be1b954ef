/* links: roster chat store secret text base */
/* A OneRoster package as rows: both versions, every form it may have, and every fault with its place. */
#include "roster_help.h"

static void assert_reads(struct made made)
{
        _cleanup_(roster_faults_done) struct roster_faults faults = ROSTER_FAULTS_NONE;
        _cleanup_(roster_freep) struct roster *roster = NULL;
        int r = read_made(&made, &roster, &faults);

        assert_faults(&faults, (const char *const[]){ NULL });
        assert_int_equal(r, 0);
        assert_int_equal(roster->tables[ROSTER_users].n, 3);
        assert_int_equal(roster->tables[ROSTER_enrollments].n, 2);
        assert_string_equal(roster_find(roster, ROSTER_users, "g1")->values[users_given], "Rahwa");
        assert_string_equal(roster_find(roster, ROSTER_users, "g1")->values[users_reads], "none");
        assert_null(roster_find(roster, ROSTER_users, "m1")->values[users_agents]);
        assert_null(roster_find(roster, ROSTER_users, "x1"));
}

static void assert_wrong(struct made made, const char *const *expected)
{
        _cleanup_(roster_faults_done) struct roster_faults faults = ROSTER_FAULTS_NONE;
        _cleanup_(roster_freep) struct roster *roster = NULL;

        assert_int_equal(read_made(&made, &roster, &faults), -EBADMSG);
        assert_faults(&faults, expected);
}

static struct made with(struct made made, const char *name, const char *text)
{
        put(&made, name, text);
        return made;
}

#define HEADER_USERS                                                                                              \
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,givenName,familyName,agentSourcedIds"
#define USERS(rows) HEADER_USERS "\nm1,,,true,o1,teacher,,Jan,Brink,\ns1,,,true,o1,student,,Selam,Haile,g1\n" rows

static void both_versions_are_read(void **state)
{
        (void)state;
        assert_reads(small_1_1());
        assert_reads(small_1_2());
        assert_reads(with(small_1_2(), "manifest.csv", MANIFEST("1.2.1", "bulk", "bulk") "file.roles,bulk\n"));
}

static void a_folder_in_the_zip_is_fine_and_so_is_what_we_do_not_know(void **state)
{
        struct made made = small_1_1();

        (void)state;
        made.folder = "export/";
        assert_reads(made);
        made.folder = NULL;
        put(&made, "results.csv", "anything\n");
        put(&made, ".DS_Store", "\x01\x02");
        put(&made, "__MACOSX/users.csv", "no csv at all \"");
        put(&made, "deep/down/users.csv", "not ours");
        assert_reads(made);
}

static void a_mark_any_line_end_and_any_order_of_columns_are_fine(void **state)
{
        struct made made = small_1_1();

        (void)state;
        put(&made, "users.csv",
                "\xef\xbb\xbf" "metadata.school.locker,familyName,givenName,role,orgSourcedIds,enabledUser,sourcedId,"
                "agentSourcedIds,metadata.ouderbrug.reads\r\n"
                "12,\"ten Brink\",Jan,teacher,o1,true,m1,,\r\n"
                "\r\n"
                "13,Haile,Selam,student,\"o1\",true,s1,\"g1\",\r"
                "14,\"Ha\"\"ile\",Rahwa,parent,o1,true,g1,,none\n");
        assert_reads(made);
        put(&made, "manifest.csv", "\xef\xbb\xbfpropertyName,value\r\nmanifest.version,1.0\r\noneroster.version,1.1\r\n"
                                   "file.orgs,bulk\r\nfile.classes,bulk\r\nfile.users,bulk\r\nfile.enrollments,bulk");
        assert_reads(made);
}

static void fields_become_what_they_mean(void **state)
{
        _cleanup_(roster_faults_done) struct roster_faults faults = ROSTER_FAULTS_NONE;
        _cleanup_(roster_freep) struct roster *roster = NULL;
        struct made made = small_1_1();
        const struct roster_row *row;
        const char *list;
        size_t n;

        (void)state;
        put(&made, "users.csv", HEADER_USERS ",metadata.ouderbrug.speaks,metadata.ouderbrug.script,metadata.ouderbrug.language\n"
                "m1,,,true,o1,teacher,,Jan,\"ten  Brink\",,,,\n"
                "s1,,,true,o1,student,,\xe2\x80\xae" "Selam,Haile,\" g1 , g2\",,,\n"
                "g1,,,true,o1,parent,,Rahwa,Haile,,\"ar-sy; NL, iw\",aRAB,ar\n"
                "g2,tobedeleted,,,,,,,,,,,\n");
        assert_int_equal(read_made(&made, &roster, &faults), 0);
        assert_string_equal(roster_find(roster, ROSTER_users, "m1")->values[users_family], "ten Brink");
        row = roster_find(roster, ROSTER_users, "s1");
        assert_string_equal(row->values[users_given], "Selam");
        assert_int_equal(row->line, 3);
        list = row->values[users_agents];
        assert_memory_equal(roster_each(&list, &n), "g1", 2);
        assert_memory_equal(roster_each(&list, &n), "g2", 2);
        assert_null(roster_each(&list, &n));
        row = roster_find(roster, ROSTER_users, "g1");
        assert_string_equal(row->values[users_speaks], "ar-SY\x1fnl\x1fhe");
        assert_string_equal(row->values[users_script], "Arab");
        assert_true(roster_find(roster, ROSTER_users, "g2")->ended);
}

static void what_is_no_package_is_said_in_one_sentence(void **state)
{
        _cleanup_(roster_faults_done) struct roster_faults faults = ROSTER_FAULTS_NONE;
        _cleanup_(roster_freep) struct roster *roster = NULL;

        (void)state;
        assert_int_equal(roster_read_zip("not a zip at all", 16, &roster, &faults), -EBADMSG);
        assert_faults(&faults, LIST("package: is not a zip"));
        assert_null(roster);
        assert_int_equal(roster_read("/nonexistent", &roster, &faults), -ENOENT);
        assert_int_equal(roster_read("/dev/null", &roster, &faults), -EINVAL);
}

static void the_manifest_must_say_what_there_is(void **state)
{
        (void)state;
        assert_wrong(with(small_1_1(), "manifest.csv", NULL), LIST("manifest.csv: is missing"));
        assert_wrong(with(small_1_1(), "manifest.csv", ""), LIST("manifest.csv: is empty"));
}

static void the_faults_of_a_manifest(void **state)
{
        (void)state;
        assert_wrong(with(small_1_1(), "manifest.csv", "name,value\nmanifest.version,2.0\noneroster.version,1.3\n"),
                LIST("manifest.csv:1:1: the header", "manifest.csv:2:2: manifest.version", "manifest.csv:3:2: oneroster.version"));
        assert_wrong(with(small_1_1(), "manifest.csv", MANIFEST("1.1", "all", "bulk")),
                LIST("manifest.csv:6:2: file.users: \"all\"", "users.csv: is there, but the manifest says it is absent"));
        assert_wrong(with(small_1_1(), "manifest.csv", MANIFEST("1.1", "bulk", "absent")),
                LIST("enrollments.csv: is there, but the manifest says it is absent"));
        assert_wrong(with(small_1_1(), "manifest.csv", MANIFEST("1.1", "bulk", "bulk") "file.roles,delta\nfile.orgs,bulk\nx\n"),
                LIST("manifest.csv:10:1: file.orgs is said twice", "manifest.csv:11: the line has 1 fields",
                        "manifest.csv:9:1: roles.csv is not in the package"));
        assert_wrong(with(small_1_1(), "roles.csv", "sourcedId\n"),
                LIST("roles.csv: is there, but the manifest does not say"));
        assert_wrong(with(with(small_1_2(), "roles.csv", NULL), "manifest.csv", MANIFEST("1.2", "bulk", "bulk") "file.roles,absent\n"),
                LIST("manifest.csv:9: users.csv of 1.2 needs roles.csv"));
}

static void the_faults_of_a_header(void **state)
{
        (void)state;
        assert_wrong(with(small_1_1(), "users.csv", ""), LIST("users.csv: is empty: not even a header"));
        assert_wrong(with(small_1_1(), "users.csv", HEADER_USERS "\n"), LIST("users.csv: has no rows: taken as bulk"));
        assert_wrong(with(small_1_1(), "orgs.csv", "sourcedId,name,Type\no1,x,school\n"), LIST("orgs.csv:1: the column type is missing"));
        assert_wrong(with(small_1_1(), "orgs.csv", "id,name,type\no1,x,school\n"), LIST("orgs.csv:1: the column sourcedId is missing"));
        assert_wrong(with(small_1_1(), "orgs.csv", "sourcedId,name,type,name\no1,x,school,y\n"),
                LIST("orgs.csv:1:4: the column name is there twice"));
        assert_wrong(with(small_1_1(), "orgs.csv", "sourcedId,name,type,metadata.ouderbrug.speeks\no1,x,school,\n"),
                LIST("orgs.csv:1:4: there is no column metadata.ouderbrug.speeks"));
}

static void the_faults_of_fields(void **state)
{
        (void)state;
        assert_wrong(with(small_1_1(), "users.csv",
                USERS("g1,,,yes,o1,parent,,Rahwa,Haile,\n"
                      ",,,true,o1,parent,,A,B,\n"
                      "g2,gone,,true,o1,parent,,A,B,\n"
                      "g3,,,true,o1,mother,,A,B,\n"
                      "g4,,,true,,parent,,A,B,\n"
                      "g5,,,true,o1,parent,,A,B,\"s1,,s2\"\n"
                      "g6,,,true,o1,parent,,\xe2\x80\x8b,B,\n"
                      "s1,,,true,o1,parent,,A,B,\n"
                      "g7,,,true,o1,parent,,A\n"
                      "g8,,,true,o1,parent,,A,B,,,\n")),
                LIST("users.csv:4:4: enabledUser: \"yes\" is neither true nor false", "users.csv:5:1: sourcedId: is empty",
                        "users.csv:6:2: status: \"gone\" is none of", "users.csv:7:6: role: \"mother\" is none of: administrator",
                        "users.csv:8:5: orgSourcedIds: is empty", "users.csv:9:10: agentSourcedIds: holds an empty sourcedId",
                        "users.csv:10:8: givenName: holds nothing that can be seen",
                        "users.csv:12:8: the line has 8 fields, the header 10",
                        "users.csv:13:11: the line has 12 fields, the header 10",
                        "users.csv:11: sourcedId: s1 is there already, in line 3"));
}

static void the_faults_of_our_own_columns(void **state)
{
        (void)state;
        assert_wrong(with(small_1_1(), "users.csv",
                HEADER_USERS ",metadata.ouderbrug.role,metadata.ouderbrug.relation,metadata.ouderbrug.speaks,"
                "metadata.ouderbrug.reads,metadata.ouderbrug.script,metadata.ouderbrug.language\n"
                "m1,,,true,o1,teacher,,Jan,Brink,,boss,aunt,dutch!,nothing at all,Arabic,nl;ar\n"
                "s1,,,true,o1,student,,Selam,Haile,,,,,,Ar4b,\n"),
                LIST("users.csv:2:11: metadata.ouderbrug.role: \"boss\" is none of: parent, legal_guardian",
                        "users.csv:2:12: metadata.ouderbrug.relation: \"aunt\" is none of: mother",
                        "users.csv:2:13: metadata.ouderbrug.speaks: \"dutch!\" is not a language tag",
                        "users.csv:2:14: metadata.ouderbrug.reads: \"nothing at all\" is not a language tag",
                        "users.csv:2:15: metadata.ouderbrug.script: \"Arabic\"",
                        "users.csv:2:16: metadata.ouderbrug.language: \"nl;ar\"",
                        "users.csv:3:15: metadata.ouderbrug.script: \"Ar4b\""));
}

static void dates_are_dates(void **state)
{
        static const char header[] = "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n";
        char text[1024];

        (void)state;
        snprintf(text, sizeof(text), "%s%s", header,
                "e1,c1,o1,m1,teacher,true,2026-02-30,01-12-2026\n"
                "e2,c1,o1,s1,student,,2024-02-29,2027-07-31T00:00:00Z\n"
                "e3,c1,o1,s1,student,,2026-13-01,\n");
        assert_wrong(with(small_1_1(), "enrollments.csv", text),
                LIST("enrollments.csv:2:7: beginDate: \"2026-02-30\"", "enrollments.csv:2:8: endDate: \"01-12-2026\"",
                        "enrollments.csv:4:7: beginDate"));
}

static void a_delta_must_say_what_happened_to_a_row(void **state)
{
        struct made made = small_1_1();

        (void)state;
        put(&made, "manifest.csv", MANIFEST("1.1", "delta", "bulk"));
        put(&made, "users.csv", USERS("g1,active,,true,o1,parent,,R,H,\ng2,tobedeleted\n"));
        assert_wrong(made, LIST("users.csv:2:2: status: a delta has to say", "users.csv:3:2: status: a delta",
                "users.csv:5:2: the line has 2 fields"));
        put(&made, "users.csv", "sourcedId,enabledUser,orgSourcedIds,role\ns1,true,o1,student\n");
        assert_wrong(made, LIST("users.csv:1: the column status is missing"));
        /* A delta may well be empty. */
        put(&made, "users.csv", HEADER_USERS "\n");
        {
                _cleanup_(roster_faults_done) struct roster_faults faults = ROSTER_FAULTS_NONE;
                _cleanup_(roster_freep) struct roster *roster = NULL;

                assert_int_equal(read_made(&made, &roster, &faults), 0);
        }
}

static void quotation_marks_out_of_place_hide_no_other_fault(void **state)
{
        (void)state;
        assert_wrong(with(small_1_1(), "users.csv",
                USERS("g1,,,true,o1,parent,,Ra\"hwa,Haile,\n"
                      "g2,,,maybe,o1,parent,,A,B,\n"
                      "g3,,,true,o1,parent,,\"A\"B,B,\n"
                      "g4,,,true,o1,cook,,A,B,\n")),
                LIST("users.csv:4:8: a quotation mark stands where none may", "users.csv:5:4: enabledUser",
                        "users.csv:6:8: a quotation mark", "users.csv:7:6: role"));
        assert_wrong(with(small_1_1(), "users.csv", USERS("g1,,,true,o1,parent,,\"Rahwa,Haile,\ng2,x\n")),
                LIST("users.csv:4:8: the quotation is not closed"));
}

static void bytes_that_are_no_text_are_named(void **state)
{
        (void)state;
        assert_wrong(with(small_1_1(), "users.csv",
                USERS("g1,,,true,o1,parent,,Ra\xff,Haile,\n"
                      "g2,,,true,o1,parent,,A\x01,B,\n"
                      "g3,,,true,o1,parent,,\"A\nB\",B,\n"
                      "g4,,,nope,o1,parent,,A,B,\n")),
                LIST("users.csv:4:8: the field is not UTF-8", "users.csv:5:8: the field has control characters",
                        "users.csv:7:8: the field has a line break", "users.csv:8:4: enabledUser"));
        assert_wrong(with(small_1_1(), "users.csv", "\xff\xfes"), LIST("users.csv:1: the file is UTF-16"));
}

static void fields_and_lines_have_a_largest_size(void **state)
{
        _cleanup_free_ char *huge = malloc(600 * 1024);
        _cleanup_free_ char *text = malloc(600 * 1024 + 1024);
        _cleanup_free_ char *longest = malloc(4096);

        (void)state;
        memset(huge, 'x', 600 * 1024 - 1);
        huge[600 * 1024 - 1] = '\0';
        snprintf(text, 600 * 1024 + 1024, "%s%s,,,true,o1,parent,,A,B,\ng2,,,nope,o1,parent,,A,B,\n", USERS(""), huge);
        assert_wrong(with(small_1_1(), "users.csv", text), LIST("users.csv:4:1: the field is too long", "users.csv:5:4: enabledUser"));

        memset(longest, ',', 4095);
        longest[4095] = '\0';
        snprintf(text, 600 * 1024, "%s%s\ng2,,,nope,o1,parent,,A,B,\n", USERS(""), longest);
        assert_wrong(with(small_1_1(), "users.csv", text), LIST("users.csv:4:256: the line has more than 256 fields", "users.csv:5:4"));

        huge[300] = '\0';
        snprintf(text, 600 * 1024, "%s%s,,,true,o1,parent,,A,%s,\n", USERS(""), huge, huge);
        assert_wrong(with(small_1_1(), "users.csv", text), LIST("users.csv:4:1: sourcedId: is longer than 255", "users.csv:4:9: familyName: is too long"));
}

static void after_a_thousand_faults_the_rest_is_counted(void **state)
{
        _cleanup_(roster_faults_done) struct roster_faults faults = ROSTER_FAULTS_NONE;
        _cleanup_(roster_freep) struct roster *roster = NULL;
        _cleanup_free_ char *text = malloc(256 * 1024);
        struct made made = small_1_1();
        size_t n;

        (void)state;
        n = (size_t)snprintf(text, 256 * 1024, "%s", USERS(""));
        for (int i = 0; i < 1500; i++)
                n += (size_t)snprintf(text + n, 256 * 1024 - n, "g%d,,,nope,o1,parent,,A,B,\n", i);
        put(&made, "users.csv", text);
        assert_int_equal(read_made(&made, &roster, &faults), -EBADMSG);
        assert_int_equal(faults.n, ROSTER_FAULTS_MAX);
        assert_int_equal(faults.more, 500);
        assert_int_equal(faults.list[999].line, 1003);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(both_versions_are_read),
                cmocka_unit_test(a_folder_in_the_zip_is_fine_and_so_is_what_we_do_not_know),
                cmocka_unit_test(a_mark_any_line_end_and_any_order_of_columns_are_fine),
                cmocka_unit_test(fields_become_what_they_mean),
                cmocka_unit_test(what_is_no_package_is_said_in_one_sentence),
                cmocka_unit_test(the_manifest_must_say_what_there_is),
                cmocka_unit_test(the_faults_of_a_manifest),
                cmocka_unit_test(the_faults_of_a_header),
                cmocka_unit_test(the_faults_of_fields),
                cmocka_unit_test(the_faults_of_our_own_columns),
                cmocka_unit_test(dates_are_dates),
                cmocka_unit_test(a_delta_must_say_what_happened_to_a_row),
                cmocka_unit_test(quotation_marks_out_of_place_hide_no_other_fault),
                cmocka_unit_test(bytes_that_are_no_text_are_named),
                cmocka_unit_test(fields_and_lines_have_a_largest_size),
                cmocka_unit_test(after_a_thousand_faults_the_rest_is_counted),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
