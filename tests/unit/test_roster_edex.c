/* links: roster chat store secret text base */
/* EDEXML: what is wrong with a file, what is never looked at, and who is who from one file to the next. */
#include "base/clock.h"
#include "chat/event.h"
#include "chat/roster/import.h"
#include "chat/roster/inside.h"
#include "roster_fixture.h"
#include "secret/secret.h"

static const char day[] = "2026-12-01";

static struct made edex(const char *text)
{
        struct made made = { 0 };

        put(&made, "school.xml", text);
        return made;
}

static int import_made(struct fixture *f, struct made made)
{
        _cleanup_(roster_freep) struct roster *roster = NULL;
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        int r;

        roster_report_done(&f->report);
        roster_faults_done(&f->faults);
        event_list_done(&f->made);
        r = read_made(&made, &roster, &f->faults);
        if (r < 0)
                return r;
        assert_int_equal(tx_begin(f->db, &tx), 0);
        r = roster_import(tx, roster, false, day, &f->made, &f->report, &f->faults);
        if (r < 0)
                return r;
        return tx_commit(TAKE(tx));
}

static void import(struct fixture *f, struct made made)
{
        int r = import_made(f, made);

        assert_faults(&f->faults, (const char *const[]){ NULL });
        assert_int_equal(r, 0);
}

/* The file is refused for these reasons, each with its place, and gives no rows. */
static void assert_refused(const char *text, const char *const *expected)
{
        _cleanup_(roster_faults_done) struct roster_faults faults = ROSTER_FAULTS_NONE;
        _cleanup_(roster_freep) struct roster *roster = NULL;
        struct made made = edex(text);

        assert_int_equal(read_made(&made, &roster, &faults), -EBADMSG);
        assert_faults(&faults, expected);
        assert_null(roster);
}

static void assert_changes(struct fixture *f, const char *const *expected)
{
        char text[512];
        size_t n = 0;

        for (; expected[n] && n < f->report.n; n++) {
                const struct roster_change *c = &f->report.list[n];

                snprintf(text, sizeof(text), "%c %s %s%s%s (%s)", c->sign, state_kinds[c->kind].name, c->key, *c->second ? " " : "",
                        c->second, c->text);
                assert_string_equal(text, expected[n]);
        }
        if (expected[n])
                fail_msg("missing: %s", expected[n]);
        if (n < f->report.n)
                fail_msg("one more: %c %s %s %s", f->report.list[n].sign, state_kinds[f->report.list[n].kind].name,
                        f->report.list[n].key, f->report.list[n].second);
}

#define NOTHING ((const char *const[]){ NULL })

/* A section begins in a line of its own: the school is line 2, groups 3, pupils 4, and teachers the line behind. */
#define FILE_OF(school, groups, pupils, teachers)                                                                 \
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><EDEX>\n" school "\n" groups "\n" pupils "\n" teachers "</EDEX>\n"
#define SCHOOL "<school><schooljaar>2026-2027</schooljaar><brincode>99ZZ</brincode><xsdversie>2.1</xsdversie></school>"
#define GROUPS                                                                                                    \
        "<groepen><groep key=\"c1\"><naam>1A</naam><jaargroep>11</jaargroep></groep>"                             \
        "<groep key=\"c2\"><naam>1B</naam><jaargroep>11</jaargroep></groep>"                                      \
        "<samengestelde_groep key=\"x\"><naam>Sport</naam></samengestelde_groep></groepen>"
#define PUPIL(key, more, inside) "<leerling key=\"" key "\"" more ">" inside "</leerling>"
#define PUPILS(inside) "<leerlingen>" inside "</leerlingen>"
#define SELAM PUPIL("s1", "", "<achternaam>Haile</achternaam><roepnaam>Selam</roepnaam><groep key=\"c1\"/>")
#define TEACHER(key, more, inside) "<leerkracht key=\"" key "\"" more ">" inside "</leerkracht>"
#define TEACHERS(inside) "<leerkrachten>" inside "</leerkrachten>"
#define JAN                                                                                                       \
        TEACHER("m1", "", "<achternaam>Brink</achternaam><voorvoegsel>ten</voorvoegsel><roepnaam>Jan</roepnaam>"  \
                          "<groepen><groep key=\"c1\"/></groepen>")
#define WITH_PUPILS(inside) FILE_OF(SCHOOL, GROUPS, PUPILS(inside), TEACHERS(JAN))
#define WITH_TEACHERS(inside) FILE_OF(SCHOOL, GROUPS, PUPILS(SELAM), TEACHERS(inside))
#define SMALL WITH_PUPILS(SELAM)

/* ---- the first time, and again */

static void a_file_makes_a_school(void **state)
{
        struct fixture *f = *state;

        import(f, edex(SMALL));
        assert_changes(f, LIST("+ org 99ZZ (99ZZ)", "+ class c1 (1A)", "+ class c2 (1B)", "+ class x (Sport)",
                "+ person m1 (Jan ten Brink, mentor)", "+ pupil s1 (Selam Haile)", "+ teaching m1 c1 (mentor)",
                "+ member s1 m1 (school)"));
}

static void the_same_file_again_changes_nothing(void **state)
{
        struct fixture *f = *state;
        int64_t last;

        import(f, edex(SMALL));
        last = number(f, "SELECT max(id) FROM event");
        import(f, edex(SMALL));
        assert_changes(f, NOTHING);
        assert_int_equal(number(f, "SELECT max(id) FROM event"), last);
}

