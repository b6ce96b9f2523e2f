/**
 * Inside the checks: a return matched with its questions, and what a rule is.
 *
 * read.c matches rows and cells with questions, check.c runs the table of rules (rules.c) on the result; the
 * rules themselves are in identity.c, form_table.c, cells.c, answer.c, together.c, dates.c, comparison.c and
 * size.c.
 * Not for other rooms.
 */
#ifndef BMS_CHECK_CHECKING_H
#define BMS_CHECK_CHECKING_H

#include "core/base/catalogue.h"
#include "core/base/number.h"
#include "core/check/check.h"

/** What was found where a number belongs. */
enum bms_content {
    BMS_CONTENT_BLANK,
    BMS_CONTENT_DASH,  /* "–", "ingen" …: an answer, but no number */
    BMS_CONTENT_GIVEN, /* `value` */
    BMS_CONTENT_BAD    /* not a number; a rule reports why */
};

/** One of a question's two numbers, as the unit answered it. */
typedef struct bms_found_number {
    const bms_question_number *asked; /* NULL: the kind has no such number */
    const bms_raw_cell *cell; /* where it is typed, for a shared number in another row; NULL: nowhere */
    bool own;                 /* typed in this question's own row */
    enum bms_content content;
    enum bms_number_reading reading; /* of a text */
    double value;
} bms_found_number;

/** A question with what the unit answered. */
typedef struct bms_found_answer {
    const bms_question *question;
    const bms_raw_row *row;     /* NULL: the return has no row for it */
    const bms_raw_row *twin;    /* a second row with the same code */
    const bms_raw_row *renamed; /* the row with an unknown code that seems to be this one, overtyped */
    bms_found_number numbers[2];
    enum bms_reason reason;
    const char *other_reason; /* a reason that is not in the list; NULL */
    const char *comment;
    bms_values answer;
    int indicator;                        /* index in the definition, or BMS_NONE */
    int period;                           /* measured, likewise */
    struct bms_found_answer *base_before; /* the latest question before it with the same number 2; NULL */
    bool spoiled;                         /* it has an error: nothing further is concluded from it */
    bool doubted;     /* it differs from earlier values, so answers with the same numbers are not compared */
    bool has_finding; /* it has a finding, so it is not also reported as missing */
    bool accepted;    /* it has an error that is accepted: its numbers are used as they are */
    bool involved;    /* its numbers are part of another answer's error */
    bool left_out;    /* the rest of the return is released without it */
} bms_found_answer;

enum bms_seal_state { BMS_SEAL_RIGHT, BMS_SEAL_WRONG, BMS_SEAL_NOT_VERIFIED };

/** A return while it is checked. */
typedef struct bms_checking {
    bms_arena *arena;
    const bms_raw_return *raw;
    const bms_check_context *context;
    bms_findings *findings;
    bms_checked_return *out;
    bms_identity identity; /* the hidden one; the visible one where that is lost */
    const bms_question *questions;
    size_t n_questions;
    bool questions_lost; /* neither in the file nor possible to make again */
    enum bms_seal_state seal;
    int unit;                  /* index in the definition, or BMS_NONE */
    int period;                /* likewise */
    bms_found_answer *answers; /* as many as questions */
    const char **links; /* per action the code of the question it is linked to, else the unit's own words */
    bool finished;
} bms_checking;

enum { BMS_MOST_OTHERS = 12, BMS_MOST_OF_OTHERS = 4 };

/** Where a rule is broken, and the values for the places in its texts. */
typedef struct bms_verdict {
    bms_checking *checking;
    const char *cell;  /* "" or NULL: no single cell */
    const char *sheet; /* of the cell, where it is not the form's; NULL */
    const char *note;  /* a sentence that follows the message; NULL */
    bms_text_place places[BMS_MOST_PLACES];
    size_t n_places;
    bms_text_place of_others[BMS_MOST_OF_OTHERS]; /* what only the coordinator is told */
    size_t n_of_others;
    bms_found_answer *others[BMS_MOST_OTHERS]; /* other answers whose numbers the finding is about */
    size_t n_others;
} bms_verdict;

/** What rules look at; the order in which they are run. */
enum bms_looks_at {
    BMS_AT_RUN,         /* files and runs: not run here, see run_rules.h */
    BMS_AT_PERSONAL,    /* a cell with a personal number, on any sheet */
    BMS_AT_FILE,        /* identity and seal; an error here ends the checks */
    BMS_AT_TABLE,       /* the form's table as a whole; an error here ends the checks */
    BMS_AT_ROW,         /* the row of one question */
    BMS_AT_CELL,        /* one number where it is typed */
    BMS_AT_MEASUREMENT, /* a question's numbers together, and with other questions' */
    BMS_AT_COMPARISON,  /* the numbers against earlier ones; only the first finding is reported */
    BMS_AT_RESULT,      /* the result of a question's numbers */
    BMS_AT_RETURN       /* the return as a whole */
};

