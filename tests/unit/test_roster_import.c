/* links: roster chat store secret text base */
/* What a roster does to a school: who comes, changes and goes, and what stays whatever the roster says. */
#include "base/clock.h"
#include "chat/event.h"
#include "chat/member.h"
#include "chat/message.h"
#include "chat/person.h"
#include "chat/roster/import.h"
#include "chat/thread.h"
#include "roster_fixture.h"
#include "secret/secret.h"

static const char day[] = "2026-12-01";

static int import_on(struct fixture *f, struct made made, const char *today)
{
        _cleanup_(roster_freep) struct roster *roster = NULL;
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        int r;

        roster_report_done(&f->report);
        roster_faults_done(&f->faults);
        event_list_done(&f->made);
        r = read_made(&made, &roster, &f->faults);
        if (r < 0 && !roster)
                return r;
        assert_int_equal(tx_begin(f->db, &tx), 0);
        r = roster_import(tx, roster, f->faults.n > 0, today, &f->made, &f->report, &f->faults);
        if (r < 0)
                return r;
        return tx_commit(TAKE(tx));
}

static void import(struct fixture *f, struct made made)
{
        int r = import_on(f, made, day);

        assert_faults(&f->faults, (const char *const[]){ NULL });
        assert_int_equal(r, 0);
}

static void assert_refused(struct fixture *f, struct made made, const char *const *expected)
{
        assert_int_equal(import_on(f, made, day), -EBADMSG);
        assert_faults(&f->faults, expected);
}

/* The changes, as they are printed, in their order. */
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
                        f->report.list[n].key, f->report.list[n].text);
}

#define NOTHING ((const char *const[]){ NULL })

static size_t events_of(const struct fixture *f, enum event_kind kind)
{
        size_t n = 0;

        for (size_t i = 0; i < f->made.n; i++)
                n += f->made.items[i].kind == kind;
        return n;
}

#define USERS_HEADER                                                                                              \
        "sourcedId,status,enabledUser,orgSourcedIds,role,givenName,familyName,agentSourcedIds,"                   \
        "metadata.ouderbrug.role,metadata.ouderbrug.relation,metadata.ouderbrug.reads\n"
#define ENROLLMENTS_HEADER "sourcedId,status,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n"
#define CLASSES_HEADER "sourcedId,title,classType,schoolSourcedId\n"

static struct made with_users(struct made made, const char *rows)
{
        put(&made, "users.csv", rows);
        return made;
}

static struct made with_enrollments(struct made made, const char *rows)
{
        put(&made, "enrollments.csv", rows);
        return made;
}

static struct made delta(const char *users, const char *enrollments)
{
        struct made made = small_1_1();

        put(&made, "manifest.csv", "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.users,delta\n"
                                   "file.enrollments,delta\n");
        put(&made, "orgs.csv", NULL);
        put(&made, "classes.csv", NULL);
        put(&made, "users.csv", users);
        put(&made, "enrollments.csv", enrollments);
        return made;
}

/* ---- the first time, and again */

static void a_roster_makes_a_school(void **state)
{
        struct fixture *f = *state;

        import(f, small_1_1());
        assert_changes(f, LIST("+ org o1 (De Sluis)", "+ class c1 (1A)", "+ person g1 (Rahwa Haile, parent)",
                "+ person m1 (Jan ten Brink, mentor)", "+ pupil s1 (Selam Haile)", "+ teaching m1 c1 (mentor)",
                "+ guardianship s1 g1 (other)", "+ member s1 g1 (other)", "+ member s1 m1 (school)",
                "+ login m1 username (m1)"));
        assert_string_equal(f->report.school, "De Sluis");
        assert_text(f, "SELECT name FROM school", "De Sluis");
        assert_text(f, "SELECT speaks FROM person WHERE sourced_id = 'g1'", "ti nl");
        assert_text(f, "SELECT reads FROM person WHERE sourced_id = 'g1'", "");
        assert_text(f, "SELECT language FROM person WHERE sourced_id = 'g1'", "ti");
        assert_int_equal(number(f, "SELECT count(*) FROM thread"), 1);
        assert_int_equal(number(f, "SELECT count(*) FROM member WHERE joined = 'roster' AND first_seq = 1"), 2);
        assert_int_equal(events_of(f, EVENT_MEMBER), 2);
}

