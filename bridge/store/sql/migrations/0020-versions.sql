-- What failed because no machine had the pair of languages is looked for when one gains it.
CREATE INDEX request_lacking ON request (thread, seq, language) WHERE state = 'failed' AND reason IN ('pair', 'refused');

-- The words of topics come with the program (locales/topics/): which of them are its own, and which somebody of the school took out. The first 91 are the
-- former list, which migration 0015 wrote.
ALTER TABLE topic_word ADD COLUMN ours INTEGER NOT NULL DEFAULT 0;
ALTER TABLE topic_word ADD COLUMN out INTEGER NOT NULL DEFAULT 0;
UPDATE topic_word SET ours = 1 WHERE id <= 91;
