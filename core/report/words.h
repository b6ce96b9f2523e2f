/**
 * A report in words: results, targets, changes and coverage as a leader reads them.
 *
 * The layout writes numbers as numbers; here are the texts beside them. Texts are in the arena or constant,
 * and never NULL.
 */
#ifndef BMS_REPORT_WORDS_H
#define BMS_REPORT_WORDS_H

#include "core/report/report.h"

/** The reader's language, and the arena for the texts. */
typedef struct bms_words {
    bms_arena *arena;
    const char *language;
} bms_words;

/** @return the amount of a deviation, `1,4 mill. kr merforbruk`; "" for other kinds and without a result. */
const char *bms_words_amount(const bms_words *words, const bms_indicator *indicator,
                             const bms_figure *figure);

/** @return whether a result is shown as yes or no: a single unit's answer to a yes/no question. */
bool bms_words_is_yes_or_no(const bms_indicator *indicator, const bms_figure *figure);

/** @return why there is no result: `mangler`, `ikke aktuelt`, `ingen å måle (0 av 0)`; else "". */
const char *bms_words_state(const bms_words *words, enum bms_state state);

/** @return `≤ 7,5 %`, `≥ 90 %`, `3–5`, `Ja`; "" without a target. */
const char *bms_words_target(const bms_words *words, const bms_indicator *indicator,
                             const bms_figure *figure);

/** @return a relative target's source, `PAI 7,7 (2025, kjent 01.03.2026) minus 1 prosentpoeng`; else "". */
const char *bms_words_target_source(const bms_words *words, const bms_report_indicator *row);

/** @return `↓ bedre`, `↑ dårligere`, `omtrent som før`, or `brudd`; "" when there is nothing to compare with.
 */
const char *bms_words_change(const bms_words *words, const bms_change *change);

/** @return what was compared with: `i fjor`, `sist 8,5`, without the number where both are said below it;
 * `for få svar begge ganger`; "" for nothing. */
const char *bms_words_compared(const bms_words *words, const bms_indicator *indicator,
                               const bms_change *change);

/** @return the two numbers where the row does not show them, `8,5 → 8,0, samme 6 enheter`, and whether last
 * year's is missing; else "". */
const char *bms_words_same_units(const bms_words *words, const bms_indicator *indicator,
                                 const bms_change *change);

/**
 * What to say where nothing is red: nothing known is never good.
 *
 * @param[out] good  everything asked for is known, and nothing is red
 * @return `Ingenting er rødt`, `Ingenting er rødt blant de 3 som har levert`, `Ingen har levert: ingenting er
 * kjent` …
 */
const char *bms_words_nothing_red(const bms_words *words, const bms_report_model *model, bool *good);

/** @return how many of an indicator's numbers were signed before the period was over: `foreløpig`, `3
 * foreløpige tall`; "" when none. */
const char *bms_words_preliminary(const bms_words *words, const bms_report_indicator *row);

/** @return `6 av 9 enheter`. */
const char *bms_words_coverage(const bms_words *words, const bms_rolled *rolled);

/** @return lowest and highest result, `2,1–14,9`; "" when fewer than two units have one. */
const char *bms_words_spread(const bms_words *words, const bms_report_indicator *row);

/** @return the course as blocks, `▁▄█`, with `·` for no result; "" with fewer than three results. */
const char *bms_words_course(const bms_words *words, const bms_number *points, size_t n);

/** @return an indicator's course, with the word `brudd` where it began to measure something else. */
const char *bms_words_course_of(const bms_words *words, const bms_report_indicator *row);

/** @return the name of the unit that an answer counts for on a day: where it has been taken over by one that
 * is there, `Eng barnehage (tall fra Lia barnehage)`. */
const char *bms_words_answered_by(const bms_words *words, const bms_definition *definition, int unit,
                                  bms_day day);

/** @return whose the numbers are from before the unit began: `tall før 01.01.2026 er Lia og Eng til sammen`,
 * or after a split, which units share them; "" where they are its own. */
const char *bms_words_past(const bms_words *words, const bms_definition *definition, int unit,
                           bms_day seen_from);

/** @return `3. gang på rad`, or for 1 `første gang`. */
const char *bms_words_red_in_a_row(const bms_words *words, int times);

/** @return a closed unit with its last day, `Lia barnehage, lagt ned 30.06.2026`. */
const char *bms_words_closed(const bms_words *words, const bms_unit *unit);

/** @return the basis of an indicator's numbers: `perioden`, `hittil i år`, `på dato`, `prognose`. */
const char *bms_words_basis(const bms_words *words, enum bms_basis basis);

#endif
