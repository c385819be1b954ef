-- That readers can trust a version: the school's words, topics that wait for a person, who looked at a version.

-- What the school calls things. No target: as they are, in every language. A form that inflects is shown to people and left alone by machines.
CREATE TABLE glossary (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        language TEXT NOT NULL,
        words TEXT NOT NULL,
        folded TEXT NOT NULL,
        target TEXT NOT NULL,           -- '': none
        instead TEXT,
        inflects INTEGER NOT NULL,
        changed_by INTEGER REFERENCES person,
        changed_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX glossary_words ON glossary (language, folded, target);
