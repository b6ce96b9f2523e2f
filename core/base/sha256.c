/** SHA-256 as text (see sha256.h), by libsodium. */
#include "core/base/sha256.h"

#include <sodium.h>

void bms_sha256(const void *bytes, size_t size, char out[BMS_SHA256_TEXT]) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, bytes, size);
    sodium_bin2hex(out, BMS_SHA256_TEXT, hash, sizeof hash);
}
