-- Beside a school's database: the keys of its conversations, each sealed with the school's key, which is not here. A file of its
-- own, because what is erased here must not live on in the other's log and backups.

CREATE TABLE ring (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        school BLOB NOT NULL,           -- 16 random bytes: which school; all that is sealed is bound to it
        turn INTEGER NOT NULL,          -- how often the school's key was changed
        proof BLOB NOT NULL             -- sealed with the school's key, nothing in it: tells a wrong key from damage
) STRICT;

CREATE TABLE key (
        thread INTEGER PRIMARY KEY,
        sealed BLOB,                    -- NULL: destroyed
        made_ms INTEGER NOT NULL,
        destroyed_ms INTEGER
) STRICT;
