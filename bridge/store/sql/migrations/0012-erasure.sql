-- What went, and when: after its time, or because somebody's data were erased. Ids and counts; no names, no texts.

CREATE TABLE erased (
        at_ms INTEGER NOT NULL,         -- when the run began
        kind TEXT NOT NULL,             -- chat/erase/kinds.def
        subject INTEGER NOT NULL,       -- the row of person or pupil it was of; 0: nobody's in particular
        since_ms INTEGER NOT NULL,      -- from when its time was counted
        n INTEGER NOT NULL,
        why TEXT NOT NULL,              -- the setting that said so, or "asked"
        PRIMARY KEY (at_ms, kind, subject)
) STRICT, WITHOUT ROWID;

-- Whose data were erased keep an empty row: no number is given out twice, and what the law keeps still stands on it.
ALTER TABLE person ADD COLUMN erased_ms INTEGER;
ALTER TABLE pupil ADD COLUMN erased_ms INTEGER;

-- Why somebody was brought in is said about a family: sealed as what is said in the conversation.
ALTER TABLE member ADD COLUMN sealed BLOB;
UPDATE member SET sealed = seal('why', thread, 0, since_ms, person, NULL, NULL, NULL, why) WHERE why IS NOT NULL;
ALTER TABLE member DROP COLUMN why;
ALTER TABLE member RENAME COLUMN sealed TO why;

-- The log of events begins behind this number: a client that saw less fetches the state.
ALTER TABLE school ADD COLUMN events_after INTEGER NOT NULL DEFAULT 0;
