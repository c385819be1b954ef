-- name: topic_all
SELECT topic, held FROM topic ORDER BY topic;

-- name: topic_hold
UPDATE topic SET held = ? WHERE topic = ?;

-- name: topic_words
SELECT id, topic, language, words FROM topic_word WHERE out = 0 ORDER BY topic, language, words;

-- name: topic_words_held
SELECT w.topic, w.words FROM topic_word w JOIN topic t ON t.topic = w.topic WHERE w.language = ? AND t.held = 1 AND w.out = 0 ORDER BY w.topic, w.id;

-- Each once, from one to the next in the index, not over all its words.
-- name: topic_languages
WITH RECURSIVE one (language) AS (
        SELECT min(language) FROM topic_word
        UNION ALL
        SELECT (SELECT min(w.language) FROM topic_word w WHERE w.language > one.language) FROM one WHERE one.language IS NOT NULL)
SELECT language FROM one WHERE language IS NOT NULL;

-- name: topic_word_count
SELECT count(*) FROM topic_word WHERE ours = 0;

-- name: topic_word_add
INSERT INTO topic_word (topic, language, words) VALUES (?, ?, ?) ON CONFLICT (language, words, topic) DO UPDATE SET out = 0;

-- name: topic_word_remove
DELETE FROM topic_word WHERE id = ? AND ours = 0;

-- name: topic_word_out
UPDATE topic_word SET out = 1 WHERE id = ? AND ours <> 0 AND out = 0;

-- ours: 0 the school's, 1 the program's, 3 both. A word of the program's list is 2 or 4 for this time; those that are 1 or 3 afterwards are in it no more. What the
-- school wrote itself stays the school's, and what it took out stays out, also where both had it.
-- name: topic_word_bring
INSERT INTO topic_word (topic, language, words, ours) VALUES (?, ?, ?, 2) ON CONFLICT (language, words, topic) DO UPDATE SET ours = CASE ours WHEN 1 THEN 2 WHEN 2 THEN 2 ELSE 4 END;

-- name: topic_word_drop
DELETE FROM topic_word WHERE ours = 1 OR (ours = 3 AND out = 1);

-- name: topic_word_settle
UPDATE topic_word SET ours = CASE ours WHEN 2 THEN 1 WHEN 3 THEN 0 ELSE 3 END WHERE ours IN (2, 3, 4);

-- name: held_put
INSERT INTO held (thread, seq, language, topic, direction, engine, body, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (thread, seq, language) DO UPDATE SET topic = excluded.topic, direction = excluded.direction, engine = excluded.engine, body = excluded.body,
        at_ms = excluded.at_ms;

-- name: held_of_message
SELECT language, topic, direction, engine, body, at_ms FROM held WHERE thread = ? AND seq = ? ORDER BY language;

-- name: held_drop
DELETE FROM held WHERE thread = ? AND seq = ? AND language = ?;

-- name: held_forget
DELETE FROM held WHERE thread = ? AND seq = ?;

-- name: message_unchecked
SELECT unchecked_ms FROM message WHERE thread = ? AND seq = ?;

-- name: message_set_unchecked
UPDATE message SET unchecked_ms = ? WHERE thread = ? AND seq = ? AND unchecked_ms IS NULL;

-- name: version_check
UPDATE version SET checked_by = ?, checked_ms = ? WHERE thread = ? AND seq = ? AND n = ?;

-- name: version_origin
SELECT origin, author FROM version WHERE thread = ? AND seq = ? AND n = ?;

-- Who has read up to a message, and what they read in.
-- name: better_readers
SELECT m.person, p.language, p.reads FROM member m JOIN person p ON p.id = m.person
WHERE m.thread = ?1 AND m.until_ms IS NULL AND m.read_seq >= ?2 AND m.first_seq <= ?2 AND m.person <> ?3;

-- name: better_add
INSERT INTO better (thread, person, seq) VALUES (?, ?, ?) ON CONFLICT DO NOTHING;

-- name: better_seen
DELETE FROM better WHERE thread = ? AND person = ? AND seq = ?;

-- name: better_people
SELECT person FROM better WHERE thread = ? AND seq = ?;

-- name: better_forget
DELETE FROM better WHERE thread = ? AND seq = ?;

-- name: better_of_person
SELECT seq FROM better WHERE thread = ? AND person = ? AND seq >= ? ORDER BY seq;

-- What no machine could do or may do by itself, of messages that nobody dealt with yet.
-- name: request_needs
SELECT seq, language, state, reason, made_ms FROM request WHERE thread = ?1 AND state IN ('failed', 'held') AND seq > ?2 AND seq >= ?3
ORDER BY seq, language LIMIT 200;

-- name: erase_held_thread
DELETE FROM held WHERE thread = ?;

-- name: erase_better_thread
DELETE FROM better WHERE thread = ?;

-- The languages of others who are in a conversation, the family's first.
-- name: preview_readers
SELECT p.language, min(p.role NOT IN ('parent', 'legal_guardian', 'residential_counsellor')) AS side FROM member m JOIN person p ON p.id = m.person
WHERE m.thread = ?1 AND m.person <> ?2 AND m.until_ms IS NULL AND (m.ends_ms IS NULL OR m.ends_ms > ?3) GROUP BY p.language ORDER BY side, p.language;

-- Others who are in a conversation, with what they read, or speak where the roster says nothing of it.
-- name: preview_people
SELECT p.id, p.role, coalesce(p.reads, p.speaks) FROM member m JOIN person p ON p.id = m.person
WHERE m.thread = ?1 AND m.person <> ?2 AND m.until_ms IS NULL AND (m.ends_ms IS NULL OR m.ends_ms > ?3) ORDER BY m.id;
