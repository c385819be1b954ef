#include "cli/cli.h"
#include "cmd/openapi.h"
#include "conf/conf.h"
#include "proto/describe.h"

enum { DOCUMENT_CAP = 4 * 1024 * 1024 };

static int print(void (*write)(struct buf *))
{
        _cleanup_(buf_done) struct buf out = BUF(DOCUMENT_CAP);

        write(&out);
        if (buf_failed(&out))
                return cli_fail("doc", 1, NULL);
        fwrite(out.data, 1, out.len, stdout);
        return fflush(stdout) == 0 ? 0 : cli_fail("doc", 1, "cannot write");
}

int cli_doc(int argc, char **argv)
{
        static const struct {
                const char *name;
                void (*write)(struct buf *);
        } documents[] = {
                { "protocol", describe_markdown },
                { "rights", describe_rights },
                { "rights-json", describe_rights_json },
                { "typescript", describe_typescript },
                { "asyncapi", describe_asyncapi },
                { "openapi", openapi_write },
        };

        if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
                printf("usage: ouderbrug doc protocol|rights|rights-json|typescript|asyncapi|openapi|settings|settings-file\n");
                return 0;
        }
        if (argc != 2)
                return cli_fail("doc", 2, "name one document; see --help");
        for (size_t i = 0; i < ELEMENTS(documents); i++)
                if (strcmp(argv[1], documents[i].name) == 0)
                        return print(documents[i].write);
        if (strcmp(argv[1], "settings") == 0)
                conf_describe(stdout);
        else if (strcmp(argv[1], "settings-file") == 0)
                conf_sample(stdout);
        else
                return cli_fail("doc", 2, "there is no such document; see --help");
        return 0;
}
