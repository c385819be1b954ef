-- name: file_add
INSERT INTO file (thread, person, made_ms, kind, type, bytes, bytes_all, width, height, duration_ms, thumb, sealed)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, x'');

-- name: file_seal
UPDATE file SET sealed = ? WHERE id = ?;

-- name: file_piece_add
INSERT INTO file_piece (file, part, n, bytes) VALUES (?, ?, ?, ?);

-- name: file_ready
UPDATE file SET ready = 1 WHERE id = ? AND sealed <> x'';

-- name: file_room
SELECT bytes FROM file_room;

-- name: file_unsent
SELECT count(*), coalesce(sum(bytes_all), 0) FROM file WHERE person = ? AND seq IS NULL AND sealed <> x'';

-- name: file_get
SELECT id, thread, person, seq, n, kind, type, bytes, width, height, duration_ms, thumb, sealed, ready FROM file WHERE id = ?;

-- Those of a message, and behind them those of its versions.
-- name: file_of_message
SELECT id, thread, person, seq, n, kind, type, bytes, width, height, duration_ms, thumb, sealed, ready
FROM file WHERE thread = ? AND seq = ? ORDER BY n, at;

-- name: file_attach
UPDATE file SET seq = ?, n = ?, at = ?, sealed = ? WHERE id = ?;

-- name: file_count
UPDATE message SET files = files + ? WHERE thread = ? AND seq = ?;

-- name: file_forget_message
UPDATE file SET sealed = x'' WHERE thread = ? AND seq = ?;

-- name: file_voices
SELECT DISTINCT seq FROM file WHERE thread = ? AND kind = 'voice' AND seq IS NOT NULL AND sealed <> x'' ORDER BY seq;

-- name: file_forget_voices
UPDATE file SET sealed = x'' WHERE thread = ? AND kind = 'voice';

-- name: file_piece_get
SELECT bytes FROM file_piece WHERE file = ? AND part = ? AND n = ?;

-- What nobody sent within its time is forgotten, and then swept as what was withdrawn.
-- name: file_forget_unsent
UPDATE file SET sealed = x'' WHERE id IN (SELECT id FROM file WHERE seq IS NULL AND made_ms < ? AND sealed <> x'' LIMIT 100);

-- name: file_gone
SELECT id FROM file WHERE sealed = x'' AND bytes_all > 0 LIMIT 1;

-- name: file_sweep_pieces
DELETE FROM file_piece WHERE rowid IN (SELECT rowid FROM file_piece WHERE file = ? LIMIT ?);

-- name: file_swept
UPDATE file SET bytes_all = 0 WHERE id = ?;

-- Nothing points to one that was never sent.
-- name: file_sweep_unsent
DELETE FROM file WHERE seq IS NULL AND sealed = x'' AND bytes_all = 0;