static void a_prefix_stands_between_the_names(void **state)
{
        struct fixture *f = *state;

        import(f, edex(WITH_PUPILS(
                PUPIL("1", "", "<achternaam>Hof</achternaam><voorvoegsel>van 't</voorvoegsel><voornamen>Gerrit Jan</voornamen>"
                               "<roepnaam>Gradje</roepnaam>")
                PUPIL("2", "", "<achternaam>\n  Bemmel\n</achternaam><voorvoegsel>van\n  der</voorvoegsel><voornamen>Anna</voornamen>")
                PUPIL("3", "", "<achternaam>Assati</achternaam><voorvoegsel/><voorletters-1>IH</voorletters-1>")
                PUPIL("4", "", "<roepnaam>Zo\xc3\xab</roepnaam>"))));
        assert_text(f, "SELECT name FROM pupil WHERE sourced_id = '1'", "Gradje van 't Hof");
        assert_text(f, "SELECT family FROM pupil WHERE sourced_id = '1'", "Hof");
        assert_text(f, "SELECT name FROM pupil WHERE sourced_id = '2'", "Anna van der Bemmel");
        assert_text(f, "SELECT name FROM pupil WHERE sourced_id = '3'", "IH Assati");
        assert_text(f, "SELECT name FROM pupil WHERE sourced_id = '4'", "Zo\xc3\xab");
}

static void a_group_may_have_two_teachers(void **state)
{
        struct fixture *f = *state;

        import(f, edex(WITH_TEACHERS(JAN TEACHER("m2", "", "<roepnaam>Lia</roepnaam><groepen><groep key=\"c1\"/></groepen>")
                TEACHER("m3", "", "<roepnaam>Sam</roepnaam><groepen><groep key=\"c1\"><rol>STA</rol></groep></groepen>")
                TEACHER("m4", "", "<roepnaam>Ali</roepnaam><rol>VAK</rol><groepen><groep key=\"c1\"/></groepen>")
                TEACHER("m5", "", "<roepnaam>Eva</roepnaam><rol>VAK</rol><groepen><groep key=\"c1\"><rol>OWA</rol><rol>LRK</rol>"
                                  "</groep></groepen>"))));
        assert_text(f, "SELECT group_concat(sourced_id, ' ') FROM (SELECT p.sourced_id FROM member m JOIN person p ON p.id = m.person "
                       "ORDER BY 1)", "m1 m2 m5");
        assert_int_equal(number(f, "SELECT count(*) FROM teaching"), 5);
}

static void a_position_gives_no_more_than_it_says(void **state)
{
        struct fixture *f = *state;

        import(f, edex(WITH_TEACHERS(JAN TEACHER("d", "", "<roepnaam>Dirk</roepnaam><rol>LRK</rol><rol>DIR</rol>")
                TEACHER("i", "", "<roepnaam>Ilse</roepnaam><rol>IB</rol><rol>ADM</rol>")
                TEACHER("a", "", "<roepnaam>Ada</roepnaam><rol>ADM</rol><rolomschrijving>administrator</rolomschrijving>")
                TEACHER("o", "", "<roepnaam>Otto</roepnaam><rol>OUD</rol>")
                TEACHER("v", "", "<roepnaam>Vera</roepnaam><rol>RT</rol>"))));
        assert_text(f, "SELECT group_concat(sourced_id || '=' || role, ' ') FROM (SELECT * FROM person ORDER BY sourced_id)",
                "d=school_leader i=care_coordinator m1=mentor v=teacher");
}

static void a_pupil_moves_to_another_group(void **state)
{
        struct fixture *f = *state;

        import(f, edex(SMALL));
        import(f, edex(WITH_PUPILS(
                PUPIL("s1", "", "<achternaam>Haile</achternaam><roepnaam>Selam</roepnaam><groep key=\"c2\"/>"))));
        assert_changes(f, LIST("- member s1 m1 (school)", "~ pupil s1 (class: c1 -> c2)"));
        assert_int_equal(number(f, "SELECT count(*) FROM thread"), 1);
}

static void dates_say_from_when_and_until_when(void **state)
{
        struct fixture *f = *state;

        import(f, edex(WITH_PUPILS(SELAM
                PUPIL("gone", "", "<roepnaam>A</roepnaam><instroomdatum>2024-08-01</instroomdatum><uitstroomdatum>2026-12-01</uitstroomdatum>")
                PUPIL("goes", "", "<roepnaam>B</roepnaam><uitstroomdatum>2026-12-02+01:00</uitstroomdatum>")
                PUPIL("comes", "", "<roepnaam>C</roepnaam><instroomdatum>2027-01-01Z</instroomdatum>")
                PUPIL("came", "", "<roepnaam>D</roepnaam><instroomdatum>2026-12-01</instroomdatum>"))));
        assert_text(f, "SELECT group_concat(sourced_id, ' ') FROM (SELECT * FROM pupil ORDER BY sourced_id)", "came goes s1");
        import(f, edex(WITH_PUPILS(SELAM PUPIL("came", "", "<roepnaam>D</roepnaam>"))));
        assert_changes(f, LIST("- pupil goes (B)"));
}

/* ---- who is who */

