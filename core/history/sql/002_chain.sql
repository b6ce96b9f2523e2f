-- The history, version 2: a history that nobody can quietly rewrite.
--
-- Each run has a hash over its facts and the run before it. Text and bytes count by their own hash, so that a text can
-- be blanked, on record, and the chain still holds.

-- How far the tables whose rows name no run had come when a run was committed; only where a run took one further.
CREATE TABLE run_reached (
    run     INTEGER NOT NULL REFERENCES runs (id),
    name    TEXT    NOT NULL, -- of the table
    highest INTEGER NOT NULL, -- id
    PRIMARY KEY (name, run)
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

-- The chain. What it says is worked out from the facts again when it is verified.
CREATE TABLE run_hashes (
    run      INTEGER NOT NULL PRIMARY KEY REFERENCES runs (id),
    previous TEXT    NOT NULL, -- '' for the first
    sha256   TEXT    NOT NULL
) STRICT;

-- What a run's hash is made of, a table at a time, so that a difference can be told to the row.
CREATE TABLE run_parts (
    run    INTEGER NOT NULL REFERENCES runs (id),
    name   TEXT    NOT NULL, -- of the table
    count  INTEGER NOT NULL, -- of rows
    sha256 TEXT    NOT NULL,
    checks BLOB    NOT NULL, -- the first four bytes of each row's hash
    PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX receipts_of_run ON receipts (run);
CREATE INDEX written_files_of_run ON written_files (run);
CREATE INDEX editions_of_run ON editions (run);
CREATE INDEX definitions_of_run ON definitions (run);

CREATE TRIGGER run_reached_stay BEFORE UPDATE ON run_reached BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_reached_remain BEFORE DELETE ON run_reached BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER redactions_stay BEFORE UPDATE ON redactions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER redactions_remain BEFORE DELETE ON redactions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER redacted_values_stay BEFORE UPDATE ON redacted_values BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER redacted_values_remain BEFORE DELETE ON redacted_values BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_hashes_stay BEFORE UPDATE ON run_hashes BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_hashes_remain BEFORE DELETE ON run_hashes BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_parts_stay BEFORE UPDATE ON run_parts BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_parts_remain BEFORE DELETE ON run_parts BEGIN SELECT raise(ABORT, 'facts are only added'); END;

-- The one change that is allowed --------------------------------------------------------------------------------------
--
-- A text or an original becomes empty, where the newest run, still open, has put down its hash in redacted_values; all
-- else in the row stays as it is.

DROP TRIGGER returns_stay;
CREATE TRIGGER returns_stay BEFORE UPDATE ON returns WHEN NOT (
    (NEW.id, NEW.receipt, NEW.unit, NEW.period, NEW.revision, NEW.definition, NEW.sheet, NEW.signed_on, NEW.inputs_sha256)
    IS (OLD.id, OLD.receipt, OLD.unit, OLD.period, OLD.revision, OLD.definition, OLD.sheet, OLD.signed_on, OLD.inputs_sha256)
    AND NEW.signed_by = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'returns' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'signed_by' AND v.run = (SELECT max(id) FROM runs)))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;

DROP TRIGGER entries_stay;
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

DROP TRIGGER actions_stay;
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

DROP TRIGGER originals_stay;
CREATE TRIGGER originals_stay BEFORE UPDATE ON originals WHEN NOT (
    (NEW.id, NEW.sha256) IS (OLD.id, OLD.sha256)
    AND length(NEW.bytes) = 0 AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'originals' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'bytes' AND v.run = (SELECT max(id) FROM runs)))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;

PRAGMA user_version = 2;
