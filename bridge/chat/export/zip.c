#include "chat/export/zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>

struct zip {
        struct archive *archive;
        uint64_t room;
};

static int error_of(const struct zip *zip)
{
        return archive_errno(zip->archive) == ENOSPC ? -ENOSPC : archive_errno(zip->archive) == ENOMEM ? -ENOMEM : -EIO;
}

int zip_new(int fd, uint64_t cap, struct zip **ret)
{
        _cleanup_(zip_freep) struct zip *zip = calloc(1, sizeof(*zip));

        if (!zip)
                return -ENOMEM;
        zip->room = cap;
        zip->archive = archive_write_new();
        if (!zip->archive)
                return -ENOMEM;
        if (archive_write_set_format_zip(zip->archive) != ARCHIVE_OK || archive_write_zip_set_compression_deflate(zip->archive) != ARCHIVE_OK ||
            archive_write_set_bytes_in_last_block(zip->archive, 1) != ARCHIVE_OK || archive_write_open_fd(zip->archive, fd) != ARCHIVE_OK)
                return error_of(zip);
        *ret = TAKE(zip);
        return 0;
}

void zip_free(struct zip *zip)
{
        if (!zip)
                return;
        archive_write_free(zip->archive);
        free(zip);
}

int zip_file(struct zip *zip, const char *name, int64_t at_ms)
{
        struct archive_entry *entry = archive_entry_new();
        int r;

        if (!entry)
                return -ENOMEM;
        archive_entry_set_pathname(entry, name);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0600);
        archive_entry_set_mtime(entry, (time_t)(at_ms / 1000), 0);
        r = archive_write_header(zip->archive, entry) == ARCHIVE_OK ? 0 : error_of(zip);
        archive_entry_free(entry);
        return r;
}

int zip_write(struct zip *zip, const void *bytes, size_t n)
{
        if (n > zip->room)
                return -EFBIG;
        zip->room -= n;
        return archive_write_data(zip->archive, bytes, n) == (la_ssize_t)n ? 0 : error_of(zip);
}

int zip_pack(struct zip *zip, bool pack)
{
        int r = pack ? archive_write_zip_set_compression_deflate(zip->archive) : archive_write_zip_set_compression_store(zip->archive);

        return r == ARCHIVE_OK ? 0 : error_of(zip);
}

uint64_t zip_room(const struct zip *zip)
{
        return zip->room;
}

int zip_finish(struct zip *zip)
{
        return archive_write_close(zip->archive) == ARCHIVE_OK ? 0 : error_of(zip);
}