static void who_is_not_in_the_file_has_left_and_comes_back_the_same(void **state)
{
        struct fixture *f = *state;

        import(f, edex(WITH_PUPILS(SELAM PUPIL("s2", "", "<roepnaam>Kidane</roepnaam><groep key=\"c1\"/>"))));
        import(f, edex(SMALL));
        assert_changes(f, LIST("- member s2 m1 (school)", "- pupil s2 (Kidane)"));
        import(f, edex(WITH_PUPILS(SELAM PUPIL("s2", "", "<roepnaam>Kidane</roepnaam><groep key=\"c1\"/>"))));
        assert_changes(f, LIST("+ pupil s2 (Kidane)", "+ member s2 m1 (school)"));
        assert_int_equal(number(f, "SELECT count(*) FROM pupil"), 2);
        assert_int_equal(number(f, "SELECT count(*) FROM thread"), 2);
}

#define NAMED(key, eckid) "<leerling key=\"" key "\" eckid=\"" eckid "\"><roepnaam>Selam</roepnaam><groep key=\"c1\"/></leerling>"

static void an_eckid_that_comes_later_keeps_the_person(void **state)
{
        struct fixture *f = *state;

        import(f, edex(WITH_PUPILS(PUPIL("s1", "", "<roepnaam>Selam</roepnaam><groep key=\"c1\"/>"))));
        import(f, edex(WITH_PUPILS(NAMED("s1", "https://id.example/a"))));
        assert_changes(f, NOTHING);
        /* From now on the ECK-iD finds her, whatever the administration calls her, */
        import(f, edex(WITH_PUPILS(NAMED("77", "https://id.example/a"))));
        assert_changes(f, NOTHING);
        /* and the newest key too, where the ECK-iD was left out of a file. */
        import(f, edex(WITH_PUPILS(PUPIL("77", "", "<roepnaam>Selam</roepnaam><groep key=\"c1\"/>"))));
        assert_changes(f, NOTHING);
        import(f, edex(WITH_PUPILS("<leerling eckid=\"https://id.example/a\"><roepnaam>Selam</roepnaam><groep key=\"c1\"/></leerling>")));
        assert_changes(f, NOTHING);
        assert_text(f, "SELECT sourced_id FROM pupil", "s1");
}

static void who_left_is_found_again_by_the_eckid(void **state)
{
        struct fixture *f = *state;

        import(f, edex(WITH_PUPILS(PUPIL("s1", "", "<roepnaam>Selam</roepnaam>") PUPIL("s2", "", "<roepnaam>Kidane</roepnaam>"))));
        import(f, edex(WITH_PUPILS(NAMED("s1", "https://id.example/a") PUPIL("s2", "", "<roepnaam>Kidane</roepnaam>"))));
        for (int i = 0; i < 2; i++)
                import(f, edex(WITH_PUPILS(PUPIL("s2", "", "<roepnaam>Kidane</roepnaam>"))));
        assert_changes(f, NOTHING);
        assert_int_equal(number(f, "SELECT count(*) FROM roster_row WHERE content LIKE '%Selam%'"), 0);
        for (int i = 0; i < 2; i++)
                import(f, edex(WITH_PUPILS(NAMED("99", "https://id.example/a") PUPIL("s2", "", "<roepnaam>Kidane</roepnaam>"))));
        assert_changes(f, NOTHING);
        assert_int_equal(number(f, "SELECT count(*) FROM pupil"), 2);
        assert_int_equal(number(f, "SELECT count(*) FROM pupil WHERE sourced_id = 's1' AND ended_ms IS NULL"), 1);
}

static void a_key_given_to_somebody_else_is_somebody_else(void **state)
{
        struct fixture *f = *state;

        import(f, edex(WITH_PUPILS(NAMED("1", "https://id.example/a"))));
        import(f, edex(WITH_PUPILS(NAMED("1", "https://id.example/b"))));
        assert_changes(f, LIST("- member https://id.example/a m1 (school)", "- pupil https://id.example/a (Selam)",
                "+ pupil https://id.example/b (Selam)", "+ member https://id.example/b m1 (school)"));
}

/* Keys are counted by kind in many systems: pupil 1 and teacher 1 are two people. */
static void a_teacher_may_have_the_key_of_a_pupil(void **state)
{
        struct fixture *f = *state;

        for (int i = 0; i < 2; i++)
                import(f, edex(FILE_OF(SCHOOL, GROUPS, PUPILS(PUPIL("1", "", "<roepnaam>Selam</roepnaam><groep key=\"c1\"/>")),
                        TEACHERS(TEACHER("1", "", "<roepnaam>Jan</roepnaam><groepen><groep key=\"c1\"/></groepen>")))));
        assert_changes(f, NOTHING);
        assert_text(f, "SELECT sourced_id FROM pupil", "1");
        assert_text(f, "SELECT sourced_id FROM person", "leerkracht:1");
        assert_int_equal(number(f, "SELECT count(*) FROM member"), 1);
}

/* One pupil's ECK-iD is made another's key: nobody gets another family's conversation by that. */
static void a_key_that_is_an_eckid_makes_two_people(void **state)
{
        struct fixture *f = *state;

        for (int i = 0; i < 2; i++)
                import(f, edex(WITH_PUPILS(PUPIL("E", "", "<roepnaam>Kidane</roepnaam>") NAMED("1", "E"))));
        assert_int_equal(number(f, "SELECT count(*) FROM pupil"), 2);
        assert_int_equal(number(f, "SELECT count(*) FROM thread"), 2);
        assert_text(f, "SELECT name FROM pupil WHERE sourced_id = 'E'", "Selam");
}

