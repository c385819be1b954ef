-- The queries of the key database (keys/migrations/).

-- name: ring_get
SELECT school, turn, proof FROM ring WHERE one = 1;

-- name: ring_put
INSERT INTO ring (one, school, turn, proof) VALUES (1, ?, ?, ?)
ON CONFLICT (one) DO UPDATE SET turn = excluded.turn, proof = excluded.proof;

-- name: key_all
SELECT thread, sealed, destroyed_ms FROM key ORDER BY thread;

-- name: key_add
INSERT INTO key (thread, sealed, made_ms) VALUES (?, ?, ?);

-- name: key_reseal
UPDATE key SET sealed = ? WHERE thread = ?;

-- name: key_destroy
UPDATE key SET sealed = NULL, destroyed_ms = ? WHERE thread = ? AND sealed IS NOT NULL;