static void the_same_roster_again_changes_nothing(void **state)
{
        struct fixture *f = *state;
        int64_t last;

        import(f, small_1_2());
        last = number(f, "SELECT max(id) FROM event");
        import(f, small_1_2());
        assert_changes(f, NOTHING);
        assert_null(f->report.school);
        /* Nor does the same school in the other version. */
        import(f, small_1_1());
        assert_changes(f, NOTHING);
        import(f, small_1_2());
        assert_changes(f, NOTHING);
        assert_int_equal(number(f, "SELECT max(id) FROM event"), last);
}

static void only_columns_that_we_use_are_kept(void **state)
{
        struct fixture *f = *state;
        struct made made = small_1_1();

        put(&made, "users.csv", "sourcedId,enabledUser,orgSourcedIds,role,givenName,familyName,identifier,email,phone,password,"
                                "agentSourcedIds\n"
                                "m1,true,o1,teacher,Jan,Brink,123456782,a@b.example,0612345678,secret,\n"
                                "s1,true,o1,student,Selam,Haile,123456782,s@home.example,,,g1\n"
                                "g1,true,o1,parent,Rahwa,Haile,,g@home.example,,,\n");
        import(f, made);
        assert_int_equal(number(f, "SELECT count(*) FROM roster_row WHERE content LIKE '%123456782%' OR content LIKE '%secret%' "
                                   "OR content LIKE '%0612345678%' OR content LIKE '%home.example%'"), 0);
        assert_text(f, "SELECT group_concat(kind || ' ' || fold) FROM login", "email a@b.example");
}

/* ---- leaving */

static void bulk_is_the_whole_truth(void **state)
{
        struct fixture *f = *state;

        import(f, small_1_1());
        import(f, with_enrollments(with_users(small_1_1(), USERS_HEADER "s1,,true,o1,student,Selam,Haile,,,,\n"
                "g2,,true,o1,guardian,Sara,Vos,s1,,,nl\n"), ENROLLMENTS_HEADER "e2,,c1,o1,s1,student,,,\n"));
        assert_changes(f, LIST("- login m1 username (m1)", "- member s1 g1 (other)", "- member s1 m1 (school)", "- guardianship s1 g1 (other)",
                "- teaching m1 c1 (mentor)", "- person g1 (Rahwa Haile, parent)", "- person m1 (Jan ten Brink, mentor)",
                "+ person g2 (Sara Vos, legal_guardian)", "+ guardianship s1 g2 (guardian)", "+ member s1 g2 (guardian)"));
        assert_int_equal(number(f, "SELECT count(*) FROM person WHERE ended_ms IS NULL"), 1);
        assert_int_equal(number(f, "SELECT count(*) FROM member WHERE until_ms IS NULL"), 1);
        assert_int_equal(number(f, "SELECT count(*) FROM thread"), 1);
}

static void tobedeleted_ends_and_deletes_nothing(void **state)
{
        struct fixture *f = *state;

        import(f, small_1_1());
        import(f, delta("sourcedId,status\ng1,tobedeleted\n", ENROLLMENTS_HEADER));
        /* The header lacks what 1.1 asks for, but nothing of it is needed to end somebody. */
        assert_changes(f, LIST("- member s1 g1 (other)", "- guardianship s1 g1 (other)", "- person g1 (Rahwa Haile, parent)"));
        assert_int_equal(number(f, "SELECT count(*) FROM person"), 2);
        assert_int_equal(number(f, "SELECT count(*) FROM member"), 2);
}

static void who_comes_back_is_the_same_person_with_a_second_time(void **state)
{
        struct fixture *f = *state;
        int64_t id;

        import(f, small_1_1());
        id = number(f, "SELECT id FROM person WHERE sourced_id = 'm1'");
        import(f, delta(USERS_HEADER, ENROLLMENTS_HEADER "e1,tobedeleted,,,,,,,\n"));
        assert_changes(f, LIST("- member s1 m1 (school)", "- teaching m1 c1 (mentor)",
                "~ person m1 (role: mentor -> teacher)"));
        import(f, small_1_1());
        assert_changes(f, LIST("~ person m1 (role: teacher -> mentor)", "+ teaching m1 c1 (mentor)", "+ member s1 m1 (school)"));
        assert_int_equal(number(f, "SELECT id FROM person WHERE sourced_id = 'm1'"), id);
        assert_int_equal(number(f, "SELECT count(*) FROM member WHERE person = (SELECT id FROM person WHERE sourced_id = 'm1')"), 2);
}

