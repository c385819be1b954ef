-- Which wording of a message a person reads first (base/words.def, balance).
ALTER TABLE person ADD COLUMN balance TEXT NOT NULL DEFAULT 'own' CHECK (balance IN ('own', 'school', 'both'));
