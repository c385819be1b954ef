-- What is attached to messages. The bytes stand in pieces, each sealed with the file's own random key; that key stands in `sealed`, under the
-- conversation's. So a file is gone the moment its row forgets the key, however many pieces wait to be deleted.

CREATE TABLE file (
        id INTEGER PRIMARY KEY AUTOINCREMENT, -- never again: browsers keep what they fetched by it
        thread INTEGER NOT NULL REFERENCES thread,
        person INTEGER NOT NULL REFERENCES person, -- who uploaded it
        seq INTEGER,                    -- the message; NULL: not sent yet
        n INTEGER NOT NULL DEFAULT 0,   -- the version that it is; 0: of the message itself
        at INTEGER NOT NULL DEFAULT 0,  -- 0, 1, 2 … in the message
        ready INTEGER NOT NULL DEFAULT 0, -- 1: all its pieces are there
        made_ms INTEGER NOT NULL,
        kind TEXT NOT NULL,
        type TEXT NOT NULL,
        bytes INTEGER NOT NULL,         -- of what is shown
        bytes_all INTEGER NOT NULL,     -- of all that is kept of it; 0: nothing any more
        width INTEGER,
        height INTEGER,
        duration_ms INTEGER,
        thumb INTEGER NOT NULL,
        sealed BLOB NOT NULL,           -- key, sizes, peaks and name; empty: gone
        FOREIGN KEY (thread, seq) REFERENCES message (thread, seq)
) STRICT;
CREATE INDEX file_message ON file (thread, seq) WHERE seq IS NOT NULL;
CREATE INDEX file_unsent ON file (person) WHERE seq IS NULL;
CREATE INDEX file_gone ON file (id) WHERE sealed = x'' AND bytes_all > 0;

CREATE TABLE file_piece (
        file INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
        part TEXT NOT NULL,             -- shown, thumb, original
        n INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (file, part, n)
) STRICT;

-- The room that is taken, so that nobody has to count it.
CREATE TABLE file_room (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        bytes INTEGER NOT NULL
) STRICT;
INSERT INTO file_room (one, bytes) VALUES (1, 0);
CREATE TRIGGER file_room_taken AFTER INSERT ON file BEGIN UPDATE file_room SET bytes = bytes + NEW.bytes_all; END;
CREATE TRIGGER file_room_changed AFTER UPDATE OF bytes_all ON file BEGIN UPDATE file_room SET bytes = bytes + NEW.bytes_all - OLD.bytes_all; END;
CREATE TRIGGER file_room_left AFTER DELETE ON file BEGIN UPDATE file_room SET bytes = bytes - OLD.bytes_all; END;

ALTER TABLE message ADD COLUMN files INTEGER NOT NULL DEFAULT 0; -- how many rows of file there are, with those of its versions
