/**
 * The text of a letter to a unit that has not delivered a form, or must correct what it sent.
 */
#ifndef BMS_VERBS_LETTER_H
#define BMS_VERBS_LETTER_H

#include "core/definition/definition.h"

/** What a unit still owes. */
enum bms_owing {
    BMS_OWES_NOTHING,
    BMS_OWES_A_FORM,
    BMS_OWES_THE_REST,         /* it has begun but not signed */
    BMS_OWES_A_CORRECTION,     /* what it sent is held back */
    BMS_OWES_THE_RIGHT_FORM,   /* it sent the form of another period */
    BMS_OWES_WHAT_COMES_LATER, /* it has delivered, but not all, and the form is due */
    BMS_OWES_WHAT_IS_MISSING   /* what it sent was accepted without the wrong numbers */
};

typedef struct bms_letter {
    const bms_definition *definition;
    int unit;
    int period;
    const char *language;
    bms_day today;
    enum bms_owing owing;
    const char *why;  /* why it is held back, or what is to come; "" */
    const char *file; /* the workbook that goes with it; NULL: none */
    const char *subject;
    const char *text;
} bms_letter;

/** @return whether the workbook to send is the correction and not the form. */
bool bms_letter_corrects(const bms_letter *letter);

/** Fill in `subject` and `text` from the fields before them. */
void bms_letter_write(bms_arena *arena, bms_letter *letter);

#endif