/* ---- beside OneRoster */

static void parents_stay_with_their_children(void **state)
{
        struct fixture *f = *state;

        import(f, small_1_1());
        import(f, edex(SMALL));
        /* The same keys: the same people, in the school that is called as before. Only the classes are new ones. */
        assert_changes(f, LIST("+ class c2 (1B)", "+ class x (Sport)"));
        assert_null(f->report.school);
        assert_text(f, "SELECT name FROM school", "De Sluis");
        assert_int_equal(number(f, "SELECT count(*) FROM guardianship WHERE ended_ms IS NULL"), 1);
        assert_text(f, "SELECT speaks FROM person WHERE sourced_id = 'g1'", "ti nl");
        assert_text(f, "SELECT speaks FROM person WHERE sourced_id = 'm1'", "nl");
        import(f, edex(SMALL));
        assert_changes(f, NOTHING);
}

static void parents_with_roles_of_their_own_stay_too(void **state)
{
        struct fixture *f = *state;

        import(f, small_1_2());
        import(f, edex(SMALL));
        assert_changes(f, LIST("+ class c2 (1B)", "+ class x (Sport)"));
        import(f, edex(SMALL));
        assert_changes(f, NOTHING);
        /* The pupil leaves: the mother has nobody's conversation left, but is still in the school. */
        import(f, edex(WITH_PUPILS(PUPIL("s2", "", "<roepnaam>Kidane</roepnaam>"))));
        assert_changes(f, LIST("- member s1 g1 (other)", "- member s1 m1 (school)", "- guardianship s1 g1 (other)",
                "- pupil s1 (Selam Haile)", "+ pupil s2 (Kidane)"));
        assert_int_equal(number(f, "SELECT count(*) FROM person WHERE sourced_id = 'g1' AND ended_ms IS NULL"), 1);
}

static void oneroster_may_come_after(void **state)
{
        struct fixture *f = *state;

        import(f, edex(SMALL));
        import(f, small_1_1());
        assert_int_equal(number(f, "SELECT count(*) FROM pupil"), 1);
        assert_int_equal(number(f, "SELECT count(*) FROM person WHERE sourced_id = 'm1'"), 1);
        assert_int_equal(number(f, "SELECT count(*) FROM thread"), 1);
        assert_int_equal(number(f, "SELECT count(*) FROM guardianship"), 1);
        import(f, small_1_1());
        assert_changes(f, NOTHING);
        import(f, edex(SMALL));
        assert_changes(f, LIST("+ class c2 (1B)", "+ class x (Sport)"));
}

#define STAFF_HEADER                                                                                              \
        "sourcedId,status,enabledUser,orgSourcedIds,role,givenName,familyName,agentSourcedIds,"                   \
        "metadata.ouderbrug.role\n"
#define STAFF                                                                                                     \
        "m1,,true,o1,teacher,Jan,Brink,,\ns1,,true,o1,student,Selam,Haile,g1,\ng1,,true,o1,parent,Rahwa,Haile,,\n"    \
        "t2,,true,o1,teacher,Old,Teacher,,\na1,,true,o1,administrator,Ann,Beheer,,\n"                             \
        "k1,,true,o1,aide,Key,Person,,key_person\nb1,,true,o1,administrator,Bo,Beheer,,\n"

static void who_is_no_teacher_stays_as_they_are(void **state)
{
        struct fixture *f = *state;
        struct made made = small_1_1();

        put(&made, "users.csv", STAFF_HEADER STAFF);
        import(f, made);
        for (int i = 0; i < 2; i++) {
                import(f, edex(WITH_TEACHERS(JAN TEACHER("b1", "", "<roepnaam>Bo</roepnaam><achternaam>Beheer</achternaam>"))));
                assert_text(f, "SELECT group_concat(sourced_id || '=' || role, ' ') FROM "
                               "(SELECT * FROM person WHERE ended_ms IS NULL ORDER BY sourced_id)",
                        "a1=administrator b1=administrator g1=parent k1=key_person m1=mentor");
        }
        assert_changes(f, NOTHING);
}

static void an_administrator_is_not_ended_by_a_file_that_once_named_them(void **state)
{
        struct fixture *f = *state;
        struct made made = small_1_1();

        put(&made, "users.csv", STAFF_HEADER STAFF);
        import(f, made);
        import(f, edex(WITH_TEACHERS(JAN TEACHER("b1", "", "<roepnaam>Bo</roepnaam>") TEACHER("t2", "", "<roepnaam>Old</roepnaam>"))));
        import(f, edex(SMALL));
        assert_text(f, "SELECT group_concat(sourced_id, ' ') FROM (SELECT * FROM person WHERE ended_ms IS NULL ORDER BY sourced_id)",
                "a1 b1 g1 k1 m1");
}

