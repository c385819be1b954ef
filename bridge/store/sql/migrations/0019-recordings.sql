-- A phrase of the school's list, spoken by a person in one language: for those who read little and have no voice for their language. Of no family, so
-- sealed with the school's own key (chat/seal/seal.h, thread 0) and small enough to stand in one piece.

CREATE TABLE recording (
        id INTEGER PRIMARY KEY AUTOINCREMENT, -- never again: browsers keep what they fetched by it
        phrase TEXT NOT NULL,           -- its key in the list
        language TEXT NOT NULL,         -- as the list calls it
        person INTEGER NOT NULL REFERENCES person, -- whose voice it is
        made_ms INTEGER NOT NULL,
        sentence TEXT NOT NULL,         -- what the list said then: a recording of another sentence is not played
        bytes INTEGER NOT NULL,
        sound BLOB NOT NULL,            -- sealed
        UNIQUE (phrase, language)
) STRICT;
CREATE INDEX recording_person ON recording (person);

-- It takes room as every file does.
CREATE TRIGGER recording_room_taken AFTER INSERT ON recording BEGIN UPDATE file_room SET bytes = bytes + NEW.bytes; END;
CREATE TRIGGER recording_room_left AFTER DELETE ON recording BEGIN UPDATE file_room SET bytes = bytes - OLD.bytes; END;
