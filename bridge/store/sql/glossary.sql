-- name: glossary_all
SELECT id, language, words, target, instead, inflects, changed_by, changed_ms FROM glossary ORDER BY folded, language, target, id;

-- name: glossary_get
SELECT id, language, words, target, instead, inflects, changed_by, changed_ms FROM glossary WHERE id = ?;

-- name: glossary_by_words
SELECT id FROM glossary WHERE language = ? AND folded = ? AND target = ?;

-- name: glossary_count
SELECT count(*) FROM glossary;

-- name: glossary_add
INSERT INTO glossary (language, words, folded, target, instead, inflects, changed_by, changed_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- name: glossary_change
UPDATE glossary SET language = ?, words = ?, folded = ?, target = ?, instead = ?, inflects = ?, changed_by = ?, changed_ms = ? WHERE id = ?;

-- name: glossary_remove
DELETE FROM glossary WHERE id = ?;

-- Who has to do with a conversation: whoever is or was in it, and the pupil by both names.
-- name: glossary_names
SELECT p.name FROM member m JOIN person p ON p.id = m.person WHERE m.thread = ?1
UNION SELECT p.name FROM thread t JOIN pupil p ON p.id = t.pupil WHERE t.id = ?1
UNION SELECT p.given FROM thread t JOIN pupil p ON p.id = t.pupil WHERE t.id = ?1;
