/**
 * The attachments of a saved mail (.eml), as mail programs write them: RFC 5322 with MIME (RFC 2045, 2046 and
 * 2183), file names as RFC 2047 and RFC 2231 spell them.
 *
 * Not a mail reader: text, addresses and dates are passed over, and a mail inside the mail is not opened. A
 * part that is cut off is delivered as far as it goes; whoever reads it sees that it is damaged.
 */
#ifndef BMS_XLSX_READ_MAIL_H
#define BMS_XLSX_READ_MAIL_H

#include "core/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/** A part of a mail that has a file name, or is no text. */
typedef struct bms_attachment {
    const char *name; /* UTF-8, as the sender wrote it; "" without one */
    const void *bytes;
    size_t size;
} bms_attachment;

/** @return whether the bytes begin as a mail does. */
bool bms_mail_is(const unsigned char *bytes, size_t size);

/**
 * Find the attachments, in the mail's order; at most BMS_LIMIT_ENCLOSED.
 *
 * @param bytes     kept by the caller as long as the attachments are used
 * @param[out] out  in the arena; NULL when memory is out, which the arena remembers
 * @return how many
 */
size_t bms_mail_attachments(bms_arena *arena, const void *bytes, size_t size, const bms_attachment **out);

#endif
