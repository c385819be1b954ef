-- What has had its time (chat/erase/kinds.def). Each kind has a find, which gives whose (person or pupil; 0: nobody's in particular),
-- their name, since when and how many, and a take, which deletes just that. ?1: what is older than this goes.

-- name: find_session
SELECT s.person, p.name, min(coalesce(s.ended_ms, s.until_ms)), count(*) FROM session s JOIN person p ON p.id = s.person
WHERE min(coalesce(s.ended_ms, s.until_ms), s.until_ms) < ?1 GROUP BY s.person ORDER BY s.person;

-- name: take_session
DELETE FROM session WHERE min(coalesce(ended_ms, until_ms), until_ms) < ?1;

-- Nobody's profile is on it, and no session that stays.
-- name: find_device
SELECT 0, NULL, min(made_ms), count(*) FROM device d WHERE d.made_ms < ?1
  AND NOT EXISTS (SELECT 1 FROM profile p WHERE p.device = d.id)
  AND NOT EXISTS (SELECT 1 FROM session s WHERE s.device = d.id AND min(coalesce(s.ended_ms, s.until_ms), s.until_ms) >= ?1)
HAVING count(*) > 0;

-- name: take_device
DELETE FROM device WHERE made_ms < ?1
  AND NOT EXISTS (SELECT 1 FROM profile p WHERE p.device = device.id)
  AND NOT EXISTS (SELECT 1 FROM session s WHERE s.device = device.id);

-- name: find_link
SELECT l.person, p.name, min(coalesce(l.used_ms, l.until_ms)), count(*) FROM link l JOIN person p ON p.id = l.person
WHERE min(coalesce(l.used_ms, l.until_ms), l.until_ms) < ?1 GROUP BY l.person ORDER BY l.person;

-- name: take_link
DELETE FROM link WHERE min(coalesce(used_ms, until_ms), until_ms) < ?1;

-- name: find_invitation
SELECT l.person, p.name, min(coalesce(l.used_ms, l.until_ms)), count(*) FROM invitation l JOIN person p ON p.id = l.person
WHERE min(coalesce(l.used_ms, l.until_ms), l.until_ms) < ?1 GROUP BY l.person ORDER BY l.person;

-- name: take_invitation
DELETE FROM invitation WHERE min(coalesce(used_ms, until_ms), until_ms) < ?1;

-- In the order of their numbers, up to the first that is younger. The newest stays, so that no number is given out twice.
-- name: find_event
SELECT 0, NULL, min(at_ms), count(*) FROM event
WHERE id < (SELECT max(id) FROM event)
  AND id < coalesce((SELECT id FROM event WHERE at_ms >= ?1 ORDER BY id LIMIT 1), (SELECT max(id) FROM event))
HAVING count(*) > 0;

-- name: event_age
SELECT coalesce(max(id), 0) FROM
(SELECT id FROM event WHERE id < (SELECT max(id) FROM event)
   AND id < coalesce((SELECT id FROM event WHERE at_ms >= ?1 ORDER BY id LIMIT 1), (SELECT max(id) FROM event))
 ORDER BY id LIMIT ?2);

-- name: event_forget
DELETE FROM event WHERE id <= ?;

-- name: event_after
SELECT events_after FROM school;

-- name: event_begin_after
UPDATE school SET events_after = max(events_after, ?);

-- Rows that remember under which id somebody left ("gone:" and their ECK-iD). Whoever came back is not gone.
-- name: find_gone
SELECT w.who, w.name, w.ended_ms, count(*) FROM roster_row r JOIN
     (SELECT id AS who, sourced_id, name, ended_ms FROM person UNION ALL SELECT id, sourced_id, name, ended_ms FROM pupil) w
  ON instr(char(10) || r.content, char(10) || 'metadata.ouderbrug.key=' || w.sourced_id || char(10)) > 0
WHERE r.file = 'users' AND r.sourced_id LIKE 'gone:%' AND w.ended_ms < ?1 GROUP BY w.who, w.name, w.ended_ms ORDER BY w.who;

-- name: take_gone
DELETE FROM roster_row WHERE file = 'users' AND sourced_id LIKE 'gone:%' AND EXISTS
     (SELECT 1 FROM (SELECT sourced_id, ended_ms FROM person UNION ALL SELECT sourced_id, ended_ms FROM pupil) w
      WHERE w.ended_ms < ?1
        AND instr(char(10) || roster_row.content, char(10) || 'metadata.ouderbrug.key=' || w.sourced_id || char(10)) > 0);

-- Of a pupil. A conversation keeps the newest state of each matter that stands or waits.
-- name: find_note
SELECT p.id, p.name, min(coalesce(n.changed_ms, n.made_ms)), count(*) FROM note n JOIN thread t ON t.id = n.thread JOIN pupil p ON p.id = t.pupil
WHERE coalesce(n.changed_ms, n.made_ms) < ?1 GROUP BY p.id ORDER BY p.id;

-- name: take_note
DELETE FROM note WHERE coalesce(changed_ms, made_ms) < ?1;

-- name: find_consent
SELECT p.id, p.name, min(c.ended_ms), count(*) FROM consent c JOIN thread t ON t.id = c.thread JOIN pupil p ON p.id = t.pupil
WHERE c.ended_ms < ?1 GROUP BY p.id ORDER BY p.id;

-- name: take_consent
DELETE FROM consent WHERE ended_ms < ?1;

-- In this order, so that a guardian of several goes with the last of them.
-- name: find_pupil
SELECT p.id, p.name, p.ended_ms, (SELECT count(*) FROM thread t JOIN message m ON m.thread = t.id WHERE t.pupil = p.id)
FROM pupil p WHERE p.ended_ms < ?1 AND p.erased_ms IS NULL ORDER BY p.ended_ms, p.id;

-- Guardians who have no other pupil than those that go. ?1 as in find_pupil.
-- name: find_guardian
WITH kept AS (SELECT t.id AS thread, u.id AS pupil FROM pupil u JOIN thread t ON t.pupil = u.id
              WHERE u.erased_ms IS NULL AND (u.ended_ms IS NULL OR u.ended_ms >= ?1))
SELECT p.id, p.name, max(u.ended_ms), 1
FROM guardianship g JOIN person p ON p.id = g.person JOIN pupil u ON u.id = g.pupil
WHERE p.role IN ('parent', 'legal_guardian', 'residential_counsellor') AND p.erased_ms IS NULL AND u.erased_ms IS NULL AND u.ended_ms < ?1
  AND NOT EXISTS (SELECT 1 FROM guardianship o WHERE o.person = p.id AND o.pupil IN (SELECT pupil FROM kept))
  AND NOT EXISTS (SELECT 1 FROM member m WHERE m.person = p.id AND m.until_ms IS NULL AND m.thread IN (SELECT thread FROM kept))
GROUP BY p.id ORDER BY p.id;

-- Who left the school, and whose name stands in no conversation that is kept. ?2: pupils who left before this go.
-- name: find_person
WITH kept AS (SELECT t.id AS thread FROM pupil u JOIN thread t ON t.pupil = u.id
              WHERE u.erased_ms IS NULL AND (u.ended_ms IS NULL OR u.ended_ms >= ?2))
SELECT p.id, p.name, p.ended_ms, 1 FROM person p
WHERE p.ended_ms < ?1 AND p.erased_ms IS NULL
  AND NOT EXISTS (SELECT 1 FROM member m WHERE (m.person = p.id OR m.brought_by = p.id) AND m.thread IN (SELECT thread FROM kept))
  AND NOT EXISTS (SELECT 1 FROM message m WHERE m.sender = p.id AND m.thread IN (SELECT thread FROM kept))
  AND NOT EXISTS (SELECT 1 FROM version v WHERE v.author = p.id AND v.thread IN (SELECT thread FROM kept))
  AND NOT EXISTS (SELECT 1 FROM guardianship g JOIN pupil u ON u.id = g.pupil
                  WHERE g.person = p.id AND u.erased_ms IS NULL AND u.ended_ms < ?2
                    AND p.role IN ('parent', 'legal_guardian', 'residential_counsellor'))
ORDER BY p.id;

-- name: erased_add
INSERT INTO erased (at_ms, kind, subject, since_ms, n, why) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (at_ms, kind, subject) DO UPDATE SET n = n + excluded.n;

-- name: erased_all
SELECT at_ms, kind, subject, since_ms, n, why FROM erased ORDER BY at_ms, kind, subject;
