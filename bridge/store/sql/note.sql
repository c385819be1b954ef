-- name: note_add
INSERT INTO note (thread, level, author, client_id, made_ms, rev, writes, language, direction, body)
VALUES (?, ?, ?, ?, ?, 0, 1, ?, ?, NULL);

-- name: note_get
SELECT id, thread, level, author, client_id, made_ms, rev, writes, changed_ms, withdrawn_ms, language, direction, body FROM note WHERE id = ?;

-- name: note_by_client
SELECT id, thread, level FROM note WHERE author = ? AND client_id = ?;

-- Newest first: those from a first id on, below another, of the levels one may read and one's own.
-- name: note_before
SELECT id, thread, level, author, client_id, made_ms, rev, writes, changed_ms, withdrawn_ms, language, direction, body FROM note
WHERE thread = ?1 AND id >= ?2 AND id < ?3 AND (author = ?4 OR level = ?5 OR level = ?6) ORDER BY id DESC LIMIT ?7;

-- name: note_put_text
UPDATE note SET rev = ?, writes = ?, changed_ms = ?, direction = ?, body = ? WHERE id = ?;

-- name: note_withdraw
UPDATE note SET rev = ?, withdrawn_ms = ?, body = NULL WHERE id = ?;

-- How many of others lie past a mark, among those one may read.
-- name: note_unread
SELECT count(*) FROM note WHERE thread = ?1 AND id >= ?2 AND id > ?3 AND author <> ?4 AND (level = ?5 OR level = ?6);

-- name: note_newest
SELECT coalesce((SELECT id FROM note WHERE thread = ?1 AND id >= ?2 AND (author = ?3 OR level = ?4 OR level = ?5) ORDER BY id DESC LIMIT 1), 0);

-- The next id of the school.
-- name: note_next
SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'note'), 0) + 1;

-- The first of a conversation that was made at a time or later.
-- name: note_since
SELECT min(id) FROM note WHERE thread = ?1 AND made_ms >= ?2;
