/**
 * Numbers as text, whatever the program's locale.
 */
#ifndef CLI_NUMBER_H
#define CLI_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

enum { NUMBER_SIZE = 40 };

/** For people: at most two decimals, without trailing zeros. @param value  finite */
void number_rounded(double value, char point, char out[NUMBER_SIZE]);

/** Read a whole number from 1 to `most`, which is below a million. @return false for anything else */
bool number_read(const char *text, int most, int *out);

/** A count in decimal digits. @return `out` */
const char *number_count(size_t count, char out[NUMBER_SIZE]);

#endif
