-- The history as it is today (version 6), whole. For people to read: the library makes and upgrades a history by the
-- numbered files beside this one, and a test proves that they lead to exactly this.
--
-- There are two parts:
--
--   1. Recorded facts. Each row is added once, by the run that learned of it, and is never changed or deleted; triggers
--      refuse both. The only change they allow is that a text or an original is blanked on record (part 1, at the end).
--   2. What can be rebuilt from the facts. There is little of it: results, colours and roll-ups are worked out when they
--      are asked for and stored nowhere.
--
-- Ids only grow, and every fact hangs on a run, directly or through the row it belongs to. 'As it was after run R' is
-- therefore every row of runs up to R, and what holds now is the return of the highest revision.
--
-- Times are seconds since 1970-01-01 UTC, days are days since then, hashes are SHA-256 in hexadecimal. Names of tables
-- and columns never change their meaning; a table may therefore be called by a word that the program no longer uses.

-- 1. Recorded facts ==================================================================================================

-- The history itself -------------------------------------------------------------------------------------------------

-- One row, made with the file.
CREATE TABLE origin (
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    made_at  INTEGER NOT NULL,
    seal_key BLOB    NOT NULL CHECK (length(seal_key) = 32) -- seals the forms, so that a return can be known again
) STRICT;

-- A job that added something, whole or not at all: one transaction.
CREATE TABLE runs (
    id       INTEGER NOT NULL PRIMARY KEY,
    verb     TEXT    NOT NULL, -- setup, forms, collect, report …
    began_at INTEGER NOT NULL,
    program  TEXT    NOT NULL, -- version of the program
    account  TEXT,             -- who ran it and where, as the system says; NULL in runs before version 6
    machine  TEXT
) STRICT;

-- Codes that facts refer to, each once, as first written; compared without case. What a unit or an indicator is called,
-- and from when to when it holds, stands in the setups.
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
    first_day INTEGER, -- NULL for a named period, whose dates stand in the setups
    last_day  INTEGER
) STRICT;

-- The setup as the coordinator wrote it ------------------------------------------------------------------------------
--
-- Kept as cells and not as a definition: a stored setup is always understood as the program of the day understands it,
-- and nothing the coordinator wrote is lost.

-- One version each time it changed.
CREATE TABLE definitions (
    version INTEGER NOT NULL PRIMARY KEY,
    run     INTEGER NOT NULL REFERENCES runs (id),
    file    TEXT    NOT NULL, -- the workbook it was read from
    sha256  TEXT    NOT NULL  -- over what the cells say, not where they stand
) STRICT;
CREATE INDEX definitions_of_run ON definitions (run);

CREATE TABLE setup_sheets (
    definition  INTEGER NOT NULL REFERENCES definitions (version),
    sheet       INTEGER NOT NULL,
    key         TEXT    NOT NULL, -- units, indicators …
    name        TEXT    NOT NULL, -- as it is called in the workbook
    heading_row INTEGER NOT NULL, -- from 0
    PRIMARY KEY (definition, sheet)
) STRICT, WITHOUT ROWID;

-- The columns every setup has, where they stood, and those the coordinator added (one a peer group).
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

-- What came in -------------------------------------------------------------------------------------------------------

-- A file that was looked at, and what became of it. Of a file that is held back this and its findings are all that is
-- kept.
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
CREATE INDEX receipts_of_run ON receipts (run);

-- What the checks said about it, in the language of whoever ran them.
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
    about     TEXT, -- the numbers it is about; an acceptance holds while they are the same; NULL: cannot be accepted
    PRIMARY KEY (receipt, position)
) STRICT, WITHOUT ROWID;

-- An accepted return: the next revision of its unit and form period. The forms of one period are found through the first
-- index, the series of one unit through the second.
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

-- What it says, one row an indicator and measured period: exact numbers, and the state as the checks decided it.
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

-- What the coordinator decided ---------------------------------------------------------------------------------------

-- An amendment: a return that is no file from the unit, but the one before it with a number that the coordinator has put
-- right …
CREATE TABLE corrections (
    return    INTEGER NOT NULL PRIMARY KEY REFERENCES returns (id),
    run       INTEGER NOT NULL REFERENCES runs (id),
    indicator INTEGER NOT NULL REFERENCES indicators (id),
    period    INTEGER NOT NULL REFERENCES periods (id), -- measured
    made_by   TEXT    NOT NULL,
    reason    TEXT    NOT NULL
) STRICT;
CREATE INDEX corrections_of_run ON corrections (run);

