-- name: audit_last
SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1;

-- name: audit_hash
SELECT hash FROM audit WHERE id = ?;

-- name: audit_add
INSERT INTO audit (id, at_ms, actor, deed, saw, thread, seq, person, pupil, n, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: audit_all
SELECT id, at_ms, actor, deed, saw, thread, seq, person, pupil, n, hash FROM audit WHERE id > ? ORDER BY id;

-- What was shown since some moment, so as not to write it down again.
-- name: audit_shown_since
SELECT actor, deed, thread, min(seq) FROM audit WHERE saw = 1 AND id > (SELECT coalesce(max(id), 0) FROM audit) - 20000 AND at_ms >= ?
GROUP BY actor, deed, thread;

-- Who was shown messages of a conversation.
-- name: audit_readers
SELECT actor, min(at_ms) AS first, max(at_ms) FROM audit
WHERE saw = 1 AND thread = ? AND actor > 0 AND deed IN ('history', 'read', 'thread', 'search', 'heard') GROUP BY actor ORDER BY first, actor;