static void who_leaves_is_signed_out(void **state)
{
        struct fixture *f = *state;

        import(f, small_1_1());
        assert_int_equal(sqlite3_exec(f->look, "INSERT INTO session (hash, person, kind, how, made_ms, seen_ms, until_ms) SELECT x'01', id, 'phone', 'link', 0, 0, 9e12 FROM person WHERE sourced_id = 'g1';"
                "INSERT INTO link SELECT x'02', id, NULL, 0, 9e12, NULL FROM person WHERE sourced_id = 'g1';", NULL, NULL, NULL), SQLITE_OK);
        import(f, delta("sourcedId,status\ng1,tobedeleted\n", ENROLLMENTS_HEADER));
        assert_int_equal(number(f, "SELECT count(*) FROM session WHERE ended_ms IS NULL"), 0);
        assert_int_equal(number(f, "SELECT count(*) FROM link WHERE used_ms IS NULL"), 0);
}

static void a_parent_who_is_not_enabled_is_not_in_the_school(void **state)
{
        struct fixture *f = *state;

        import(f, with_users(small_1_1(), USERS_HEADER "m1,,true,o1,teacher,Jan,Brink,,,,\n"
                "s1,,false,o1,student,Selam,Haile,g1,,,\ng1,,false,o1,parent,Rahwa,Haile,,,,\n"));
        assert_int_equal(number(f, "SELECT count(*) FROM person"), 1);
        assert_int_equal(number(f, "SELECT count(*) FROM pupil"), 1);
}

/* ---- delta */

static void a_delta_changes_what_it_names(void **state)
{
        struct fixture *f = *state;

        import(f, small_1_2());
        import(f, delta(USERS_HEADER "s2,active,true,o1,student,Aman,Haile,,,,\n"
                                     "g1,active,true,o1,parent,Rahwa,Haile,s2,,mother,\n",
                ENROLLMENTS_HEADER "e9,active,c1,o1,s2,student,,,\n"));
        /* A column that is there and empty is empty from now on; one that is not there stays as it was. */
        assert_changes(f, LIST("~ person g1 (reads:  -> -)", "+ pupil s2 (Aman Haile)", "~ guardianship s1 g1 (relation: other -> mother)",
                "+ guardianship s2 g1 (mother)", "~ member s1 g1 (relation: other -> mother)", "+ member s2 g1 (mother)",
                "+ member s2 m1 (school)"));
        assert_text(f, "SELECT speaks FROM person WHERE sourced_id = 'g1'", "ti nl");
        assert_int_equal(number(f, "SELECT count(*) FROM thread"), 2);
        assert_int_equal(number(f, "SELECT count(*) FROM member WHERE until_ms IS NULL"), 4);
}

static void a_delta_of_roles_alone_is_enough(void **state)
{
        struct fixture *f = *state;
        struct made made = { 0 };

        import(f, small_1_2());
        put(&made, "manifest.csv", "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.roles,delta\n");
        put(&made, "roles.csv", "sourcedId,status,userSourcedId,roleType,role,orgSourcedId\nr1,active,m1,primary,principal,o1\n");
        import(f, made);
        assert_changes(f, LIST("~ person m1 (role: mentor -> school_leader)"));
}

static void what_a_kept_row_refers_to_may_go(void **state)
{
        struct fixture *f = *state;
        struct made made = { 0 };

        import(f, small_1_1());
        put(&made, "manifest.csv", "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.classes,delta\n");
        put(&made, "classes.csv", "sourcedId,status\nc1,tobedeleted\n");
        import(f, made);
        assert_changes(f, LIST("- member s1 m1 (school)", "- teaching m1 c1 (mentor)", "- class c1 (1A)",
                "~ person m1 (role: mentor -> teacher)", "~ pupil s1 (class: c1 -> -)"));
        assert_int_equal(events_of(f, EVENT_THREAD), 1);
}

/* ---- who is in a conversation */

static void bring(struct fixture *f, const char *person, const char *by)
{
        struct member_draft draft = { .joined = JOINED_BROUGHT, .reach = REACH_NOW };
        struct tx *tx;
        int64_t id;

        assert_int_equal(tx_begin(f->db, &tx), 0);
        assert_int_equal(person_by_sourced_id(tx, person, &draft.person), 0);
        assert_int_equal(person_by_sourced_id(tx, by, &draft.by), 0);
        assert_int_equal(thread_by_pupil(tx, "s1", &draft.thread), 0);
        assert_int_equal(member_add(tx, NULL, &draft, &id), 0);
        assert_int_equal(tx_commit(tx), 0);
}

