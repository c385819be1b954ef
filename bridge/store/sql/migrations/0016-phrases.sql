-- Messages that are a phrase of the school's list: which one and its parts, sealed, so that whoever reads another language later gets it from the list
-- too; and of a version whether somebody whose own language it is had read the list's sentence.

ALTER TABLE message ADD COLUMN phrase BLOB;
ALTER TABLE version ADD COLUMN native INTEGER NOT NULL DEFAULT 0;
CREATE INDEX message_phrase ON message (thread, seq) WHERE phrase IS NOT NULL;
