/**
 * Loaded before the C library (LD_PRELOAD): rename number BMS_RENAME_AT fails as it does for a file that is
 * open in a spreadsheet program, or the process dies there (BMS_RENAME=kill). With BMS_RENAME_LIST each
 * rename is written to that file: `number⇥from⇥to`.
 */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int rename_function(const char *, const char *);

static long renames;

static void note(const char *from, const char *to) {
    const char *path = getenv("BMS_RENAME_LIST");
    FILE *file = path ? fopen(path, "a") : NULL;
    if (file) {
        fprintf(file, "%ld\t%s\t%s\n", renames, from, to);
        fclose(file);
    }
}

int rename(const char *from, const char *to) {
    rename_function *original = (rename_function *)(size_t)dlsym(RTLD_NEXT, "rename");
    const char *at = getenv("BMS_RENAME_AT");
    const char *how = getenv("BMS_RENAME");
    renames++;
    note(from, to);
    if (!at || renames != atol(at))
        return original(from, to);
    if (how && strcmp(how, "kill") == 0)
        raise(SIGKILL);
    errno = EACCES;
    return -1;
}
