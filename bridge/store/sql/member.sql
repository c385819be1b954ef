-- The last column: the moment from which they see, as a time: when they came, or when the first message was sent that was opened to them.
-- name: member_now
SELECT m.id, m.first_seq, m.read_seq, m.joined, m.first_note, m.read_note, m.ends_ms, p.role,
       CASE WHEN m.first_seq <= 1 AND m.first_note <= 1 THEN 0
            WHEN m.first_seq > m.since_seq THEN m.since_ms
            ELSE (SELECT s.sent_ms FROM message s WHERE s.thread = m.thread AND s.seq = m.first_seq) END
FROM member m JOIN person p ON p.id = m.person
WHERE m.thread = ?1 AND m.person = ?2 AND m.until_ms IS NULL AND (m.ends_ms IS NULL OR m.ends_ms > ?3);

-- A time that ended by itself and that nobody wrote down yet.
-- name: member_over
SELECT id FROM member WHERE thread = ?1 AND person = ?2 AND until_ms IS NULL AND ends_ms <= ?3;

-- name: member_all_over
SELECT id, thread, person FROM member WHERE until_ms IS NULL AND ends_ms IS NOT NULL AND ends_ms <= ? ORDER BY ends_ms, id LIMIT ?;

-- What somebody saw in their last time here, by the roster, when nothing was said since.
-- name: member_left_off
SELECT first_seq FROM (SELECT first_seq, until_seq FROM member WHERE thread = ?1 AND person = ?2 AND joined = 'roster' ORDER BY id DESC LIMIT 1)
WHERE until_seq = ?3;

-- When the next time ends by itself.
-- name: member_next_end
SELECT min(ends_ms) FROM member WHERE until_ms IS NULL AND ends_ms IS NOT NULL;

-- name: member_get
SELECT id, person, joined, relation, since_ms, since_seq, first_seq, until_ms, until_seq, brought_by, why, read_seq, thread, ends_ms, first_note
FROM member WHERE id = ?;

-- name: member_of_thread
SELECT id FROM member WHERE thread = ? ORDER BY id;

-- A person's newest time in each conversation, those they left too.
-- name: member_newest_of_person
SELECT thread, max(id) FROM member WHERE person = ? GROUP BY thread ORDER BY thread;

-- name: member_add
INSERT INTO member (thread, person, joined, relation, since_ms, since_seq, first_seq, read_seq, brought_by, why, first_note, read_note, ends_ms)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: member_end
UPDATE member SET until_ms = ?, until_seq = ? WHERE id = ?;

-- name: member_set_read
UPDATE member SET read_seq = ?1 WHERE id = ?2 AND read_seq < ?1;

-- name: member_set_end
UPDATE member SET ends_ms = ? WHERE id = ?;

-- Never narrower.
-- name: member_widen
UPDATE member SET first_seq = min(first_seq, ?1), first_note = min(first_note, ?2) WHERE id = ?3;

-- name: member_set_read_note
UPDATE member SET read_note = ?1 WHERE id = ?2 AND read_note < ?1;

-- Who has read something, by their marks: those who were in it before they left, too.
-- name: member_marks
SELECT person, max(read_seq) FROM member WHERE thread = ? AND read_seq >= first_seq GROUP BY person ORDER BY person;
