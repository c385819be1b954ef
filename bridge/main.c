/* main.c: ouderbrug, the one program. */
#include "base/macro.h"
#include "cli/cli.h"

#include <sys/stat.h>

const struct cli_verb cli_verbs[];
const struct cli_verb cli_verbs[] = {
        { "serve", "serve [OPTION ...]", "Serves a school until a signal (TERM, INT, HUP) ends it.", cli_serve },
        { "import", "import [--dry-run] [OPTION ...] PATH",
          "Brings the school in from its roster: a OneRoster CSV package (1.1 or 1.2), as a folder or a zip, or an EDEXML file (2.1),\n"
          "as it is or in a zip. All of it or nothing.\n"
          "--dry-run prints the difference and changes nothing.",
          cli_import },
        { "link", "link [OPTION ...] [--person] PERSON ...",
          "Makes the operator's own sign-in link for each person, named by their key in the roster, and prints it. Good once, and asks no PIN: for a "
          "demonstration, a test, or the first administrator. What a school gives people is an invitation, made in the app.", cli_link },
        { "demo", "demo [OPTION ...] FILE", "Puts a file of conversations into a school that has none yet.", cli_demo },
        { "backup", "backup [--keys-only] [OPTION ...] FILE",
          "Copies the school into a new file and its keys into FILE.keys, whole and checked, also while it is served. The keys are\n"
          "sealed with the school's key, which is in neither: keep that elsewhere. --keys-only copies the keys alone.",
          cli_backup },
        { "restore", "restore [--sign-out] [--keys FILE] [OPTION ...] FILE",
          "Puts a backup back into a data folder that has no school, with the keys that are in the folder, or else with those of\n"
          "FILE.keys or --keys. Sign-in links made before are good no more; --sign-out also ends every session.",
          cli_restore },
        { "audit", "audit verify|list [OPTION ...]",
          "verify goes through the audit log and prints where it ends: its last row and that row's hash. Note that line elsewhere;\n"
          "--head \"ROW HASH\" then also shows whether the log was written anew, or cut off, since. Without, audit.head in the data\n"
          "folder is compared. Exit status 1 and the first bad row where one was changed, taken out or put in.\n"
          "list prints rows, by ids: [--person KEY] [--pupil KEY] [--since YYYY-MM-DD]; --names adds the names of people.",
          cli_audit },
        { "erase", "erase [--yes] [--new-key-file FILE] [OPTION ...] PUPIL",
          "Destroys a pupil's data, named by the administration's key or by number: the conversation with its key, so that no backup opens it any\n"
          "more, the pupil's row, and guardians who have no other pupil. Also while the school is served. Asks first, on a terminal; --yes does not.\n"
          "Interrupted, it is finished by the next call, by a server or by a restore. --new-key-file: where the key is not in a file of ours.",
          cli_erase },
        { "export", "export [OPTION ...] PERSON FILE",
          "Writes all that the school has of a parent, guardian or counsellor, named by their key in the roster, into a new zip: a page\n"
          "in their language and the same as JSON, as they would get it with the button in the app.",
          cli_export },
        { "moving", "moving key | pack --to ADDRESS PUPIL FILE | show FILE | unpack [--guardian NUMBER=KEY ...] FILE PUPIL",
          "A family's contact goes along to another school, as a sealed file. There key prints the school's address, which it tells this one.\n"
          "Here pack writes what the family agreed to let go (asked in the app, item by item) into a new file that only that school opens. There\n"
          "show says what is in it, with a number for each person, and unpack puts it into the conversation of a pupil where nobody has written\n"
          "yet; --guardian says who of the file is whom in the roster there. Photos, documents and voices are made anew there first, which takes a while.",
          cli_moving },
        { "retention", "retention [--run | --log | --kinds] [--names] [--today DAY] [OPTION ...]",
          "Lists what has been kept for as long as the settings (keep_*) say: kind, id of the person or pupil, since when, how many, why.\n"
          "--run deletes it, --log prints what went before, --kinds how long each kind is kept, --names adds names to the list. --today counts from that day (UTC).",
          cli_retention },
        { "key", "key rotate [--to FILE] [OPTION ...]",
          "Gives the school another key and destroys the one it had; nobody needs to stop. Where the key is in a file, a new one is made\n"
          "there. Where it is a credential or a variable, FILE holds the new key (64 hexadecimal digits, mode 0600), and takes its place\n"
          "at the next start: a server that runs goes on with the keys it has, but makes none for new conversations until then.",
          cli_key },
        { "doc", "doc protocol|typescript|asyncapi|openapi|settings|settings-file", "Prints a document made from the program's own tables.", cli_doc },
        { NULL },
};

static void usage(FILE *to)
{
        fprintf(to, "usage: ouderbrug VERB [OPTION ...]\n\n");
        for (const struct cli_verb *v = cli_verbs; v->name; v++)
                fprintf(to, "  %-42s %.*s\n", v->usage, (int)strcspn(v->doc, "\n"), v->doc);
        fprintf(to, "\nouderbrug VERB --help says more; --version prints the version.\n");
}

int main(int argc, char **argv)
{
        /* What a school says is nobody else's: the mask of the shell does not decide that. */
        umask(0077);
        if (argc < 2) {
                usage(stderr);
                return 2;
        }
        if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
                usage(stdout);
                return 0;
        }
        if (strcmp(argv[1], "--version") == 0) {
                printf("ouderbrug %s\n", OB_VERSION);
                return 0;
        }
        for (const struct cli_verb *v = cli_verbs; v->name; v++)
                if (strcmp(v->name, argv[1]) == 0)
                        return v->run(argc - 1, argv + 1);
        fprintf(stderr, "ouderbrug: there is no verb '%s'\n\n", argv[1]);
        usage(stderr);
        return 2;
}
