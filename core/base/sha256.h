/** The SHA-256 by which files, revisions and answers are recognised. */
#ifndef BMS_BASE_SHA256_H
#define BMS_BASE_SHA256_H

#include <stddef.h>

enum { BMS_SHA256_TEXT = 65 /* 64 hex digits and a zero */ };

/** SHA-256 of bytes, as 64 hex digits. */
void bms_sha256(const void *bytes, size_t size, char out[BMS_SHA256_TEXT]);

#endif
