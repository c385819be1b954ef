-- name: link_add
INSERT INTO link (hash, person, made_by, made_ms, until_ms) VALUES (?, ?, ?, ?, ?);

-- Uses a link up: one row where it was good, none where it is unknown, used, or too old.
-- name: link_use
UPDATE link SET used_ms = ?1 WHERE hash = ?2 AND used_ms IS NULL AND until_ms > ?1
RETURNING person;

-- name: link_end_all
UPDATE link SET used_ms = ? WHERE used_ms IS NULL;

-- name: session_end_all
UPDATE session SET ended_ms = ? WHERE ended_ms IS NULL;

-- name: session_add
INSERT INTO session (hash, person, made_ms, until_ms) VALUES (?, ?, ?, ?);

-- name: session_viewer
SELECT s.person, p.role FROM session s JOIN person p ON p.id = s.person
WHERE s.hash = ?1 AND s.ended_ms IS NULL AND s.until_ms > ?2 AND p.ended_ms IS NULL;

-- name: session_end
UPDATE session SET ended_ms = ? WHERE hash = ? AND ended_ms IS NULL;

-- Where somebody is and was signed in, for their own eyes.
-- name: session_of_person
SELECT made_ms, until_ms, ended_ms FROM session WHERE person = ? ORDER BY made_ms;
