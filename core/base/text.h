/**
 * Comparing and shaping text: headings and codes regardless of case and composition, file names.
 */
#ifndef BMS_BASE_TEXT_H
#define BMS_BASE_TEXT_H

#include "core/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/** @return `text` composed, case-folded, trimmed, inner white space as one space; "" when memory is out. */
const char *bms_text_fold(bms_arena *arena, const char *text);

/** @return whether two texts are the same after bms_text_fold; false for long ones when memory is out. */
bool bms_text_same(const char *a, const char *b);

/** @return whether there is nothing but spaces, tabs and line ends; NULL is blank. */
bool bms_text_blank(const char *text);

/** @return whether it is a code: 1–20 letters (ASCII), digits, `-_.` */
bool bms_code_valid(const char *code);

/**
 * @return whether it is a single e-mail address that every mail program accepts: printable ASCII, one `@`
 * with something on each side, a dot after it
 */
bool bms_email_valid(const char *text);

/** Compare codes without regard to ASCII case; for equality and sorting. */
int bms_code_compare(const char *a, const char *b);

/**
 * @return without white space of any kind (also U+00A0) and without invisible marks (Unicode's format
 * characters, as U+200E) at the ends; "" when memory is out.
 */
const char *bms_text_trim(bms_arena *arena, const char *text);

/** @return the same as a part of `text` itself. @param[out] length  its bytes */
const char *bms_text_trimmed(const char *text, size_t *length);

/**
 * Write what is seen of a text: without invisible marks, each of Unicode's spaces as U+0020.
 *
 * @param out  room for `length` bytes; gets no zero at the end
 * @return how many bytes it got
 */
size_t bms_text_seen(const char *text, size_t length, char *out);

/**
 * @return how many bytes of a text fit into `most`, never half a character; `most` for what is no UTF-8
 */
size_t bms_text_fit(const char *text, size_t most);

/** @return the text with its first letter as a capital; "" when memory is out. */
const char *bms_text_capital(bms_arena *arena, const char *text);

/** @return the letter in lower case if it is an ASCII capital, else the byte itself. */
unsigned char bms_text_lower(char letter);

/**
 * @return `CODE-name.xlsx`: ASCII, valid on Windows, at most 80 bytes. The words of the name are joined by
 * `_`, so that no two codes can get the same file name.
 */
const char *bms_text_file_name(bms_arena *arena, const char *code, const char *name);

/**
 * @return what comes before a code at the beginning of a file name: "_" where the code begins with `.` or
 * `-`, which would make a hidden file or an option, or is a device of Windows; else ""
 */
const char *bms_text_before_code(const char *code);

/** @return how many single characters must change to make the texts the same, after folding; SIZE_MAX when
 * memory is out. */
size_t bms_text_distance(const char *a, const char *b);

/**
 * @return whether one of two different texts is likely a slip of the pen for the other: they differ by one
 * character, by two where both have six or more. Never for texts below three characters
 */
bool bms_text_almost(const char *a, const char *b);

#endif
