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

-- Topics that wait for a person: which of them the school marks, and by which words a text is known to be about one.
CREATE TABLE topic (
        topic TEXT PRIMARY KEY,
        held INTEGER NOT NULL
) STRICT;
CREATE TABLE topic_word (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        topic TEXT NOT NULL REFERENCES topic,
        language TEXT NOT NULL,
        words TEXT NOT NULL             -- folded; an asterisk behind: every word that begins so
) STRICT;
CREATE UNIQUE INDEX topic_word_words ON topic_word (language, words, topic);

INSERT INTO topic (topic, held) VALUES ('care', 1), ('money', 1), ('police', 1), ('health', 1);

INSERT INTO topic_word (topic, language, words) VALUES
        ('care', 'nl', 'jeugdzorg'), ('care', 'nl', 'jeugdhulp'), ('care', 'nl', 'wijkteam'), ('care', 'nl', 'hulpverlen*'), ('care', 'nl', 'zorgteam'),
        ('care', 'nl', 'veilig thuis'), ('care', 'nl', 'mishandel*'), ('care', 'nl', 'uithuisplaats*'), ('care', 'nl', 'kinderbescherming'),
        ('care', 'nl', 'gezinsvoogd*'), ('care', 'nl', 'onderzoek*'), ('care', 'nl', 'speciaal onderwijs'), ('care', 'nl', 'misbruik*'),
        ('care', 'en', 'youth care'), ('care', 'en', 'social work*'), ('care', 'en', 'child protection'), ('care', 'en', 'abuse*'), ('care', 'en', 'special education'),
        ('money', 'nl', 'geld'), ('money', 'nl', 'betaal*'), ('money', 'nl', 'betalen'), ('money', 'nl', 'betaling*'), ('money', 'nl', 'rekening*'),
        ('money', 'nl', 'schuld*'), ('money', 'nl', 'boete*'), ('money', 'nl', 'euro'), ('money', 'nl', 'toeslag*'), ('money', 'nl', 'uitkering*'),
        ('money', 'nl', 'incasso*'), ('money', 'nl', 'bijdrage'), ('money', 'nl', 'voedselbank'),
        ('money', 'en', 'money'), ('money', 'en', 'pay'), ('money', 'en', 'payment*'), ('money', 'en', 'debt*'), ('money', 'en', 'fine'), ('money', 'en', 'euro*'),
        ('money', 'en', 'benefit*'), ('money', 'en', 'invoice*'),
        ('police', 'nl', 'politie*'), ('police', 'nl', 'aangifte*'), ('police', 'nl', 'gearresteerd'), ('police', 'nl', 'opgepakt'), ('police', 'nl', 'gevangenis*'),
        ('police', 'nl', 'diefstal'), ('police', 'nl', 'gestolen'), ('police', 'nl', 'wapen*'), ('police', 'nl', 'drugs'), ('police', 'nl', 'advoca*'),
        ('police', 'nl', 'rechter*'), ('police', 'nl', 'rechtbank'), ('police', 'nl', 'leerplicht*'), ('police', 'nl', 'bedreig*'),
        ('police', 'en', 'police'), ('police', 'en', 'arrest*'), ('police', 'en', 'prison'), ('police', 'en', 'theft'), ('police', 'en', 'stolen'),
        ('police', 'en', 'weapon*'), ('police', 'en', 'drugs'), ('police', 'en', 'lawyer*'), ('police', 'en', 'court'), ('police', 'en', 'threat*'),
        ('health', 'nl', 'ziekenhuis*'), ('health', 'nl', 'medicijn*'), ('health', 'nl', 'operatie*'), ('health', 'nl', 'psycholo*'), ('health', 'nl', 'depressi*'),
        ('health', 'nl', 'zwanger*'), ('health', 'nl', 'allergi*'), ('health', 'nl', 'epileps*'), ('health', 'nl', 'diabetes'), ('health', 'nl', 'trauma*'),
        ('health', 'nl', 'zelfmoord*'), ('health', 'nl', 'suicid*'), ('health', 'nl', 'diagnose*'), ('health', 'nl', 'ambulance'), ('health', 'nl', 'inenting*'),
        ('health', 'en', 'hospital*'), ('health', 'en', 'medicine*'), ('health', 'en', 'surgery'), ('health', 'en', 'psycholog*'), ('health', 'en', 'depress*'),
        ('health', 'en', 'pregnan*'), ('health', 'en', 'allerg*'), ('health', 'en', 'epileps*'), ('health', 'en', 'diabetes'), ('health', 'en', 'trauma*'),
        ('health', 'en', 'suicid*'), ('health', 'en', 'diagnos*'), ('health', 'en', 'ambulance');

-- A machine's version that waits for a person. Sealed as a version with the number 0.
CREATE TABLE held (
        thread INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        language TEXT NOT NULL,
        topic TEXT NOT NULL,
        direction TEXT NOT NULL,
        engine TEXT,
        body BLOB NOT NULL,
        at_ms INTEGER NOT NULL,
        PRIMARY KEY (thread, seq, language),
        FOREIGN KEY (thread, seq) REFERENCES message (thread, seq)
) STRICT, WITHOUT ROWID;

-- Who looked at a machine's version and found it right.
ALTER TABLE version ADD COLUMN checked_by INTEGER REFERENCES person;
ALTER TABLE version ADD COLUMN checked_ms INTEGER;

-- The sender let the machine's versions go unchecked.
ALTER TABLE message ADD COLUMN unchecked_ms INTEGER;

-- Who read other words than a message has now.
CREATE TABLE better (
        thread INTEGER NOT NULL,
        person INTEGER NOT NULL REFERENCES person,
        seq INTEGER NOT NULL,
        PRIMARY KEY (thread, person, seq),
        FOREIGN KEY (thread, seq) REFERENCES message (thread, seq)
) STRICT, WITHOUT ROWID;
