-- A request that is there is made anew only for a later text.
-- name: request_add
INSERT INTO request (thread, seq, language, source, state, made_ms, due_ms) VALUES (?1, ?2, ?3, ?4, 'waiting', ?5, ?5)
ON CONFLICT (thread, seq, language) DO UPDATE SET source = excluded.source, state = 'waiting', reason = NULL, tries = 0, made_ms = excluded.made_ms,
        due_ms = excluded.due_ms
WHERE excluded.source > request.source;

-- name: request_get
SELECT source, state FROM request WHERE thread = ? AND seq = ? AND language = ?;

-- Those of later threads first, then from the beginning: each thread has its turn. In a thread the newest message first.
-- name: request_waiting
SELECT r.thread, r.seq, r.language, r.source, r.tries, r.made_ms, m.language
FROM request r JOIN message m ON m.thread = r.thread AND m.seq = r.seq
WHERE r.state = 'waiting' AND r.thread > ?1 AND r.thread <= ?2 AND r.due_ms <= ?3
ORDER BY r.thread, r.seq DESC, r.language LIMIT ?4;

-- name: request_count_waiting
SELECT count(*) FROM (SELECT 1 FROM request WHERE state = 'waiting' AND thread = ? LIMIT ?);

-- name: request_count
SELECT state, count(*) FROM request GROUP BY state;

-- name: request_set
UPDATE request SET state = ?1, reason = ?2, tries = ?3, due_ms = ?4, source = ?5 WHERE thread = ?6 AND seq = ?7 AND language = ?8;

-- name: request_reset
UPDATE request SET state = 'waiting' WHERE state = 'asked';

-- name: request_over
DELETE FROM request WHERE thread = ? AND seq = ? AND language = ?;

-- name: request_forget
DELETE FROM request WHERE thread = ? AND seq = ?;

-- name: request_of_message
SELECT language, state FROM request WHERE thread = ? AND seq = ?;

-- name: request_of_thread
SELECT seq, language FROM request WHERE thread = ? AND state <> 'asked' ORDER BY seq, language;

-- name: request_missing
SELECT language, state, reason FROM request WHERE thread = ? AND seq = ? AND state IN ('failed', 'held') ORDER BY language;

-- name: request_seen
SELECT event FROM request_seen;

-- name: request_set_seen
INSERT INTO request_seen (one, event) VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET event = excluded.event;

-- What those who are in a conversation read: the app's language, and what the roster says.
-- name: request_readers
SELECT DISTINCT p.language, p.reads, m.first_seq FROM member m JOIN person p ON p.id = m.person
WHERE m.thread = ?1 AND m.until_ms IS NULL AND (m.ends_ms IS NULL OR m.ends_ms > ?2);

-- name: request_versions
SELECT n, language, origin FROM version WHERE thread = ? AND seq = ? ORDER BY n;

-- name: request_message
SELECT language, versions, withdrawn_ms, length(body) FROM message WHERE thread = ? AND seq = ?;

-- name: request_consent
SELECT thread, kind FROM consent WHERE id = ?;

-- What failed because no machine had the pair, or because one refused it.
-- name: request_lacking
SELECT r.thread, r.seq, r.language, m.language FROM request r JOIN message m ON m.thread = r.thread AND m.seq = r.seq
WHERE r.state = 'failed' AND r.reason IN ('pair', 'refused') AND (r.thread, r.seq, r.language) > (?1, ?2, ?3) AND r.reason = ?4
ORDER BY r.thread, r.seq, r.language LIMIT ?5;

-- name: request_revive
UPDATE request SET state = 'waiting', reason = NULL, tries = 0, made_ms = ?4, due_ms = ?4
WHERE thread = ?1 AND seq = ?2 AND language = ?3 AND state = 'failed' AND reason IN ('pair', 'refused');
