/**
 * Rules about files and runs: duplicates, several files from one unit, late returns and the like.
 *
 * They are rows of the table of rules (rules.c), as those about one return are. The code that finds the fault
 * is elsewhere (mostly in core/verbs/collect/settle.c) and gets the finding with its texts from here.
 */
#ifndef BMS_CHECK_RUN_RULES_H
#define BMS_CHECK_RUN_RULES_H

#include "core/base/arena.h"
#include "core/base/catalogue.h"
#include "core/bms.h"

enum bms_run_rule {
    BMS_RULE_UNREADABLE,
    BMS_RULE_CHANGED_MEANWHILE,
    BMS_RULE_DUPLICATE_OF_ACCEPTED,
    BMS_RULE_DUPLICATE_OF_FILE,
    BMS_RULE_TWO_FILES,
    BMS_RULE_TWO_FILES_ALIKE,
    BMS_RULE_CHOSEN_INSTEAD,
    BMS_RULE_OUTDATED,
    BMS_RULE_REPLACED,
    BMS_RULE_LATE,
    BMS_RULE_REPLACES_AMENDMENT,
    BMS_RULE_DECISION_NOT_USED,
    BMS_RULE_NUMBERS_OF_OTHER,
    BMS_RULE_BAD_EMAIL,
    BMS_RULE_REDACTED,
    BMS_RULE_REMOVED_BEFORE,
    BMS_RULE_REBUILT_REMOVED,
    BMS_RULE_COPIES_RENEWED,
    BMS_RULE_COPIES_REMAIN,
    BMS_RULE_COPIES_ELSEWHERE,
    BMS_RULE_NOT_REWRITTEN,
    BMS_RULE_NO_COPY,
    BMS_RULE_UPGRADED,
    BMS_RULE_OTHER_PROGRAM,
    BMS_RULE_SYNCHRONISED,
    BMS_RULE_NOT_REPLACED,
    BMS_RULE_OPEN_FOLDER,
    BMS_RULE_READING,
    BMS_RULE_PERIOD_TO_SEND,
    BMS_RULE_PERIOD_OVERDUE,
    BMS_RULE_PERIOD_SENT_LAST
};

/**
 * Make the finding of a rule.
 *
 * @param places  the values for the places in its texts; NULL where it has none
 * @return its id, severity and texts, these in `arena`; file, unit and the like are the caller's to set
 */
bms_finding bms_run_finding(bms_arena *arena, const char *language, enum bms_run_rule rule,
                            const bms_text_place *places, size_t n);

#endif
