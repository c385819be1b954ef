-- name: link_add
INSERT INTO link (hash, person, made_by, made_ms, until_ms) VALUES (?, ?, ?, ?, ?);

-- Uses a link up: one row where it was good, none where it is unknown, used, or too old.
-- name: link_use
UPDATE link SET used_ms = ?1 WHERE hash = ?2 AND used_ms IS NULL AND until_ms > ?1
RETURNING person;

-- name: link_end_of
UPDATE link SET used_ms = ? WHERE person = ? AND used_ms IS NULL;

-- name: link_end_all
UPDATE link SET used_ms = ? WHERE used_ms IS NULL;

-- Each statement that ends sessions gives them the next ended_n: a running server finds by it whom to disconnect. Never below the clock, so
-- that it does not come again when the newest of them are deleted.

-- name: session_end_all
UPDATE session SET ended_ms = ?1, ended_n = (SELECT max(coalesce(max(ended_n), 0) + 1, ?1) FROM session) WHERE ended_ms IS NULL;

-- ?2: a session that goes on, or 0.
-- name: session_end_of
UPDATE session SET ended_ms = ?3, ended_n = (SELECT max(coalesce(max(ended_n), 0) + 1, ?3) FROM session)
WHERE person = ?1 AND id <> ?2 AND ended_ms IS NULL;

-- name: session_end_of_device
UPDATE session SET ended_ms = ?2, ended_n = (SELECT max(coalesce(max(ended_n), 0) + 1, ?2) FROM session)
WHERE device = ?1 AND ended_ms IS NULL;

-- name: session_end_one
UPDATE session SET ended_ms = ?3, ended_n = (SELECT max(coalesce(max(ended_n), 0) + 1, ?3) FROM session)
WHERE id = ?1 AND person = ?2 AND ended_ms IS NULL AND until_ms > ?3;

-- name: session_end
UPDATE session SET ended_ms = ?1, ended_n = (SELECT max(coalesce(max(ended_n), 0) + 1, ?1) FROM session) WHERE hash = ?2 AND ended_ms IS NULL;

-- name: session_last_ended
SELECT coalesce(max(ended_n), 0) FROM session;

-- Ended since, or too old since then.
-- name: session_gone
SELECT hash FROM session WHERE ended_n > ?1
UNION ALL
SELECT hash FROM session WHERE until_ms > ?2 AND until_ms <= ?3 AND ended_ms IS NULL;

-- name: session_add
INSERT INTO session (hash, person, device, kind, how, made_ms, seen_ms, until_ms) VALUES (?, ?, ?, ?, ?, ?6, ?6, ?7);

-- name: session_viewer
SELECT s.person, p.role, s.id, s.device, s.seen_ms FROM session s JOIN person p ON p.id = s.person
WHERE s.hash = ?1 AND s.ended_ms IS NULL AND s.until_ms > ?2 AND p.ended_ms IS NULL;

-- name: session_set_seen
UPDATE session SET seen_ms = ? WHERE id = ?;

-- name: session_list
SELECT id, kind, how, made_ms, seen_ms, device FROM session
WHERE person = ?1 AND ended_ms IS NULL AND until_ms > ?2 ORDER BY seen_ms DESC, id DESC LIMIT 100;

-- name: invitation_add
INSERT INTO invitation (hash, code, person, proof, made_by, made_ms, until_ms) VALUES (?, ?, ?, ?, ?, ?, ?);

-- By the hash of the secret or that of the code.
-- name: invitation_look
SELECT i.hash, i.person, i.proof, p.role
FROM invitation i JOIN person p ON p.id = i.person
WHERE (i.hash = ?1 OR i.code = ?1) AND i.used_ms IS NULL AND i.until_ms > ?2 AND p.ended_ms IS NULL;

-- name: invitation_use
UPDATE invitation SET used_ms = ?1 WHERE hash = ?2 AND used_ms IS NULL AND until_ms > ?1;

-- name: invitation_end_of
UPDATE invitation SET used_ms = ? WHERE person = ? AND used_ms IS NULL;

-- name: invitation_end_all
UPDATE invitation SET used_ms = ? WHERE used_ms IS NULL;

-- name: pin_get
SELECT hash FROM pin WHERE person = ?;

-- name: pin_put
INSERT INTO pin (person, hash, made_ms) VALUES (?, ?, ?)
ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, made_ms = excluded.made_ms;

-- name: pin_remove
DELETE FROM pin WHERE person = ?;

-- name: device_add
INSERT INTO device (hash, made_ms) VALUES (?, ?);

-- name: device_by_hash
SELECT id FROM device WHERE hash = ?;

