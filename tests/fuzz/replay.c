/** Runs a fuzz target over files, once each, so that the normal tests repeat what fuzzing found. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static int replay(const char *path) {
    enum { LARGEST = 1 << 24 };
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = file ? malloc(LARGEST) : NULL;
    size_t size = bytes ? fread(bytes, 1, LARGEST, file) : 0;
    if (file)
        (void)fclose(file);
    if (!bytes) {
        fprintf(stderr, "%s cannot be read\n", path);
        return 1;
    }
    /* an exact copy, so that reading past its end is noticed */
    uint8_t *exact = realloc(bytes, size > 0 ? size : 1);
    (void)LLVMFuzzerTestOneInput(exact ? exact : bytes, size);
    free(exact ? exact : bytes);
    return 0;
}

int main(int n, char **paths) {
    int failed = 0;
    for (int i = 1; i < n; i++)
        failed |= replay(paths[i]);
    printf("%d files replayed\n", n - 1);
    return failed;
}
