-- The history, version 1.
--
-- Facts first: added once, with the run that added them, never changed and never deleted (triggers refuse both). What
-- can be rebuilt stands at the end. Results, colours and roll-ups are not stored: they are worked out, and what is
-- current is the return of the highest revision. Ids only grow, so 'as it was after run R' is every row that hangs on a
-- run up to R.
--
-- What is asked often is found without a scan whatever the size: one form period through returns_of_period and the
-- entries that lie together by return; one series through returns_of_unit and one look-up in each of its returns.

-- Facts about the history itself: one row, made with the file.
CREATE TABLE origin (
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    made_at    INTEGER NOT NULL,                          -- seconds since 1970-01-01 UTC, as all times here
    seal_key   BLOB    NOT NULL CHECK (length(seal_key) = 32) -- seals the forms
) STRICT;

-- A job that added something, whole or not at all.
CREATE TABLE runs (
    id       INTEGER NOT NULL PRIMARY KEY,
    verb     TEXT    NOT NULL, -- setup, forms, collect, report
    began_at INTEGER NOT NULL,
    program  TEXT    NOT NULL  -- version of the program
) STRICT;

-- Codes that facts refer to, each once, as first written; compared without case. What a unit or an indicator is called
-- and when it holds stands in the definitions.
CREATE TABLE units (
    id   INTEGER NOT NULL PRIMARY KEY,
    code TEXT    NOT NULL UNIQUE COLLATE NOCASE
) STRICT;

CREATE TABLE indicators (
    id   INTEGER NOT NULL PRIMARY KEY,
    code TEXT    NOT NULL UNIQUE COLLATE NOCASE
) STRICT;

CREATE TABLE periods (
    id        INTEGER NOT NULL PRIMARY KEY,
    code      TEXT    NOT NULL UNIQUE COLLATE NOCASE,
    first_day INTEGER, -- days since 1970-01-01; NULL for a named period, whose dates stand in the definitions
    last_day  INTEGER
) STRICT;

-- The setup as the coordinator wrote it, one version each time it changed.
CREATE TABLE definitions (
    version INTEGER NOT NULL PRIMARY KEY,
    run     INTEGER NOT NULL REFERENCES runs (id),
    file    TEXT    NOT NULL, -- the workbook it was read from
    sha256  TEXT    NOT NULL  -- over what the cells say, not where they stand
) STRICT;

-- Its sheets …
CREATE TABLE setup_sheets (
    definition  INTEGER NOT NULL REFERENCES definitions (version),
    sheet       INTEGER NOT NULL,
    key         TEXT    NOT NULL, -- units, indicators …
    name        TEXT    NOT NULL, -- as it is called in the workbook
    heading_row INTEGER NOT NULL, -- from 0
    PRIMARY KEY (definition, sheet)
) STRICT, WITHOUT ROWID;

-- … their columns: those every setup has, where they stood, and those the coordinator added (one a peer group) …
CREATE TABLE setup_columns (
    definition   INTEGER NOT NULL,
    sheet        INTEGER NOT NULL,
    position     INTEGER NOT NULL,
    key          TEXT    NOT NULL, -- code, parent …; of an added column its heading
    added        INTEGER NOT NULL CHECK (added IN (0, 1)),
    column_index INTEGER,          -- from 0; NULL for an added one
    PRIMARY KEY (definition, sheet, position),
    FOREIGN KEY (definition, sheet) REFERENCES setup_sheets (definition, sheet)
) STRICT, WITHOUT ROWID;

-- … and its cells, where they stood.
CREATE TABLE setup_cells (
    definition   INTEGER NOT NULL,
    sheet        INTEGER NOT NULL,
    row_index    INTEGER NOT NULL, -- from 0
    column_index INTEGER NOT NULL,
    column_key   TEXT    NOT NULL,
    text         TEXT    NOT NULL,
    PRIMARY KEY (definition, sheet, row_index, column_index),
    FOREIGN KEY (definition, sheet) REFERENCES setup_sheets (definition, sheet)
) STRICT, WITHOUT ROWID;

