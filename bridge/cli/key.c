#include "chat/audit/audit.h"
#include "chat/seal/keyring.h"
#include "cli/cli.h"
#include "conf/conf.h"

int cli_key(int argc, char **argv)
{
        _cleanup_(conf_done) struct conf conf = { 0 };
        _cleanup_(keyring_closep) struct keyring *ring = NULL;
        _cleanup_(db_closep) struct db *db = NULL;
        _cleanup_free_ char *school = NULL, *why = NULL;
        const char *to = NULL;
        int64_t keys, age = 0;
        int r;

        r = cli_conf(&conf, &argc, argv);
        if (r > 0)
                return r - 1;
        if (argc == 4 && strcmp(argv[2], "--to") == 0)
                to = argv[3];
        if (argc < 2 || strcmp(argv[1], "rotate") != 0 || (argc != 2 && !to))
                return cli_fail("key", 2, "say rotate; see --help");
        if (asprintf(&school, "%s/school.db", conf.data) < 0)
                return cli_fail("key", 1, NULL);
        r = db_age(school, &age);
        if (r < 0 || age < DB_AGE_SEALED)
                return cli_fail("key", 1, r >= 0 ? "the school has no keys yet" : "there is no school in the data folder");
        r = keyring_open(conf.data, conf.key_file, KEYRING_SERVE, &ring, &why);
        if (r >= 0)
                r = keyring_open_school(ring, school, DB_WRITE, &db, &why);
        if (r >= 0)
                r = keyring_change_key(ring, to, &keys, &why);
        if (r < 0)
                return cli_fail("key", 1, why ? why : strerror(-r));
        printf("The school has a new key; %lld keys were sealed anew with it. The old one opens nothing any more.\n", (long long)keys);
        if (cli_record(&conf, db, &(struct audit){ .deed = DEED_KEY_ROTATED, .n = keys }) < 0)
                return cli_fail("key", 1, "the key was changed, but that could not be put on record in the audit log");
        return 0;
}
