-- The history, version 4: what the coordinator decides about returns, and what else can be blanked on record.

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
CREATE INDEX choices_of_return ON choices (period, unit);
CREATE INDEX choices_of_run ON choices (run);
CREATE INDEX set_aside_of_run ON set_aside (run);
CREATE INDEX releases_of_run ON releases (run);

CREATE TRIGGER acceptances_remain BEFORE DELETE ON acceptances BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER choices_remain BEFORE DELETE ON choices BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER set_aside_stay BEFORE UPDATE ON set_aside BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER set_aside_remain BEFORE DELETE ON set_aside BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER releases_remain BEFORE DELETE ON releases BEGIN SELECT raise(ABORT, 'facts are only added'); END;

-- What else can be blanked ----------------------------------------------------------------------------------------
--
-- Findings quote what a unit typed; setups name leaders and their addresses; a correction says who and why; a file can be
-- called by a name.

-- What a run reached is looked up by the run when it is hashed.
CREATE INDEX run_reached_of_run ON run_reached (run);

DROP TRIGGER receipts_stay;
CREATE TRIGGER receipts_stay BEFORE UPDATE ON receipts WHEN NOT (
    (NEW.id, NEW.run, NEW.sha256, NEW.size, NEW.unit, NEW.period, NEW.outcome)
    IS (OLD.id, OLD.run, OLD.sha256, OLD.size, OLD.unit, OLD.period, OLD.outcome)
    AND NEW.file = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'receipts' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'file' AND v.run = (SELECT max(id) FROM runs)))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;

DROP TRIGGER findings_stay;
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

DROP TRIGGER corrections_stay;
CREATE TRIGGER corrections_stay BEFORE UPDATE ON corrections WHEN NOT (
    (NEW.return, NEW.run, NEW.indicator, NEW.period) IS (OLD.return, OLD.run, OLD.indicator, OLD.period)
    AND (NEW.made_by = OLD.made_by OR (NEW.made_by = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'corrections' AND v.row = CAST(OLD.return AS TEXT)
        AND v.field = 'made_by' AND v.run = (SELECT max(id) FROM runs))))
    AND (NEW.reason = OLD.reason OR (NEW.reason = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'corrections' AND v.row = CAST(OLD.return AS TEXT)
        AND v.field = 'reason' AND v.run = (SELECT max(id) FROM runs)))))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;

DROP TRIGGER setup_cells_stay;
CREATE TRIGGER setup_cells_stay BEFORE UPDATE ON setup_cells WHEN NOT (
    (NEW.definition, NEW.sheet, NEW.row_index, NEW.column_index, NEW.column_key)
    IS (OLD.definition, OLD.sheet, OLD.row_index, OLD.column_index, OLD.column_key)
    AND NEW.text = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'setup_cells'
        AND v.row = OLD.definition || ' ' || OLD.sheet || ' ' || OLD.row_index || ' ' || OLD.column_index
        AND v.field = 'text' AND v.run = (SELECT max(id) FROM runs)))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;


CREATE TRIGGER acceptances_stay BEFORE UPDATE ON acceptances WHEN NOT (
    (NEW.id, NEW.run, NEW.unit, NEW.period, NEW.indicator, NEW.rule, NEW.about) IS (OLD.id, OLD.run, OLD.unit, OLD.period, OLD.indicator, OLD.rule, OLD.about)
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

PRAGMA user_version = 4;