/* A school whose two systems know people by different ids says so once. */
static void oneroster_may_say_what_edexml_will_call_somebody(void **state)
{
        struct fixture *f = *state;
        struct made made = small_1_1();

        put(&made, "users.csv", "sourcedId,enabledUser,orgSourcedIds,role,givenName,familyName,middleName,agentSourcedIds,"
                                "metadata.ouderbrug.key,metadata.ouderbrug.eckid\n"
                                "uuid-1,true,o1,teacher,Jan,Brink,ten,,m1,\nuuid-2,true,o1,student,Selam,Haile,,g1,,https://id.example/a\n"
                                "g1,true,o1,parent,Rahwa,Haile,,,,\n");
        put(&made, "enrollments.csv", "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,primary\n"
                                      "e1,c1,o1,uuid-1,teacher,true\ne2,c1,o1,uuid-2,student,false\n");
        import(f, made);
        import(f, edex(WITH_PUPILS("<leerling key=\"9\" eckid=\"https://id.example/a\"><achternaam>Haile</achternaam><roepnaam>Selam</roepnaam>"
                                   "<groep key=\"c1\"/></leerling>")));
        assert_changes(f, LIST("+ class c2 (1B)", "+ class x (Sport)"));
}

static void without_a_word_of_teachers_they_stay(void **state)
{
        struct fixture *f = *state;

        import(f, edex(SMALL));
        import(f, edex(FILE_OF(SCHOOL, GROUPS, PUPILS(SELAM), "")));
        assert_changes(f, NOTHING);
}

/* ---- what is never kept */

