/**
 * The wording of an explanation: numbers, formulas, limits and where they come from. All texts are in the
 * arena.
 */
#ifndef BMS_VERBS_EXPLAIN_WORDS_H
#define BMS_VERBS_EXPLAIN_WORDS_H

#include "core/base/arena.h"
#include "core/definition/assessment.h"

#include <stdint.h>

typedef struct bms_explain_words {
    bms_arena *arena;
    const char *language;
} bms_explain_words;

/** @return "15.09.2026 08:00 UTC" */
const char *bms_explain_moment(const bms_explain_words *words, int64_t seconds);

/** @return "version 2, loaded 15.09.2026 08:00 UTC" */
const char *bms_explain_version(const bms_explain_words *words, int version, int64_t loaded_at);

/** @return `8,1 %`, with as many decimals as the colour needs; `–` when not known */
const char *bms_explain_result(const bms_explain_words *words, const bms_indicator *indicator,
                               const bms_limits *limits, bms_number result);

/** @return "148 dagsverk"; `–` when not known */
const char *bms_explain_number(const bms_explain_words *words, const bms_asked_number *asked,
                               bms_number number);

/** @return what the kind means: "share: number 1 is a part of number 2" */
const char *bms_explain_kind(const bms_explain_words *words, enum bms_kind kind);

/** @return how one unit's result was worked out: "100 × 12 / 148 = 8,1 %" */
const char *bms_explain_formula(const bms_explain_words *words, const bms_indicator *indicator,
                                const bms_values *answer, const char *result);

/**
 * @param rule   how the units are rolled up
 * @param parts  their answers
 * @return how several units' result was worked out: "4 + 4 = 8"; or why there is none
 */
const char *bms_explain_rollup(const bms_explain_words *words, const bms_indicator *indicator,
                               enum bms_rollup_rule rule, const bms_rolled *rolled, const bms_part *parts,
                               size_t n, const char *result);

const char *bms_explain_basis(const bms_explain_words *words, enum bms_basis basis);

/** @return "reported", "missing" …, in the language */
const char *bms_explain_state(const bms_explain_words *words, enum bms_state state);

/** @return shape and word: "▲ near the target"; "no colour: without target" */
const char *bms_explain_colour(const bms_explain_words *words, enum bms_colour colour, enum bms_why why);

/** @return the limits: "green to 7,5, red above 9,5"; "no target" */
const char *bms_explain_limits(const bms_explain_words *words, const bms_indicator *indicator,
                               const bms_limits *limits);

/** @return for whom, for what and from when the target holds, the decision and the figure behind it; ""
 * without one */
const char *bms_explain_target_source(const bms_explain_words *words, const bms_definition *definition,
                                      const bms_limits_source *source);

#endif