-- … and where its other numbers came from.
CREATE TABLE carried_entries (
    return    INTEGER NOT NULL REFERENCES returns (id),
    indicator INTEGER NOT NULL REFERENCES indicators (id),
    period    INTEGER NOT NULL REFERENCES periods (id), -- measured
    run       INTEGER NOT NULL REFERENCES runs (id),
    origin    INTEGER NOT NULL REFERENCES returns (id), -- the return that said it
    PRIMARY KEY (return, indicator, period)
) STRICT, WITHOUT ROWID;
CREATE INDEX carried_entries_of_run ON carried_entries (run);
CREATE INDEX carried_entries_of_origin ON carried_entries (origin);

-- A finding that no longer holds its return back, with the numbers that were accepted.
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
CREATE INDEX acceptances_of_run ON acceptances (run);

-- The one of several files of a unit that holds …
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
CREATE INDEX choices_of_return ON choices (period, unit);
CREATE INDEX choices_of_run ON choices (run);

-- … and the others, which never become returns by themselves.
CREATE TABLE set_aside (
    choice INTEGER NOT NULL REFERENCES choices (id),
    sha256 TEXT    NOT NULL,
    run    INTEGER NOT NULL REFERENCES runs (id),
    PRIMARY KEY (choice, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX set_aside_of_run ON set_aside (run);

-- A return that was accepted without what is wrong in it: those entries are missing, to be clarified.
CREATE TABLE releases (
    return  INTEGER NOT NULL PRIMARY KEY REFERENCES returns (id),
    run     INTEGER NOT NULL REFERENCES runs (id),
    made_by TEXT    NOT NULL,
    reason  TEXT    NOT NULL
) STRICT;
CREATE INDEX releases_of_run ON releases (run);

-- A period that is closed: what comes later is accepted, and marked late.
CREATE TABLE closings (
    period  INTEGER NOT NULL PRIMARY KEY REFERENCES periods (id), -- of the form
    run     INTEGER NOT NULL REFERENCES runs (id),
    made_by TEXT    NOT NULL
) STRICT;
CREATE INDEX closings_of_run ON closings (run);

-- What went out ------------------------------------------------------------------------------------------------------

-- Workbooks the program wrote, so that it never replaces one that somebody has begun to fill in.
CREATE TABLE written_files (
    id     INTEGER NOT NULL PRIMARY KEY,
    run    INTEGER NOT NULL REFERENCES runs (id),
    path   TEXT    NOT NULL, -- from the folder of the history
    sha256 TEXT    NOT NULL
) STRICT;
CREATE INDEX written_files_of_path ON written_files (path);
CREATE INDEX written_files_of_run ON written_files (run);

-- Editions of the reports: who has been shown what, and when …
CREATE TABLE editions (
    report  TEXT    NOT NULL, -- a unit's code, '' for all
    period  INTEGER NOT NULL REFERENCES periods (id),
    edition INTEGER NOT NULL CHECK (edition > 0),
    run     INTEGER NOT NULL REFERENCES runs (id),
    PRIMARY KEY (report, period, edition)
) STRICT, WITHOUT ROWID;
CREATE INDEX editions_of_run ON editions (run);

-- … the workbook of each …
CREATE TABLE edition_files (
    report  TEXT    NOT NULL,
    period  INTEGER NOT NULL REFERENCES periods (id),
    edition INTEGER NOT NULL,
    run     INTEGER NOT NULL REFERENCES runs (id),
    sha256  TEXT    NOT NULL,
    PRIMARY KEY (report, period, edition)
) STRICT, WITHOUT ROWID;
CREATE INDEX edition_files_of_run ON edition_files (run);

-- … what each said, all of it as one hash: a new edition is made when this differs …
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

-- That nobody has rewritten it ---------------------------------------------------------------------------------------
--
-- Each run has a hash over its facts and the run before it. Text and bytes count by their own hash, so that a text can be
-- blanked on record and the chain still holds.

-- How far the tables whose rows name no run had come when a run was committed; only where a run took one further.
CREATE TABLE run_reached (
    run     INTEGER NOT NULL REFERENCES runs (id),
    name    TEXT    NOT NULL, -- of the table
    highest INTEGER NOT NULL, -- id
    PRIMARY KEY (name, run)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_reached_of_run ON run_reached (run);

-- The chain. What it says is worked out from the facts again when it is verified.
CREATE TABLE run_hashes (
    run      INTEGER NOT NULL PRIMARY KEY REFERENCES runs (id),
    previous TEXT    NOT NULL, -- '' for the first
    sha256   TEXT    NOT NULL
) STRICT;

-- What a run's hash is made of, a table at a time, so that a difference can be traced to the row.
CREATE TABLE run_parts (
    run    INTEGER NOT NULL REFERENCES runs (id),
    name   TEXT    NOT NULL, -- of the table
    count  INTEGER NOT NULL, -- of rows
    sha256 TEXT    NOT NULL,
    checks BLOB    NOT NULL, -- the first four bytes of each row's hash
    PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;

-- That something was blanked: personal data must be removable …
CREATE TABLE redactions (
    id      INTEGER NOT NULL PRIMARY KEY,
    run     INTEGER NOT NULL REFERENCES runs (id),
    made_by TEXT    NOT NULL,
    reason  TEXT    NOT NULL
) STRICT;
CREATE INDEX redactions_of_run ON redactions (run);

-- … and what stood there, as its hash.
CREATE TABLE redacted_values (
    redaction  INTEGER NOT NULL REFERENCES redactions (id),
    run        INTEGER NOT NULL REFERENCES runs (id),
    name       TEXT    NOT NULL, -- of the table
    row        TEXT    NOT NULL, -- its key, the numbers with spaces between
    field      TEXT    NOT NULL,
    old_sha256 TEXT    NOT NULL,
    PRIMARY KEY (name, row, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX redacted_values_of_run ON redacted_values (run);
CREATE INDEX redacted_values_of_redaction ON redacted_values (redaction);

-- What did not belong in the file and was taken out, and what belonged there and was put back.
CREATE TABLE removed_objects (
    id   INTEGER NOT NULL PRIMARY KEY,
    run  INTEGER NOT NULL REFERENCES runs (id),
    type TEXT    NOT NULL, -- table, index, view, trigger
    name TEXT    NOT NULL,
    sql  TEXT              -- as it stood; NULL: one of the history's own was missing
) STRICT;
CREATE INDEX removed_objects_of_run ON removed_objects (run);

-- A backup was rightly put in the history's place: runs that reports or other copies tell of are not in it.
CREATE TABLE restored_backups (
    id      INTEGER NOT NULL PRIMARY KEY,
    run     INTEGER NOT NULL REFERENCES runs (id),
    sha256  TEXT    NOT NULL, -- the newest hash that was known elsewhere
    made_by TEXT    NOT NULL,
    reason  TEXT    NOT NULL
) STRICT;
CREATE INDEX restored_backups_of_run ON restored_backups (run);

-- Facts are only added -----------------------------------------------------------------------------------------------

CREATE TRIGGER origin_stay BEFORE UPDATE ON origin BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER origin_remain BEFORE DELETE ON origin BEGIN SELECT raise(ABORT, 'facts are only added'); END;
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
CREATE TRIGGER setup_cells_remain BEFORE DELETE ON setup_cells BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER receipts_remain BEFORE DELETE ON receipts BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER findings_remain BEFORE DELETE ON findings BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER returns_remain BEFORE DELETE ON returns BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER entries_remain BEFORE DELETE ON entries BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER actions_remain BEFORE DELETE ON actions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER originals_remain BEFORE DELETE ON originals BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER corrections_remain BEFORE DELETE ON corrections BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER carried_entries_stay BEFORE UPDATE ON carried_entries BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER carried_entries_remain BEFORE DELETE ON carried_entries BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER acceptances_remain BEFORE DELETE ON acceptances BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER choices_remain BEFORE DELETE ON choices BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER set_aside_stay BEFORE UPDATE ON set_aside BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER set_aside_remain BEFORE DELETE ON set_aside BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER releases_remain BEFORE DELETE ON releases BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER closings_stay BEFORE UPDATE ON closings BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER closings_remain BEFORE DELETE ON closings BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER written_files_stay BEFORE UPDATE ON written_files BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER written_files_remain BEFORE DELETE ON written_files BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER editions_stay BEFORE UPDATE ON editions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER editions_remain BEFORE DELETE ON editions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER edition_files_stay BEFORE UPDATE ON edition_files BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER edition_files_remain BEFORE DELETE ON edition_files BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER edition_models_stay BEFORE UPDATE ON edition_models BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER edition_models_remain BEFORE DELETE ON edition_models BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER edition_figures_stay BEFORE UPDATE ON edition_figures BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER edition_figures_remain BEFORE DELETE ON edition_figures BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_reached_stay BEFORE UPDATE ON run_reached BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_reached_remain BEFORE DELETE ON run_reached BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_hashes_stay BEFORE UPDATE ON run_hashes BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_hashes_remain BEFORE DELETE ON run_hashes BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_parts_stay BEFORE UPDATE ON run_parts BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_parts_remain BEFORE DELETE ON run_parts BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER redactions_stay BEFORE UPDATE ON redactions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER redactions_remain BEFORE DELETE ON redactions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER redacted_values_stay BEFORE UPDATE ON redacted_values BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER redacted_values_remain BEFORE DELETE ON redacted_values BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER removed_objects_stay BEFORE UPDATE ON removed_objects BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER removed_objects_remain BEFORE DELETE ON removed_objects BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER restored_backups_remain BEFORE DELETE ON restored_backups BEGIN SELECT raise(ABORT, 'facts are only added'); END;

-- The one change that is allowed -------------------------------------------------------------------------------------
--
-- A text or an original becomes empty, where the newest run, still open, has put down its hash in redacted_values; all
-- else in the row stays as it is.

CREATE TRIGGER setup_cells_stay BEFORE UPDATE ON setup_cells WHEN NOT (
    (NEW.definition, NEW.sheet, NEW.row_index, NEW.column_index, NEW.column_key)
    IS (OLD.definition, OLD.sheet, OLD.row_index, OLD.column_index, OLD.column_key)
    AND NEW.text = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'setup_cells'
        AND v.row = OLD.definition || ' ' || OLD.sheet || ' ' || OLD.row_index || ' ' || OLD.column_index
        AND v.field = 'text' AND v.run = (SELECT max(id) FROM runs)))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;

CREATE TRIGGER receipts_stay BEFORE UPDATE ON receipts WHEN NOT (
    (NEW.id, NEW.run, NEW.sha256, NEW.size, NEW.unit, NEW.period, NEW.outcome)
    IS (OLD.id, OLD.run, OLD.sha256, OLD.size, OLD.unit, OLD.period, OLD.outcome)
    AND NEW.file = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'receipts' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'file' AND v.run = (SELECT max(id) FROM runs)))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;

CREATE TRIGGER findings_stay BEFORE UPDATE ON findings WHEN NOT (
    (NEW.receipt, NEW.position, NEW.rule, NEW.severity, NEW.sheet, NEW.cell, NEW.unit, NEW.indicator, NEW.about)
    IS (OLD.receipt, OLD.position, OLD.rule, OLD.severity, OLD.sheet, OLD.cell, OLD.unit, OLD.indicator, OLD.about)
    AND (NEW.message = OLD.message OR (NEW.message = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'findings' AND v.row = OLD.receipt || ' ' || OLD.position
        AND v.field = 'message' AND v.run = (SELECT max(id) FROM runs))))
    AND (NEW.fix IS OLD.fix OR (NEW.fix IS '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'findings' AND v.row = OLD.receipt || ' ' || OLD.position
        AND v.field = 'fix' AND v.run = (SELECT max(id) FROM runs)))))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;

CREATE TRIGGER returns_stay BEFORE UPDATE ON returns WHEN NOT (
    (NEW.id, NEW.receipt, NEW.unit, NEW.period, NEW.revision, NEW.definition, NEW.sheet, NEW.signed_on, NEW.inputs_sha256)
    IS (OLD.id, OLD.receipt, OLD.unit, OLD.period, OLD.revision, OLD.definition, OLD.sheet, OLD.signed_on, OLD.inputs_sha256)
    AND NEW.signed_by = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'returns' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'signed_by' AND v.run = (SELECT max(id) FROM runs)))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;

CREATE TRIGGER entries_stay BEFORE UPDATE ON entries WHEN NOT (
    (NEW.return, NEW.indicator, NEW.period, NEW.position, NEW.state, NEW.required, NEW.numerator, NEW.denominator,
     NEW.numerator_cell, NEW.denominator_cell, NEW.reason)
    IS (OLD.return, OLD.indicator, OLD.period, OLD.position, OLD.state, OLD.required, OLD.numerator, OLD.denominator,
        OLD.numerator_cell, OLD.denominator_cell, OLD.reason)
    AND NEW.comment IS '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'entries'
        AND v.row = OLD.return || ' ' || OLD.indicator || ' ' || OLD.period
        AND v.field = 'comment' AND v.run = (SELECT max(id) FROM runs)))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;

