/* chat/export/zip.h: a zip written in one go, to a file of which it says nothing else. By libarchive. */
#pragma once

#include "base/macro.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct zip;

/* fd: open for writing, borrowed. cap: bytes that all files together may have before they are packed. */
int zip_new(int fd, uint64_t cap, struct zip **ret);

/* What is not finished is no zip. Takes NULL. */
void zip_free(struct zip *zip);
DEFINE_CLEANUP(struct zip *, zip_free)

/* Begins the next file; what follows goes into it. at_ms: its time. */
int zip_file(struct zip *zip, const char *name, int64_t at_ms);

/* Returns 0, -EFBIG (over the cap), -ENOSPC or -EIO. */
int zip_write(struct zip *zip, const void *bytes, size_t n);

/* The next file that is begun is stored as it is (what is packed already does not shrink), or packed. */
int zip_pack(struct zip *zip, bool pack);

/* How many bytes there is room for yet. */
uint64_t zip_room(const struct zip *zip);

int zip_finish(struct zip *zip);
