-- The rows of the last packages (roster_row), and what they make of the school.

-- name: roster_row_all
SELECT file, sourced_id, content FROM roster_row ORDER BY file, sourced_id;

-- name: roster_row_put
INSERT INTO roster_row (file, sourced_id, content) VALUES (?, ?, ?)
ON CONFLICT (file, sourced_id) DO UPDATE SET content = excluded.content;

-- name: roster_row_delete
DELETE FROM roster_row WHERE file = ? AND sourced_id = ?;

-- The present state, for the difference: two keys, the row, whether it has ended, whether a field is held, then fields.
-- name: roster_now_org
SELECT sourced_id, '', id, ended_ms IS NOT NULL, 0, name, type, parent FROM org;

-- name: roster_now_class
SELECT c.sourced_id, '', c.id, c.ended_ms IS NOT NULL, 0, c.name, o.sourced_id FROM class c JOIN org o ON o.id = c.org;

-- name: roster_now_person
SELECT sourced_id, '', id, ended_ms IS NOT NULL, language_chosen,
       name, given, family, folded, role, speaks, reads, script, language FROM person;

-- name: roster_now_pupil
SELECT p.sourced_id, '', p.id, p.ended_ms IS NOT NULL, 0, p.name, p.given, p.family, c.sourced_id
FROM pupil p LEFT JOIN class c ON c.id = p.class;

-- name: roster_now_teaching
SELECT p.sourced_id, c.sourced_id, 0, t.ended_ms IS NOT NULL, 0, CASE t.mentor WHEN 1 THEN 'mentor' ELSE 'teacher' END
FROM teaching t JOIN person p ON p.id = t.person JOIN class c ON c.id = t.class;

-- name: roster_now_guardianship
SELECT u.sourced_id, p.sourced_id, 0, g.ended_ms IS NOT NULL, 0, g.relation
FROM guardianship g JOIN pupil u ON u.id = g.pupil JOIN person p ON p.id = g.person;

-- name: roster_now_member
SELECT u.sourced_id, p.sourced_id, m.id, 0, 0, m.joined, m.relation
FROM member m JOIN thread t ON t.id = m.thread JOIN pupil u ON u.id = t.pupil JOIN person p ON p.id = m.person
WHERE m.until_ms IS NULL;

-- name: roster_now_login
SELECT p.sourced_id, l.kind, 0, 0, 0, l.fold FROM login l JOIN person p ON p.id = l.person WHERE l.kind <> 'given';

-- name: roster_put_login
INSERT INTO login (person, kind, fold) VALUES ((SELECT id FROM person WHERE sourced_id = ?), ?, ?)
ON CONFLICT (person, kind) DO UPDATE SET fold = excluded.fold;

-- A name of the roster that somebody else chose is theirs no more.
-- name: roster_free_login
DELETE FROM login WHERE ?2 <> 'given' AND kind = 'given' AND fold = ?3 AND person <> (SELECT id FROM person WHERE sourced_id = ?1);

-- name: roster_end_login
DELETE FROM login WHERE ?1 > 0 AND person = (SELECT id FROM person WHERE sourced_id = ?2) AND kind = ?3;

-- name: roster_put_org
INSERT INTO org (sourced_id, name, type, parent) VALUES (?, ?, ?, ?)
ON CONFLICT (sourced_id) DO UPDATE SET name = excluded.name, type = excluded.type, parent = excluded.parent, ended_ms = NULL;

-- name: roster_put_class
INSERT INTO class (sourced_id, name, org) VALUES (?, ?, (SELECT id FROM org WHERE sourced_id = ?))
ON CONFLICT (sourced_id) DO UPDATE SET name = excluded.name, org = excluded.org, ended_ms = NULL;

-- name: roster_put_person
INSERT INTO person (sourced_id, name, given, family, folded, role, speaks, reads, script, language)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (sourced_id) DO UPDATE SET name = excluded.name, given = excluded.given, family = excluded.family,
       folded = excluded.folded, role = excluded.role, speaks = excluded.speaks, reads = excluded.reads,
       script = excluded.script, language = excluded.language, ended_ms = NULL;

-- name: roster_put_pupil
INSERT INTO pupil (sourced_id, name, given, family, class)
VALUES (?, ?, ?, ?, (SELECT id FROM class WHERE sourced_id = ?))
ON CONFLICT (sourced_id) DO UPDATE SET name = excluded.name, given = excluded.given, family = excluded.family,
       class = excluded.class, ended_ms = NULL;

-- name: roster_put_thread
INSERT INTO thread (id, pupil, made_ms) SELECT ?, id, ? FROM pupil WHERE sourced_id = ?
ON CONFLICT (pupil) DO NOTHING;

-- name: roster_put_teaching
INSERT INTO teaching (person, class, mentor)
VALUES ((SELECT id FROM person WHERE sourced_id = ?), (SELECT id FROM class WHERE sourced_id = ?), ? = 'mentor')
ON CONFLICT (person, class) DO UPDATE SET mentor = excluded.mentor, ended_ms = NULL;

-- name: roster_put_guardianship
INSERT INTO guardianship (pupil, person, relation)
VALUES ((SELECT id FROM pupil WHERE sourced_id = ?), (SELECT id FROM person WHERE sourced_id = ?), ?)
ON CONFLICT (pupil, person) DO UPDATE SET relation = excluded.relation, ended_ms = NULL;

-- name: roster_put_relation
UPDATE member SET relation = ? WHERE id = ?;

-- name: roster_end_org
UPDATE org SET ended_ms = ? WHERE sourced_id = ?;

-- name: roster_end_class
UPDATE class SET ended_ms = ? WHERE sourced_id = ?;

-- name: roster_end_person
UPDATE person SET ended_ms = ? WHERE sourced_id = ?;

-- name: roster_end_pupil
UPDATE pupil SET ended_ms = ? WHERE sourced_id = ?;

-- name: roster_end_teaching
UPDATE teaching SET ended_ms = ?1
WHERE person = (SELECT id FROM person WHERE sourced_id = ?2) AND class = (SELECT id FROM class WHERE sourced_id = ?3);

-- name: roster_end_guardianship
UPDATE guardianship SET ended_ms = ?1
WHERE pupil = (SELECT id FROM pupil WHERE sourced_id = ?2) AND person = (SELECT id FROM person WHERE sourced_id = ?3);

-- The conversations of a class, and of all classes of an org.
-- name: roster_threads_of_class
SELECT t.id FROM thread t JOIN pupil p ON p.id = t.pupil JOIN class c ON c.id = p.class WHERE c.sourced_id = ?;

-- name: roster_threads_of_org
SELECT t.id FROM thread t JOIN pupil p ON p.id = t.pupil JOIN class c ON c.id = p.class JOIN org o ON o.id = c.org
WHERE o.sourced_id = ?;
