/**
 * Earlier versions of the definition, compared with today's (see past_definitions.h). Each is read when it is
 * first needed, then kept.
 */
#include "core/history/past_definitions.h"

#include "core/base/error.h"
#include "core/base/findings.h"
#include "core/definition/setup.h"

#include <limits.h>
#include <stdlib.h>

/** A version, with what each of today's indicators measured then. */
struct version {
    int number;
    const bms_definition *definition;
    const bms_indicator **indicators; /* by today's index */
    struct version *next;             /* read before this one */
};

struct bms_past_definitions {
    bms_arena *arena;
    const bms_definition *now;
    bms_history *history;
    struct version *versions; /* the one read last is first */
};

bms_past_definitions *bms_past_definitions_new(bms_arena *arena, const bms_definition *now,
                                               bms_history *history) {
    bms_past_definitions *definitions = bms_arena_alloc(arena, sizeof *definitions);
    if (definitions)
        *definitions = (bms_past_definitions){.arena = arena, .now = now, .history = history};
    return definitions;
}

/** Read an earlier version. @param[out] out  NULL when there is none, or it can no longer be understood */
static enum bms_status read_version(bms_past_definitions *definitions, int number, const bms_definition **out,
                                    bms_error *error) {
    bms_setup_book *book = bms_arena_alloc(definitions->arena, sizeof *book);
    bms_definition *definition = bms_arena_alloc(definitions->arena, sizeof *definition);
    bms_findings findings = {.arena = definitions->arena, .language = "en"};
    int found = 0;
    *out = NULL;
    if (!book || !definition)
        return bms_error_no_memory(error);
    enum bms_status status =
        bms_history_load_setup(definitions->history, definitions->arena, number, book, &found, error);
    if (status != BMS_OK || found != number)
        return status;
    status = bms_definition_read(definitions->arena, book, "", definition, &findings, error);
    if (status == BMS_OK && bms_arena_failed(findings.arena))
        status = bms_error_no_memory(error);
    definition->version = number;
    definition->limits_of_today = definitions->now->limits_of_today;
    if (status == BMS_OK && bms_findings_count(&findings, BMS_ERROR) == 0)
        *out = definition;
    return status;
}

/** @return the one pointer for a measure: today's, that of a version read before, or this version's own. */
static const bms_indicator *measured_by(const bms_past_definitions *definitions,
                                        const struct version *version, int indicator) {
    const bms_indicator *today = &definitions->now->indicators[indicator];
    int there = version->definition ? bms_definition_indicator(version->definition, today->code) : BMS_NONE;
    if (there == BMS_NONE ||
        bms_indicators_measure_the_same(definitions->now, indicator, version->definition, there))
        return today;
    for (const struct version *other = version->next; other; other = other->next) {
        int index = other->definition ? bms_definition_indicator(other->definition, today->code) : BMS_NONE;
        if (index != BMS_NONE &&
            bms_indicators_measure_the_same(other->definition, index, version->definition, there))
            return other->indicators[indicator];
    }
    return &version->definition->indicators[there];
}

static enum bms_status add_version(bms_past_definitions *definitions, int number, struct version **out,
                                   bms_error *error) {
    struct version *version = bms_arena_alloc(definitions->arena, sizeof *version);
    const bms_indicator **indicators =
        bms_arena_alloc(definitions->arena, definitions->now->n_indicators * sizeof(const bms_indicator *));
    if (!version || !indicators)
        return bms_error_no_memory(error);
    *version = (struct version){.number = number, .indicators = indicators, .next = definitions->versions};
    enum bms_status status = read_version(definitions, number, &version->definition, error);
    if (status != BMS_OK)
        return status;
    for (size_t i = 0; i < definitions->now->n_indicators; i++)
        indicators[i] = measured_by(definitions, version, (int)i);
    definitions->versions = version;
    *out = version;
    return BMS_OK;
}

int bms_past_definitions_number(const char *version) {
    char *end = NULL;
    long number = version ? strtol(version, &end, 10) : 0;
    return version && end != version && *end == '\0' && number > 0 && number < INT_MAX ? (int)number : 0;
}

static enum bms_status find_version(bms_past_definitions *definitions, int number, struct version **out,
                                    bms_error *error) {
    struct version *known = definitions->versions;
    while (known && known->number != number)
        known = known->next;
    *out = known;
    return known ? BMS_OK : add_version(definitions, number, out, error);
}

enum bms_status bms_past_definitions_find(bms_past_definitions *definitions, const char *version,
                                          int indicator, const bms_indicator **out, bms_error *error) {
    int number = bms_past_definitions_number(version);
    struct version *known = NULL;
    *out = &definitions->now->indicators[indicator];
    if (number == 0 || number == definitions->now->version)
        return BMS_OK;
    enum bms_status status = find_version(definitions, number, &known, error);
    if (status == BMS_OK && known)
        *out = known->indicators[indicator];
    return status;
}

enum bms_status bms_past_definitions_of_version(bms_past_definitions *definitions, int version,
                                                const bms_definition **out, bms_error *error) {
    struct version *known = NULL;
    *out = definitions->now;
    if (version == definitions->now->version)
        return BMS_OK;
    enum bms_status status = find_version(definitions, version, &known, error);
    *out = status == BMS_OK ? known->definition : NULL;
    return status;
}
