-- name: event_add
INSERT INTO event (kind, thread, seq, person, n, at_ms) VALUES (?, ?, ?, ?, ?, ?);

-- name: event_last
SELECT coalesce(max(id), 0) FROM event;

-- name: event_since
SELECT id, kind, thread, seq, person, n FROM event WHERE id > ? AND id <= ? ORDER BY id;
