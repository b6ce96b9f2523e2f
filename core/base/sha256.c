/** SHA-256 (see sha256.h), by nettle, which uses the processor's instructions for it. */
#include "core/base/sha256.h"

#include <nettle/base16.h>

void bms_sha256_begin(bms_sha256_state *state) {
    sha256_init(state);
}

void bms_sha256_add(bms_sha256_state *state, const void *bytes, size_t size) {
    if (size > 0)
        sha256_update(state, size, bytes);
}

void bms_sha256_end(bms_sha256_state *state, unsigned char out[BMS_SHA256_SIZE]) {
    sha256_digest(state, BMS_SHA256_SIZE, out);
}

void bms_sha256_end_text(bms_sha256_state *state, char out[BMS_SHA256_TEXT]) {
    unsigned char hash[BMS_SHA256_SIZE];
    bms_sha256_end(state, hash);
    base16_encode_update(out, sizeof hash, hash);
    out[BMS_SHA256_TEXT - 1] = '\0';
}

void bms_sha256_bytes(const void *bytes, size_t size, unsigned char out[BMS_SHA256_SIZE]) {
    bms_sha256_state state;
    bms_sha256_begin(&state);
    bms_sha256_add(&state, bytes, size);
    bms_sha256_end(&state, out);
}

void bms_sha256(const void *bytes, size_t size, char out[BMS_SHA256_TEXT]) {
    bms_sha256_state state;
    bms_sha256_begin(&state);
    bms_sha256_add(&state, bytes, size);
    bms_sha256_end_text(&state, out);
}
