-- Who did what and who was shown what, without content: ids and the name of the deed, never a text, a name or a secret. Each row holds the
-- hash of itself and the one before (chat/audit/audit.h), so a row that was changed, taken out or put in between breaks the chain.

CREATE TABLE audit (
        id INTEGER PRIMARY KEY,         -- 1, 2, 3 … without a gap
        at_ms INTEGER NOT NULL,
        actor INTEGER NOT NULL,         -- the person; 0: nobody who is signed in (the command line, an attempt to sign in)
        deed TEXT NOT NULL,             -- a command's name, or one of chat/audit/audit.h
        saw INTEGER NOT NULL,           -- 1: something was shown; 0: something was done
        thread INTEGER NOT NULL,        -- what it was about, 0 where nothing
        seq INTEGER NOT NULL,
        person INTEGER NOT NULL,
        pupil INTEGER NOT NULL,
        n INTEGER NOT NULL,
        hash BLOB NOT NULL
) STRICT;
-- Who has read this conversation; what is done, a message sent above all, pays nothing for it.
CREATE INDEX audit_saw ON audit (thread, actor, at_ms) WHERE saw = 1;

-- No reference to a person or a thread: what is erased leaves its ids here. No program of ours changes a row; these say so to others.
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'the audit log is only added to'); END;
