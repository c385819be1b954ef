-- What is to be put into another language by a machine: which message, which language, no text. A row goes when it is done; one that could not be done
-- stays, and says why.

CREATE TABLE request (
        thread INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        language TEXT NOT NULL,         -- into this one
        source INTEGER NOT NULL,        -- 0: the original; n: the version (a correction) that is put into it
        state TEXT NOT NULL,
        reason TEXT,                    -- of failed and held
        tries INTEGER NOT NULL DEFAULT 0,
        made_ms INTEGER NOT NULL,
        due_ms INTEGER NOT NULL,        -- not before
        PRIMARY KEY (thread, seq, language),
        FOREIGN KEY (thread, seq) REFERENCES message (thread, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_waiting ON request (thread, seq DESC, language) WHERE state = 'waiting';

-- Up to which event was looked for what is to be asked.
CREATE TABLE request_seen (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        event INTEGER NOT NULL
) STRICT;

-- Which machine made it; NULL for a person's, and for what came before this was kept.
ALTER TABLE version ADD COLUMN engine TEXT;
