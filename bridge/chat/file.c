#include "chat/file.h"

#include "base/clock.h"
#include "base/log.h"
#include "chat/seal/seal.h"
#include "store/query.h"

#include <errno.h>

enum {
        FORM = 1,
        SIZES = 4 * FILE_PARTS,
        INSIDE_MAX = 1 + SECRET_KEY + SIZES + 1 + FILE_PEAKS + 256,
        SWEEP_PIECES = 8, /* deleted in one job: what is deleted is overwritten, so it costs the writer as much as writing */
};

/* Columns of file_get and file_of_message. */
enum { ID, THREAD, PERSON, SEQ, N, KIND, TYPE, BYTES, WIDTH, HEIGHT, DURATION, THUMB, SEALED, READY };

static const char *const parts[] = { [FILE_SHOWN] = "shown", [FILE_THUMB] = "thumb", [FILE_ORIGINAL] = "original" };

static const char *const types[] = { "image/jpeg", "image/png", "application/pdf", "audio/mp4", "audio/webm", "audio/ogg" };

const char *file_type(const char *type)
{
        for (size_t i = 0; i < ELEMENTS(types); i++)
                if (type && strcmp(types[i], type) == 0)
                        return types[i];
        return NULL;
}

/* ---- what is sealed in the row: form, key, sizes, peaks, name */

struct inside {
        struct secret_key key;
        uint64_t bytes[FILE_PARTS];
        bool has_peaks;
        unsigned char peaks[FILE_PEAKS];
        const char *name;
};

static struct seal_place place_of(int64_t thread, int64_t id, int64_t seq, int64_t person, const char *kind)
{
        return (struct seal_place){ .kind = SEAL_FILE, .thread = thread, .seq = seq, .n = id, .person = person, .origin = kind };
}

static int seal_inside(struct tx *tx, const struct seal_place *place, const struct inside *in, struct buf *out)
{
        unsigned char bytes[INSIDE_MAX], *p = bytes;
        size_t name_n = in->name ? strlen(in->name) : 0;
        int r;

        if (name_n >= INSIDE_MAX - (size_t)(1 + SECRET_KEY + SIZES + 1 + FILE_PEAKS))
                return -EINVAL;
        *p++ = FORM;
        memcpy(p, in->key.bytes, SECRET_KEY);
        p += SECRET_KEY;
        for (int part = 0; part < FILE_PARTS; part++)
                for (int i = 0; i < 4; i++)
                        *p++ = (unsigned char)(in->bytes[part] >> (8 * i));
        *p++ = in->has_peaks ? FILE_PEAKS : 0;
        if (in->has_peaks) {
                memcpy(p, in->peaks, FILE_PEAKS);
                p += FILE_PEAKS;
        }
        memcpy(p, in->name ?: "", name_n);
        p += name_n;
        r = seal_text(tx, place, (const char *)bytes, (size_t)(p - bytes), out);
        secret_wipe(bytes, sizeof(bytes));
        return r;
}

static int open_inside(struct tx *tx, struct arena *a, const struct seal_place *place, const void *sealed, size_t sealed_n, struct inside *ret)
{
        const unsigned char *p;
        size_t n;
        char *bytes;
        int r;

        r = seal_open(tx, a, place, sealed, sealed_n, &bytes, &n);
        if (r < 0)
                return r;
        p = (const unsigned char *)bytes;
        if (n < 1 + SECRET_KEY + SIZES + 1 || *p != FORM)
                return -EBADMSG;
        *ret = (struct inside){ .has_peaks = p[1 + SECRET_KEY + SIZES] == FILE_PEAKS };
        memcpy(ret->key.bytes, ++p, SECRET_KEY);
        p += SECRET_KEY;
        for (int part = 0; part < FILE_PARTS; part++)
                for (int i = 0; i < 4; i++)
                        ret->bytes[part] |= (uint64_t)*p++ << (8 * i);
        p++;
        n -= 1 + SECRET_KEY + SIZES + 1;
        if (ret->has_peaks) {
                if (n < FILE_PEAKS)
                        return -EBADMSG;
                memcpy(ret->peaks, p, FILE_PEAKS);
                p += FILE_PEAKS;
                n -= FILE_PEAKS;
        }
        ret->name = n > 0 ? (const char *)p : NULL;
        return 0;
}

/* Of the row a query stands on. A file that is gone, or was changed, is one that is not there: -ENOENT. */
static int open_row(struct tx *tx, struct arena *a, struct query *q, struct inside *ret)
{
        struct seal_place place = place_of(query_get_int(q, THREAD), query_get_int(q, ID), query_is_null(q, SEQ) ? 0 : query_get_int(q, SEQ),
                                           query_get_int(q, PERSON), query_get_text(q, KIND));
        int r;

        if (query_get_bytes(q, SEALED) == 0)
                return -ENOENT;
        r = open_inside(tx, a, &place, query_get_blob(q, SEALED), query_get_bytes(q, SEALED), ret);
        if (r == -EBADMSG)
                log_error("chat", "a file does not open: %lld", (long long)place.n);
        return r == -EBADMSG || r == -EKEYREVOKED ? -ENOENT : r;
}

