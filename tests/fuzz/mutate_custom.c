/** libFuzzer's mutations of a return, instead of changes of bytes, which hardly ever get past a checksum. */
#include "tests/fuzz/workbook_mutation.h"

#include <stdlib.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned seed);

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned seed) {
    struct chance chance = {seed * 0x9E3779B97F4A7C15U + 1};
    workbook_parts parts;
    size_t packed_size = 0;
    unsigned char *packed = NULL;
    if (chance_below(&chance, 50) == 0)
        return LLVMFuzzerMutate(bytes, size, most);
    if (parts_read(&parts, bytes, size)) {
        (void)mutate(&parts, mutation_choose(&chance), &chance);
        parts.deflated = chance_below(&chance, 8) == 0;
        packed = parts_pack(&parts, &packed_size);
    }
    parts_free(&parts);
    if (!packed || packed_size > most) {
        free(packed);
        return LLVMFuzzerMutate(bytes, size, most);
    }
    memcpy(bytes, packed, packed_size);
    free(packed);
    return packed_size;
}