CREATE TRIGGER actions_stay BEFORE UPDATE ON actions WHEN NOT (
    (NEW.return, NEW.position, NEW.number, NEW.linked_to, NEW.due, NEW.status, NEW.cell)
    IS (OLD.return, OLD.position, OLD.number, OLD.linked_to, OLD.due, OLD.status, OLD.cell)
    AND (NEW.text = OLD.text OR (NEW.text = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'actions' AND v.row = OLD.return || ' ' || OLD.position
        AND v.field = 'text' AND v.run = (SELECT max(id) FROM runs))))
    AND (NEW.responsible = OLD.responsible OR (NEW.responsible = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'actions' AND v.row = OLD.return || ' ' || OLD.position
        AND v.field = 'responsible' AND v.run = (SELECT max(id) FROM runs)))))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;

CREATE TRIGGER originals_stay BEFORE UPDATE ON originals WHEN NOT (
    (NEW.id, NEW.sha256) IS (OLD.id, OLD.sha256)
    AND length(NEW.bytes) = 0 AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'originals' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'bytes' AND v.run = (SELECT max(id) FROM runs)))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;

CREATE TRIGGER corrections_stay BEFORE UPDATE ON corrections WHEN NOT (
    (NEW.return, NEW.run, NEW.indicator, NEW.period) IS (OLD.return, OLD.run, OLD.indicator, OLD.period)
    AND (NEW.made_by = OLD.made_by OR (NEW.made_by = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'corrections' AND v.row = CAST(OLD.return AS TEXT)
        AND v.field = 'made_by' AND v.run = (SELECT max(id) FROM runs))))
    AND (NEW.reason = OLD.reason OR (NEW.reason = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'corrections' AND v.row = CAST(OLD.return AS TEXT)
        AND v.field = 'reason' AND v.run = (SELECT max(id) FROM runs)))))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;