/* ---- uploading */

static int is_there_room(struct tx *tx, const struct file_draft *draft, int64_t bytes, int64_t room_max)
{
        _cleanup_(query_endp) struct query *unsent = query(tx, QUERY_file_unsent);
        _cleanup_(query_endp) struct query *room = query(tx, QUERY_file_room);
        int r;

        query_int(unsent, draft->person);
        r = query_row(unsent);
        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        if (query_get_int(unsent, 0) >= FILE_UNSENT_MAX)
                return -EDQUOT;
        r = query_row(room);
        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        return query_get_int(room, 0) + bytes > room_max ? -ENOSPC : 0;
}

int file_add(struct tx *tx, const struct file_draft *draft, int64_t room_max, int64_t *id)
{
        _cleanup_(buf_done) struct buf sealed = BUF(INSIDE_MAX + AEAD_EXTRA);
        const char *kind = word_text(&words_attachment_kind, (int)draft->kind);
        struct inside in = { .key = draft->key, .has_peaks = draft->has_peaks, .name = draft->name };
        struct seal_place place;
        struct query *q;
        int64_t all = 0;
        int r;

        for (int part = 0; part < FILE_PARTS; part++) {
                in.bytes[part] = draft->bytes[part];
                all += (int64_t)draft->bytes[part];
        }
        memcpy(in.peaks, draft->peaks, FILE_PEAKS);
        r = is_there_room(tx, draft, all, room_max);
        if (r < 0)
                return r;
        q = query(tx, QUERY_file_add);
        query_int(q, draft->thread);
        query_int(q, draft->person);
        query_int(q, clock_now_ms());
        query_text(q, kind);
        query_text(q, draft->type);
        query_int(q, (int64_t)draft->bytes[FILE_SHOWN]);
        query_int(q, all);
        query_maybe(q, draft->width);
        query_maybe(q, draft->height);
        query_maybe(q, draft->duration_ms);
        query_int(q, draft->bytes[FILE_THUMB] > 0);
        r = query_run(q);
        if (r < 0)
                return r;
        *id = query_inserted_id(q);

        place = place_of(draft->thread, *id, 0, draft->person, kind);
        r = seal_inside(tx, &place, &in, &sealed);
        secret_wipe(&in.key, sizeof(in.key));
        if (r < 0)
                return r;
        q = query(tx, QUERY_file_seal);
        query_blob(q, sealed.data, sealed.len);
        query_int(q, *id);
        return query_run(q);
}

/* A piece is bound to its part and place in it; how many there are is said by the sizes in the row. */
static void bind_piece(enum file_part part, uint64_t n, unsigned char bound[9])
{
        bound[0] = (unsigned char)part;
        for (int i = 0; i < 8; i++)
                bound[1 + i] = (unsigned char)(n >> (8 * i));
}

void file_piece_seal(const struct secret_key *key, enum file_part part, uint64_t n, const void *bytes, size_t len, void *out)
{
        unsigned char bound[9];

        bind_piece(part, n, bound);
        aead_seal(key, bound, sizeof(bound), bytes, len, out);
}

int file_piece_add(struct tx *tx, int64_t id, enum file_part part, int64_t n, const void *sealed, size_t len)
{
        struct query *q = query(tx, QUERY_file_piece_add);

        query_int(q, id);
        query_text(q, parts[part]);
        query_int(q, n);
        query_blob(q, sealed, len);
        return query_run(q);
}

int file_ready(struct tx *tx, int64_t id)
{
        struct query *q = query(tx, QUERY_file_ready);
        int r;

        query_int(q, id);
        r = query_run(q);
        return r < 0 ? r : query_changes(q) == 1 ? 0 : -ENOENT;
}

/* ---- sending */

/* One's own upload that waits, as the row of *q. */
static int find_unsent(struct query *q, int64_t person, int64_t thread, int64_t id)
{
        int r;

        query_int(q, id);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        return query_get_int(q, PERSON) == person && query_get_int(q, THREAD) == thread && query_is_null(q, SEQ) && query_get_int(q, READY) &&
                               query_get_bytes(q, SEALED) > 0
                       ? 0
                       : -ENOENT;
}

int file_unsent_kind(struct tx *tx, int64_t person, int64_t thread, int64_t id, enum attachment_kind *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_file_get);
        int r = find_unsent(q, person, thread, id);

        if (r < 0)
                return r;
        *ret = (enum attachment_kind)query_get_word(q, KIND, &words_attachment_kind);
        return 0;
}

