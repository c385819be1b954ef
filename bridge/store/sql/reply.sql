-- name: reply_put
INSERT INTO reply (thread, seq, person, answer, at_ms, waits) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (thread, seq, person) DO UPDATE SET answer = excluded.answer, at_ms = excluded.at_ms, waits = excluded.waits;

-- name: reply_delete
DELETE FROM reply WHERE thread = ? AND seq = ? AND person = ?;

-- name: reply_get
SELECT answer, at_ms, waits FROM reply WHERE thread = ? AND seq = ? AND person = ?;

-- name: reply_between
SELECT seq, person, answer, at_ms FROM reply
WHERE thread = ?1 AND seq BETWEEN ?2 AND ?3 AND (?4 = 0 OR person = ?4) ORDER BY seq, person;

-- name: reply_waiting
SELECT seq, person, answer, at_ms FROM reply WHERE thread = ? AND waits = 1 AND seq >= ? ORDER BY seq, person;

-- name: reply_settle
UPDATE reply SET waits = 0 WHERE thread = ? AND waits = 1 AND answer = ?;

-- name: reply_settle_all
UPDATE reply SET waits = 0 WHERE thread = ? AND waits = 1;
