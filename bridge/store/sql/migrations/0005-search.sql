-- What search keeps of a conversation, sealed (chat/find/words.h): blocks of the hashed words of up to 256 texts, in the order they came.
CREATE TABLE words (
        id INTEGER PRIMARY KEY,
        thread INTEGER NOT NULL REFERENCES thread,
        n INTEGER NOT NULL,             -- 1, 2, 3 … in the thread
        texts INTEGER NOT NULL,
        last_seq INTEGER NOT NULL,      -- every message up to this one is in this block or an earlier one
        oldest_ms INTEGER NOT NULL,     -- of the messages whose texts are in it
        newest_ms INTEGER NOT NULL,
        block BLOB NOT NULL             -- chat/find/block.h
) STRICT;
-- All of a row but the block: a search looks at these before it opens any.
CREATE UNIQUE INDEX words_thread ON words (thread, n, texts, last_seq, oldest_ms, newest_ms);

-- Versions that came after their message went into a block, until they go into one too.
CREATE TABLE words_late (
        thread INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        n INTEGER NOT NULL,
        PRIMARY KEY (thread, seq, n)
) STRICT, WITHOUT ROWID;
