-- Whom a login name means: one row each. Of people who are here, are of the school side and can sign in by it.
-- name: login_people
SELECT DISTINCT l.person FROM login l JOIN person p ON p.id = l.person
WHERE l.fold = ? AND p.ended_ms IS NULL AND p.role NOT IN ('parent', 'legal_guardian', 'residential_counsellor')
LIMIT 2;

-- The same of the roster's names alone.
-- name: login_people_roster
SELECT DISTINCT l.person FROM login l JOIN person p ON p.id = l.person
WHERE l.fold = ? AND l.kind <> 'given' AND p.ended_ms IS NULL AND p.role NOT IN ('parent', 'legal_guardian', 'residential_counsellor')
LIMIT 2;

-- name: login_put
INSERT INTO login (person, kind, fold) VALUES (?, ?, ?)
ON CONFLICT (person, kind) DO UPDATE SET fold = excluded.fold;

-- name: login_of_person
SELECT fold FROM login WHERE person = ? ORDER BY CASE kind WHEN 'given' THEN 1 WHEN 'username' THEN 2 ELSE 3 END;

-- name: credential_get
SELECT password, secret, step FROM credential WHERE person = ?;

-- name: credential_put
INSERT INTO credential (person, password, secret, step, made_ms, changed_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?5)
ON CONFLICT (person) DO UPDATE SET password = excluded.password, secret = excluded.secret, step = excluded.step,
       changed_ms = excluded.changed_ms;

-- name: credential_set_step
UPDATE credential SET step = ?1 WHERE person = ?2 AND step < ?1;

-- name: credential_set_password
UPDATE credential SET password = ?1, changed_ms = ?2 WHERE person = ?3 AND password = ?4;

-- name: recovery_add
INSERT INTO recovery (hash, person, made_ms) VALUES (?, ?, ?);

-- name: recovery_use
UPDATE recovery SET used_ms = ?1 WHERE hash = ?2 AND person = ?3 AND used_ms IS NULL;

-- name: recovery_forget
DELETE FROM recovery WHERE person = ?;

-- name: recovery_left
SELECT count(*) FROM recovery WHERE person = ? AND used_ms IS NULL;

-- name: enrolment_put
INSERT INTO enrolment (person, key, password, secret, until_ms) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (person) DO UPDATE SET key = excluded.key, password = excluded.password, secret = excluded.secret,
       until_ms = excluded.until_ms;

-- name: enrolment_get
SELECT person, password, secret FROM enrolment WHERE key = ? AND until_ms > ?;

-- name: enrolment_forget
DELETE FROM enrolment WHERE person = ?;

-- name: identity_get
SELECT person FROM identity WHERE issuer = ? AND subject = ?;

-- name: identity_of_person
SELECT 1 FROM identity WHERE issuer = ? AND person = ? LIMIT 1;

-- Whether the school's provider is the only way in that somebody has used.
-- name: identity_only_way
SELECT 1 WHERE EXISTS (SELECT 1 FROM identity WHERE issuer = ?1 AND person = ?2) AND NOT EXISTS (SELECT 1 FROM credential WHERE person = ?2);

-- name: identity_add
INSERT INTO identity (issuer, subject, person, made_ms) VALUES (?, ?, ?, ?);

-- name: identity_forget
DELETE FROM identity WHERE person = ?;

-- name: recovery_void
DELETE FROM recovery;

-- name: enrolment_void
DELETE FROM enrolment;
