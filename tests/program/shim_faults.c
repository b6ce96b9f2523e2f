/**
 * Loaded before the C library (LD_PRELOAD): counts the calls that change files, and at the call number in
 * BMS_FAULT_AT kills the process (BMS_FAULT=kill) or reports a full disk from there on (BMS_FAULT=full). With
 * BMS_FAULT_COUNT the number of calls is written to that file at exit.
 */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long calls;

static void leave_count(void) {
    const char *path = getenv("BMS_FAULT_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) {
        fprintf(file, "%ld\n", calls);
        fclose(file);
    }
}

/** @return whether this call is to fail. */
static int at_fault(void) {
    const char *at = getenv("BMS_FAULT_AT");
    const char *fault = getenv("BMS_FAULT");
    if (calls++ == 0)
        atexit(leave_count);
    if (!at || calls < atol(at))
        return 0;
    if (fault && strcmp(fault, "full") == 0) {
        errno = ENOSPC;
        return 1;
    }
    if (calls == atol(at))
        raise(SIGKILL);
    return 0;
}

static void *real(const char *name) {
    return dlsym(RTLD_NEXT, name);
}

#define REAL(type, name) type original = (type)(size_t)real(name)

typedef ssize_t write_function(int, const void *, size_t);
typedef ssize_t pwrite_function(int, const void *, size_t, off_t);
typedef int descriptor_function(int);
typedef int rename_function(const char *, const char *);
typedef int path_function(const char *);
typedef int truncate_function(int, off_t);

ssize_t write(int file, const void *bytes, size_t size) {
    REAL(write_function *, "write");
    return file > 2 && at_fault() ? -1 : original(file, bytes, size);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t place) {
    REAL(pwrite_function *, "pwrite");
    return at_fault() ? -1 : original(file, bytes, size, place);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off_t place) {
    REAL(pwrite_function *, "pwrite64");
    return at_fault() ? -1 : original(file, bytes, size, place);
}

int fsync(int file) {
    REAL(descriptor_function *, "fsync");
    return at_fault() ? -1 : original(file);
}

int fdatasync(int file) {
    REAL(descriptor_function *, "fdatasync");
    return at_fault() ? -1 : original(file);
}

int rename(const char *from, const char *to) {
    REAL(rename_function *, "rename");
    return at_fault() ? -1 : original(from, to);
}

int unlink(const char *path) {
    REAL(path_function *, "unlink");
    if (getenv("BMS_FAULT") && strcmp(getenv("BMS_FAULT"), "kill") == 0)
        (void)at_fault();
    return original(path);
}

int ftruncate(int file, off_t size) {
    REAL(truncate_function *, "ftruncate");
    return at_fault() ? -1 : original(file, size);
}

int ftruncate64(int file, off_t size) {
    REAL(truncate_function *, "ftruncate64");
    return at_fault() ? -1 : original(file, size);
}
