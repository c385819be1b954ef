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
#include "secret/secret.h"
#include "store/db.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MATCHES_MAX = 16, FILE_MAX = MOVING_BYTES_MAX + 1024 * 1024 };

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
        case EFBIG:
                return cli_fail("moving", 1, "it is too much for one file");
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

static int write_whole(const char *path, const struct buf *bytes)
{
        int fd, r = 0;

        fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd < 0)
                return -errno;
        for (size_t done = 0; r == 0 && done < bytes->len;) {
                ssize_t n = write(fd, bytes->data + done, bytes->len - done);

                if (n < 0 && errno != EINTR)
                        r = -errno;
                done += n > 0 ? (size_t)n : 0;
        }
        if (r == 0 && fsync(fd) < 0)
                r = -errno;
        close(fd);
        if (r < 0)
                unlink(path);
        return r;
}

/* The file is there before it is on record: what is on record has left the house, and what could not be put on record does not leave. */
static int pack(const struct conf *conf, struct db *db, const struct asked *asked)
{
        _cleanup_(buf_done) struct buf content = BUF(MOVING_BYTES_MAX);
        _cleanup_(buf_done) struct buf parcel = BUF(FILE_MAX);
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        unsigned char to[PARCEL_PUBLIC];
        int64_t thread = 0, by = 0;
        struct uuid id;
        int r;

        if (parcel_address_read(asked->to, to) < 0)
                return cli_fail("moving", 2, "--to: this is not the address of a school, or there is a slip in it");
        secret_uuid(&id);
        r = tx_begin_reading(db, &tx);
        if (r >= 0)
                r = thread_by_pupil(tx, asked->names[0], &thread);
        if (r == -ENOENT)
                return cli_fail("moving", 1, "the roster has no such pupil");
        if (r >= 0)
                r = moving_write(tx, thread, &id, &content, &by);
        if (r == -ENOENT)
                return cli_fail("moving", 1, "the family agreed to nothing going along, or took it back");
        if (r >= 0)
                r = parcel_pack(to, content.data, content.len, &parcel);
        tx_rollback(TAKE(tx));
        if (content.data)
                secret_wipe(content.data, content.len);
        if (r >= 0)
                r = write_whole(asked->names[1], &parcel);
        if (r < 0)
                return fail(r, NULL);
        r = cli_record(conf, db, &(struct audit){ .deed = DEED_MOVED_OUT, .saw = true, .thread = thread, .person = by });
        if (r < 0)
                unlink(asked->names[1]);
        return r < 0 ? fail(r, NULL) : 0;
}

/* ---- show and unpack */

static int read_whole(const char *path, struct buf *out)
{
        struct stat st;
        int fd, r = 0;

        fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
                return -errno;
        if (fstat(fd, &st) < 0)
                r = -errno;
        else if (!S_ISREG(st.st_mode))
                r = -EPROTO;
        else if (st.st_size > FILE_MAX)
                r = -EFBIG;
        while (r == 0) {
                char *to = buf_reserve(out, 64 * 1024);
                ssize_t n = to ? read(fd, to, 64 * 1024) : 0;

                if (!to)
                        r = -EFBIG;
                else if (n < 0 && errno != EINTR)
                        r = -errno;
                else if (n == 0)
                        break;
                out->len += n > 0 ? (size_t)n : 0;
        }
        close(fd);
        return r;
}

/* Returns 0 or an exit status, with the fault said. */
static int open_file(struct db *db, const char *path, struct arena *a, struct moved **ret)
{
        _cleanup_(buf_done) struct buf parcel = BUF(FILE_MAX + 64 * 1024);
        _cleanup_(buf_done) struct buf content = BUF(MOVING_BYTES_MAX);
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        _cleanup_free_ char *why = NULL;
        struct parcel_key key;
        int r;

        r = read_whole(path, &parcel);
        if (r >= 0)
                r = tx_begin_reading(db, &tx);
        if (r >= 0)
                r = moving_key(tx, &key);
        if (r < 0)
                return fail(r, NULL);
        r = parcel_open(&key, parcel.data, parcel.len, &content);
        secret_wipe(&key, sizeof(key));
        if (r >= 0)
                r = moving_read(a, content.data ? content.data : "", content.len, ret, &why);
        if (content.data)
                secret_wipe(content.data, content.len);
        return r < 0 ? fail(r, why) : 0;
}

static void print_file(const struct moved *moved)
{
        printf("%s, from %s: %zu messages, %zu answers, %" PRId64 " questions they were asked\n", moved->pupil, moved->school, moved->messages_n,
               moved->replies_n, moved->consents_n);
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
        r = moving_put(tx, &made, moved, asked->names[1]);
        if (r == -ENOENT)
                return cli_fail("moving", 1, "the roster has no such pupil");
        if (r == -EEXIST)
                return cli_fail("moving", 1, "this file was brought in before");
        if (r == -ENOTEMPTY)
                return cli_fail("moving", 1, "somebody wrote in this pupil's conversation already, and nothing can be put before that");
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
        r = open_file(db, asked.names[0], &a, &moved);
        if (r > 0)
                return r;
        if (is_unpack)
                return unpack(&conf, db, moved, &asked);
        print_file(moved);
        return 0;
}
