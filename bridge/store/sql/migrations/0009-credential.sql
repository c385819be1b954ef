-- How the people of the school side sign in: password and code, or the school's own account.

-- What somebody is called at the door, folded by text_login(). Several people may claim one name (a shared mail address): then it is nobody's.
CREATE TABLE login (
        person INTEGER NOT NULL REFERENCES person,
        kind TEXT NOT NULL,             -- username and email are the roster's, given is the school's own
        fold TEXT NOT NULL,
        PRIMARY KEY (person, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX login_fold ON login (fold);

CREATE TABLE credential (
        person INTEGER PRIMARY KEY REFERENCES person,
        password TEXT NOT NULL,         -- argon2id, in its own text form
        secret BLOB NOT NULL,           -- of the time-based codes, sealed
        step INTEGER NOT NULL,          -- the last step of time of which a code was taken
        made_ms INTEGER NOT NULL,
        changed_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE recovery (
        hash BLOB PRIMARY KEY,
        person INTEGER NOT NULL REFERENCES person,
        made_ms INTEGER NOT NULL,
        used_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX recovery_person ON recovery (person);

-- A password and a secret that were chosen and are not proven yet by a first code. key: the hash of the invitation or of the session by which
-- it was begun; nobody else can end it.
CREATE TABLE enrolment (
        person INTEGER PRIMARY KEY REFERENCES person,
        key BLOB NOT NULL UNIQUE,
        password TEXT,                  -- NULL: stays as it is
        secret BLOB NOT NULL,           -- sealed
        until_ms INTEGER NOT NULL
) STRICT;

-- Who of a sign-in provider is whom here. Made at the first sign-in; from then on the subject decides, whatever the provider calls them.
CREATE TABLE identity (
        issuer TEXT NOT NULL,
        subject TEXT NOT NULL,
        person INTEGER NOT NULL REFERENCES person,
        made_ms INTEGER NOT NULL,
        PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_person ON identity (person);
