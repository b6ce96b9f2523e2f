-- The history, version 4: what the coordinator decides about returns.

-- A finding that no longer holds its return back, with the numbers that were accepted …
CREATE TABLE acceptances (
    id        INTEGER NOT NULL PRIMARY KEY,
    run       INTEGER NOT NULL REFERENCES runs (id),
    unit      INTEGER NOT NULL REFERENCES units (id),
    period    INTEGER NOT NULL REFERENCES periods (id), -- of the form
    indicator INTEGER NOT NULL REFERENCES indicators (id),
    rule      TEXT    NOT NULL,
    about     TEXT    NOT NULL, -- the numbers, as on the finding
    made_by   TEXT    NOT NULL,
    reason    TEXT    NOT NULL
) STRICT;

CREATE INDEX acceptances_of_return ON acceptances (period, unit, indicator);

-- … as they stand on the finding: of a submission it is accepted when both are the same.
ALTER TABLE findings ADD COLUMN about TEXT; -- NULL where it cannot be accepted

-- One of several files of a unit holds …
CREATE TABLE choices (
    id      INTEGER NOT NULL PRIMARY KEY,
    run     INTEGER NOT NULL REFERENCES runs (id),
    unit    INTEGER NOT NULL REFERENCES units (id),
    period  INTEGER NOT NULL REFERENCES periods (id), -- of the form
    file    TEXT    NOT NULL,
    sha256  TEXT    NOT NULL,
    made_by TEXT    NOT NULL,
    reason  TEXT    NOT NULL
) STRICT;

-- … and the others never become submissions by themselves.
CREATE TABLE set_aside (
    choice INTEGER NOT NULL REFERENCES choices (id),
    sha256 TEXT    NOT NULL,
    run    INTEGER NOT NULL REFERENCES runs (id),
    PRIMARY KEY (choice, sha256)
) STRICT, WITHOUT ROWID;

-- A return that was taken in without what is wrong in it: those entries are missing, to be clarified.
CREATE TABLE releases (
    return  INTEGER NOT NULL PRIMARY KEY REFERENCES returns (id),
    run     INTEGER NOT NULL REFERENCES runs (id),
    made_by TEXT    NOT NULL,
    reason  TEXT    NOT NULL
) STRICT;

CREATE INDEX acceptances_of_run ON acceptances (run);
CREATE INDEX choices_of_run ON choices (run);
CREATE INDEX set_aside_of_run ON set_aside (run);
CREATE INDEX releases_of_run ON releases (run);

CREATE TRIGGER acceptances_stay BEFORE UPDATE ON acceptances BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER acceptances_remain BEFORE DELETE ON acceptances BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER choices_stay BEFORE UPDATE ON choices BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER choices_remain BEFORE DELETE ON choices BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER set_aside_stay BEFORE UPDATE ON set_aside BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER set_aside_remain BEFORE DELETE ON set_aside BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER releases_stay BEFORE UPDATE ON releases BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER releases_remain BEFORE DELETE ON releases BEGIN SELECT raise(ABORT, 'facts are only added'); END;

PRAGMA user_version = 4;
