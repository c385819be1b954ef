-- Texts are sealed, each with its conversation's key (../keys). seal() and make_key() are the program's (chat/seal/keyring.h).

CREATE TABLE sealing (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        school BLOB NOT NULL,           -- as in the key database; empty: not entered yet
        swept INTEGER NOT NULL          -- 0: what was there before it was sealed may stand in the file's free pages yet
) STRICT;
INSERT INTO sealing (one, school, swept) SELECT 1, x'', 0 WHERE EXISTS (SELECT 1 FROM thread);

SELECT make_key(id) FROM thread;

ALTER TABLE message ADD COLUMN sealed BLOB NOT NULL DEFAULT x''; -- empty: withdrawn, nothing is kept
UPDATE message SET sealed = seal('body', thread, seq, 0, sender, client_id, language, NULL, body) WHERE withdrawn_ms IS NULL;
ALTER TABLE message DROP COLUMN body;
ALTER TABLE message RENAME COLUMN sealed TO body;

DELETE FROM version WHERE EXISTS (SELECT 1 FROM message m
  WHERE m.thread = version.thread AND m.seq = version.seq AND m.withdrawn_ms IS NOT NULL);
ALTER TABLE version ADD COLUMN sealed BLOB NOT NULL DEFAULT x'';
UPDATE version SET sealed = seal('version', thread, seq, n, author, NULL, language, origin, body);
ALTER TABLE version DROP COLUMN body;
ALTER TABLE version RENAME COLUMN sealed TO body;
