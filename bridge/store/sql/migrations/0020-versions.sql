-- What failed because no machine had the pair of languages is looked for when one gains it.
CREATE INDEX request_lacking ON request (thread, seq, language) WHERE state = 'failed' AND reason IN ('pair', 'refused');
