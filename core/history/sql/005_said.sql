-- The history, version 5: what an edition of a report said, so that the next can tell what has become otherwise.

-- All of it as one hash: a new edition is made when this differs …
CREATE TABLE edition_models (
    id       INTEGER NOT NULL PRIMARY KEY,
    run      INTEGER NOT NULL REFERENCES runs (id),
    report   TEXT    NOT NULL,
    period   INTEGER NOT NULL REFERENCES periods (id), -- of the form
    edition  INTEGER NOT NULL,
    language TEXT    NOT NULL,
    sha256   TEXT    NOT NULL -- over what the report says, without the edition's number and day
) STRICT;
CREATE UNIQUE INDEX edition_models_of_report ON edition_models (report, period, edition);
CREATE INDEX edition_models_of_run ON edition_models (run);

-- … and its figures, of the report's own unit alone: what its units said stands in their own editions.
CREATE TABLE edition_figures (
    model         INTEGER NOT NULL REFERENCES edition_models (id),
    indicator     INTEGER NOT NULL REFERENCES indicators (id),
    role          INTEGER NOT NULL CHECK (role BETWEEN 0 AND 5), -- now, the year so far, the last one, the same time last
                                                                 -- year, the year so far then, the unit's own answer
                                                                 -- where it has others below it
    period        INTEGER NOT NULL REFERENCES periods (id),      -- measured
    state         INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3), -- as in entries
    numerator     REAL,
    denominator   REAL,
    result        REAL,
    decimals      INTEGER NOT NULL, -- as shown
    colour        INTEGER NOT NULL CHECK (colour BETWEEN 0 AND 3), -- none, green, yellow, red
    why           TEXT,    -- it had no colour: no_target …
    compared      TEXT,    -- with what `now` was compared: last, year_before …; NULL: with nothing
    compared_from REAL,    -- the two numbers
    compared_to   REAL,
    direction     INTEGER, -- 1 up, −1 down, 0 about the same
    better        INTEGER, -- 1 better, −1 worse, 0 neither
    PRIMARY KEY (model, indicator, role)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER edition_models_stay BEFORE UPDATE ON edition_models BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER edition_models_remain BEFORE DELETE ON edition_models BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER edition_figures_stay BEFORE UPDATE ON edition_figures BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER edition_figures_remain BEFORE DELETE ON edition_figures BEGIN SELECT raise(ABORT, 'facts are only added'); END;

PRAGMA user_version = 5;
