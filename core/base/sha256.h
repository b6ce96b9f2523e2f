/** SHA-256: by it files, revisions and answers are recognised, and the history's chain is made of it. */
#ifndef BMS_BASE_SHA256_H
#define BMS_BASE_SHA256_H

#include <nettle/sha2.h>
#include <stddef.h>

enum { BMS_SHA256_SIZE = 32, BMS_SHA256_TEXT = 65 /* 64 hex digits and a zero */ };

/** SHA-256 of bytes, as 64 hex digits. */
void bms_sha256(const void *bytes, size_t size, char out[BMS_SHA256_TEXT]);

/** SHA-256 of bytes, as it is. */
void bms_sha256_bytes(const void *bytes, size_t size, unsigned char out[BMS_SHA256_SIZE]);

/** A hash that is given its bytes a part at a time: begin, add, end. It holds nothing to free. */
typedef struct sha256_ctx bms_sha256_state;

void bms_sha256_begin(bms_sha256_state *state);
void bms_sha256_add(bms_sha256_state *state, const void *bytes, size_t size);
void bms_sha256_end(bms_sha256_state *state, unsigned char out[BMS_SHA256_SIZE]);
void bms_sha256_end_text(bms_sha256_state *state, char out[BMS_SHA256_TEXT]);

#endif
