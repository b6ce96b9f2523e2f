/*
 * Rules about dates in a return: what stands where a date belongs and is none would otherwise be lost without
 * a word.
 */
#include "core/check/checking.h"

/** @return whether something is written where a date belongs, and it is none. */
static bool is_no_date(bms_checking *checking, const bms_raw_cell *cell) {
    bms_day day;
    double none;
    if (bms_raw_day(cell, &day))
        return false;
    enum bms_number_reading reading = bms_number_read(bms_raw_text(checking, cell), &none);
    return reading != BMS_READ_BLANK && reading != BMS_READ_DASH;
}

bool bms_rule_date_of_signature(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    bms_checking *checking = verdict->checking;
    const bms_raw_cell *cell = &checking->raw->signed_on;
    if (!checking->finished || !is_no_date(checking, cell))
        return false;
    verdict->cell = cell->address;
    bms_verdict_text(verdict, "cell", cell->address);
    bms_verdict_text(verdict, "text", bms_raw_text(checking, cell));
    return true;
}

bool bms_rule_dates_of_actions(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    bms_checking *checking = verdict->checking;
    const bms_raw_return *raw = checking->raw;
    const char *language = checking->context->language;
    const char *list = "";
    for (size_t i = 0; i < raw->n_actions; i++) {
        const bms_raw_cell *cell = &raw->actions[i].due;
        if (!is_no_date(checking, cell))
            continue;
        if (*list == '\0')
            verdict->cell = cell->address;
        const char *said = bms_message(checking->arena, bms_tr(language, BMS_TEXT("“{text}” in {cell}")),
                                       "text", bms_raw_text(checking, cell), "cell", cell->address, NULL);
        list = bms_arena_format(checking->arena, "%s%s%s", list, *list ? ", " : "", said);
    }
    if (*list == '\0')
        return false;
    verdict->sheet = raw->action_sheet;
    bms_verdict_text(verdict, "list", list);
    return true;
}
