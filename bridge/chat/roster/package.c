/* The files of a package, as bytes in memory: nothing is ever written out, so a name in a zip can lead
 * nowhere. What counts are bytes that come out, whatever the zip says of itself. */
#include "chat/roster/inside.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const names[PACKAGE_FILES] = {
#define FILE(name) [ROSTER_##name] = #name ".csv",
#define COLUMN(file, name, header, kind, need, set)
#define END_FILE(name)
#include "chat/roster/columns.def"
#undef FILE
#undef COLUMN
#undef END_FILE
        [PACKAGE_MANIFEST] = "manifest.csv",
        [PACKAGE_EDEX] = "edex.xml",
};

const char *package_file_name(int file)
{
        return names[file];
}

static int file_of(const char *name)
{
        size_t n = strlen(name);

        for (int i = 0; i < PACKAGE_EDEX; i++)
                if (strcmp(names[i], name) == 0)
                        return i;
        return n > 4 && strcasecmp(name + n - 4, ".xml") == 0 ? PACKAGE_EDEX : -1;
}

void package_done(struct package *package)
{
        for (int i = 0; i < PACKAGE_FILES; i++)
                buf_done(&package->files[i]);
        free(package->edex_name);
}

void package_init(struct package *package)
{
        *package = (struct package){ 0 };
        for (int i = 0; i < PACKAGE_FILES; i++)
                package->files[i] = BUF(ROSTER_FILE_BYTES_MAX);
}

static size_t package_bytes(const struct package *package)
{
        size_t sum = 0;

        for (int i = 0; i < PACKAGE_FILES; i++)
                sum += package->files[i].len;
        return sum;
}

static const char *called(const struct package *package, int file)
{
        return file == PACKAGE_EDEX && package->edex_name ? package->edex_name : names[file];
}

/* Adds what was read of a file. Returns 0, 1 where the file is too large (a fault), or an error. */
static int take(struct package *package, int file, const void *bytes, size_t n, struct roster_faults *faults)
{
        int r;

        if (n > ROSTER_PACKAGE_BYTES_MAX - package_bytes(package))
                r = -EMSGSIZE;
        else
                r = buf_add(&package->files[file], bytes, n);
        if (r == -EMSGSIZE) {
                roster_fault(faults, called(package, file), 0, 0,
                        "is larger than a roster can be (%d MiB a file, %d together)",
                        ROSTER_FILE_BYTES_MAX >> 20, ROSTER_PACKAGE_BYTES_MAX >> 20);
                buf_clear(&package->files[file]);
                return 1;
        }
        return r;
}

/* ---- a zip */

struct zip {
        struct archive *archive;
        const char *name; /* of the package, in faults */
        char *folder;     /* where its files are: "" or "name/"; NULL while none was seen */
        struct package *package;
        struct roster_faults *faults;
};

static void zip_done(struct zip *zip)
{
        archive_read_free(zip->archive);
        free(zip->folder);
}

static bool leads_outside(const char *path)
{
        if (path[0] == '/' || strchr(path, '\\') || (path[0] && path[1] == ':'))
                return true;
        for (const char *part = path; part; part = strchr(part, '/')) {
                part += *part == '/';
                if (part[0] == '.' && part[1] == '.' && (part[2] == '/' || part[2] == '\0'))
                        return true;
        }
        return false;
}

/* The file an entry holds for us, or -1. Its folder has to be that of the others. */
static int entry_file(struct zip *zip, const char *path)
{
        const char *base = strrchr(path, '/');
        size_t length = base ? (size_t) (base + 1 - path) : 0;
        int file = file_of(path + length);

        if (file == PACKAGE_EDEX)
                return strncmp(path, "__MACOSX/", 9) == 0 ? -1 : file;
        if (file < 0 || memchr(path, '/', length ? length - 1 : 0) || strncmp(path, "__MACOSX/", 9) == 0)
                return -1;
        if (!zip->folder) {
                zip->folder = strndup(path, length);
                if (!zip->folder)
                        return -ENOMEM;
        }
        if (strlen(zip->folder) != length || strncmp(zip->folder, path, length) != 0) {
                roster_fault(zip->faults, names[file], 0, 0,
                        "stands in another folder of the zip than the files before it");
                return -1;
        }
        return file;
}

