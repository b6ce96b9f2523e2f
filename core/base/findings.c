/**
 * Gathering and delivering findings (see findings.h), and the names of severities and outcomes. The rules are
 * in core/check.
 */
#include "core/base/findings.h"

const char *bms_severity_name(enum bms_severity severity) {
    switch (severity) {
    case BMS_INFO:
        return "info";
    case BMS_WARNING:
        return "warning";
    case BMS_ERROR:
        return "error";
    case BMS_FATAL:
        break;
    }
    return "fatal";
}

const char *bms_outcome_name(enum bms_outcome outcome) {
    switch (outcome) {
    case BMS_ACCEPTED:
        return "accepted";
    case BMS_HELD:
        return "held";
    case BMS_UNREADABLE:
        return "unreadable";
    case BMS_DUPLICATE:
        return "duplicate";
    case BMS_UNFINISHED:
        return "unfinished";
    case BMS_SKIPPED:
        return "skipped";
    case BMS_REPLACED:
        break;
    }
    return "replaced";
}

void bms_findings_add(bms_findings *findings, bms_finding finding) {
    bms_finding *added =
        bms_arena_grow(findings->arena, &findings->items, &findings->n, &findings->capacity, sizeof *added);
    if (!added)
        return;
    *added = finding;
    if (!added->file)
        added->file = findings->file;
}

size_t bms_findings_count(const bms_findings *findings, enum bms_severity at_least) {
    size_t count = 0;
    for (size_t i = 0; i < findings->n; i++) {
        if (findings->items[i].severity >= at_least)
            count++;
    }
    return count;
}

void bms_findings_deliver(const bms_findings *findings, const bms_listener *listener) {
    if (!listener || !listener->on_finding)
        return;
    for (size_t i = 0; i < findings->n; i++)
        listener->on_finding(listener->context, &findings->items[i]);
}

void bms_cell_address(uint32_t row, uint32_t column, char out[16]) {
    char backwards[16];
    size_t n = 0;
    for (uint64_t number = (uint64_t)row + 1; number > 0; number /= 10)
        backwards[n++] = (char)('0' + number % 10);
    /* Columns count A … Z, AA …: base 26 without a zero. An xlsx column has at most three letters. */
    for (uint64_t left = (uint64_t)column + 1; left > 0 && n < sizeof backwards - 1; left = (left - 1) / 26)
        backwards[n++] = (char)('A' + (left - 1) % 26);
    for (size_t i = 0; i < n; i++)
        out[i] = backwards[n - 1 - i];
    out[n] = '\0';
}
