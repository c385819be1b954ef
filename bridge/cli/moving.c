/* cli/moving.c: a family's contact goes along to another school.
 *
 * key prints this school's address; pack makes the file at the school that is left, of what the family agreed to; show says what is in a file
 * that came; unpack brings it in.
 */
#include "base/arena.h"
#include "chat/audit/audit.h"
#include "chat/moving/moving.h"
#include "chat/person.h"
#include "chat/thread.h"
#include "cli/cli.h"
#include "conf/conf.h"
#include "media/media.h"
#include "secret/secret.h"
#include "store/db.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MATCHES_MAX = 16 };

struct match {
        int64_t old;
        const char *key;
};

struct asked {
        const char *verb, *to;
        const char *names[2];
        size_t names_n;
        struct match matches[MATCHES_MAX];
        size_t matches_n;
};

/* NUMBER=KEY */
static bool read_match(const char *text, struct asked *ret)
{
        char *end;

        if (ret->matches_n == MATCHES_MAX)
                return false;
        errno = 0;
        ret->matches[ret->matches_n].old = strtoll(text, &end, 10);
        if (errno || end == text || *end != '=' || !end[1] || ret->matches[ret->matches_n].old <= 0)
                return false;
        ret->matches[ret->matches_n++].key = end + 1;
        return true;
}

static bool read_asked(int argc, char **argv, struct asked *ret)
{
        for (int i = 1; i < argc; i++) {
                if (strcmp(argv[i], "--to") == 0 && i + 1 < argc)
                        ret->to = argv[++i];
                else if (strcmp(argv[i], "--guardian") == 0 && i + 1 < argc && read_match(argv[i + 1], ret))
                        i++;
                else if (argv[i][0] != '-' && !ret->verb)
                        ret->verb = argv[i];
                else if (argv[i][0] != '-' && ret->names_n < ELEMENTS(ret->names))
                        ret->names[ret->names_n++] = argv[i];
                else
                        return false;
        }
        return ret->verb;
}

static int fail(int error, const char *otherwise)
{
        switch (-error) {
        case EPROTO:
                return cli_fail("moving", 1, "this is no file that a school sends to another");
        case ENOTSUP:
                return cli_fail("moving", 1, "the file was made by a newer version of ouderbrug");
        case ENOKEY:
                return cli_fail("moving", 1, "the file is sealed for another school than this one");
        case EBADMSG:
                return cli_fail("moving", 1, otherwise ? otherwise : "the file was changed on its way, or a part of it is missing");
        case EEXIST:
                return cli_fail("moving", 1, "there is a file of that name already; it was left alone");
        case EMSGSIZE:
                return cli_fail("moving", 1, "it is too much for one file");
        case ENOEXEC:
                return cli_fail("moving", 1, "a tool that makes photos, documents and voices safe is not installed (ouderbrug doc settings)");
        default:
                return cli_fail("moving", 1, strerror(-error));
        }
}

/* ---- key */

static int print_key(struct db *db)
{
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        char address[PARCEL_ADDRESS + 1];
        struct parcel_key key;
        int r;

        r = tx_begin_reading(db, &tx);
        if (r >= 0)
                r = moving_key(tx, &key);
        if (r < 0)
                return fail(r, NULL);
        parcel_address_write(key.public, address);
        secret_wipe(&key, sizeof(key));
        printf("%s\n", address);
        return 0;
}

/* ---- pack */

/* What to is for is read in one moment, and sealed on its way to the disk. */
static int write_file(struct db *db, const struct asked *asked, const unsigned char to[PARCEL_PUBLIC], int fd, struct moving_made *made)
{
        _cleanup_(parcel_out_freep) struct parcel_out *out = NULL;
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        int64_t thread = 0;
        struct uuid id;
        int r;

        secret_uuid(&id);
        r = tx_begin_reading(db, &tx);
        if (r >= 0)
                r = thread_by_pupil(tx, asked->names[0], &thread);
        if (r < 0)
                return r == -ENOENT ? -ESRCH : r;
        r = parcel_out_new(to, fd, &out);
        if (r >= 0)
                r = moving_write(tx, thread, &id, out, made);
        if (r >= 0)
                r = parcel_out_end(out);
        return r < 0 ? r : fsync(fd) < 0 ? -errno : 0;
}