static int attach_one(struct tx *tx, int64_t person, int64_t thread, int64_t seq, int64_t version, int64_t id, size_t at, bool voice_only)
{
        _cleanup_(buf_done) struct buf sealed = BUF(INSIDE_MAX + AEAD_EXTRA);
        _cleanup_(arena_done) struct arena a = ARENA(4 * INSIDE_MAX);
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_file_get);
        struct query *update;
        struct seal_place place;
        struct inside in;
        int r;

        r = find_unsent(q, person, thread, id);
        if (r >= 0 && voice_only && query_get_word(q, KIND, &words_attachment_kind) != ATTACHMENT_VOICE)
                r = -ENOENT;
        if (r >= 0)
                r = open_row(tx, &a, q, &in);
        if (r < 0)
                return r;
        place = place_of(thread, id, seq, person, query_get_text(q, KIND));
        r = seal_inside(tx, &place, &in, &sealed);
        secret_wipe(&in.key, sizeof(in.key));
        if (r < 0)
                return r;
        update = query(tx, QUERY_file_attach);
        query_int(update, seq);
        query_int(update, version);
        query_int(update, (int64_t)at);
        query_blob(update, sealed.data, sealed.len);
        query_int(update, id);
        return query_run(update);
}

int file_attach(struct tx *tx, int64_t person, int64_t thread, int64_t seq, int64_t version, const int64_t *ids, size_t n, bool voice_only, size_t *wrong)
{
        struct query *q;
        int r = 0;

        if (n == 0)
                return 0;
        for (size_t i = 0; r >= 0 && i < n; i++) {
                *wrong = i;
                r = attach_one(tx, person, thread, seq, version, ids[i], i, voice_only);
        }
        if (r < 0)
                return r;
        q = query(tx, QUERY_file_count);
        query_int(q, (int64_t)n);
        query_int(q, thread);
        query_int(q, seq);
        return query_run(q);
}

int file_same(struct tx *tx, int64_t thread, int64_t seq, const int64_t *ids, size_t n)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_file_of_message);
        size_t found = 0;
        int r;

        query_int(q, thread);
        query_int(q, seq);
        while ((r = query_row(q)) > 0 && query_get_int(q, N) == 0)
                if (found == n || query_get_int(q, ID) != ids[found++])
                        return 0;
        return r < 0 ? r : found == n;
}

/* ---- showing */

static char *hex(struct arena *a, const unsigned char *bytes, size_t n)
{
        static const char digits[] = "0123456789abcdef";
        char *text = arena_get(a, 2 * n + 1);

        for (size_t i = 0; text && i < n; i++) {
                text[2 * i] = digits[bytes[i] >> 4];
                text[2 * i + 1] = digits[bytes[i] & 15];
        }
        return text;
}

static int load_row(struct tx *tx, struct arena *a, struct query *q, struct attachment_shape *ret)
{
        struct inside in;
        int r;

        r = open_row(tx, a, q, &in);
        if (r < 0)
                return r;
        secret_wipe(&in.key, sizeof(in.key));
        *ret = (struct attachment_shape){
                .id = query_get_int(q, ID),
                .kind = (enum attachment_kind)query_get_word(q, KIND, &words_attachment_kind),
                .type = file_type(query_get_text(q, TYPE)),
                .bytes = (int64_t)in.bytes[FILE_SHOWN],
                .width = query_get_maybe(q, WIDTH),
                .height = query_get_maybe(q, HEIGHT),
                .duration_ms = query_get_maybe(q, DURATION),
                .peaks = in.has_peaks ? hex(a, in.peaks, FILE_PEAKS) : NULL,
                .name = in.name,
                .thumb = query_get_int(q, THUMB) != 0,
        };
        if (arena_failed(a))
                return arena_failed(a);
        return ret->type ? 0 : -ENOENT;
}

int file_load(struct tx *tx, struct arena *a, int64_t id, struct attachment_shape *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_file_get);
        int r;

        query_int(q, id);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        return load_row(tx, a, q, ret);
}

int file_load_all(struct tx *tx, struct arena *a, int64_t thread, int64_t seq, struct file_of **ret, size_t *n)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_file_of_message);
        struct file_of *items = NULL;
        size_t count = 0, room = 0;
        int r;

        query_int(q, thread);
        query_int(q, seq);
        while ((r = query_row(q)) > 0) {
                struct attachment_shape *one = arena_get(a, sizeof(*one));

                if (!one)
                        return arena_failed(a);
                r = load_row(tx, a, q, one);
                if (r == -ENOENT)
                        continue;
                if (r < 0)
                        return r;
                items = arena_grow(a, items, count, &room, sizeof(*items));
                if (!items)
                        return arena_failed(a);
                items[count++] = (struct file_of){ .version = query_get_int(q, N), .attachment = one };
        }
        if (r < 0)
                return r;
        *ret = items;
        *n = count;
        return 0;
}

