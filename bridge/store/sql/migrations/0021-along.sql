-- When something was last made of a family's yes that taking it back does not bring back: a file for another school.
ALTER TABLE consent ADD COLUMN used_ms INTEGER;