static int put_on_record(const struct conf *conf, struct db *db, const struct moving_made *file)
{
        _cleanup_(event_list_done) struct event_list made = { 0 };
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        int r;

        r = tx_begin(db, &tx);
        if (r >= 0)
                r = moving_left(tx, &made, file);
        if (r >= 0)
                r = tx_commit(TAKE(tx));
        if (r >= 0)
                cli_note(conf, db);
        return r;
}

/* The file is there before it is on record: what is on record has left the house, and what could not be put on record does not leave. */
static int pack(const struct conf *conf, struct db *db, const struct asked *asked)
{
        unsigned char to[PARCEL_PUBLIC];
        struct moving_made made;
        int fd, r;

        if (parcel_address_read(asked->to, to) < 0)
                return cli_fail("moving", 2, "--to: this is not the address of a school, or there is a slip in it");
        fd = open(asked->names[1], O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd < 0)
                return fail(-errno, NULL);
        r = write_file(db, asked, to, fd, &made);
        close(fd);
        if (r >= 0)
                r = put_on_record(conf, db, &made);
        if (r < 0)
                unlink(asked->names[1]);
        if (r == -ESRCH)
                return cli_fail("moving", 1, "the roster has no such pupil");
        if (r == -ENOENT)
                return cli_fail("moving", 1, "the family agreed to nothing going along, or took it back");
        if (r < 0)
                return fail(r, NULL);
        if (made.left_out > 0)
                printf("%zu photos, documents or voice messages stay behind: there was no room for them.\n", made.left_out);
        return 0;
}

/* ---- show and unpack */

static int open_parcel(struct db *db, int fd, struct parcel_in **ret)
{
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        struct parcel_key key;
        struct stat st;
        int r;

        if (fstat(fd, &st) < 0)
                return -errno;
        if (!S_ISREG(st.st_mode))
                return -EPROTO;
        r = tx_begin_reading(db, &tx);
        if (r >= 0)
                r = moving_key(tx, &key);
        if (r < 0)
                return r;
        r = parcel_in_new(&key, fd, ret);
        secret_wipe(&key, sizeof(key));
        return r;
}

/* All of it, to its end, whether it is shown or taken in; no transaction is open meanwhile, for our tools take their time. Returns 0 or an exit status,
 * with the fault said. */
static int open_file(const struct conf *conf, struct db *db, const char *path, bool to_keep, struct arena *a, struct moved **ret)
{
        const struct media_settings settings = { conf->ffmpeg, conf->vipsthumbnail, conf->pdftocairo, conf->voice_max_s };
        _cleanup_(parcel_in_freep) struct parcel_in *in = NULL;
        _cleanup_free_ char *why = NULL;
        int fd, r;

        fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
                return fail(-errno, NULL);
        r = open_parcel(db, fd, &in);
        if (r >= 0)
                r = moving_open(a, in, ret, &why);
        if (r >= 0)
                r = moving_take_files(in, to_keep ? &settings : NULL, conf->data, *ret, &why);
        close(fd);
        return r < 0 ? fail(r, why) : 0;
}

static void print_file(const struct moved *moved)
{
        printf("%s, from %s: %zu messages, %zu answers, %" PRId64 " questions they were asked, %zu photos, documents and voice messages\n", moved->pupil,
               moved->school, moved->messages_n, moved->replies_n, moved->consents_n, moved->files_n);
        for (size_t i = 0; i < moved->people_n; i++) {
                const struct moved_person *p = &moved->people[i];

                printf("%" PRId64 "\t%s\t%s", p->old, word_text(&words_role, (int)p->person.role), p->person.name);
                for (size_t k = 0; k < p->person.speaks.n; k++)
                        printf("%s%s", k ? " " : "\tspeaks ", p->person.speaks.items[k]);
                for (size_t k = 0; k < p->person.reads.n; k++)
                        printf("%s%s", k ? " " : "\treads ", p->person.reads.items[k]);
                putchar('\n');
        }
}

