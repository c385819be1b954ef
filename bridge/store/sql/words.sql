-- The last block below a number.
-- name: words_newest
SELECT id, n, texts, last_seq, oldest_ms, newest_ms FROM words WHERE thread = ? AND n < ? ORDER BY n DESC LIMIT 1;

-- name: words_end
DELETE FROM words WHERE id = ?;

-- name: words_of_thread
SELECT id, n, last_seq, oldest_ms, newest_ms FROM words WHERE thread = ? ORDER BY n;

-- name: words_block
SELECT block FROM words WHERE id = ?;

-- name: words_put
INSERT INTO words (id, thread, n, texts, last_seq, oldest_ms, newest_ms, block) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET texts = excluded.texts, last_seq = excluded.last_seq, oldest_ms = excluded.oldest_ms,
newest_ms = excluded.newest_ms, block = excluded.block;

-- name: words_late_add
INSERT INTO words_late (thread, seq, n) VALUES (?, ?, ?);

-- name: words_late_count
SELECT count(*) FROM words_late WHERE thread = ?;

-- name: words_late_end
DELETE FROM words_late WHERE thread = ?;

-- When the last and the first of the messages not yet packed were sent: later ones later, see message_append().
-- name: words_tail_newest
SELECT sent_ms FROM message WHERE thread = ? AND seq > ? ORDER BY seq DESC LIMIT 1;

-- name: words_tail_oldest
SELECT sent_ms FROM message WHERE thread = ? AND seq > ? ORDER BY seq LIMIT 1;

-- When those with late versions were sent.
-- name: words_late_times
SELECT min(m.sent_ms), max(m.sent_ms) FROM words_late l JOIN message m ON m.thread = l.thread AND m.seq = l.seq
WHERE l.thread = ? AND l.seq >= ?;

-- The texts not yet packed: columns as chat/find/texts.c reads them. A withdrawn message has none.
-- name: words_tail
SELECT seq, 0, sent_ms, sender, client_id, language, NULL, body, versions FROM message WHERE thread = ? AND seq > ? AND withdrawn_ms IS NULL ORDER BY seq;

-- name: words_tail_version
SELECT v.seq, v.n, m.sent_ms, v.author, NULL, v.language, v.origin, v.body
FROM version v JOIN message m ON m.thread = v.thread AND m.seq = v.seq
WHERE v.thread = ? AND v.seq > ? AND m.withdrawn_ms IS NULL ORDER BY v.seq, v.n;

-- name: words_late
SELECT v.seq, v.n, m.sent_ms, v.author, NULL, v.language, v.origin, v.body
FROM words_late l JOIN version v ON v.thread = l.thread AND v.seq = l.seq AND v.n = l.n
JOIN message m ON m.thread = l.thread AND m.seq = l.seq
WHERE l.thread = ? AND l.seq >= ? AND m.withdrawn_ms IS NULL ORDER BY l.seq, l.n;
