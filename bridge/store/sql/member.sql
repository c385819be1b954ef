-- name: member_now
SELECT id, first_seq, read_seq, joined FROM member WHERE thread = ? AND person = ? AND until_ms IS NULL;

-- name: member_get
SELECT id, person, joined, relation, since_ms, since_seq, first_seq, until_ms, until_seq, brought_by, why, read_seq, thread
FROM member WHERE id = ?;

-- name: member_of_thread
SELECT id FROM member WHERE thread = ? ORDER BY id;

-- A person's newest time in each conversation, those they left too.
-- name: member_newest_of_person
SELECT thread, max(id) FROM member WHERE person = ? GROUP BY thread ORDER BY thread;

-- name: member_add
INSERT INTO member (thread, person, joined, relation, since_ms, since_seq, first_seq, read_seq, brought_by, why)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: member_end
UPDATE member SET until_ms = ?, until_seq = ? WHERE id = ?;

-- name: member_set_read
UPDATE member SET read_seq = ?1 WHERE id = ?2 AND read_seq < ?1;
