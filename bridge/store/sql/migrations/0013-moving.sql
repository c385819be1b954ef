-- What came along from another school: which files, so none comes twice, and who of that school stands in a pupil's conversation. Those people
-- have left, are in no roster, and go with the pupil.

CREATE TABLE moved (
        id BLOB PRIMARY KEY,            -- of the file
        pupil INTEGER NOT NULL REFERENCES pupil,
        at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE moved_person (
        person INTEGER PRIMARY KEY REFERENCES person,
        pupil INTEGER NOT NULL REFERENCES pupil
) STRICT;
CREATE INDEX moved_person_pupil ON moved_person (pupil);