static int entry_bytes(struct zip *zip, int file)
{
        const void *bytes;
        la_int64_t offset;
        size_t n;
        int r;

        while ((r = archive_read_data_block(zip->archive, &bytes, &n, &offset)) == ARCHIVE_OK) {
                r = take(zip->package, file, bytes, n, zip->faults);
                if (r != 0)
                        return r < 0 ? r : 0;
        }
        if (r != ARCHIVE_EOF)
                roster_fault(zip->faults, called(zip->package, file), 0, 0, "cannot be unpacked: %s",
                        archive_error_string(zip->archive) ? archive_error_string(zip->archive) : "damaged");
        return 0;
}

/* Whether the entry is the first XML file; how many there are matters only where there is no manifest. */
static int first_edex(struct zip *zip, const char *path)
{
        const char *base = strrchr(path, '/');

        if (++zip->package->edex_files > 1)
                return 0;
        zip->package->edex_name = strdup(base ? base + 1 : path);
        return zip->package->edex_name ? 1 : -ENOMEM;
}

static int take_entry(struct zip *zip, struct archive_entry *entry)
{
        const char *path = archive_entry_pathname(entry);
        int file, r;

        if (!path)
                path = archive_entry_pathname_utf8(entry);
        if (!path)
                return 0;
        if (leads_outside(path)) {
                roster_fault(zip->faults, zip->name, 0, 0, "holds a name that leads outside of it");
                return 0;
        }
        if (archive_entry_filetype(entry) == AE_IFDIR)
                return 0;
        file = entry_file(zip, path);
        if (file < 0)
                return file == -1 ? 0 : file;
        if (file == PACKAGE_EDEX) {
                r = first_edex(zip, path);
                if (r <= 0)
                        return r;
        }
        if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) ||
                archive_entry_symlink(entry)) {
                roster_fault(zip->faults, called(zip->package, file), 0, 0,
                        "is not a file but a link or the like");
                return 0;
        }
        if (archive_entry_is_encrypted(entry)) {
                roster_fault(zip->faults, called(zip->package, file), 0, 0, "is locked with a password");
                return 0;
        }
        if (zip->package->present[file]) {
                roster_fault(zip->faults, called(zip->package, file), 0, 0, "stands in the zip twice");
                return 0;
        }
        zip->package->present[file] = true;
        return entry_bytes(zip, file);
}

static int read_zip(struct zip *zip)
{
        struct archive_entry *entry;
        int entries = 0, r, rc;

        while ((rc = archive_read_next_header(zip->archive, &entry)) == ARCHIVE_OK || rc == ARCHIVE_WARN) {
                if (++entries > ROSTER_ENTRIES_MAX) {
                        roster_fault(
                                zip->faults, zip->name, 0, 0, "holds more than %d files", ROSTER_ENTRIES_MAX);
                        return -EBADMSG;
                }
                r = take_entry(zip, entry);
                if (r < 0)
                        return r;
        }
        if (rc == ARCHIVE_EOF)
                return 0;
        roster_fault(zip->faults, zip->name, 0, 0,
                "is neither a folder, a zip nor an EDEXML file that can be read: %s",
                archive_error_string(zip->archive) ? archive_error_string(zip->archive) : "damaged");
        return -EBADMSG;
}

static int open_zip(struct zip *zip)
{
        zip->archive = archive_read_new();
        if (!zip->archive)
                return -ENOMEM;
        archive_read_support_format_zip(zip->archive);
        return 0;
}

