/**
 * What can be wrong in a setup: one row for each mistake, with its rule id, severity and message.
 *
 * A new mistake touches the list here, the table in setup_mistakes.c, the place that detects it, a test and
 * the catalogues.
 */
#ifndef BMS_DEFINITION_SETUP_MISTAKES_H
#define BMS_DEFINITION_SETUP_MISTAKES_H

#include "core/base/catalogue.h"
#include "core/base/findings.h"
#include "core/definition/setup.h"

enum bms_mistake {
    /* any sheet */
    BMS_MISTAKE_NOT_A_SETUP,
    BMS_MISTAKE_MISSING_SHEET,
    BMS_MISTAKE_ALMOST_SHEET, /* found by the workbook's reader, as the next, and those of headings and cells
                               */
    BMS_MISTAKE_COPIED_SHEET,
    BMS_MISTAKE_SHEET_ALIKE,
    BMS_MISTAKE_SHEET_TWICE,
    BMS_MISTAKE_SHEET_GONE, /* compared with the last accepted setup (setup_gone.h), as the next */
    BMS_MISTAKE_COLUMN_GONE,
    BMS_MISTAKE_HIDDEN_SHEET,
    BMS_MISTAKE_HIDDEN_ROWS,
    BMS_MISTAKE_NO_HEADINGS,
    BMS_MISTAKE_UNKNOWN_COLUMN,
    BMS_MISTAKE_ALMOST_COLUMN,
    BMS_MISTAKE_COLUMN_TWICE,
    BMS_MISTAKE_WITHOUT_HEADING,
    BMS_MISTAKE_NOTE_WITHOUT_HEADING,
    BMS_MISTAKE_MERGED_HEADING,
    BMS_MISTAKE_MERGED_CELLS,
    BMS_MISTAKE_ERROR_CELL,
    BMS_MISTAKE_NO_RESULT,
    BMS_MISTAKE_EMPTY_SHEET,
    BMS_MISTAKE_MISSING_COLUMN,
    BMS_MISTAKE_MISSING_VALUE,
    BMS_MISTAKE_BAD_CODE,
    BMS_MISTAKE_CODE_BECAME_DATE, /* found by the reader, as the one of numbers */
    BMS_MISTAKE_DUPLICATE_CODE,
    BMS_MISTAKE_UNKNOWN_REFERENCE,
    BMS_MISTAKE_UNKNOWN_WORD,
    BMS_MISTAKE_BAD_NUMBER,
    BMS_MISTAKE_NUMBER_BECAME_DATE,
    BMS_MISTAKE_NUMBER_OUT_OF_RANGE,
    BMS_MISTAKE_BAD_DATE,
    BMS_MISTAKE_DATES_TURNED,
    BMS_MISTAKE_TOO_LONG, /* found when a workbook is loaded (setup_limits.h) */
    /* municipality and units */
    BMS_MISTAKE_UNKNOWN_FACT,
    BMS_MISTAKE_FACT_TWICE,
    BMS_MISTAKE_FACT_WITHOUT_DATES,
    BMS_MISTAKE_FACT_MISSING,
    BMS_MISTAKE_NUMBER_LOST_ZERO, /* when a workbook is loaded (setup_sense.h), as all that say so */
    BMS_MISTAKE_UNKNOWN_PARENT,
    BMS_MISTAKE_CIRCLE_OF_PARENTS,
    BMS_MISTAKE_SECOND_TOP,
    BMS_MISTAKE_TOO_DEEP, /* likewise */
    BMS_MISTAKE_OWN_PREDECESSOR,
    BMS_MISTAKE_REPLACES_WITHOUT_A_DAY,
    BMS_MISTAKE_UNCLEAR_MOVE,
    BMS_MISTAKE_MOVED_WITHOUT_A_DAY,
    BMS_MISTAKE_UNIT_GONE,
    BMS_MISTAKE_SAME_NAME,
    BMS_MISTAKE_BAD_EMAIL,
    BMS_MISTAKE_ALMOST_GROUP,    /* likewise */
    BMS_MISTAKE_GROUP_NOT_ASKED, /* likewise */
    BMS_MISTAKE_UNIT_NOT_ASKED,  /* likewise */
    /* indicators */
    BMS_MISTAKE_WITHOUT_QUESTION,
    BMS_MISTAKE_QUESTION_NOT_USED,
    BMS_MISTAKE_WITHOUT_SCALE,
    BMS_MISTAKE_RANGE_TURNED,
    BMS_MISTAKE_BAD_USUAL_SIZE,
    BMS_MISTAKE_FACTOR_NOT_USED,
    BMS_MISTAKE_RATE_WITHOUT_FACTOR, /* likewise */
    BMS_MISTAKE_UNKNOWN_PLACE,       /* likewise */
    BMS_MISTAKE_SAME_QUESTION,       /* likewise */
    BMS_MISTAKE_BAD_NUMBER_REFERENCE,
    BMS_MISTAKE_NO_SUCH_NUMBER,
    BMS_MISTAKE_NUMBER_IN_A_CIRCLE,
    BMS_MISTAKE_PART_IN_A_CIRCLE,
    BMS_MISTAKE_WITHOUT_PARTS,
    BMS_MISTAKE_OTHER_MEASURE,
    BMS_MISTAKE_NUMBER_NOT_ASKED,
    BMS_MISTAKE_NOT_PLACED,
    BMS_MISTAKE_NOT_MEASURED,
    /* scorecards */
    BMS_MISTAKE_OTHER_SCORECARD,
    BMS_MISTAKE_PLACED_TWICE,
    /* targets and reference figures */
    BMS_MISTAKE_WITHOUT_LIMITS,
    BMS_MISTAKE_RED_ON_WRONG_SIDE,
    BMS_MISTAKE_BAND_WITHOUT_RANGE,
    BMS_MISTAKE_RANGE_WITHOUT_BAND,
    BMS_MISTAKE_BAND_TURNED,
    BMS_MISTAKE_LIMIT_OUTSIDE,     /* likewise */
    BMS_MISTAKE_LIMIT_AS_FRACTION, /* likewise */
    BMS_MISTAKE_LIMIT_IN_PER_CENT, /* likewise */
    BMS_MISTAKE_UNKNOWN_SCOPE,
    BMS_MISTAKE_UNCLEAR_SCOPE,
    BMS_MISTAKE_TARGET_TWICE,
    BMS_MISTAKE_SUM_WITHOUT_TARGET,
    BMS_MISTAKE_UNKNOWN_SERIES,
    BMS_MISTAKE_WAY_MISSING,
    BMS_MISTAKE_WAY_WITHOUT_SERIES,
    BMS_MISTAKE_POINTS_OF_NO_PER_CENT,
    BMS_MISTAKE_REFERENCE_TWICE,
    /* calendar and plan */
    BMS_MISTAKE_PERIOD_WITHOUT_DATES,
    BMS_MISTAKE_OTHER_DATES,
    BMS_MISTAKE_DUE_TOO_EARLY,
    BMS_MISTAKE_BEFORE_PERIOD, /* likewise */
    BMS_MISTAKE_UNKNOWN_MEASURING_POINT,
    BMS_MISTAKE_UNKNOWN_FORM,
    BMS_MISTAKE_TWO_FORMS,
    BMS_MISTAKE_UNKNOWN_MARK,
    BMS_MISTAKE_UNKNOWN_GROUP,
    BMS_MISTAKE_BAD_EXCEPTION,
    BMS_MISTAKE_ASKED_OF_NOBODY,
    /* what a renewed setup does to numbers that are there (effects.h) */
    BMS_MISTAKE_OTHER_WORDS,
    BMS_MISTAKE_MEASURED_ANEW,
    BMS_MISTAKE_TURNED,
    BMS_MISTAKE_LIMIT_CHANGED,
    BMS_MISTAKE_LIMIT_GONE,
    BMS_MISTAKE_INDICATOR_GONE,
    BMS_MISTAKE_PERIOD_GONE,
    BMS_MISTAKE_FEWER_PLANNED,
    BMS_N_MISTAKES
};

