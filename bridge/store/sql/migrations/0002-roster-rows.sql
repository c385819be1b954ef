-- What the administration last said, row by row: a delta names only what changed, so the rest has to be known. Only the
-- columns that we use (chat/roster/columns.def).
CREATE TABLE roster_row (
        file TEXT NOT NULL,             -- users, classes, ...
        sourced_id TEXT NOT NULL,
        content TEXT NOT NULL,          -- a line "column=value" for each that is filled in
        PRIMARY KEY (file, sourced_id)
) STRICT, WITHOUT ROWID;
