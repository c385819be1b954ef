-- name: person_get
SELECT id, name, role, speaks, reads, language, ended_ms IS NULL, balance FROM person WHERE id = ?;

-- name: person_by_sourced_id
SELECT id FROM person WHERE sourced_id = ?;

-- The school side, those who can be brought in. ?1: a folded pattern, ?2: a language or NULL.
-- name: person_find_school
SELECT id FROM person
WHERE ended_ms IS NULL
  AND role NOT IN ('parent', 'legal_guardian', 'residential_counsellor', 'administrator')
  AND folded LIKE ?1 ESCAPE '\'
  AND (?2 IS NULL OR ' ' || speaks || ' ' LIKE '% ' || ?2 || ' %' OR ' ' || speaks LIKE '% ' || ?2 || '-%')
ORDER BY CASE role WHEN 'coach' THEN 1 WHEN 'interpreter' THEN 2 WHEN 'key_person' THEN 3
         WHEN 'care_coordinator' THEN 4 WHEN 'attendance_coordinator' THEN 5 ELSE 9 END, name
LIMIT 50;

-- name: person_find_any
SELECT id FROM person WHERE ended_ms IS NULL AND folded LIKE ?1 ESCAPE '\' ORDER BY role, name LIMIT 50;

-- Whom a person is there for: the pupils of a guardian, the classes of a teacher.
-- name: person_about
SELECT p.name || coalesce(' · ' || c.name, '') FROM guardianship g JOIN pupil p ON p.id = g.pupil
LEFT JOIN class c ON c.id = p.class
WHERE g.person = ?1 AND g.ended_ms IS NULL AND p.ended_ms IS NULL
UNION ALL
SELECT c.name FROM teaching t JOIN class c ON c.id = t.class
WHERE t.person = ?1 AND t.ended_ms IS NULL AND c.ended_ms IS NULL
LIMIT 20;

-- name: person_seen
SELECT seen_ms FROM person WHERE id = ?;

-- name: person_set_seen
UPDATE person SET seen_ms = ? WHERE id = ?;

-- name: person_set_language
UPDATE person SET language = ?, language_chosen = 1 WHERE id = ?;

-- name: person_set_balance
UPDATE person SET balance = ? WHERE id = ?;