/**
 * What a rule looks at: `answer` from BMS_AT_ROW to BMS_AT_RESULT, `number` at BMS_AT_CELL, `place` at
 * BMS_AT_PERSONAL, else NULL.
 */
typedef struct bms_subject {
    bms_found_answer *answer;
    const bms_found_number *number;
    const bms_raw_place *place;
} bms_subject;

/** @return whether the rule is broken; `verdict` is then filled in. */
typedef bool bms_rule_function(const bms_subject *subject, bms_verdict *verdict);

/** Whether the coordinator may accept what a rule finds. */
enum bms_tolerance {
    BMS_MUST_CHANGE, /* there is no number to accept */
    BMS_BEYOND_FORM, /* likewise, and no change in the workbook helps: it is the wrong file, or one of several
                      */
    BMS_MAY_STAND    /* the numbers can be accepted as they are, with a reason */
};

/**
 * A check. Rows may share an id where the same fault can be put right in different ways. Of the errors about
 * one subject only the first is reported.
 */
typedef struct bms_rule {
    const char *id;
    enum bms_severity severity;
    enum bms_tolerance tolerance;
    enum bms_looks_at looks_at;
    bms_rule_function *is_broken; /* NULL at BMS_AT_RUN */
    const char *message;          /* English, with places; {name} is the indicator's */
    const char *fix;              /* NULL: nothing can be done about it */
    /* What the unit itself is told instead, where the texts above have a place of others. Reminders quote the
     * message of errors as it was stored, so that of an error has none. NULL: the same. */
    const char *message_to_unit;
    const char *fix_to_unit;
} bms_rule;

/** What an accepted finding says instead of what to do. */
#define BMS_ACCEPTED_BY BMS_TEXT("Accepted by {who}: {reason}")

/** @return the table of rules, sorted by what they look at. @param[out] n  how many */
const bms_rule *bms_check_rules(size_t *n);

/* Identifying and reading (identity.c, read.c) */

/** Find out whom the return is from, which questions it answers, and whether the seal is right. */
enum bms_status bms_checking_identify(bms_checking *checking, bms_error *error);

/** Find each question's row and read its cells. */
enum bms_status bms_checking_read(bms_checking *checking, bms_error *error);

/** Find out which questions ask for the same number 2. */
void bms_checking_find_bases(bms_checking *checking);

/** Put entries, actions and hashes into `out`. */
enum bms_status bms_checking_conclude(bms_checking *checking, bms_error *error);

/** @return the state that a question's numbers and reason give, with the numbers that count. */
bms_values bms_found_answer_state(const bms_found_answer *answer);

/** @return the found answer to a question by its indicator's code, or NULL. */
bms_found_answer *bms_checking_answer(const bms_checking *checking, const char *indicator);

/** @return one of the two numbers of the answer that a rule looks at. */
const bms_found_number *bms_subject_number(const bms_subject *subject, enum bms_which which);

/** @return whether there is a number where it is asked for. */
bool bms_found_given(const bms_found_number *number);

/** @return whether a number in the question's own row has this content. */
bool bms_found_any(const bms_found_answer *answer, enum bms_content content);

/** @return whether a cell of the form held a personal number: it is hidden, and has its finding. */
bool bms_checking_is_personal(const bms_checking *checking, const bms_raw_cell *cell);

/** @return a cell's text as the unit would recognise it, "" for a blank one. */
const char *bms_raw_text(bms_checking *checking, const bms_raw_cell *cell);

/** @return a period's name as people say it; the code itself where it is not known. */
const char *bms_checking_period_name(bms_checking *checking, const char *code);

/* Decisions of the coordinator (accepted.c) */

/** @return the numbers that a finding is about, as an acceptance records them. */
const char *bms_checking_about(const bms_verdict *verdict, const bms_found_answer *answer);

/** Look up whether a finding is accepted. @param[out] outdated  see bms_decisions_accepted */
const bms_acceptance *bms_checking_accepted(const bms_checking *checking, const bms_finding *finding,
                                            const bms_acceptance **outdated);

/**
 * Where the rest of a held return is released, leave out the wrong answers and those that share their
 * numbers.
 *
 * @param first  the return's first finding
 * @return the release; NULL where there is none, or where the form as a whole has an error
 */
const bms_release *bms_checking_release(bms_checking *checking, size_t first);

/* Verdicts */

/** What a result is compared with. */
enum bms_compared { BMS_COMPARED_WITH_NOTHING, BMS_COMPARED_WITH_EARLIER, BMS_COMPARED_WITH_PEERS };

/** @return whether a share with its numbers swapped is near what the unit, or else its peers, have had.
 * @param[out] with, usual  what there is to compare with, and what it has been */
bool bms_checking_swapped_fits(bms_checking *checking, const bms_found_answer *answer,
                               enum bms_compared *with, double *usual);

/** Find the values before the question's period. @return false where there are none */
bool bms_checking_course(bms_checking *checking, const bms_found_answer *answer, enum bms_followed followed,
                         bms_course *out);

