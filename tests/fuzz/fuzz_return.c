/** Fuzz target: any bytes as a return; it is read and checked as collect does, without a history. */
#include "tests/fuzz/fuzz_return.h"

#include "core/check/check.h"
#include "core/workbooks.h"
#include "tests/unit/xlsx/layout/example_form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Two kinds, a part, and a number that is asked for once: enough, and quick to read. */
enum { FEW_QUESTIONS = 3 };

static const unsigned char key[BMS_SEAL_KEY_SIZE] = "a key that nobody else has, 32 b";

const bms_form *fuzz_sealed_form(void) {
    static bms_form form;
    static char seal[BMS_SEAL_SIZE];
    if (!*seal) {
        form = example_form("nb");
        form.n_questions = FEW_QUESTIONS;
        if (bms_seal(key, &form.identity, form.questions, form.n_questions, seal) != BMS_OK)
            abort();
        form.identity.seal = seal;
    }
    return &form;
}

static void require(bool holds, const char *what) {
    if (holds)
        return;
    (void)fprintf(stderr, "does not hold: %s\n", what);
    abort();
}

/** What is compared of two readings of the same file. */
struct outcome {
    enum bms_status status;
    enum bms_outcome outcome;
    size_t findings;
    char inputs[65];
    char numbers[65];
};

static void require_sealed(const bms_raw_return *raw, const bms_checked_return *checked) {
    const bms_form *form = fuzz_sealed_form();
    char seal[BMS_SEAL_SIZE];
    require(bms_seal(key, &form->identity, raw->questions, raw->n_questions, seal) == BMS_OK,
            "a seal can be made");
    require(strcmp(seal, form->identity.seal) == 0, "accepted questions are those that were sealed");
    require(checked->unit && strcmp(checked->unit, form->identity.unit) == 0,
            "an accepted return is the unit's");
    require(checked->period && strcmp(checked->period, form->identity.period) == 0, "… and the period's");
    require(checked->finished, "an accepted return is signed");
    require(checked->n_entries == form->n_questions, "an accepted return answers every question");
}

static struct outcome read_once(bms_arena *arena, const bms_source *source) {
    bms_raw_return raw = {0};
    bms_checked_return checked = {0};
    bms_error error = {0};
    bms_findings findings = {.arena = arena};
    const bms_check_context context = {.language = "nb", .file = source->name, .seal_key = key};
    struct outcome out = {.outcome = BMS_UNREADABLE};
    out.status = bms_workbooks_read_return(arena, source, 0, "nb", &raw, &error);
    require(out.status == BMS_OK || out.status == BMS_INPUT, "a file is read or refused");
    require(out.status == BMS_OK || *error.message, "a refusal says why");
    if (out.status != BMS_OK)
        return out;
    out.status = bms_check_return(arena, &raw, &context, &checked, &findings, &error);
    require(out.status == BMS_OK, "what was read can be checked");
    out.outcome = checked.outcome;
    out.findings = findings.n;
    memcpy(out.inputs, checked.inputs_sha256, sizeof out.inputs);
    memcpy(out.numbers, checked.numbers_sha256, sizeof out.numbers);
    require(out.outcome == BMS_ACCEPTED || out.outcome == BMS_HELD || out.outcome == BMS_UNREADABLE ||
                out.outcome == BMS_UNFINISHED,
            "the outcome is one that a file by itself can have");
    require(out.outcome == BMS_ACCEPTED || out.outcome == BMS_UNFINISHED || out.findings > 0,
            "there is a reason");
    if (out.outcome == BMS_ACCEPTED)
        require_sealed(&raw, &checked);
    return out;
}

static struct outcome read_and_forget(const bms_source *source) {
    bms_arena *arena = bms_arena_new();
    require(arena, "there is memory");
    const struct outcome out = read_once(arena, source);
    bms_arena_free(arena);
    return out;
}

enum bms_outcome fuzz_return(const uint8_t *bytes, size_t size, bool twice) {
    const bms_source source = {
        .name = "fuzz.xlsx", .bytes = size > 0 ? (const void *)bytes : "", .size = size};
    const struct outcome first = read_and_forget(&source);
    const struct outcome second = twice ? read_and_forget(&source) : first;
    require(first.status == second.status && first.outcome == second.outcome &&
                first.findings == second.findings && strcmp(first.inputs, second.inputs) == 0 &&
                strcmp(first.numbers, second.numbers) == 0,
            "the same file gives the same outcome");
    return first.outcome;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    (void)fuzz_return(bytes, size, true);
    return 0;
}
