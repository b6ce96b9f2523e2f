/**
 * The reasons for a missing number, and the seal over a form (see form.h). How a form looks is for
 * xlsx/layout/form.
 */
#include "core/form/form.h"

#include "core/base/catalogue.h"
#include "core/base/number.h"
#include "core/base/text.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* Reasons */

static const struct reason {
    const char *name;
    const char *text;
    enum bms_state state;
} reasons[BMS_N_REASONS] = {
    [BMS_NO_REASON] = {"", "", BMS_MISSING},
    [BMS_COMES_LATER] = {"comes_later", BMS_TEXT("Comes later"), BMS_MISSING},
    [BMS_NOT_CARRIED_OUT] = {"not_carried_out", BMS_TEXT("Not carried out"), BMS_MISSING},
    [BMS_NOT_RELEVANT] = {"not_relevant", BMS_TEXT("Not relevant"), BMS_NOT_APPLICABLE},
    [BMS_NOBODY] = {"nobody", BMS_TEXT("Nobody to measure (0 of 0)"), BMS_EMPTY_BASE},
    [BMS_TO_BE_CLARIFIED] = {"to_be_clarified", BMS_TEXT("To be clarified"), BMS_MISSING},
};

const char *bms_reason_text(enum bms_reason reason) {
    assert(reason >= BMS_NO_REASON && reason < BMS_N_REASONS);
    return reasons[reason].text;
}

const char *bms_reason_name(enum bms_reason reason) {
    assert(reason >= BMS_NO_REASON && reason < BMS_N_REASONS);
    return reasons[reason].name;
}

bool bms_reason_parse(const char *name, enum bms_reason *out) {
    for (int i = BMS_NO_REASON; name && i < BMS_N_REASONS; i++) {
        if (strcmp(name, reasons[i].name) == 0) {
            *out = (enum bms_reason)i;
            return true;
        }
    }
    return false;
}

bool bms_reason_recognise(const char *text, enum bms_reason *out) {
    for (int i = BMS_COMES_LATER; text && i < BMS_N_CHOICES; i++) {
        if (bms_says(text, reasons[i].text)) {
            *out = (enum bms_reason)i;
            return true;
        }
    }
    return false;
}

enum bms_state bms_reason_state(enum bms_reason reason) {
    assert(reason >= BMS_NO_REASON && reason < BMS_N_REASONS);
    return reasons[reason].state;
}

/* Seal */

/** Each text is sealed with its length before it, so that no two forms give the same bytes. */
static void seal_text(crypto_auth_hmacsha256_state *seal, const char *text) {
    char length[32];
    size_t size = strlen(text);
    int digits = snprintf(length, sizeof length, "%zu:", size);
    crypto_auth_hmacsha256_update(seal, (const unsigned char *)length, (unsigned long long)digits);
    crypto_auth_hmacsha256_update(seal, (const unsigned char *)text, size);
}

/** A workbook keeps at least 15 significant digits of a number; as many are sealed. */
static void seal_number(crypto_auth_hmacsha256_state *seal, bms_number number) {
    enum { DECIMALS = 12 };
    char text[32] = "";
    if (number.known)
        bms_number_shortest(bms_number_round(number.value, DECIMALS), text);
    seal_text(seal, text);
}

static void seal_value(crypto_auth_hmacsha256_state *seal, double value) {
    seal_number(seal, (bms_number){true, value});
}

static void seal_bool(crypto_auth_hmacsha256_state *seal, bool value) {
    seal_text(seal, value ? "1" : "0");
}

/** Two flags as one text, the same as seal_bool's for the first alone: older forms have only that one. */
static void seal_flags(crypto_auth_hmacsha256_state *seal, bool first, bool second) {
    seal_value(seal, (first ? 1 : 0) + (second ? 2 : 0));
}

static void seal_reference(crypto_auth_hmacsha256_state *seal, const char *indicator, enum bms_which which) {
    seal_text(seal, indicator);
    seal_text(seal, *indicator == '\0' ? "" : which == BMS_NUMERATOR ? "1" : "2");
}

static void seal_question_number(crypto_auth_hmacsha256_state *seal, const bms_question_number *number) {
    seal_text(seal, number->text);
    seal_text(seal, number->unit_of_measure);
    seal_reference(seal, number->same_as_indicator, number->same_as_number);
    seal_reference(seal, number->part_of_indicator, number->part_of_number);
    seal_number(seal, number->least);
    seal_number(seal, number->most);
    seal_flags(seal, number->whole, number->parts_are_all);
    if (!number->usual_from.known) /* as in forms from before there was a usual size */
        return;
    seal_number(seal, number->usual_from);
    seal_number(seal, number->usual_to);
}

static void seal_limits(crypto_auth_hmacsha256_state *seal, const bms_limits *limits) {
    seal_bool(seal, limits->known);
    if (!limits->known)
        return;
    seal_text(seal, bms_better_name(limits->better));
    seal_value(seal, limits->green);
    seal_value(seal, limits->red);
    if (limits->better != BMS_BAND)
        return;
    seal_value(seal, limits->green_to);
    seal_value(seal, limits->red_to);
}

static void seal_question(crypto_auth_hmacsha256_state *seal, const bms_question *question) {
    seal_text(seal, question->indicator);
    seal_text(seal, question->name);
    seal_text(seal, question->period);
    seal_text(seal, bms_kind_name(question->kind));
    seal_text(seal, bms_basis_name(question->basis));
    seal_value(seal, question->factor);
    seal_value(seal, question->decimals);
    seal_text(seal, question->unit_of_result);
    seal_question_number(seal, &question->numerator);
    seal_question_number(seal, &question->denominator);
    seal_bool(seal, question->required);
    seal_bool(seal, question->must_answer);
    seal_value(seal, question->when_red);
    seal_limits(seal, &question->limits);
}

enum bms_status bms_seal(const unsigned char key[BMS_SEAL_KEY_SIZE], const bms_identity *identity,
                         const bms_question *questions, size_t n, char out[BMS_SEAL_SIZE]) {
    crypto_auth_hmacsha256_state seal;
    unsigned char code[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_init(&seal, key, BMS_SEAL_KEY_SIZE);
    seal_text(&seal, "bms form 1");
    seal_text(&seal, identity->municipality);
    seal_text(&seal, identity->unit);
    seal_text(&seal, identity->period);
    seal_text(&seal, identity->definition);
    seal_text(&seal, identity->title);
    seal_value(&seal, (double)n);
    for (size_t i = 0; i < n; i++)
        seal_question(&seal, &questions[i]);
    crypto_auth_hmacsha256_final(&seal, code);
    sodium_bin2hex(out, BMS_SEAL_SIZE, code, BMS_SEAL_SIZE / 2);
    return BMS_OK;
}