-- A file that was looked at, and what became of it.
CREATE TABLE receipts (
    id      INTEGER NOT NULL PRIMARY KEY,
    run     INTEGER NOT NULL REFERENCES runs (id),
    file    TEXT    NOT NULL,
    sha256  TEXT    NOT NULL,
    size    INTEGER NOT NULL,
    unit    INTEGER REFERENCES units (id),   -- NULL where the file does not say
    period  INTEGER REFERENCES periods (id), -- of the form
    outcome TEXT    NOT NULL CHECK (outcome IN ('accepted', 'held', 'unreadable', 'duplicate', 'unfinished'))
) STRICT;
CREATE INDEX receipts_of_period ON receipts (period, unit);
CREATE INDEX receipts_of_content ON receipts (sha256);

-- What the checks said about it, in the language of the one who ran them.
CREATE TABLE findings (
    receipt   INTEGER NOT NULL REFERENCES receipts (id),
    position  INTEGER NOT NULL,
    rule      TEXT    NOT NULL,
    severity  TEXT    NOT NULL CHECK (severity IN ('info', 'warning', 'error', 'fatal')),
    sheet     TEXT,
    cell      TEXT,
    unit      TEXT,
    indicator TEXT,
    message   TEXT    NOT NULL,
    fix       TEXT,
    PRIMARY KEY (receipt, position)
) STRICT, WITHOUT ROWID;

-- An accepted return: the next revision of its unit and form period.
CREATE TABLE returns (
    id            INTEGER NOT NULL PRIMARY KEY,
    receipt       INTEGER NOT NULL UNIQUE REFERENCES receipts (id),
    unit          INTEGER NOT NULL REFERENCES units (id),
    period        INTEGER NOT NULL REFERENCES periods (id),
    revision      INTEGER NOT NULL CHECK (revision > 0),
    definition    TEXT    NOT NULL, -- the version its form was made from; '' when lost
    sheet         TEXT    NOT NULL, -- where its table stands
    signed_by     TEXT    NOT NULL,
    signed_on     TEXT    NOT NULL,
    inputs_sha256 TEXT    NOT NULL  -- over what the unit filled in; the same for a copy saved anew
) STRICT;
CREATE UNIQUE INDEX returns_of_period ON returns (period, unit, revision);
CREATE INDEX returns_of_unit ON returns (unit, period, revision);

-- What it says, one row an indicator and measured period. Exact numbers; the state as the checks decided it.
CREATE TABLE entries (
    return           INTEGER NOT NULL REFERENCES returns (id),
    indicator        INTEGER NOT NULL REFERENCES indicators (id),
    period           INTEGER NOT NULL REFERENCES periods (id),   -- measured
    position         INTEGER NOT NULL,                           -- in the form
    state            INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3), -- reported, missing, not applicable, empty base
    required         INTEGER NOT NULL CHECK (required IN (0, 1)),
    numerator        REAL,
    denominator      REAL,
    numerator_cell   TEXT, -- C5; NULL where the number stood in no cell
    denominator_cell TEXT,
    reason           TEXT, -- comes_later …
    comment          TEXT,
    PRIMARY KEY (return, indicator, period)
) STRICT, WITHOUT ROWID;

-- Actions as the unit wrote them.
CREATE TABLE actions (
    return      INTEGER NOT NULL REFERENCES returns (id),
    position    INTEGER NOT NULL,
    number      TEXT    NOT NULL, -- '' for a new one
    linked_to   TEXT    NOT NULL,
    text        TEXT    NOT NULL,
    responsible TEXT    NOT NULL,
    due         TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    cell        TEXT    NOT NULL,
    PRIMARY KEY (return, position)
) STRICT, WITHOUT ROWID;

-- The accepted files themselves, so that every number can be traced to a cell.
CREATE TABLE originals (
    id     INTEGER NOT NULL PRIMARY KEY,
    sha256 TEXT    NOT NULL UNIQUE,
    bytes  BLOB    NOT NULL
) STRICT;

