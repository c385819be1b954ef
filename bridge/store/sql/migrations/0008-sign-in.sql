-- Signing in with an invitation and a PIN, on phones that are shared, and sessions that can be listed and ended one by one.
-- Only hashes of secrets; those of what has few bits (codes, PINs) are keyed with a key that is not in this file.

-- A browser that somebody signed in with by invitation. Its own secret is a second cookie, which stays when the session ends.
CREATE TABLE device (
        id INTEGER PRIMARY KEY,
        hash BLOB NOT NULL UNIQUE,
        made_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE session_new (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        hash BLOB NOT NULL UNIQUE,
        person INTEGER NOT NULL REFERENCES person,
        device INTEGER REFERENCES device,
        kind TEXT NOT NULL,             -- device_kind, as the browser called itself
        how TEXT NOT NULL,              -- sign_in
        made_ms INTEGER NOT NULL,
        seen_ms INTEGER NOT NULL,       -- the day it was last used
        until_ms INTEGER NOT NULL,
        ended_ms INTEGER,
        ended_n INTEGER                 -- rises with each ending: what a running server looks for
) STRICT;
INSERT INTO session_new (hash, person, kind, how, made_ms, seen_ms, until_ms, ended_ms)
SELECT hash, person, 'computer', 'link', made_ms, made_ms, until_ms, ended_ms FROM session ORDER BY made_ms;
DROP TABLE session;
ALTER TABLE session_new RENAME TO session;
CREATE INDEX session_person ON session (person);
CREATE INDEX session_ended ON session (ended_n) WHERE ended_n IS NOT NULL;
CREATE INDEX session_until ON session (until_ms);

-- Who signed in on a device and may come back with their PIN.
CREATE TABLE profile (
        device INTEGER NOT NULL REFERENCES device,
        person INTEGER NOT NULL REFERENCES person,
        made_ms INTEGER NOT NULL,
        PRIMARY KEY (device, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX profile_person ON profile (person);

CREATE TABLE pin (
        person INTEGER PRIMARY KEY REFERENCES person,
        hash TEXT NOT NULL,             -- argon2id of the keyed hash
        made_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE invitation (
        hash BLOB PRIMARY KEY,          -- of the secret in the link
        code BLOB NOT NULL UNIQUE,      -- of the short code, keyed
        person INTEGER NOT NULL REFERENCES person,
        proof TEXT NOT NULL,            -- what it asks
        made_by INTEGER REFERENCES person,
        made_ms INTEGER NOT NULL,
        until_ms INTEGER NOT NULL,
        used_ms INTEGER                 -- or taken back
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_person ON invitation (person);

-- Failed attempts; key: a keyed hash of what was tried, whether it exists or not.
CREATE TABLE attempt (
        key BLOB PRIMARY KEY,
        fails INTEGER NOT NULL,
        at_ms INTEGER NOT NULL,
        until_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_at ON attempt (at_ms);