/* Only of the family's side: nobody's words become those of a colleague. */
static int match_people(struct tx *tx, struct moved *moved, const struct asked *asked)
{
        for (size_t i = 0; i < asked->matches_n; i++) {
                const struct match *match = &asked->matches[i];
                struct moved_person *person = NULL;
                struct viewer ours;
                int64_t here;
                int r;

                for (size_t k = 0; k < moved->people_n; k++)
                        if (moved->people[k].old == match->old && moved->people[k].family)
                                person = &moved->people[k];
                if (!person)
                        return cli_fail("moving", 1, "--guardian: nobody of the family has that number in the file");
                r = person_by_sourced_id(tx, match->key, &here);
                if (r >= 0)
                        r = person_viewer(tx, here, &ours);
                if (r == -ENOENT || (r >= 0 && !ours.family))
                        return cli_fail("moving", 1, "--guardian: the roster has no guardian with that key");
                if (r < 0)
                        return fail(r, NULL);
                person->here = here;
        }
        return 0;
}

static int unpack(const struct conf *conf, struct db *db, struct moved *moved, const struct asked *asked)
{
        _cleanup_(event_list_done) struct event_list made = { 0 };
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        int r;

        r = tx_begin(db, &tx);
        if (r < 0)
                return fail(r, NULL);
        r = match_people(tx, moved, asked);
        if (r > 0)
                return r;
        r = moving_put(tx, &made, moved, asked->names[1], (int64_t)conf->files_max_bytes);
        if (r == -ENOENT)
                return cli_fail("moving", 1, "the roster has no such pupil");
        if (r == -EEXIST)
                return cli_fail("moving", 1, "this file was brought in before");
        if (r == -ENOTEMPTY)
                return cli_fail("moving", 1, "somebody wrote in this pupil's conversation already, and nothing can be put before that");
        if (r == -ENOSPC)
                return cli_fail("moving", 1, "there is no room for its photos, documents and voice messages (files_max_bytes)");
        if (r >= 0)
                r = tx_commit(TAKE(tx));
        if (r < 0)
                return fail(r, NULL);
        cli_note(conf, db);
        printf("%zu messages came along.\n", moved->messages_n);
        return 0;
}

int cli_moving(int argc, char **argv)
{
        _cleanup_(conf_done) struct conf conf = { 0 };
        _cleanup_(arena_done) struct arena a = ARENA((size_t)4 * MOVING_BYTES_MAX);
        _cleanup_(db_closep) struct db *db = NULL;
        struct asked asked = { 0 };
        struct moved *moved = NULL;
        bool is_key, is_pack, is_show, is_unpack;
        int r;

        r = cli_conf(&conf, &argc, argv);
        if (r > 0)
                return r - 1;
        if (!read_asked(argc, argv, &asked))
                return cli_fail("moving", 2, "say key, pack, show or unpack; see --help");
        is_key = strcmp(asked.verb, "key") == 0 && asked.names_n == 0 && !asked.to && !asked.matches_n;
        is_pack = strcmp(asked.verb, "pack") == 0 && asked.names_n == 2 && asked.to && !asked.matches_n;
        is_show = strcmp(asked.verb, "show") == 0 && asked.names_n == 1 && !asked.to && !asked.matches_n;
        is_unpack = strcmp(asked.verb, "unpack") == 0 && asked.names_n == 2 && !asked.to;
        if (!is_key && !is_pack && !is_show && !is_unpack)
                return cli_fail("moving", 2, "say key, pack, show or unpack, and what each needs; see --help");
        if (secret_init() < 0)
                return cli_fail("moving", 1, "no source of random numbers");
        r = cli_open(&conf, "moving", 0, &db);
        if (r > 0)
                return r;
        if (is_key)
                return print_key(db);
        if (is_pack)
                return pack(&conf, db, &asked);
        r = open_file(&conf, db, asked.names[0], is_unpack, &a, &moved);
        if (r == 0 && is_unpack)
                r = unpack(&conf, db, moved, &asked);
        else if (r == 0)
                print_file(moved);
        moved_done(moved);
        return r;
}
