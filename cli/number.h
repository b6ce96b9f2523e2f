/**
 * Numbers as text, whatever the program's locale.
 */
#ifndef CLI_NUMBER_H
#define CLI_NUMBER_H

#include <stddef.h>

enum { NUMBER_SIZE = 40 };

/** For people: at most two decimals, without trailing zeros. @param value  finite */
void number_rounded(double value, char point, char out[NUMBER_SIZE]);

/** A count in decimal digits. @return `out` */
const char *number_count(size_t count, char out[NUMBER_SIZE]);

#endif