#define WITH_COACH                                                                                                \
        USERS_HEADER "m1,,true,o1,teacher,Jan,Brink,,,,\nm2,,true,o1,teacher,Els,Kamp,,,,\n"                       \
                     "k1,,true,o1,aide,Yonas,Habte,,coach,,\ns1,,true,o1,student,Selam,Haile,g1,,,\n"             \
                     "g1,,true,o1,parent,Rahwa,Haile,,,,\n"

static void a_new_mentor_takes_the_place_of_the_old_one(void **state)
{
        struct fixture *f = *state;

        import(f, with_users(small_1_1(), WITH_COACH));
        import(f, with_enrollments(with_users(small_1_1(), WITH_COACH),
                ENROLLMENTS_HEADER "e1,,c1,o1,m2,teacher,true,,\ne2,,c1,o1,s1,student,,,\n"));
        assert_changes(f, LIST("- member s1 m1 (school)", "- teaching m1 c1 (mentor)", "~ person m1 (role: mentor -> teacher)",
                "~ person m2 (role: teacher -> mentor)", "+ teaching m2 c1 (mentor)", "+ member s1 m2 (school)"));
        /* One left, one came, and who left is told as the teacher they are now: their card still stands in the conversation. */
        assert_int_equal(events_of(f, EVENT_MEMBER), 3);
}

static void who_was_brought_in_stays(void **state)
{
        struct fixture *f = *state;

        import(f, with_users(small_1_1(), WITH_COACH));
        bring(f, "k1", "m1");
        import(f, with_users(small_1_1(), WITH_COACH));
        assert_changes(f, NOTHING);
        /* Until they leave the school. */
        import(f, delta("sourcedId,status\nk1,tobedeleted\n", ENROLLMENTS_HEADER));
        assert_changes(f, LIST("- member s1 k1 (school)", "- person k1 (Yonas Habte, coach)"));
}

static void the_conversation_of_a_pupil_who_left_has_nobody_in_it(void **state)
{
        struct fixture *f = *state;

        import(f, with_users(small_1_1(), WITH_COACH));
        bring(f, "k1", "m1");
        import(f, delta("sourcedId,status\ns1,tobedeleted\n", ENROLLMENTS_HEADER));
        assert_int_equal(f->report.end[STATE_MEMBER], 3);
        assert_int_equal(number(f, "SELECT count(*) FROM member WHERE until_ms IS NULL"), 0);
        assert_int_equal(number(f, "SELECT count(*) FROM thread"), 1);
        assert_int_equal(number(f, "SELECT count(*) FROM person WHERE ended_ms IS NULL"), 4);
}

static void who_was_brought_in_and_becomes_mentor_is_there_by_the_roster(void **state)
{
        struct fixture *f = *state;

        import(f, with_users(small_1_1(), WITH_COACH));
        bring(f, "m2", "m1");
        import(f, with_enrollments(with_users(small_1_1(), WITH_COACH),
                ENROLLMENTS_HEADER "e1,,c1,o1,m2,teacher,true,,\ne2,,c1,o1,s1,student,,,\n"));
        assert_changes(f, LIST("- member s1 m1 (school)", "- teaching m1 c1 (mentor)", "~ person m1 (role: mentor -> teacher)",
                "~ person m2 (role: teacher -> mentor)", "+ teaching m2 c1 (mentor)", "~ member s1 m2 (joined: brought -> roster)"));
        assert_int_equal(number(f, "SELECT count(*) FROM member WHERE until_ms IS NULL AND joined = 'roster'"), 2);
        assert_int_equal(number(f, "SELECT count(*) FROM member WHERE joined = 'brought' AND until_ms IS NOT NULL"), 1);
}

