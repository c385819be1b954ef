-- Staff notes: a stream of its own beside a conversation, that nobody of the family's side is told of.
-- And a time in a conversation that ends by itself.

-- What was agreed of a time in a conversation: when it ends, and from which note on. A NULL ends_ms: no end was agreed.
ALTER TABLE member ADD COLUMN ends_ms INTEGER;
ALTER TABLE member ADD COLUMN first_note INTEGER NOT NULL DEFAULT 1;
ALTER TABLE member ADD COLUMN read_note INTEGER NOT NULL DEFAULT 0;
CREATE INDEX member_ends ON member (ends_ms) WHERE until_ms IS NULL AND ends_ms IS NOT NULL;

-- One sequence for the whole school, and no number given twice: the gaps in a conversation tell nobody how much was noted that
-- is not for them. A correction and a withdrawal put their text in the place of the old, which is not kept.
CREATE TABLE note (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        thread INTEGER NOT NULL REFERENCES thread,
        level TEXT NOT NULL,
        author INTEGER NOT NULL REFERENCES person,
        client_id BLOB NOT NULL,
        made_ms INTEGER NOT NULL,
        rev INTEGER NOT NULL,           -- the event that changed it last
        writes INTEGER NOT NULL,        -- how often its text was written: 1 at first
        changed_ms INTEGER,
        withdrawn_ms INTEGER,
        language TEXT NOT NULL,
        direction TEXT NOT NULL,
        body BLOB                       -- NULL: withdrawn
) STRICT;
CREATE INDEX note_thread ON note (thread, id);
-- For ever: a resend is the same note.
CREATE UNIQUE INDEX note_client ON note (author, client_id);
