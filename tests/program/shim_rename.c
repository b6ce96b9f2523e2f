/**
 * Loaded before the C library (LD_PRELOAD): rename number BMS_RENAME_AT fails as it does for a file that is
 * open in a spreadsheet program, or the process dies there (BMS_RENAME=kill). With BMS_RENAME_LIST each
 * rename is written to that file: `number⇥from⇥to`.
 */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int rename_function(const char *, const char *);

static atomic_long renames; /* files are written by several threads */

static void note(long number, const char *from, const char *to) {
    const char *path = getenv("BMS_RENAME_LIST");
    FILE *file = path ? fopen(path, "a") : NULL;
    if (file) {
        fprintf(file, "%ld\t%s\t%s\n", number, from, to);
        fclose(file);
    }
}

int rename(const char *from, const char *to) {
    rename_function *original = (rename_function *)(size_t)dlsym(RTLD_NEXT, "rename");
    const char *at = getenv("BMS_RENAME_AT");
    const char *how = getenv("BMS_RENAME");
    const long number = atomic_fetch_add(&renames, 1) + 1;
    note(number, from, to);
    if (!at || number != atol(at))
        return original(from, to);
    if (how && strcmp(how, "kill") == 0)
        raise(SIGKILL);
    errno = EACCES;
    return -1;
}
