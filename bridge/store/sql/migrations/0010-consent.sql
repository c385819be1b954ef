-- What a family was asked to agree to, what they were shown, what they said, and when it ended. Rows stay: they are the record.

CREATE TABLE consent (
        id INTEGER PRIMARY KEY,
        thread INTEGER NOT NULL REFERENCES thread,
        kind TEXT NOT NULL,
        person INTEGER NOT NULL DEFAULT 0, -- who would come; 0: it is about no person
        -- How they would come, as agreed with who asks: member's columns of these names.
        reach TEXT,
        from_seq INTEGER NOT NULL DEFAULT 0,
        from_note INTEGER NOT NULL DEFAULT 0,
        until_ms INTEGER,               -- when it ends by itself; NULL: it does not
        why BLOB,                       -- in the words of who asks, sealed
        asked_by INTEGER NOT NULL REFERENCES person,
        asked_ms INTEGER NOT NULL,
        answer TEXT,                    -- NULL: none yet
        answered_by INTEGER REFERENCES person, -- whose answer it is
        recorded_by INTEGER REFERENCES person, -- who wrote down what was said aloud; NULL: their own tap
        answered_ms INTEGER,
        language TEXT,                  -- it was read, or spoken of, in this one
        words TEXT,                     -- which version of that language's file the question was read in (its hash)
        ended TEXT,                     -- NULL: it waits, or it stands
        ended_by INTEGER REFERENCES person,
        ended_recorded_by INTEGER REFERENCES person,
        ended_ms INTEGER
) STRICT;
-- One that waits or stands, for each matter.
CREATE UNIQUE INDEX consent_now ON consent (thread, kind, person) WHERE ended IS NULL;
CREATE INDEX consent_thread ON consent (thread, id);
CREATE INDEX consent_until ON consent (until_ms) WHERE ended IS NULL AND until_ms IS NOT NULL;