static void a_class_may_have_two_mentors_or_none_but_a_first_teacher(void **state)
{
        struct fixture *f = *state;

        import(f, with_enrollments(with_users(small_1_1(), WITH_COACH), ENROLLMENTS_HEADER
                "e1,,c1,o1,m1,teacher,true,,\ne3,,c1,o1,m2,teacher,true,,\ne4,,c1,o1,k1,teacher,false,,\ne2,,c1,o1,s1,student,,,\n"));
        assert_int_equal(number(f, "SELECT count(*) FROM teaching WHERE mentor = 1"), 2);
        assert_int_equal(number(f, "SELECT count(*) FROM member"), 3);
        import(f, with_enrollments(with_users(small_1_1(), WITH_COACH), ENROLLMENTS_HEADER
                "e5,,c1,o1,m1,teacher,false,,\ne3,,c1,o1,m2,teacher,,,\ne4,,c1,o1,k1,teacher,false,,\ne2,,c1,o1,s1,student,,,\n"));
        assert_text(f, "SELECT p.sourced_id FROM teaching t JOIN person p ON p.id = t.person WHERE mentor = 1 AND t.ended_ms IS NULL", "m2");
        assert_int_equal(number(f, "SELECT count(*) FROM member WHERE until_ms IS NULL"), 2);
}

static void the_home_class_gives_the_mentor(void **state)
{
        struct fixture *f = *state;
        struct made made = with_enrollments(with_users(small_1_1(), WITH_COACH), ENROLLMENTS_HEADER
                "e1,,c1,o1,m1,teacher,true,,\ne2,,c1,o1,s1,student,,,\ne3,,c0,o1,m2,teacher,true,,\ne4,,c0,o1,s1,student,,,\n");

        put(&made, "classes.csv", CLASSES_HEADER "c1,1A,homeroom,o1\nc0,0 Gym,scheduled,o1\n");
        import(f, made);
        assert_text(f, "SELECT c.sourced_id FROM pupil p JOIN class c ON c.id = p.class", "c1");
        assert_int_equal(number(f, "SELECT count(*) FROM member WHERE person = (SELECT id FROM person WHERE sourced_id = 'm2')"), 0);
}

static void dates_say_from_when_and_until_when(void **state)
{
        struct fixture *f = *state;
        struct made made = with_enrollments(with_users(small_1_1(), WITH_COACH), ENROLLMENTS_HEADER
                "e1,,c1,o1,m1,teacher,true,2026-08-01,2027-01-01\ne3,,c1,o1,m2,teacher,true,2027-01-01,\ne2,,c1,o1,s1,student,,,\n");

        import(f, made);
        assert_int_equal(number(f, "SELECT count(*) FROM member WHERE until_ms IS NULL"), 2);
        assert_int_equal(import_on(f, made, "2026-12-31"), 0);
        assert_changes(f, NOTHING);
        assert_int_equal(import_on(f, made, "2027-01-01"), 0);
        assert_changes(f, LIST("- member s1 m1 (school)", "- teaching m1 c1 (mentor)", "~ person m1 (role: mentor -> teacher)",
                "~ person m2 (role: teacher -> mentor)", "+ teaching m2 c1 (mentor)", "+ member s1 m2 (school)"));
}

static void only_the_family_side_becomes_a_guardian(void **state)
{
        struct fixture *f = *state;

        import(f, with_users(small_1_1(), USERS_HEADER
                "m1,,true,o1,teacher,Jan,Brink,s1,,,\n"
                "s1,,true,o1,student,Selam,Haile,\"s2,m1\",,,\n"
                "s2,,true,o1,student,Aman,Haile,s1,,,\n"
                "g1,,true,o1,relative,Rahwa,Haile,\"s1,s2\",,,\n"
                "g2,,true,o1,guardian,Loes,Vos,s1,,,\n"
                "g3,,true,o1,guardian,Tineke,Faber,s1,residential_counsellor,other,\n"));
        assert_int_equal(number(f, "SELECT count(*) FROM guardianship"), 4);
        assert_int_equal(number(f, "SELECT count(*) FROM guardianship WHERE relation = 'relative'"), 2);
        assert_text(f, "SELECT role FROM person WHERE sourced_id = 'g1'", "parent");
        assert_text(f, "SELECT role FROM person WHERE sourced_id = 'g2'", "legal_guardian");
        assert_text(f, "SELECT role FROM person WHERE sourced_id = 'g3'", "residential_counsellor");
}

/* ---- what others hear */

