-- The history, version 6: every fact hangs on a run that is verified, and the file holds nothing that is not its own.

-- Who ran it and where, as the system says; what people type as their name stands with what they decided. NULL in runs
-- of earlier versions and where the system does not say.
ALTER TABLE runs ADD COLUMN account TEXT;
ALTER TABLE runs ADD COLUMN machine TEXT;

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

CREATE TRIGGER removed_objects_stay BEFORE UPDATE ON removed_objects BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER removed_objects_remain BEFORE DELETE ON removed_objects BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER restored_backups_remain BEFORE DELETE ON restored_backups BEGIN SELECT raise(ABORT, 'facts are only added'); END;

-- What else can be blanked --------------------------------------------------------------------------------------------

DROP TRIGGER runs_stay;
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

-- Ids are positive ----------------------------------------------------------------------------------------------------
--
-- Runs are verified from the first on: a row that hangs on a run below 1 would be reached by none. The rows are refused
-- once they are there, since only then SQLite has given them their ids. The codes have no such triggers: with one, SQLite
-- would read all that can refer to a code whenever a code is added; instead no receipt, return or decision may refer to one
-- below 1. Rows of a table without ids or runs need none: they hang on a row that has one.

-- A row that others can refer to is looked up in them once it has a trigger.
CREATE INDEX carried_entries_of_origin ON carried_entries (origin);
CREATE INDEX redacted_values_of_redaction ON redacted_values (redaction);

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

PRAGMA user_version = 6;