CREATE TRIGGER acceptances_stay BEFORE UPDATE ON acceptances WHEN NOT (
    (NEW.id, NEW.run, NEW.unit, NEW.period, NEW.indicator, NEW.rule, NEW.about)
    IS (OLD.id, OLD.run, OLD.unit, OLD.period, OLD.indicator, OLD.rule, OLD.about)
    AND (NEW.made_by = OLD.made_by OR (NEW.made_by = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'acceptances' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'made_by' AND v.run = (SELECT max(id) FROM runs))))
    AND (NEW.reason = OLD.reason OR (NEW.reason = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'acceptances' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'reason' AND v.run = (SELECT max(id) FROM runs)))))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;

CREATE TRIGGER choices_stay BEFORE UPDATE ON choices WHEN NOT (
    (NEW.id, NEW.run, NEW.unit, NEW.period, NEW.sha256) IS (OLD.id, OLD.run, OLD.unit, OLD.period, OLD.sha256)
    AND (NEW.file = OLD.file OR (NEW.file = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'choices' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'file' AND v.run = (SELECT max(id) FROM runs))))
    AND (NEW.made_by = OLD.made_by OR (NEW.made_by = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'choices' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'made_by' AND v.run = (SELECT max(id) FROM runs))))
    AND (NEW.reason = OLD.reason OR (NEW.reason = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'choices' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'reason' AND v.run = (SELECT max(id) FROM runs)))))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;

