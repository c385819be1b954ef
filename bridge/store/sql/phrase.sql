-- Languages that are read in a conversation now.
-- name: phrase_languages
SELECT DISTINCT p.language FROM member m JOIN person p ON p.id = m.person WHERE m.thread = ? AND m.until_ms IS NULL;

-- Messages that are phrases, the newest first.
-- name: phrase_messages
SELECT seq FROM message WHERE thread = ? AND phrase IS NOT NULL AND withdrawn_ms IS NULL ORDER BY seq DESC LIMIT ?;

-- Where somebody is now.
-- name: phrase_threads
SELECT thread FROM member WHERE person = ? AND until_ms IS NULL;