int package_open_zip(const void *bytes, size_t n, struct package *package, struct roster_faults *faults)
{
        _cleanup_(zip_done) struct zip zip = { .name = "package", .package = package, .faults = faults };
        int r;

        package_init(package);
        r = open_zip(&zip);
        if (r < 0)
                return r;
        if (archive_read_open_memory(zip.archive, bytes, n) != ARCHIVE_OK) {
                roster_fault(faults, zip.name, 0, 0, "is not a zip");
                return -EBADMSG;
        }
        return read_zip(&zip);
}

/* ---- a folder */

static void closep(int *fd)
{
        if (*fd >= 0)
                close(*fd);
}

static int read_all(int fd, struct package *package, int file, struct roster_faults *faults)
{
        char chunk[64 * 1024];
        ssize_t n;
        int r;

        for (;;) {
                n = read(fd, chunk, sizeof(chunk));
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                if (n == 0)
                        return 0;
                r = take(package, file, chunk, (size_t) n, faults);
                if (r != 0)
                        return r < 0 ? r : 0;
        }
}

static int open_folder(int folder, struct package *package, struct roster_faults *faults)
{
        struct stat st;
        int r;

        for (int i = 0; i < PACKAGE_EDEX; i++) {
                /* A link is not followed and a pipe not waited for. */
                _cleanup_(closep) int fd =
                        openat(folder, names[i], O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

                if (fd < 0 && errno == ENOENT)
                        continue;
                if (fd < 0 && errno != ELOOP) {
                        roster_fault(faults, names[i], 0, 0, "cannot be opened: %s", strerrordesc_np(errno));
                        continue;
                }
                if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
                        roster_fault(faults, names[i], 0, 0, "is not a file but a link or the like");
                        continue;
                }
                package->present[i] = true;
                r = read_all(fd, package, i, faults);
                if (r < 0)
                        return r;
        }
        return 0;
}

/* Whether a file begins as XML does, in any encoding that has one: a mark of order, blanks, an angle bracket.
 */
static bool begins_as_xml(int fd)
{
        unsigned char head[64];
        ssize_t n = pread(fd, head, sizeof(head), 0), at = 0;

        if (n >= 2 && ((head[0] == 0xff && head[1] == 0xfe) || (head[0] == 0xfe && head[1] == 0xff)))
                return true;
        if (n >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0)
                at = 3;
        while (at < n && head[at] && strchr(" \t\r\n", head[at]))
                at++;
        return at < n && (head[at] == '<' || (at == 0 && n >= 2 && head[0] == 0 && head[1] == '<'));
}

static int open_edex(int fd, const char *name, struct package *package, struct roster_faults *faults)
{
        package->edex_name = strdup(name);
        if (!package->edex_name)
                return -ENOMEM;
        package->edex_files = 1;
        package->present[PACKAGE_EDEX] = true;
        return read_all(fd, package, PACKAGE_EDEX, faults);
}

int package_open(const char *path, struct package *package, struct roster_faults *faults)
{
        const char *base = strrchr(path, '/');
        _cleanup_(zip_done) struct zip zip = {
                .name = base && base[1] ? base + 1 : path, .package = package, .faults = faults
        };
        _cleanup_(closep) int fd = -1;
        struct stat st;
        int r;

        package_init(package);
        fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        if (fd < 0 || fstat(fd, &st) < 0)
                return -errno;
        if (S_ISDIR(st.st_mode))
                return open_folder(fd, package, faults);
        if (!S_ISREG(st.st_mode))
                return -EINVAL;
        if (begins_as_xml(fd))
                return open_edex(fd, zip.name, package, faults);

        r = open_zip(&zip);
        if (r < 0)
                return r;
        if (archive_read_open_fd(zip.archive, fd, 64 * 1024) != ARCHIVE_OK) {
                roster_fault(faults, zip.name, 0, 0, "is neither a folder, a zip nor an EDEXML file");
                return -EBADMSG;
        }
        return read_zip(&zip);
}
