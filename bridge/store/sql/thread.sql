-- name: thread_get
SELECT t.id, t.handled_seq, p.id, p.name, p.given, c.id, c.name, o.name
FROM thread t JOIN pupil p ON p.id = t.pupil
LEFT JOIN class c ON c.id = p.class
LEFT JOIN org o ON o.id = c.org
WHERE t.id = ?;

-- name: thread_set_handled
UPDATE thread SET handled_seq = ? WHERE id = ?;

-- name: thread_by_pupil
SELECT t.id FROM thread t JOIN pupil p ON p.id = t.pupil WHERE p.sourced_id = ?;

-- The conversations a person is in, and what they may see of each.
-- name: thread_of_person
SELECT m.thread, m.first_seq, m.first_note, m.ends_ms, p.role,
       CASE WHEN m.first_seq <= 1 AND m.first_note <= 1 THEN 0
            WHEN m.first_seq > m.since_seq THEN m.since_ms
            ELSE (SELECT s.sent_ms FROM message s WHERE s.thread = m.thread AND s.seq = m.first_seq) END -- as in member_now
FROM member m JOIN person p ON p.id = m.person
WHERE m.person = ?1 AND m.until_ms IS NULL AND (m.ends_ms IS NULL OR m.ends_ms > ?2) ORDER BY m.thread;