CREATE TRIGGER releases_stay BEFORE UPDATE ON releases WHEN NOT (
    (NEW.return, NEW.run) IS (OLD.return, OLD.run)
    AND (NEW.made_by = OLD.made_by OR (NEW.made_by = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'releases' AND v.row = CAST(OLD.return AS TEXT)
        AND v.field = 'made_by' AND v.run = (SELECT max(id) FROM runs))))
    AND (NEW.reason = OLD.reason OR (NEW.reason = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'releases' AND v.row = CAST(OLD.return AS TEXT)
        AND v.field = 'reason' AND v.run = (SELECT max(id) FROM runs)))))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;

CREATE TRIGGER runs_stay BEFORE UPDATE ON runs WHEN NOT (
    (NEW.id, NEW.verb, NEW.began_at, NEW.program) IS (OLD.id, OLD.verb, OLD.began_at, OLD.program)
    AND (NEW.account IS OLD.account OR (NEW.account IS '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'runs' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'account' AND v.run = (SELECT max(id) FROM runs))))
    AND (NEW.machine IS OLD.machine OR (NEW.machine IS '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'runs' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'machine' AND v.run = (SELECT max(id) FROM runs)))))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;

CREATE TRIGGER restored_backups_stay BEFORE UPDATE ON restored_backups WHEN NOT (
    (NEW.id, NEW.run, NEW.sha256) IS (OLD.id, OLD.run, OLD.sha256)
    AND (NEW.made_by IS OLD.made_by OR (NEW.made_by IS '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'restored_backups' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'made_by' AND v.run = (SELECT max(id) FROM runs))))
    AND (NEW.reason IS OLD.reason OR (NEW.reason IS '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'restored_backups' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'reason' AND v.run = (SELECT max(id) FROM runs)))))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;

-- Ids are positive ---------------------------------------------------------------------------------------------------
--
-- Runs are verified from the first on: a row that hangs on a run below 1 would be reached by none. The rows are refused
-- once they are there, since only then SQLite has given them their ids. The codes have no such triggers: with one, SQLite
-- would read all that can refer to a code whenever a code is added; instead no receipt, return or decision may refer to one
-- below 1. Rows of a table without ids or runs need none: they hang on a row that has one.

CREATE TRIGGER runs_positive AFTER INSERT ON runs WHEN NEW.id <= 0 BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER definitions_positive AFTER INSERT ON definitions WHEN NEW.version <= 0 OR NEW.run <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER receipts_positive AFTER INSERT ON receipts WHEN NEW.id <= 0 OR NEW.run <= 0 OR NEW.unit <= 0
    OR NEW.period <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER returns_positive AFTER INSERT ON returns WHEN NEW.id <= 0 OR NEW.receipt <= 0 OR NEW.unit <= 0
    OR NEW.period <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER originals_positive AFTER INSERT ON originals WHEN NEW.id <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER corrections_positive AFTER INSERT ON corrections WHEN NEW.return <= 0 OR NEW.run <= 0
    OR NEW.indicator <= 0 OR NEW.period <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER carried_entries_positive AFTER INSERT ON carried_entries WHEN NEW.return <= 0 OR NEW.indicator <= 0
    OR NEW.period <= 0 OR NEW.run <= 0 OR NEW.origin <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER acceptances_positive AFTER INSERT ON acceptances WHEN NEW.id <= 0 OR NEW.run <= 0 OR NEW.unit <= 0
    OR NEW.period <= 0 OR NEW.indicator <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER choices_positive AFTER INSERT ON choices WHEN NEW.id <= 0 OR NEW.run <= 0 OR NEW.unit <= 0
    OR NEW.period <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER set_aside_positive AFTER INSERT ON set_aside WHEN NEW.choice <= 0 OR NEW.run <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER releases_positive AFTER INSERT ON releases WHEN NEW.return <= 0 OR NEW.run <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER closings_positive AFTER INSERT ON closings WHEN NEW.period <= 0 OR NEW.run <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER written_files_positive AFTER INSERT ON written_files WHEN NEW.id <= 0 OR NEW.run <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER editions_positive AFTER INSERT ON editions WHEN NEW.period <= 0 OR NEW.run <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER edition_files_positive AFTER INSERT ON edition_files WHEN NEW.period <= 0 OR NEW.run <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER edition_models_positive AFTER INSERT ON edition_models WHEN NEW.id <= 0 OR NEW.run <= 0
    OR NEW.period <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER run_reached_positive AFTER INSERT ON run_reached WHEN NEW.run <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER run_hashes_positive AFTER INSERT ON run_hashes WHEN NEW.run <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER run_parts_positive AFTER INSERT ON run_parts WHEN NEW.run <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER redactions_positive AFTER INSERT ON redactions WHEN NEW.id <= 0 OR NEW.run <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER redacted_values_positive AFTER INSERT ON redacted_values WHEN NEW.redaction <= 0 OR NEW.run <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER removed_objects_positive AFTER INSERT ON removed_objects WHEN NEW.id <= 0 OR NEW.run <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;
CREATE TRIGGER restored_backups_positive AFTER INSERT ON restored_backups WHEN NEW.id <= 0 OR NEW.run <= 0
BEGIN SELECT raise(ABORT, 'ids are positive'); END;

-- 2. What can be rebuilt ============================================================================================

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
PRAGMA user_version = 6;
