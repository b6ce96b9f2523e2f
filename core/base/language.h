/**
 * The languages that messages and workbooks can be in: the one list of them.
 *
 * To add one, add a row in language.c, its name below and its catalogue, `catalogue/CODE.po`.
 */
#ifndef BMS_BASE_LANGUAGE_H
#define BMS_BASE_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

/** Their names in a setup, in the order of the list. */
#define BMS_LANGUAGE_NAMES "Bokmål|Nynorsk|English"

typedef struct bms_language {
    const char *code; /* two letters */
    const char *next; /* the language whose texts are used where it has none; NULL: those of the source */
    const char *group_mark;         /* between thousands */
    char decimal_mark;              /* '.' or ',' */
    bool iso_days;                  /* 2026-09-15; else 15.09.2026 */
    const unsigned char *catalogue; /* a compiled one (.mo); NULL for the language of the source */
    const size_t *catalogue_size;
} bms_language;

/** @return the language at an index of the list, the default first; NULL after the last. */
const bms_language *bms_language_at(size_t place);

/** @return the language with a code; NULL for an unknown or NULL code. */
const bms_language *bms_language_find(const char *code);

/** @return the language with a code, or the default. */
const bms_language *bms_language_of(const char *code);

#endif
