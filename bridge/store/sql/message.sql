-- name: message_last
SELECT seq, sent_ms FROM message WHERE thread = ? ORDER BY seq DESC LIMIT 1;

-- The newest message that was there at a time.
-- name: message_seq_at
SELECT coalesce((SELECT seq FROM message WHERE thread = ?1 AND sent_ms <= ?2 ORDER BY seq DESC LIMIT 1), 0);

-- name: message_sent_at
SELECT sent_ms FROM message WHERE thread = ? AND seq = ?;

-- name: message_by_client
SELECT thread, seq FROM message WHERE sender = ? AND client_id = ?;

-- name: message_add
INSERT INTO message (thread, seq, rev, sender, client_id, sent_ms, language, direction, body, phrase)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: message_get
SELECT seq, rev, sender, client_id, sent_ms, language, direction, body, versions, withdrawn_ms, phrase, files, unchecked_ms
FROM message WHERE thread = ? AND seq = ?;

-- name: message_sender
SELECT sender FROM message WHERE thread = ? AND seq = ?;

-- name: message_newest
SELECT seq, rev, sender, client_id, sent_ms, language, direction, body, versions, withdrawn_ms, phrase, files, unchecked_ms
FROM message WHERE thread = ? AND seq >= ? ORDER BY seq DESC LIMIT 1;

-- name: message_before
SELECT seq, rev, sender, client_id, sent_ms, language, direction, body, versions, withdrawn_ms, phrase, files, unchecked_ms
FROM message WHERE thread = ? AND seq >= ? AND seq < ? ORDER BY seq DESC LIMIT ?;

-- name: message_after
SELECT seq, rev, sender, client_id, sent_ms, language, direction, body, versions, withdrawn_ms, phrase, files, unchecked_ms
FROM message WHERE thread = ? AND seq > ? ORDER BY seq LIMIT ?;

-- name: message_unread
SELECT count(*) FROM message WHERE thread = ?1 AND seq > ?2 AND sender <> ?3;

-- name: message_changed
UPDATE message SET rev = ?, versions = ? WHERE thread = ? AND seq = ?;

-- name: message_withdraw
UPDATE message SET rev = ?, withdrawn_ms = ?, body = x'', phrase = NULL WHERE thread = ? AND seq = ?;

-- name: version_add
INSERT INTO version (thread, seq, n, language, direction, origin, author, body, at_ms, engine, native, checked_by, checked_ms)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: version_bytes
SELECT coalesce(sum(length(body)), 0) FROM version WHERE thread = ? AND seq = ?;

-- name: version_of_message
SELECT n, language, direction, origin, author, body, at_ms, engine, native, checked_by, checked_ms FROM version WHERE thread = ? AND seq = ? ORDER BY n;

-- name: version_forget
DELETE FROM version WHERE thread = ? AND seq = ?;
