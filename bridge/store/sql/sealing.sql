-- name: sealing_get
SELECT school, swept FROM sealing WHERE one = 1;

-- name: sealing_put
INSERT INTO sealing (one, school, swept) VALUES (1, ?, 1) ON CONFLICT (one) DO UPDATE SET school = excluded.school;

-- name: sealing_swept
UPDATE sealing SET swept = 1;

-- name: thread_last_id
SELECT coalesce(max(id), 0) FROM thread;