-- name: profile_add
INSERT INTO profile (device, person, made_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING;

-- name: profile_there
SELECT 1 FROM profile f JOIN person p ON p.id = f.person WHERE f.device = ? AND f.person = ? AND p.ended_ms IS NULL
AND p.role IN ('parent', 'legal_guardian', 'residential_counsellor');

-- name: profile_remove
DELETE FROM profile WHERE device = ? AND person = ?;

-- name: profile_remove_of
DELETE FROM profile WHERE person = ?;

-- name: profile_list
SELECT f.person FROM profile f JOIN person p ON p.id = f.person
WHERE f.device = ? AND p.ended_ms IS NULL AND p.role IN ('parent', 'legal_guardian', 'residential_counsellor') ORDER BY f.made_ms, f.person LIMIT 12;

-- name: attempt_get
SELECT fails, until_ms FROM attempt WHERE key = ?;

-- name: attempt_put
INSERT INTO attempt (key, fails, at_ms, until_ms) VALUES (?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET fails = excluded.fails, at_ms = excluded.at_ms, until_ms = excluded.until_ms;

-- name: attempt_forget
DELETE FROM attempt WHERE key = ?;

-- name: attempt_forget_old
DELETE FROM attempt WHERE at_ms < ?1 AND until_ms < ?1;

-- Whether ?1 is mentor of a class of a pupil whose guardian ?2 is.
-- name: mentor_of_family
SELECT 1 FROM teaching t JOIN pupil p ON p.class = t.class JOIN guardianship g ON g.pupil = p.id JOIN person f ON f.id = g.person
JOIN class c ON c.id = t.class
WHERE t.person = ?1 AND t.mentor = 1 AND t.ended_ms IS NULL AND c.ended_ms IS NULL AND p.ended_ms IS NULL
AND g.person = ?2 AND g.ended_ms IS NULL AND f.ended_ms IS NULL
AND f.role IN ('parent', 'legal_guardian', 'residential_counsellor') LIMIT 1;

-- A pupil of a guardian who is not with this mentor.
-- name: pupil_elsewhere
SELECT 1 FROM guardianship g JOIN pupil p ON p.id = g.pupil
WHERE g.person = ?2 AND g.ended_ms IS NULL AND p.ended_ms IS NULL
AND NOT EXISTS (SELECT 1 FROM teaching t JOIN class c ON c.id = t.class
                WHERE t.class = p.class AND t.person = ?1 AND t.mentor = 1 AND t.ended_ms IS NULL AND c.ended_ms IS NULL) LIMIT 1;

-- name: mentor_of_class
SELECT 1 FROM teaching t JOIN class c ON c.id = t.class
WHERE t.person = ? AND t.class = ? AND t.mentor = 1 AND t.ended_ms IS NULL AND c.ended_ms IS NULL;

-- Classes with families. ?1: whose mentor this person is, or 0 for all.
-- name: class_list
SELECT c.id, c.name, o.name, count(DISTINCT f.id), count(DISTINCT CASE WHEN f.seen_ms IS NULL AND (?1 = 0 OR NOT EXISTS (
        SELECT 1 FROM guardianship h JOIN pupil u ON u.id = h.pupil WHERE h.person = f.id AND h.ended_ms IS NULL AND u.ended_ms IS NULL
        AND NOT EXISTS (SELECT 1 FROM teaching t JOIN class d ON d.id = t.class
                        WHERE t.class = u.class AND t.person = ?1 AND t.mentor = 1 AND t.ended_ms IS NULL AND d.ended_ms IS NULL))) THEN f.id END)
FROM class c JOIN org o ON o.id = c.org
LEFT JOIN pupil p ON p.class = c.id AND p.ended_ms IS NULL
LEFT JOIN guardianship g ON g.pupil = p.id AND g.ended_ms IS NULL
LEFT JOIN person f ON f.id = g.person AND f.ended_ms IS NULL AND f.role IN ('parent', 'legal_guardian', 'residential_counsellor')
WHERE c.ended_ms IS NULL
AND (?1 = 0 OR EXISTS (SELECT 1 FROM teaching t WHERE t.person = ?1 AND t.class = c.id AND t.mentor = 1 AND t.ended_ms IS NULL))
GROUP BY c.id ORDER BY c.name LIMIT 200;

-- name: class_name
SELECT name FROM class WHERE id = ? AND ended_ms IS NULL;

-- The family side of a class who never signed in. ?2: only who has no pupil with another mentor than this one, or 0 for all.
-- name: class_waiting
SELECT DISTINCT f.id FROM pupil p JOIN guardianship g ON g.pupil = p.id AND g.ended_ms IS NULL
JOIN person f ON f.id = g.person AND f.ended_ms IS NULL AND f.role IN ('parent', 'legal_guardian', 'residential_counsellor')
WHERE p.class = ?1 AND p.ended_ms IS NULL AND f.seen_ms IS NULL
AND (?2 = 0 OR NOT EXISTS (
        SELECT 1 FROM guardianship h JOIN pupil o ON o.id = h.pupil WHERE h.person = f.id AND h.ended_ms IS NULL AND o.ended_ms IS NULL
        AND NOT EXISTS (SELECT 1 FROM teaching t JOIN class c ON c.id = t.class
                        WHERE t.class = o.class AND t.person = ?2 AND t.mentor = 1 AND t.ended_ms IS NULL AND c.ended_ms IS NULL)))
ORDER BY p.name, f.name LIMIT 100;

-- name: guardian_pupils
SELECT p.id, p.name, p.given, c.id, c.name FROM guardianship g JOIN pupil p ON p.id = g.pupil LEFT JOIN class c ON c.id = p.class
WHERE g.person = ? AND g.ended_ms IS NULL AND p.ended_ms IS NULL ORDER BY p.name LIMIT 12;

-- Where somebody is and was signed in, for their own eyes.
-- name: session_of_person
SELECT kind, how, made_ms, seen_ms, until_ms, ended_ms FROM session WHERE person = ? ORDER BY made_ms, id;
