-- name: school_get
SELECT name, language, log FROM school WHERE one = 1;

-- name: school_put
INSERT INTO school (one, name, language, log, made_ms) VALUES (1, ?, ?, ?, ?)
ON CONFLICT (one) DO UPDATE SET name = excluded.name, language = excluded.language;

-- name: school_set_log
UPDATE school SET log = ?;

-- name: school_counts
SELECT (SELECT count(*) FROM pupil WHERE ended_ms IS NULL),
       (SELECT count(*) FROM class WHERE ended_ms IS NULL),
       (SELECT count(*) FROM person WHERE ended_ms IS NULL
         AND role IN ('parent', 'legal_guardian', 'residential_counsellor')),
       (SELECT count(*) FROM person WHERE ended_ms IS NULL
         AND role NOT IN ('parent', 'legal_guardian', 'residential_counsellor'));