static void a_new_name_is_told_wherever_it_is_read(void **state)
{
        struct fixture *f = *state;
        struct made made = small_1_1();

        import(f, made);
        put(&made, "classes.csv", CLASSES_HEADER "c1,2B,homeroom,o1\n");
        import(f, made);
        assert_changes(f, LIST("~ class c1 (name: 1A -> 2B)"));
        assert_int_equal(events_of(f, EVENT_THREAD), 1);

        put(&made, "orgs.csv", "sourcedId,name,type\no1,De Brug,school\n");
        import(f, made);
        assert_int_equal(events_of(f, EVENT_THREAD), 1);
        assert_text(f, "SELECT name FROM school", "De Brug");

        put(&made, "users.csv", USERS_HEADER "m1,,true,o1,teacher,Jan,Brink,,,,nl\ns1,,true,o1,student,Salam,Haile,g1,,,\n"
                                             "g1,,true,o1,parent,Rahwa,Tesfay,,,,none\n");
        import(f, made);
        assert_int_equal(events_of(f, EVENT_THREAD), 1);
        assert_int_equal(events_of(f, EVENT_MEMBER), 2);
}

static void a_language_somebody_chose_is_theirs(void **state)
{
        struct fixture *f = *state;
        struct tx *tx;
        int64_t id;

        import(f, small_1_1());
        assert_int_equal(tx_begin(f->db, &tx), 0);
        assert_int_equal(person_by_sourced_id(tx, "g1", &id), 0);
        assert_int_equal(person_choose_language(tx, id, "nl"), 0);
        assert_int_equal(tx_commit(tx), 0);
        import(f, small_1_1());
        assert_changes(f, NOTHING);
        assert_text(f, "SELECT language FROM person WHERE sourced_id = 'g1'", "nl");
}

/* ---- what cannot be */

static void every_reference_must_lead_somewhere(void **state)
{
        struct fixture *f = *state;
        struct made made = small_1_1();

        put(&made, "orgs.csv", "sourcedId,name,type,parentSourcedId\no1,De Sluis,school,o2\no2,Een,district,o1\no3,Twee,district,o9\n");
        put(&made, "classes.csv", CLASSES_HEADER "c1,1A,homeroom,o7\n");
        put(&made, "users.csv", USERS_HEADER "m1,,true,\"o1,o8\",teacher,Jan,Brink,,,,nl\ns1,,true,o1,student,Selam,Haile,\"g1,g9\",,,\n"
                                             "g1,,true,o1,parent,,,,,,none\n");
        put(&made, "enrollments.csv", ENROLLMENTS_HEADER "e1,,c9,o1,m1,teacher,true,,\ne2,,c1,o9,s9,student,,,\n"
                                                         "e3,,c1,o1,m1,student,,,\ne4,,c1,o1,s1,teacher,,,\n");
        assert_refused(f, made, LIST("orgs.csv:2:4: parentSourcedId: goes round in a circle", "orgs.csv:3:4: parentSourcedId: goes round",
                "orgs.csv:4:4: parentSourcedId: there is no o9 in orgs.csv", "classes.csv:2:4: schoolSourcedId: there is no o7",
                "users.csv:4:6: givenName and familyName are both empty", "users.csv:2:4: orgSourcedIds: there is no o8",
                "users.csv:3:8: agentSourcedIds: there is no g9 in users.csv",
                "enrollments.csv:2:3: classSourcedId: there is no c9 in classes.csv", "enrollments.csv:3:4: schoolSourcedId: there is no o9",
                "enrollments.csv:3:5: userSourcedId: there is no s9", "enrollments.csv:4:6: role: m1 is no student",
                "enrollments.csv:5:6: role: s1 is a student"));
        assert_int_equal(number(f, "SELECT count(*) FROM org"), 0);
        assert_int_equal(number(f, "SELECT count(*) FROM roster_row"), 0);
}

static void faults_of_fields_and_of_references_are_found_together(void **state)
{
        struct fixture *f = *state;

        assert_refused(f, with_enrollments(with_users(small_1_1(), USERS_HEADER "m1,,nope,o1,teacher,Jan,Brink,,,,\n"
                "s1,,true,o1,student,Selam,Haile,g7,,,\n"), ENROLLMENTS_HEADER "e1,,c1,o1,m1,cook,,,\n"),
                LIST("users.csv:2:3: enabledUser", "enrollments.csv:2:6: role: \"cook\"", "users.csv:3:8: agentSourcedIds: there is no g7"));
}

static void in_1_2_everybody_has_a_role(void **state)
{
        struct fixture *f = *state;
        struct made made = small_1_2();

        put(&made, "roles.csv", "sourcedId,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId\nr1,m1,primary,teacher,,,o1\n"
                                "r2,s1,primary,student,,,o1\nr4,s1,secondary,ext:captain,,,o1\nr5,x9,primary,teacher,,,o1\n");
        assert_refused(f, made, LIST("users.csv:4: there is no role for g1 in roles.csv", "roles.csv:5:2: userSourcedId: there is no x9"));
}