/** @return how much the values of a course vary: by themselves, or as usual in the group if that is more. */
double bms_checking_spread(bms_checking *checking, const bms_found_answer *answer, enum bms_followed followed,
                           const bms_course *course);

/** Find the values of at least `enough` peers. @return false where there are not so many */
bool bms_checking_peers(bms_checking *checking, const bms_found_answer *answer, enum bms_followed followed,
                        size_t enough, bms_standing *out);

/** @return how many times longer than the numbers' time a year is; 0 for a forecast or a whole year. */
double bms_checking_parts_of_year(const bms_checking *checking, const bms_found_answer *answer);

/** @return a value rounded for its size: 4 873,2 is 4 873. */
double bms_rounded_for_size(double value);

/** Point at a number typed in the question's own row. */
void bms_verdict_point(bms_verdict *verdict, const bms_subject *subject, enum bms_which which);

/** Add a note on whose values these are, where they are predecessors' and not the unit's own. */
void bms_verdict_past(bms_verdict *verdict, const int *units, size_t n);

/** Fill a place with a text (borrowed), a number as people write it, or a rounded number. */
void bms_verdict_text(bms_verdict *verdict, const char *place, const char *text);
void bms_verdict_number(bms_verdict *verdict, const char *place, double value);
void bms_verdict_rounded(bms_verdict *verdict, const char *place, double value, int decimals);

/**
 * Fill a place with the name of another unit, or a number that others have given. The coordinator is told it;
 * in what the unit itself is told, the place does not exist.
 */
void bms_verdict_of_others(bms_verdict *verdict, const char *place, const char *text);

/** Note that a finding is about another answer's numbers too; beyond BMS_MOST_OTHERS they are left out. */
void bms_verdict_other(bms_verdict *verdict, bms_found_answer *other);

/** Fill a place with a formatted number and its unit of measure, which may be "". */
void bms_verdict_measured(bms_verdict *verdict, const char *place, const char *number, const char *measure);

/** Fill a place with the address of a number's cell. */
void bms_verdict_cell(bms_verdict *verdict, const char *place, const bms_found_number *number);

/* The rules, by what they look at. */

bms_rule_function bms_rule_personal_number;

bms_rule_function bms_rule_not_ours, bms_rule_identity_edited, bms_rule_wrong_municipality,
    bms_rule_unknown_unit, bms_rule_unknown_unit_named, bms_rule_identity_lost, bms_rule_seal_invalid,
    bms_rule_wrong_period, bms_rule_unplanned_period, bms_rule_older_definition, bms_rule_older_form,
    bms_rule_hidden_identity_lost, bms_rule_visible_identity_lost, bms_rule_seal_not_verified;

bms_rule_function bms_rule_table_missing, bms_rule_heading_missing, bms_rule_row_not_asked_for,
    bms_rule_rows_moved, bms_rule_columns_moved, bms_rule_form_twice, bms_rule_other_form,
    bms_rule_code_overtyped, bms_rule_code_missing, bms_rule_code_twice;

bms_rule_function bms_rule_merged_cells, bms_rule_error_value, bms_rule_no_result, bms_rule_date_for_number,
    bms_rule_per_cent_for_number, bms_rule_ambiguous_number, bms_rule_not_yes_or_no, bms_rule_not_a_number,
    bms_rule_negative, bms_rule_outside_scale, bms_rule_below_least, bms_rule_above_most,
    bms_rule_text_number, bms_rule_decimals, bms_rule_hidden_value;

bms_rule_function bms_rule_must_be_answered, bms_rule_dash_beside_number, bms_rule_one_of_two,
    bms_rule_mean_of_nobody, bms_rule_part_of_nothing, bms_rule_swapped_like_peers, bms_rule_swapped,
    bms_rule_part_above_whole, bms_rule_part_above_total, bms_rule_half_and_reason, bms_rule_value_and_reason,
    bms_rule_unknown_reason, bms_rule_dash, bms_rule_typed_over, bms_rule_not_explained,
    bms_rule_budget_of_zero;

bms_rule_function bms_rule_swapped_near, bms_rule_too_many_digits, bms_rule_common_base,
    bms_rule_parts_above_total, bms_rule_parts_not_all, bms_rule_parts_below_total, bms_rule_red_needs_action,
    bms_rule_red_without_action;

bms_rule_function bms_rule_budget_of_year, bms_rule_swapped_before, bms_rule_kroner, bms_rule_factor_above,
    bms_rule_factor_below, bms_rule_year_to_date_lower, bms_rule_jump, bms_rule_unlike_peers,
    bms_rule_factor_of_peers, bms_rule_factor_of_usual, bms_rule_factor_of_year, bms_rule_unusual_size;

bms_rule_function bms_rule_date_of_signature, bms_rule_dates_of_actions;

bms_rule_function bms_rule_others_numbers, bms_rule_result_differs, bms_rule_empty_form, bms_rule_missing,
    bms_rule_unfinished, bms_rule_signed_by_other, bms_rule_signed_early;

#endif