/** Where it is. `row` NULL: the heading; `column` NULL: the sheet as such. */
typedef struct bms_setup_place {
    enum bms_setup_sheet sheet;
    const bms_setup_row *row;
    const char *column; /* the schema's key, or a further column's heading */
} bms_setup_place;

/**
 * Add a mistake to the findings.
 *
 * @param setup  for the sheet's name and the column's place
 * @param value  fills {value} of the message: what the cell holds; NULL is ""
 * @param other  fills {other}: what it collides with, or what is allowed; NULL is ""
 */
void bms_setup_mistake_add(bms_findings *findings, const bms_setup_book *setup, enum bms_mistake mistake,
                           bms_setup_place place, const char *value, const char *other);

/**
 * Add a mistake of a sheet as it is in the workbook, where no place of a setup says it.
 *
 * @param sheet  its name there
 * @param cell   as `C5`; NULL: the sheet as such
 */
void bms_setup_mistake_in_sheet(bms_findings *findings, enum bms_mistake mistake, const char *sheet,
                                const char *cell, const char *value, const char *other);
/** Add a mistake to the findings, with what fills the places of its texts beside {column} and {sheet}. */
void bms_setup_mistake_add_of(bms_findings *findings, const bms_setup_book *setup, enum bms_mistake mistake,
                              bms_setup_place place, const bms_text_place *places, size_t n);

/**
 * Make one finding of many of the same rule in one column, which have one cause: columns that have changed
 * places, a whole column with the wrong kind of text. The first is kept and says where the others are.
 */
void bms_setup_mistakes_gather(bms_findings *findings);

/** @return the name of a sheet in the workbook, or the right one in `language` if it has no such sheet. */
const char *bms_setup_sheet_name(const bms_setup_book *setup, enum bms_setup_sheet sheet,
                                 const char *language);

/** Write the address of a place as `C5`, or "" when the sheet has no such column. */
void bms_setup_address(const bms_setup_book *setup, bms_setup_place place, char out[16]);

#endif
