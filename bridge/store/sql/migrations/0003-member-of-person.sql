-- A person's times in all conversations, those they left too: asked when they are called otherwise.

CREATE INDEX member_of_person ON member (person, thread, id);
