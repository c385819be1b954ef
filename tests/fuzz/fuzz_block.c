/* links: chat store text base */
/* Any bytes as a block of hashed words. What can be read whole can be written, and is then found. */
#include "chat/find/block.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(buf_done) struct buf bytes = BUF(BLOCK_BYTES_MAX);
        _cleanup_(block_done) struct block b = { 0 };
        struct block_text found[BLOCK_TEXTS_MAX];
        uint32_t hash = 0;
        size_t n;

        (void)block_find(data, size, &hash, 1, found, &n);
        if (block_read(data, size, &b) < 0)
                return 0;
        if (block_write(&b, &bytes) < 0)
                abort();
        if (b.pairs_n > 0) {
                hash = (uint32_t)(b.pairs[0] >> 32);
                if (block_find(bytes.data, bytes.len, &hash, 1, found, &n) < 0 || n == 0)
                        abort();
        }
        return 0;
}
