-- The history, version 3: what changes with time.
--
-- Editions know what was written; the coordinator's own corrections are revisions with a reason; periods are closed.

-- The workbook of an edition: a new edition is made only when it says something else.
CREATE TABLE edition_files (
    report  TEXT    NOT NULL,
    period  INTEGER NOT NULL REFERENCES periods (id),
    edition INTEGER NOT NULL,
    run     INTEGER NOT NULL REFERENCES runs (id),
    sha256  TEXT    NOT NULL,
    PRIMARY KEY (report, period, edition)
) STRICT, WITHOUT ROWID;

-- A return that is no file from the unit, but the one before it with a number that the coordinator has put right …
CREATE TABLE corrections (
    return    INTEGER NOT NULL PRIMARY KEY REFERENCES returns (id),
    run       INTEGER NOT NULL REFERENCES runs (id),
    indicator INTEGER NOT NULL REFERENCES indicators (id),
    period    INTEGER NOT NULL REFERENCES periods (id), -- measured
    made_by   TEXT    NOT NULL,
    reason    TEXT    NOT NULL
) STRICT;

-- … and where its other numbers came from.
CREATE TABLE carried_entries (
    return    INTEGER NOT NULL REFERENCES returns (id),
    indicator INTEGER NOT NULL REFERENCES indicators (id),
    period    INTEGER NOT NULL REFERENCES periods (id), -- measured
    run       INTEGER NOT NULL REFERENCES runs (id),
    origin    INTEGER NOT NULL REFERENCES returns (id), -- the return that said it
    PRIMARY KEY (return, indicator, period)
) STRICT, WITHOUT ROWID;

-- A period that is closed: what comes later is taken, and marked late.
CREATE TABLE closings (
    period  INTEGER NOT NULL PRIMARY KEY REFERENCES periods (id), -- of the form
    run     INTEGER NOT NULL REFERENCES runs (id),
    made_by TEXT    NOT NULL
) STRICT;

CREATE INDEX edition_files_of_run ON edition_files (run);
CREATE INDEX corrections_of_run ON corrections (run);
CREATE INDEX carried_entries_of_run ON carried_entries (run);
CREATE INDEX closings_of_run ON closings (run);

CREATE TRIGGER edition_files_stay BEFORE UPDATE ON edition_files BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER edition_files_remain BEFORE DELETE ON edition_files BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER corrections_stay BEFORE UPDATE ON corrections BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER corrections_remain BEFORE DELETE ON corrections BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER carried_entries_stay BEFORE UPDATE ON carried_entries BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER carried_entries_remain BEFORE DELETE ON carried_entries BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER closings_stay BEFORE UPDATE ON closings BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER closings_remain BEFORE DELETE ON closings BEGIN SELECT raise(ABORT, 'facts are only added'); END;

PRAGMA user_version = 3;