static void no_citizen_number_is_ever_stored(void **state)
{
        struct fixture *f = *state;
        static const char *const digits[] = { "123456782", "987654329", "111222333", "85073003328", "6782" };
        char path[80];

        import(f, edex(WITH_PUPILS(
                PUPIL("1", "", "<roepnaam>A</roepnaam><bsn>123456782</bsn>")
                PUPIL("2", "", "<roepnaam>B</roepnaam><onderwijsnummer>987654329</onderwijsnummer>")
                PUPIL("3", "", "<roepnaam>C</roepnaam><sofinummer>111222333</sofinummer>")
                PUPIL("4", "", "<roepnaam>D</roepnaam><rijksregisternummer>85073003328</rijksregisternummer>")
                PUPIL("5", "", "<roepnaam>E</roepnaam><bsn_ondwnr-4>6782</bsn_ondwnr-4><toevoegingen><blok><code>bsn</code>"
                               "<opmerking>123456782</opmerking></blok></toevoegingen>"))));
        sqlite3_exec(f->look, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
        for (size_t i = 0; i < ELEMENTS(digits); i++) {
                for (int wal = 0; wal < 2; wal++) {
                        _cleanup_free_ char *all = calloc(1, 8 * 1024 * 1024);
                        FILE *in;
                        size_t n;

                        snprintf(path, sizeof(path), "%s%s", f->path, wal ? "-wal" : "");
                        in = fopen(path, "rb");
                        if (!in)
                                continue;
                        n = fread(all, 1, 8 * 1024 * 1024, in);
                        fclose(in);
                        assert_null(memmem(all, n, digits[i], strlen(digits[i])));
                }
        }
}

static void a_citizen_number_is_nobodys_key_or_name(void **state)
{
        (void)state;
        assert_refused(WITH_PUPILS(SELAM "\n" PUPIL("123456782", "", "<roepnaam>A</roepnaam><bsn>123456782</bsn>")
                               "\n" PUPIL("7", " eckid=\"nl-987654329\"", "<roepnaam>B</roepnaam><onderwijsnummer>987654329</onderwijsnummer>")
                               "\n" PUPIL("8", "", "<bsn>111222333</bsn><onderwijsnummer>987654329</onderwijsnummer><roepnaam>C 111222333</roepnaam>")),
                LIST("school.xml:5:1: leerling: a key or name holds the citizen number; it may not be stored",
                        "school.xml:6:1: leerling: a key or name holds", "school.xml:7:1: leerling: a key or name holds"));
}

static void what_is_not_named_here_is_not_kept(void **state)
{
        struct fixture *f = *state;

        import(f, edex(WITH_PUPILS(PUPIL("1", "", "<roepnaam>A</roepnaam><geboortedatum>2011-02-03</geboortedatum><geslacht>2</geslacht>"
                "<gebruikersnaam>secretlogin</gebruikersnaam><emailadres>who@where.example</emailadres><land>MA</land>"
                "<land_moeder>ZQ</land_moeder><postcodenl>6971VB</postcodenl>"))));
        assert_int_equal(number(f, "SELECT count(*) FROM roster_row WHERE content LIKE '%2011%' OR content LIKE '%secretlogin%' OR "
                                   "content LIKE '%where.example%' OR content LIKE '%6971VB%' OR content LIKE '%ZQ%'"), 0);
}

static void a_teachers_mail_address_is_a_login_name(void **state)
{
        struct fixture *f = *state;

        import(f, edex(WITH_TEACHERS(JAN TEACHER("m2", "", "<roepnaam>Lia</roepnaam><emailadres>L.Vos@School.example</emailadres>"))));
        assert_text(f, "SELECT group_concat(kind || ' ' || fold) FROM login", "email l.vos@school.example");
        /* A file that does not say it takes it from nobody; who is gone has none. */
        import(f, edex(WITH_TEACHERS(JAN TEACHER("m2", "", "<roepnaam>Lia</roepnaam>"))));
        assert_int_equal(number(f, "SELECT count(*) FROM login"), 1);
        import(f, edex(WITH_TEACHERS(JAN)));
        assert_int_equal(number(f, "SELECT count(*) FROM login"), 0);
}

/* ---- faults */

static void every_fault_has_its_place(void **state)
{
        (void)state;
        assert_refused(FILE_OF("<school><brincode>99ZZ</brincode><xsdversie>1.03</xsdversie></school>", GROUPS, PUPILS(SELAM), ""),
                LIST("school.xml:2:1: school: schooljaar is missing", "school.xml:2:34: xsdversie: \"1.03\" is not read"));
        assert_refused(FILE_OF(SCHOOL, "<groepen><groep><naam>1A</naam></groep><groep key=\"a\"/></groepen>", PUPILS(PUPIL("1", "", "<roepnaam>A</roepnaam>")), ""),
                LIST("school.xml:3:10: groep: the key is missing", "school.xml:3:40: groep: naam is missing"));
        assert_refused(WITH_PUPILS("<leerling><roepnaam>A</roepnaam></leerling>" PUPIL("", "", "<roepnaam>B</roepnaam>") "\n"
                               PUPIL("1", "", "<voorvoegsel>van</voorvoegsel>") "\n"
                               PUPIL("2", " eckid=\"\"", "<roepnaam>\xe2\x80\xae</roepnaam>") "\n"
                               PUPIL("3&#10;", "", "<roepnaam>C</roepnaam><roepnaam>D</roepnaam>")),
                LIST("school.xml:4:13: leerling: the key is missing", "school.xml:4:56: leerling: the key is empty",
                        "school.xml:5:1: leerling: achternaam and roepnaam are both missing",
                        "school.xml:6:1: leerling: the eckid is empty",
                        "school.xml:6:28: roepnaam: holds nothing that can be seen",
                        "school.xml:7:1: leerling: the key has control characters in it", "school.xml:7:46: roepnaam: stands twice"));
}

static void every_reference_must_lead_somewhere(void **state)
{
        (void)state;
        assert_refused(FILE_OF(SCHOOL, GROUPS,
                               PUPILS(PUPIL("1", "", "<roepnaam>A</roepnaam><groep key=\"c9\"/>")
                                      PUPIL("2", "", "<roepnaam>B</roepnaam><groep key=\"x\"/><samengestelde_groepen>"
                                                     "<samengestelde_groep key=\"c1\"/></samengestelde_groepen>")),
                               TEACHERS(TEACHER("1", "", "<roepnaam>C</roepnaam><groepen><groep/><groep key=\"c1\"/><groep key=\"c1\"/>"
                                                         "<groep key=\"c2\"><rol>ZZZ</rol></groep></groepen>"))),
                LIST("school.xml:4:53: groep: there is no groep c9 among groepen", "school.xml:4:121: groep: there is no groep x",
                        "school.xml:4:160: samengestelde_groep: there is no samengestelde_groep c1",
                        "school.xml:5:66: groep: the key is missing", "school.xml:5:91: groep: c1 is named twice",
                        "school.xml:5:124: rol: \"ZZZ\" is none"));
}

static void every_key_stands_once(void **state)
{
        (void)state;
        assert_refused(FILE_OF(SCHOOL, "<groepen><groep key=\"a\"><naam>A</naam></groep>\n<samengestelde_groep key=\"a\"><naam>B</naam></samengestelde_groep></groepen>",
                               PUPILS(PUPIL("1", " eckid=\"e\"", "<roepnaam>A</roepnaam>") "\n" PUPIL("1", "", "<roepnaam>B</roepnaam>") "\n"
                                      PUPIL("2", " eckid=\"e\"", "<roepnaam>C</roepnaam>") "\n"),
                               TEACHERS(TEACHER("1", "", "<roepnaam>D</roepnaam>") "\n" TEACHER("1", "", "<roepnaam>E</roepnaam>"))),
                LIST("school.xml:4:1: groep key: a is there already, in line 3", "school.xml:6:1: leerling key: 1 is there already, in line 5",
                        "school.xml:7:1: leerling eckid: e is there already, in line 5",
                        "school.xml:10:1: leerkracht key: 1 is there already, in line 9"));
}

static void dates_are_dates(void **state)
{
        (void)state;
        assert_refused(WITH_PUPILS(PUPIL("1", "", "<roepnaam>A</roepnaam><instroomdatum>2026-02-30</instroomdatum>") "\n"
                               PUPIL("2", "", "<roepnaam>B</roepnaam><uitstroomdatum>1 mei 2026</uitstroomdatum>")),
                LIST("school.xml:4:53: instroomdatum: \"2026-02-30\" is not a date", "school.xml:5:41: uitstroomdatum: \"1 mei 2026\" is not a date"));
}

static void a_section_is_there_once_and_in_its_place(void **state)
{
        (void)state;
        assert_refused("<EDEX/>", LIST("school.xml:1:1: EDEX: school is missing", "school.xml:1:1: EDEX: groepen is missing",
                "school.xml:1:1: EDEX: leerlingen is missing"));
        assert_refused(FILE_OF(SCHOOL, "<groepen/>", "<leerlingen/>", "<leerkrachten/>"),
                LIST("school.xml:3:1: groepen: holds none", "school.xml:4:1: leerlingen: holds nobody", "school.xml:5:1: leerkrachten: holds nobody"));
        assert_refused(FILE_OF(SCHOOL, GROUPS GROUPS, PUPILS(PUPIL("1", "", "<roepnaam>A</roepnaam>")), ""),
                (const char *const[]){ "school.xml:3:217: groepen: stands twice", "school.xml:3:226: groep key: c1 is there already, in line 3",
                        "school.xml:3:290: groep key: c2 is there", "school.xml:3:354: groep key: x is there", NULL });
        assert_refused(FILE_OF(SCHOOL, GROUPS, TEACHERS(JAN), PUPILS(SELAM)), LIST("school.xml:5:1: leerlingen: stands twice, or behind"));
}

static void what_is_no_edexml_is_refused(void **state)
{
        struct made made = { 0 };
        _cleanup_(roster_faults_done) struct roster_faults faults = ROSTER_FAULTS_NONE;
        _cleanup_(roster_freep) struct roster *roster = NULL;

        (void)state;
        assert_refused("<html><body/></html>", LIST("school.xml:1:1: is no EDEXML: it begins with html"));
        assert_refused("", LIST("school.xml:1:1: no element found"));
        assert_refused("hello", LIST("school.xml:1:1: syntax error"));
        assert_refused(FILE_OF(SCHOOL, GROUPS, "<leerlingen><leerling", ""), LIST("school.xml:5:1: not well-formed"));
        assert_refused("<?xml version=\"1.0\" encoding=\"windows-1252\"?><EDEX/>", LIST("school.xml:1:31: is in an encoding that is not read"));
        assert_refused("<EDEX>\n\xff</EDEX>", LIST("school.xml:2:1: not well-formed"));
        assert_refused("<EDEX>&amp;&name;</EDEX>", LIST("school.xml:1:12: undefined entity"));

        put(&made, "a.xml", SMALL);
        put(&made, "b.XML", SMALL);
        assert_int_equal(read_made(&made, &roster, &faults), -EBADMSG);
        assert_faults(&faults, LIST("a.xml: is not the only XML file of the zip"));
}

/* An XML file beside a OneRoster package is somebody's remark, as any other file. */
static void beside_a_manifest_xml_means_nothing(void **state)
{
        struct fixture *f = *state;
        struct made made = small_1_1();

        put(&made, "remark.xml", "<remark");
        put(&made, "another.xml", "");
        import(f, made);
        assert_int_equal(number(f, "SELECT count(*) FROM pupil"), 1);
}

/* ---- hostile */

static void a_document_type_is_refused_before_it_is_read(void **state)
{
        (void)state;
        assert_refused("<?xml version=\"1.0\"?>\n<!DOCTYPE EDEX [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
                       "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">"
                       "<!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;\">]>\n"
                       "<EDEX><school><schooljaar>&f;&f;&f;&f;&f;&f;&f;&f;&f;</schooljaar></school></EDEX>",
                LIST("school.xml:2:16: has a document type (DOCTYPE)"));
        assert_refused("<!DOCTYPE EDEX [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><EDEX>&x;</EDEX>", LIST("school.xml:1:16: has a document type"));
        assert_refused("<!DOCTYPE EDEX SYSTEM \"http://127.0.0.1:9/edex.dtd\"><EDEX/>", LIST("school.xml:1:52: has a document type"));
        assert_refused("<!DOCTYPE EDEX [<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]><EDEX/>", LIST("school.xml:1:16: has a document type"));
}

static void what_is_too_deep_or_too_long_is_refused(void **state)
{
        _cleanup_(buf_done) struct buf text = BUF(32 * 1024 * 1024);
        int64_t began;

        (void)state;
        buf_add_str(&text, "<EDEX>");
        for (int i = 0; i < 200 * 1000; i++)
                buf_add_str(&text, "<a>");
        assert_refused(buf_str(&text), LIST("school.xml:1:52: elements are nested deeper"));

        buf_clear(&text);
        buf_add_str(&text, "<EDEX>\n" SCHOOL GROUPS "<leerlingen><leerling key=\"1\"><achternaam>");
        for (int i = 0; i < ROSTER_FIELD_MAX; i++)
                buf_add_str(&text, "aa");
        buf_add_str(&text, "</achternaam><roepnaam>A</roepnaam></leerling></leerlingen></EDEX>");
        assert_int_equal(buf_failed(&text), 0);
        assert_refused(buf_str(&text), LIST("school.xml:2:349: the text is too long"));

        /* A file of nothing but faults takes no longer than its reading. */
        buf_clear(&text);
        buf_add_str(&text, "<EDEX>\n" SCHOOL GROUPS "<leerlingen>");
        for (int i = 0; i < 100 * 1000; i++)
                buf_add_str(&text, "<leerling key=\"1\"><groep key=\"q\"/></leerling>");
        buf_add_str(&text, "</leerlingen></EDEX>");
        began = clock_now_ms();
        {
                _cleanup_(roster_faults_done) struct roster_faults faults = ROSTER_FAULTS_NONE;
                _cleanup_(roster_freep) struct roster *roster = NULL;
                struct made made = edex(buf_str(&text));

                assert_int_equal(read_made(&made, &roster, &faults), -EBADMSG);
                assert_int_equal(roster_faults_count(&faults), 299999);
                assert_int_equal(faults.n, ROSTER_FAULTS_MAX);
        }
        assert_true(clock_now_ms() - began < 20 * 1000);
}

/* ---- encodings, and a file that is not in a zip */

static int read_bytes(const char *bytes, size_t n, struct roster **ret, struct roster_faults *faults)
{
        char path[] = "/tmp/ouderbrug-edex-XXXXXX";
        int fd = mkstemp(path), r;

        assert_int_equal(write(fd, bytes, n), (ssize_t)n);
        close(fd);
        r = roster_read(path, ret, faults);
        unlink(path);
        return r;
}

static void assert_name(const char *bytes, size_t n, const char *name)
{
        _cleanup_(roster_faults_done) struct roster_faults faults = ROSTER_FAULTS_NONE;
        _cleanup_(roster_freep) struct roster *roster = NULL;
        int r = read_bytes(bytes, n, &roster, &faults);

        assert_faults(&faults, (const char *const[]){ NULL });
        assert_int_equal(r, 0);
        assert_int_equal(roster->version, ROSTER_EDEXML);
        assert_string_equal(roster->tables[ROSTER_users].rows[0]->values[users_preferred_given], name);
}

#define ZOE(e) "<EDEX>" SCHOOL GROUPS "<leerlingen><leerling key=\"1\"><roepnaam>Zo" e "</roepnaam></leerling></leerlingen></EDEX>"

static void encodings_that_expat_knows_are_read(void **state)
{
        static const char utf8[] = ZOE("\xc3\xab"), latin[] = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" ZOE("\xeb"),
                          marked[] = "\xef\xbb\xbf" ZOE("\xc3\xab"), reference[] = "\n  " ZOE("&#xEB;"), plain[] = ZOE("\x01");
        char wide[4096];

        (void)state;
        assert_name(utf8, strlen(utf8), "Zo\xc3\xab");
        assert_name(latin, strlen(latin), "Zo\xc3\xab");
        assert_name(marked, strlen(marked), "Zo\xc3\xab");
        assert_name(reference, strlen(reference), "Zo\xc3\xab");
        for (int big = 0; big < 2; big++) {
                size_t n = 0;

                wide[n++] = big ? '\xfe' : '\xff';
                wide[n++] = big ? '\xff' : '\xfe';
                for (const char *c = plain; *c; c++) {
                        char low = *c == '\x01' ? '\xeb' : *c;

                        wide[n++] = big ? '\0' : low;
                        wide[n++] = big ? low : '\0';
                }
                assert_name(wide, n, "Zo\xc3\xab");
        }
}

/* The answer of a UWLR service, saved: the same in a namespace, and what is of another is not looked at. */
static void the_form_of_uwlr_is_read_too(void **state)
{
        struct fixture *f = *state;

        import(f, edex("<u:leerlinggegevens xmlns:u=\"http://www.edustandaard.nl/leerresultaten/2/leerlinggegevens\" xmlns:o=\"urn:other\">"
                       "<u:school><u:schooljaar>2026-2027</u:schooljaar><u:brincode>99ZZ</u:brincode><u:dependancecode>01</u:dependancecode>"
                       "<u:xsdversie>2.3</u:xsdversie></u:school><u:groepen><u:groep key=\"1\"><u:naam>1A</u:naam></u:groep></u:groepen>"
                       "<u:leerlingen><u:leerling eckid=\"E\"><o:roepnaam>Wrong</o:roepnaam><u:roepnaam>Se<o:b>x</o:b>lam</u:roepnaam><u:groep key=\"1\"/>"
                       "</u:leerling></u:leerlingen></u:leerlinggegevens>"));
        assert_changes(f, LIST("+ org 99ZZ01 (99ZZ01)", "+ class 1 (1A)", "+ pupil E (Selam)"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(a_file_makes_a_school),
                TEST(the_same_file_again_changes_nothing),
                TEST(a_prefix_stands_between_the_names),
                TEST(a_group_may_have_two_teachers),
                TEST(a_position_gives_no_more_than_it_says),
                TEST(a_pupil_moves_to_another_group),
                TEST(dates_say_from_when_and_until_when),
                TEST(who_is_not_in_the_file_has_left_and_comes_back_the_same),
                TEST(an_eckid_that_comes_later_keeps_the_person),
                TEST(who_left_is_found_again_by_the_eckid),
                TEST(a_key_given_to_somebody_else_is_somebody_else),
                TEST(a_teacher_may_have_the_key_of_a_pupil),
                TEST(a_key_that_is_an_eckid_makes_two_people),
                TEST(parents_stay_with_their_children),
                TEST(parents_with_roles_of_their_own_stay_too),
                TEST(oneroster_may_come_after),
                TEST(who_is_no_teacher_stays_as_they_are),
                TEST(an_administrator_is_not_ended_by_a_file_that_once_named_them),
                TEST(oneroster_may_say_what_edexml_will_call_somebody),
                TEST(without_a_word_of_teachers_they_stay),
                TEST(no_citizen_number_is_ever_stored),
                TEST(a_citizen_number_is_nobodys_key_or_name),
                TEST(what_is_not_named_here_is_not_kept),
                TEST(a_teachers_mail_address_is_a_login_name),
                TEST(every_fault_has_its_place),
                TEST(every_reference_must_lead_somewhere),
                TEST(every_key_stands_once),
                TEST(dates_are_dates),
                TEST(a_section_is_there_once_and_in_its_place),
                TEST(what_is_no_edexml_is_refused),
                TEST(beside_a_manifest_xml_means_nothing),
                TEST(a_document_type_is_refused_before_it_is_read),
                TEST(what_is_too_deep_or_too_long_is_refused),
                TEST(encodings_that_expat_knows_are_read),
                TEST(the_form_of_uwlr_is_read_too),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
