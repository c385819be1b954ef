-- The school, its people, their conversations, and the log of everything that changed for anyone.
-- Times are milliseconds since 1970 (UTC). Words are those of base/words.def. A NULL ended_ms or until_ms: it goes on.

CREATE TABLE school (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        name TEXT NOT NULL,
        language TEXT NOT NULL,
        log BLOB NOT NULL,              -- which event log this is; a restored backup gets a new one
        made_ms INTEGER NOT NULL
) STRICT;

-- From the roster. sourced_id is the administration's own key.

CREATE TABLE org (
        id INTEGER PRIMARY KEY,
        sourced_id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        type TEXT NOT NULL,
        parent TEXT,                    -- sourced_id
        ended_ms INTEGER
) STRICT;

CREATE TABLE class (
        id INTEGER PRIMARY KEY,
        sourced_id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        org INTEGER NOT NULL REFERENCES org,
        ended_ms INTEGER
) STRICT;

CREATE TABLE person (
        id INTEGER PRIMARY KEY,
        sourced_id TEXT NOT NULL UNIQUE,
        given TEXT NOT NULL,
        family TEXT NOT NULL,
        name TEXT NOT NULL,             -- as it is shown
        folded TEXT NOT NULL,           -- name and family name for search, by text_fold()
        role TEXT NOT NULL,
        speaks TEXT NOT NULL,           -- tags, a space between, the best first
        reads TEXT,                     -- likewise; '' reads nothing; NULL not known
        script TEXT,                    -- ISO 15924, where it says more than the language
        language TEXT NOT NULL,         -- what the app speaks to them
        language_chosen INTEGER NOT NULL DEFAULT 0, -- they chose it themselves: the roster leaves it alone
        seen_ms INTEGER,
        ended_ms INTEGER
) STRICT;

CREATE TABLE pupil (
        id INTEGER PRIMARY KEY,
        sourced_id TEXT NOT NULL UNIQUE,
        given TEXT NOT NULL,
        family TEXT NOT NULL,
        name TEXT NOT NULL,
        class INTEGER REFERENCES class,
        ended_ms INTEGER
) STRICT;
CREATE INDEX pupil_class ON pupil (class);

CREATE TABLE teaching (
        person INTEGER NOT NULL REFERENCES person,
        class INTEGER NOT NULL REFERENCES class,
        mentor INTEGER NOT NULL,        -- 1: the class's mentor
        ended_ms INTEGER,
        PRIMARY KEY (person, class)
) STRICT, WITHOUT ROWID;
CREATE INDEX teaching_class ON teaching (class);

CREATE TABLE guardianship (
        pupil INTEGER NOT NULL REFERENCES pupil,
        person INTEGER NOT NULL REFERENCES person,
        relation TEXT NOT NULL,         -- mother, father, guardian, relative, counsellor, other
        ended_ms INTEGER,
        PRIMARY KEY (pupil, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX guardianship_person ON guardianship (person);

-- Conversations.

CREATE TABLE thread (
        id INTEGER PRIMARY KEY,
        pupil INTEGER NOT NULL UNIQUE REFERENCES pupil,
        handled_seq INTEGER NOT NULL DEFAULT 0,
        made_ms INTEGER NOT NULL
) STRICT;

-- A person's time in a thread; who left and came back has two rows.
CREATE TABLE member (
        id INTEGER PRIMARY KEY,
        thread INTEGER NOT NULL REFERENCES thread,
        person INTEGER NOT NULL REFERENCES person,
        joined TEXT NOT NULL,
        relation TEXT,
        since_ms INTEGER NOT NULL,
        since_seq INTEGER NOT NULL,
        first_seq INTEGER NOT NULL,     -- may see messages from this number on
        read_seq INTEGER NOT NULL,
        until_ms INTEGER,
        until_seq INTEGER,
        brought_by INTEGER REFERENCES person,
        why TEXT
) STRICT;
CREATE UNIQUE INDEX member_now ON member (thread, person) WHERE until_ms IS NULL;
CREATE INDEX member_thread ON member (thread, id);
CREATE INDEX member_person ON member (person) WHERE until_ms IS NULL;

-- Clustered by thread, so a page of history is a few pages of the file. seq has no gaps: it is given inside the
-- transaction that inserts. Rows are never deleted one by one.
CREATE TABLE message (
        thread INTEGER NOT NULL REFERENCES thread,
        seq INTEGER NOT NULL,
        rev INTEGER NOT NULL,           -- the event that changed it last
        sender INTEGER NOT NULL REFERENCES person,
        client_id BLOB NOT NULL,
        sent_ms INTEGER NOT NULL,
        language TEXT NOT NULL,
        direction TEXT NOT NULL,
        body TEXT NOT NULL,             -- NFC, the original, never altered
        versions INTEGER NOT NULL DEFAULT 0, -- how many rows of version there are
        withdrawn_ms INTEGER,
        PRIMARY KEY (thread, seq)
) STRICT, WITHOUT ROWID;
-- For ever: a resend is the same message, however late.
CREATE UNIQUE INDEX message_client ON message (sender, client_id);

CREATE TABLE version (
        thread INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        n INTEGER NOT NULL,
        language TEXT NOT NULL,
        direction TEXT NOT NULL,
        origin TEXT NOT NULL,
        author INTEGER REFERENCES person,
        body TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        PRIMARY KEY (thread, seq, n),
        FOREIGN KEY (thread, seq) REFERENCES message (thread, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE reply (
        thread INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        person INTEGER NOT NULL REFERENCES person,
        answer TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        waits INTEGER NOT NULL,         -- 1: somebody of the school has to do something
        PRIMARY KEY (thread, seq, person),
        FOREIGN KEY (thread, seq) REFERENCES message (thread, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX reply_waits ON reply (thread) WHERE waits = 1;

-- Whatever changes for anyone. A row says what changed, not how: the content is read from the tables, so a text stands
-- in one place. id is the number that clients hold.
CREATE TABLE event (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        thread INTEGER NOT NULL,
        seq INTEGER NOT NULL,           -- the message, or 0
        person INTEGER NOT NULL,        -- whom it is about, or 0
        n INTEGER NOT NULL,             -- read: what is unread then; member: the row
        at_ms INTEGER NOT NULL
) STRICT;

-- Signing in. Only hashes of secrets.

CREATE TABLE link (
        hash BLOB PRIMARY KEY,
        person INTEGER NOT NULL REFERENCES person,
        made_by INTEGER REFERENCES person,
        made_ms INTEGER NOT NULL,
        until_ms INTEGER NOT NULL,
        used_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
        hash BLOB PRIMARY KEY,
        person INTEGER NOT NULL REFERENCES person,
        made_ms INTEGER NOT NULL,
        until_ms INTEGER NOT NULL,
        ended_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX session_person ON session (person);