-- Workbooks the program wrote, so that it never replaces one that somebody has begun to fill in.
CREATE TABLE written_files (
    id     INTEGER NOT NULL PRIMARY KEY,
    run    INTEGER NOT NULL REFERENCES runs (id),
    path   TEXT    NOT NULL, -- from the folder of the history
    sha256 TEXT    NOT NULL
) STRICT;
CREATE INDEX written_files_of_path ON written_files (path);

-- Editions of the reports: who has been shown what, and when.
CREATE TABLE editions (
    report  TEXT    NOT NULL, -- a unit's code, '' for all
    period  INTEGER NOT NULL REFERENCES periods (id),
    edition INTEGER NOT NULL CHECK (edition > 0),
    run     INTEGER NOT NULL REFERENCES runs (id),
    PRIMARY KEY (report, period, edition)
) STRICT, WITHOUT ROWID;

-- Facts are only added ----------------------------------------------------------------------------------------------

CREATE TRIGGER origin_stay BEFORE UPDATE ON origin BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER origin_remain BEFORE DELETE ON origin BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER runs_stay BEFORE UPDATE ON runs BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER runs_remain BEFORE DELETE ON runs BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER units_stay BEFORE UPDATE ON units BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER units_remain BEFORE DELETE ON units BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER indicators_stay BEFORE UPDATE ON indicators BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER indicators_remain BEFORE DELETE ON indicators BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER periods_stay BEFORE UPDATE ON periods BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER periods_remain BEFORE DELETE ON periods BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER definitions_stay BEFORE UPDATE ON definitions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER definitions_remain BEFORE DELETE ON definitions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER setup_sheets_stay BEFORE UPDATE ON setup_sheets BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER setup_sheets_remain BEFORE DELETE ON setup_sheets BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER setup_columns_stay BEFORE UPDATE ON setup_columns BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER setup_columns_remain BEFORE DELETE ON setup_columns BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER setup_cells_stay BEFORE UPDATE ON setup_cells BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER setup_cells_remain BEFORE DELETE ON setup_cells BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER receipts_stay BEFORE UPDATE ON receipts BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER receipts_remain BEFORE DELETE ON receipts BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER findings_stay BEFORE UPDATE ON findings BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER findings_remain BEFORE DELETE ON findings BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER returns_stay BEFORE UPDATE ON returns BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER returns_remain BEFORE DELETE ON returns BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER entries_stay BEFORE UPDATE ON entries BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER entries_remain BEFORE DELETE ON entries BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER actions_stay BEFORE UPDATE ON actions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER actions_remain BEFORE DELETE ON actions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER originals_stay BEFORE UPDATE ON originals BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER originals_remain BEFORE DELETE ON originals BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER written_files_stay BEFORE UPDATE ON written_files BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER written_files_remain BEFORE DELETE ON written_files BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER editions_stay BEFORE UPDATE ON editions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER editions_remain BEFORE DELETE ON editions BEGIN SELECT raise(ABORT, 'facts are only added'); END;

-- What can be rebuilt ------------------------------------------------------------------------------------------------

-- Which forms have asked for a measured period: the way from it to the returns. Rebuilt from returns and entries.
CREATE TABLE measured_in (
    period      INTEGER NOT NULL REFERENCES periods (id), -- measured
    form_period INTEGER NOT NULL REFERENCES periods (id),
    PRIMARY KEY (period, form_period)
) STRICT, WITHOUT ROWID;

-- The return that holds for a unit and form period.
CREATE VIEW current_returns AS
SELECT * FROM returns AS r
WHERE NOT EXISTS (SELECT 1 FROM returns AS later
                  WHERE later.period = r.period AND later.unit = r.unit AND later.revision > r.revision);

PRAGMA application_id = 0x626D7331; -- "bms1"
PRAGMA user_version = 1;
