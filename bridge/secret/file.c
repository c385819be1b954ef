#include "secret/file.h"

#include "base/macro.h"
#include "secret/aead.h"

#include <errno.h>
#include <stdio.h>

int secret_read_file(const char *path, const char *what, char **ret, char **why)
{
        char bytes[SECRET_FILE_MAX + 1];
        FILE *file = fopen(path, "re");
        size_t n;
        int r;

        if (!file) {
                r = -errno;
                if (asprintf(why, "cannot read %s, %s: %s", what, path, strerror(-r)) < 0)
                        *why = NULL;
                return r;
        }
        n = fread(bytes, 1, sizeof(bytes) - 1, file);
        fclose(file);
        while (n > 0 && strchr("\r\n \t", bytes[n - 1]))
                n--;
        if (n == 0) {
                if (asprintf(why, "%s, %s, is empty", what, path) < 0)
                        *why = NULL;
                return -EINVAL;
        }
        *ret = strndup(bytes, n);
        secret_wipe(bytes, sizeof(bytes));
        return *ret ? 0 : -ENOMEM;
}
