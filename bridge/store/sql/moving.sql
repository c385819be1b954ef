-- name: moved_known
SELECT 1 FROM moved WHERE id = ?;

-- name: moved_add
INSERT INTO moved (id, pupil, at_ms) VALUES (?, ?, ?);

-- Somebody of another school: left, and known to no roster (none gives out an id that begins with U+001F).
-- name: moved_person_make
INSERT INTO person (sourced_id, given, family, name, folded, role, speaks, reads, language, ended_ms)
VALUES (char(31) || 'moved ' || lower(hex(randomblob(16))), '', '', ?, '', ?, ?, NULL, ?, ?);

-- name: moved_person_add
INSERT INTO moved_person (person, pupil) VALUES (?, ?);

-- A pupil of now, with their conversation.
-- name: moved_to
SELECT p.id, t.id FROM pupil p JOIN thread t ON t.pupil = p.id WHERE p.sourced_id = ? AND p.ended_ms IS NULL;
