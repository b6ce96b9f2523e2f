-- The history, version 4: what else can be blanked on record.
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
    (NEW.receipt, NEW.position, NEW.rule, NEW.severity, NEW.sheet, NEW.cell, NEW.unit, NEW.indicator)
    IS (OLD.receipt, OLD.position, OLD.rule, OLD.severity, OLD.sheet, OLD.cell, OLD.unit, OLD.indicator)
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

PRAGMA user_version = 4;
