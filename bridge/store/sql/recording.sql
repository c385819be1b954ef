-- name: recording_add
INSERT INTO recording (phrase, language, person, made_ms, sentence, bytes, sound) VALUES (?, ?, ?, ?, ?, ?, x'');

-- name: recording_seal
UPDATE recording SET sound = ? WHERE id = ?;

-- name: recording_get
SELECT id, person, sentence, sound FROM recording WHERE phrase = ? AND language = ?;

-- name: recording_remove
DELETE FROM recording WHERE phrase = ? AND language = ?;

-- '': in every language.
-- name: recording_all
SELECT r.phrase, r.language, r.made_ms, r.sentence, p.name FROM recording r JOIN person p ON p.id = r.person
WHERE ?1 = '' OR r.language = ?1 ORDER BY r.phrase, r.language;
