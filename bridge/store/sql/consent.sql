-- name: consent_add
INSERT INTO consent (thread, kind, person, reach, from_seq, from_note, until_ms, why, asked_by, asked_ms)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: consent_get
SELECT id, thread, kind, person, reach, from_seq, from_note, until_ms, why, asked_by, asked_ms, answer, answered_by, recorded_by, answered_ms,
       language, words, ended, ended_by, ended_recorded_by, ended_ms, used_ms
FROM consent WHERE id = ?;

-- name: consent_now
SELECT id FROM consent WHERE thread = ? AND kind = ? AND person = ? AND ended IS NULL;

-- name: consent_stands
SELECT 1 FROM consent WHERE thread = ? AND kind = ? AND person = ? AND ended IS NULL AND answer = 'yes' AND (until_ms IS NULL OR until_ms > ?);

-- name: consent_answer
UPDATE consent SET answer = ?, answered_by = ?, recorded_by = ?, answered_ms = ?, language = ?, words = ? WHERE id = ?;

-- name: consent_end
UPDATE consent SET ended = ?, ended_by = ?, ended_recorded_by = ?, ended_ms = ? WHERE id = ?;

-- name: consent_used
UPDATE consent SET used_ms = ? WHERE id = ?;

-- name: consent_of_thread
SELECT id FROM consent WHERE thread = ? ORDER BY id;

-- The newest of each matter.
-- name: consent_newest_of_thread
SELECT max(id) AS newest FROM consent WHERE thread = ? GROUP BY kind, person ORDER BY newest;

-- name: consent_over
SELECT id FROM consent WHERE ended IS NULL AND until_ms <= ? ORDER BY id LIMIT 100;

-- What else than somebody others are who are in the conversation now.
-- name: consent_others
SELECT p.role FROM member m JOIN person p ON p.id = m.person
WHERE m.thread = ?1 AND m.person <> ?2 AND m.until_ms IS NULL AND (m.ends_ms IS NULL OR m.ends_ms > ?3);