int file_get(struct tx *tx, struct arena *a, int64_t id, struct file_read *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_file_get);
        struct inside in;
        int r;

        query_int(q, id);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        if (!query_get_int(q, READY))
                return -ENOENT;
        r = open_row(tx, a, q, &in);
        if (r < 0)
                return r;
        *ret = (struct file_read){ .id = id, .thread = query_get_int(q, THREAD), .seq = query_is_null(q, SEQ) ? 0 : query_get_int(q, SEQ),
                                   .person = query_get_int(q, PERSON),
                                   .kind = (enum attachment_kind)query_get_word(q, KIND, &words_attachment_kind),
                                   .type = file_type(query_get_text(q, TYPE)), .name = in.name, .key = in.key };
        memcpy(ret->bytes, in.bytes, sizeof(ret->bytes));
        secret_wipe(&in.key, sizeof(in.key));
        return ret->type ? 0 : -ENOENT;
}

static int piece_bytes(struct tx *tx, const struct file_read *file, enum file_part part, uint64_t n, size_t len, unsigned char *out)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_file_piece_get);
        unsigned char bound[9];
        int r;

        query_int(q, file->id);
        query_text(q, parts[part]);
        query_int(q, (int64_t)n);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -EBADMSG;
        if (query_get_bytes(q, 0) != len + AEAD_EXTRA)
                return -EBADMSG;
        bind_piece(part, n, bound);
        return aead_open(&file->key, bound, sizeof(bound), query_get_blob(q, 0), len + AEAD_EXTRA, out);
}

int file_bytes(struct tx *tx, const struct file_read *file, enum file_part part, uint64_t from, uint64_t to, unsigned char *out)
{
        _cleanup_free_ unsigned char *piece = malloc(FILE_PIECE);
        int r = 0;

        if (!piece)
                return -ENOMEM;
        if (from > to || to > file->bytes[part])
                return -EINVAL;
        for (uint64_t n = from / FILE_PIECE; r >= 0 && n * FILE_PIECE < to; n++) {
                uint64_t start = n * FILE_PIECE, rest = file->bytes[part] - start;
                size_t len = rest < FILE_PIECE ? (size_t)rest : FILE_PIECE;
                uint64_t first = from > start ? from - start : 0, end = to - start < len ? to - start : len;

                r = piece_bytes(tx, file, part, n, len, piece);
                if (r >= 0)
                        memcpy(out + (start + first - from), piece + first, (size_t)(end - first));
        }
        return r;
}

/* ---- forgetting */

int file_forget(struct tx *tx, int64_t thread, int64_t seq)
{
        struct query *q = query(tx, QUERY_file_forget_message);

        query_int(q, thread);
        query_int(q, seq);
        return query_run(q);
}

int file_forget_voices(struct tx *tx, struct arena *a, int64_t thread, int64_t **seqs, size_t *n)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_file_voices);
        struct query *forget;
        int64_t *list = NULL;
        size_t count = 0, room = 0;
        int r;

        query_int(q, thread);
        while ((r = query_row(q)) > 0) {
                list = arena_grow(a, list, count, &room, sizeof(*list));
                if (!list)
                        return arena_failed(a);
                list[count++] = query_get_int(q, 0);
        }
        if (r < 0)
                return r;
        forget = query(tx, QUERY_file_forget_voices);
        query_int(forget, thread);
        r = query_run(forget);
        if (r < 0)
                return r;
        *seqs = list;
        *n = count;
        return 0;
}

static int sweep_one(struct tx *tx, int64_t id)
{
        struct query *q = query(tx, QUERY_file_sweep_pieces);
        int r;

        query_int(q, id);
        query_int(q, SWEEP_PIECES);
        r = query_run(q);
        if (r < 0 || query_changes(q) == SWEEP_PIECES)
                return r;
        q = query(tx, QUERY_file_swept);
        query_int(q, id);
        r = query_run(q);
        return r < 0 ? r : query_run(query(tx, QUERY_file_sweep_unsent));
}

int file_sweep(struct tx *tx, int64_t before_ms, bool *more)
{
        _cleanup_(query_endp) struct query *gone = query(tx, QUERY_file_gone);
        struct query *q = query(tx, QUERY_file_forget_unsent);
        int64_t id;
        int r;

        query_int(q, before_ms);
        r = query_run(q);
        if (r < 0)
                return r;
        r = query_row(gone);
        *more = r > 0;
        if (r <= 0)
                return r;
        id = query_get_int(gone, 0);
        query_end(TAKE(gone));
        return sweep_one(tx, id);
}
