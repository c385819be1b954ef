-- Erasing: one query for each RULE of chat/erase/rules.def that deletes, named erase_<table>_<column>; its one parameter is the row of
-- thread, pupil or person that goes.

-- name: erase_reply_thread
DELETE FROM reply WHERE thread = ?;

-- name: erase_request_thread
DELETE FROM request WHERE thread = ?;
-- Its pieces go with it.
-- name: erase_file_thread
DELETE FROM file WHERE thread = ?;

-- name: erase_version_thread
DELETE FROM version WHERE thread = ?;

-- name: erase_words_thread
DELETE FROM words WHERE thread = ?;

-- name: erase_words_late_thread
DELETE FROM words_late WHERE thread = ?;

-- name: erase_message_thread
DELETE FROM message WHERE thread = ?;

-- name: erase_note_thread
DELETE FROM note WHERE thread = ?;

-- name: erase_member_thread
DELETE FROM member WHERE thread = ?;

-- name: erase_consent_thread
DELETE FROM consent WHERE thread = ?;

-- name: erase_event_thread
DELETE FROM event WHERE thread = ? AND kind <> 'gone';

-- name: erase_guardianship_pupil
DELETE FROM guardianship WHERE pupil = ?;

-- name: erase_guardianship_person
DELETE FROM guardianship WHERE person = ?;

-- name: erase_teaching_person
DELETE FROM teaching WHERE person = ?;

-- name: erase_recording_person
DELETE FROM recording WHERE person = ?;

-- name: erase_session_person
DELETE FROM session WHERE person = ?;

-- name: erase_link_person
DELETE FROM link WHERE person = ?;

-- name: erase_invitation_person
DELETE FROM invitation WHERE person = ?;

-- name: erase_pin_person
DELETE FROM pin WHERE person = ?;

-- name: erase_profile_person
DELETE FROM profile WHERE person = ?;

-- The empty rows that stay. No roster gives out an id that begins with U+001F.
-- name: blank_pupil
UPDATE pupil SET sourced_id = char(31) || id, given = '', family = '', name = '', class = NULL,
       ended_ms = coalesce(ended_ms, ?1), erased_ms = ?1 WHERE id = ?2;

-- name: blank_person
UPDATE person SET sourced_id = char(31) || id, given = '', family = '', name = '', folded = '', speaks = '', reads = NULL,
       script = NULL, language = 'nl', language_chosen = 0, seen_ms = NULL, ended_ms = coalesce(ended_ms, ?1), erased_ms = ?1
WHERE id = ?2;

-- name: blank_thread
UPDATE thread SET handled_seq = 0 WHERE id = ?;

-- By the administration's key, or by id where it is a number that nobody has for a key.
-- name: pupil_to_erase
SELECT id, sourced_id, name FROM pupil WHERE erased_ms IS NULL AND (sourced_id = ?1 OR id = ?2)
ORDER BY sourced_id = ?1 DESC LIMIT 1;

-- name: pupil_for_erasing
SELECT p.sourced_id, t.id, t.made_ms, (SELECT count(*) FROM message m WHERE m.thread = t.id), p.erased_ms IS NOT NULL
FROM pupil p JOIN thread t ON t.pupil = p.id WHERE p.id = ?;

-- Conversations that hold something still.
-- name: threads_not_erased
SELECT t.id, p.id FROM thread t JOIN pupil p ON p.id = t.pupil WHERE p.erased_ms IS NULL ORDER BY t.id;

-- name: thread_of_pupil
SELECT id FROM thread WHERE pupil = ?;

-- Guardians of this pupil (?1) who have no other, and are in no other conversation now; and people of another school who came along.
-- name: guardians_only_of
SELECT p.id, p.sourced_id FROM guardianship g JOIN person p ON p.id = g.person
WHERE g.pupil = ?1 AND p.role IN ('parent', 'legal_guardian', 'residential_counsellor') AND p.erased_ms IS NULL
  AND NOT EXISTS (SELECT 1 FROM guardianship o JOIN pupil u ON u.id = o.pupil
                  WHERE o.person = p.id AND o.pupil <> ?1 AND u.erased_ms IS NULL)
  AND NOT EXISTS (SELECT 1 FROM member m JOIN thread t ON t.id = m.thread
                  WHERE m.person = p.id AND m.until_ms IS NULL AND t.pupil <> ?1)
UNION
SELECT p.id, p.sourced_id FROM moved_person o JOIN person p ON p.id = o.person WHERE o.pupil = ?1
ORDER BY 1;

-- name: person_for_erasing
SELECT sourced_id FROM person WHERE id = ?;

-- Every column that points to a thread, a pupil or a person, by its name or by a reference: what rules.def has to speak of.
-- name: schema_points
SELECT DISTINCT m.name, c.name,
       coalesce((SELECT f."table" FROM pragma_foreign_key_list(m.name) f
                 WHERE f."from" = c.name AND f."table" IN ('thread', 'pupil', 'person') LIMIT 1), c.name)
FROM sqlite_schema m JOIN pragma_table_info(m.name) c
WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
  AND (c.name IN ('thread', 'pupil', 'person')
       OR EXISTS (SELECT 1 FROM pragma_foreign_key_list(m.name) f
                  WHERE f."from" = c.name AND f."table" IN ('thread', 'pupil', 'person')))
ORDER BY 1, 2;

-- name: schema_tables
SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name;

-- name: erase_login_person
DELETE FROM login WHERE person = ?;

-- name: erase_credential_person
DELETE FROM credential WHERE person = ?;

-- name: erase_recovery_person
DELETE FROM recovery WHERE person = ?;

-- name: erase_enrolment_person
DELETE FROM enrolment WHERE person = ?;

-- name: erase_identity_person
DELETE FROM identity WHERE person = ?;

-- name: erase_moved_pupil
DELETE FROM moved WHERE pupil = ?;

-- name: erase_moved_person_pupil
DELETE FROM moved_person WHERE pupil = ?;
