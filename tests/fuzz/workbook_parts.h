/**
 * A workbook as its unpacked parts, to be changed and packed again: the container of the mutator.
 */
#ifndef FUZZ_WORKBOOK_PARTS_H
#define FUZZ_WORKBOOK_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MOST_PARTS = 48 };

struct part {
    char name[96];
    char *bytes; /* with a zero behind, so that it can be searched as text */
    size_t size;
    bool deflated;
    bool wrong_sum; /* its checksum is written wrong */
    int size_lie;   /* added to the size that the directory says */
    uint16_t flags; /* of the directory: encrypted, sizes behind */
};

typedef struct workbook_parts {
    struct part parts[MOST_PARTS];
    size_t n;
    size_t junk;    /* bytes before the container */
    size_t cut_off; /* bytes missing at its end */
    bool deflated;  /* all of them */
} workbook_parts;

/** Unpack a sound workbook. @return false when it is none, or memory is out; free with parts_free all the
 * same */
bool parts_read(workbook_parts *out, const void *bytes, size_t size);

/** A copy to be changed. */
bool parts_copy(workbook_parts *out, const workbook_parts *from);

void parts_free(workbook_parts *parts);

/** Replace bytes `from` to `to` of a part. @return false, and nothing changed, when memory is out or it grows
 * too much */
bool part_splice(struct part *part, size_t from, size_t to, const char *text, size_t size);

/** Pack. @return bytes to be freed; NULL when memory is out */
unsigned char *parts_pack(const workbook_parts *parts, size_t *size);

#endif