static void years_and_courses_are_checked_where_there_are_any(void **state)
{
        struct fixture *f = *state;
        struct made made = small_1_1();

        put(&made, "manifest.csv", MANIFEST("1.1", "bulk", "bulk") "file.courses,bulk\n");
        put(&made, "courses.csv", "sourcedId,title,orgSourcedId\nk2,Taal,o1\n");
        assert_refused(f, made, LIST("classes.csv:2:6: courseSourcedId: there is no k in courses.csv"));
}

/* ---- the demo school */

static void the_demo_school_comes_in_within_seconds(void **state)
{
        _cleanup_(roster_freep) struct roster *roster = NULL;
        struct fixture *f = *state;
        int64_t began = clock_mono_ms();
        struct tx *tx;

        assert_int_equal(roster_read(SOURCE_DIR "/config/demo-school/package", &roster, &f->faults), 0);
        assert_int_equal(tx_begin(f->db, &tx), 0);
        assert_int_equal(roster_import(tx, roster, false, day, NULL, &f->report, &f->faults), 0);
        assert_int_equal(tx_commit(tx), 0);
        assert_true(clock_mono_ms() - began < 5000);
        assert_int_equal(number(f, "SELECT count(*) FROM pupil"), 460);
        assert_int_equal(number(f, "SELECT count(*) FROM thread"), 460);
        assert_int_equal(number(f, "SELECT count(*) FROM class"), 23);
        assert_int_equal(number(f, "SELECT count(*) FROM pupil p JOIN class c ON c.id = p.class JOIN org o ON o.id = c.org WHERE o.name = 'Kade'"), 130);
        assert_int_equal(number(f, "SELECT count(*) FROM pupil p WHERE NOT EXISTS (SELECT 1 FROM guardianship g WHERE g.pupil = p.id)"), 0);
        assert_int_equal(number(f, "SELECT count(*) FROM person WHERE role = 'mentor'"), 23);
        assert_int_equal(number(f, "SELECT max(n) FROM (SELECT count(*) n FROM guardianship g JOIN person p ON p.id = g.person "
                                   "WHERE p.role = 'legal_guardian' GROUP BY person)"), 12);
        assert_text(f, "SELECT group_concat(sourced_id, ' ') FROM (SELECT p.sourced_id FROM member m JOIN person p ON p.id = m.person "
                       "JOIN thread t ON t.id = m.thread JOIN pupil u ON u.id = t.pupil "
                       "WHERE u.sourced_id = 'pupil-samir-al-hariri' ORDER BY 1)",
                "parent-huda-al-hariri parent-karim-al-hariri staff-visser");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(a_roster_makes_a_school),
                TEST(the_same_roster_again_changes_nothing),
                TEST(only_columns_that_we_use_are_kept),
                TEST(bulk_is_the_whole_truth),
                TEST(tobedeleted_ends_and_deletes_nothing),
                TEST(who_comes_back_is_the_same_person_with_a_second_time),
                TEST(who_leaves_is_signed_out),
                TEST(a_parent_who_is_not_enabled_is_not_in_the_school),
                TEST(a_delta_changes_what_it_names),
                TEST(a_delta_of_roles_alone_is_enough),
                TEST(what_a_kept_row_refers_to_may_go),
                TEST(a_new_mentor_takes_the_place_of_the_old_one),
                TEST(who_was_brought_in_stays),
                TEST(the_conversation_of_a_pupil_who_left_has_nobody_in_it),
                TEST(who_was_brought_in_and_becomes_mentor_is_there_by_the_roster),
                TEST(a_class_may_have_two_mentors_or_none_but_a_first_teacher),
                TEST(the_home_class_gives_the_mentor),
                TEST(dates_say_from_when_and_until_when),
                TEST(only_the_family_side_becomes_a_guardian),
                TEST(a_new_name_is_told_wherever_it_is_read),
                TEST(a_language_somebody_chose_is_theirs),
                TEST(every_reference_must_lead_somewhere),
                TEST(faults_of_fields_and_of_references_are_found_together),
                TEST(in_1_2_everybody_has_a_role),
                TEST(years_and_courses_are_checked_where_there_are_any),
                TEST(the_demo_school_comes_in_within_seconds),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
