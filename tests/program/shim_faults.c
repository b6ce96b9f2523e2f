/**
 * Loaded before the C library (LD_PRELOAD): counts the calls of the system that a run makes, and lets one of
 * them go wrong. The test that uses it is disturbed.py.
 *
 *     BMS_FAULT_GROUP   writing (default), reading or memory: which calls are counted
 *     BMS_FAULT_AT      the number of the call, from 1; without it nothing goes wrong
 *     BMS_FAULT         kill       the process dies just before the call
 *                       io         the call fails once with EIO
 *                       access     … once with EACCES (a file that another program has open, for instance)
 *                       full       … with ENOSPC, and every later one that needs room
 *                       quota      … with EDQUOT, likewise
 *                       interrupt  … once with EINTR, where the system can answer that
 *                       short      half of it is written or read, once
 *                       memory     … once with ENOMEM (group memory)
 *                       exhausted  … with ENOMEM, and every later one (group memory)
 *     BMS_FAULT_LOG     a file that gets one line a call: its name and path, and '!' where it went wrong
 *
 * Memory that libxlsxwriter asks for itself is not counted: it goes on with NULL, so the library calls it
 * only when there is enough, and test_memory_out.py tries every size of what there is.
 *
 * A call that a fault does not fit goes through. So that two runs do the same calls and write the same bytes,
 * the process sees one processor, and 'random' bytes are always the same. The calls of the C library within
 * itself are not seen: that is why the buffered functions are here too.
 */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum group { WRITING, READING, MEMORY };
enum fault { NONE, KILL, IO, ACCESS, FULL, QUOTA, INTERRUPT, SHORT, NO_MEMORY, EXHAUSTED };

/* What can go wrong with a call. */
enum { CAN_IO = 1, CAN_ACCESS = 2, CAN_FULL = 4, CAN_INTERRUPT = 8, CAN_SHORT = 16, CAN_MEMORY = 32 };

enum { HALF = -1 }; /* in place of an error number: do half of it */

static struct {
    bool running; /* main has begun, and not ended */
    enum group group;
    enum fault fault;
    long at;
    int log;
} set = {.log = -1};

static atomic_long calls;

static int answer_of(unsigned can, long number) {
    const bool now = number == set.at;
    const bool from_now = number >= set.at;
    switch (set.fault) {
    case IO:
        return now && can & CAN_IO ? EIO : 0;
    case ACCESS:
        return now && can & CAN_ACCESS ? EACCES : 0;
    case FULL:
        return from_now && can & CAN_FULL ? ENOSPC : 0;
    case QUOTA:
        return from_now && can & CAN_FULL ? EDQUOT : 0;
    case INTERRUPT:
        return now && can & CAN_INTERRUPT ? EINTR : 0;
    case SHORT:
        return now && can & CAN_SHORT ? HALF : 0;
    case NO_MEMORY:
        return now && can & CAN_MEMORY ? ENOMEM : 0;
    case EXHAUSTED:
        return from_now && can & CAN_MEMORY ? ENOMEM : 0;
    default:
        return 0;
    }
}

static void note(const char *name, const char *path, const char *mark) {
    char line[600];
    int size = 0;
    for (const char *const *text = (const char *const[]){name, " ", path ? path : "", mark, "\n", NULL};
         *text; text++)
        for (const char *c = *text; *c && size < (int)sizeof line; c++)
            line[size++] = *c;
    (void)syscall(SYS_write, set.log, line, size);
}

/** Count a call. @return 0 when it is to go through, HALF, or the number of the error; errno is then set */
static int met(enum group group, const char *name, const char *path, unsigned can) {
    if (!set.running || group != set.group)
        return 0;
    const long number = ++calls;
    const int answer = set.at > 0 ? answer_of(can, number) : 0;
    const bool dies = set.fault == KILL && number == set.at;
    if (set.log >= 0 && (group != MEMORY || answer || dies))
        note(name, path, answer || dies ? " !" : "");
    if (dies)
        (void)raise(SIGKILL);
    if (answer > 0)
        errno = answer;
    return answer;
}

/* Memory. The C library's own functions are called by their other names: dlsym itself allocates. */

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);

/* Where the code of libxlsxwriter lies. */
static struct { uintptr_t from, to; } excepted;

static int find_excepted(struct dl_phdr_info *loaded, size_t size, void *context) {
    (void)size;
    (void)context;
    if (!strstr(loaded->dlpi_name, "libxlsxwriter"))
        return 0;
    for (int i = 0; i < loaded->dlpi_phnum; i++) {
        if (loaded->dlpi_phdr[i].p_type != PT_LOAD || !(loaded->dlpi_phdr[i].p_flags & PF_X))
            continue;
        excepted.from = loaded->dlpi_addr + loaded->dlpi_phdr[i].p_vaddr;
        excepted.to = excepted.from + loaded->dlpi_phdr[i].p_memsz;
    }
    return 1;
}

/** @return whether there is no memory for the caller at this address. */
static bool is_out_of_memory(const char *name, const void *caller) {
    const uintptr_t at = (uintptr_t)caller;
    return !(at >= excepted.from && at < excepted.to) && met(MEMORY, name, NULL, CAN_MEMORY);
}

void *malloc(size_t size) {
    return is_out_of_memory("malloc", __builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size) {
    return is_out_of_memory("calloc", __builtin_return_address(0)) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t size) {
    return is_out_of_memory("realloc", __builtin_return_address(0)) ? NULL : __libc_realloc(old, size);
}

/* The calls. */

#define REAL(type, name) type *original = (type *)(size_t)dlsym(RTLD_NEXT, name)

typedef ssize_t write_function(int, const void *, size_t);
typedef ssize_t pwrite_function(int, const void *, size_t, off_t);
typedef ssize_t read_function(int, void *, size_t);
typedef ssize_t pread_function(int, void *, size_t, off_t);
typedef int descriptor_function(int);
typedef int rename_function(const char *, const char *);
typedef int path_function(const char *);
typedef int mode_function(const char *, mode_t);
typedef int truncate_function(int, off_t);
typedef int open_function(const char *, int, ...);
typedef int openat_function(int, const char *, int, ...);
typedef int control_function(int, int, ...);
typedef void *map_function(void *, size_t, int, int, int, off_t);
typedef FILE *open_file_function(const char *, const char *);
typedef FILE *scratch_function(void);
typedef size_t write_file_function(const void *, size_t, size_t, FILE *);
typedef size_t read_file_function(void *, size_t, size_t, FILE *);
typedef int file_function(FILE *);
typedef int main_function(int, char **, char **);
typedef int start_function(main_function *, int, char **, void (*)(void), void (*)(void), void (*)(void),
                           void *);

enum { WRITES = CAN_IO | CAN_FULL | CAN_INTERRUPT | CAN_SHORT, READS = CAN_IO | CAN_INTERRUPT | CAN_SHORT };

static size_t part(int answer, size_t size) {
    return answer == HALF && size > 1 ? size / 2 : size;
}

ssize_t write(int file, const void *bytes, size_t size) {
    REAL(write_function, "write");
    const int answer = file > 2 ? met(WRITING, "write", NULL, WRITES) : 0;
    return answer > 0 ? -1 : original(file, bytes, part(answer, size));
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t place) {
    REAL(pwrite_function, "pwrite");
    const int answer = met(WRITING, "pwrite", NULL, WRITES);
    return answer > 0 ? -1 : original(file, bytes, part(answer, size), place);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off_t place) {
    return pwrite(file, bytes, size, place);
}

ssize_t read(int file, void *bytes, size_t size) {
    REAL(read_function, "read");
    const int answer = file > 2 ? met(READING, "read", NULL, READS) : 0;
    return answer > 0 ? -1 : original(file, bytes, part(answer, size));
}

ssize_t pread(int file, void *bytes, size_t size, off_t place) {
    REAL(pread_function, "pread");
    const int answer = met(READING, "pread", NULL, READS);
    return answer > 0 ? -1 : original(file, bytes, part(answer, size), place);
}

ssize_t pread64(int file, void *bytes, size_t size, off_t place) {
    return pread(file, bytes, size, place);
}

int fsync(int file) {
    REAL(descriptor_function, "fsync");
    return met(WRITING, "fsync", NULL, CAN_IO | CAN_FULL | CAN_INTERRUPT) ? -1 : original(file);
}

int fdatasync(int file) {
    REAL(descriptor_function, "fdatasync");
    return met(WRITING, "fdatasync", NULL, CAN_IO | CAN_FULL | CAN_INTERRUPT) ? -1 : original(file);
}

int ftruncate(int file, off_t size) {
    REAL(truncate_function, "ftruncate");
    return met(WRITING, "ftruncate", NULL, CAN_IO | CAN_FULL | CAN_INTERRUPT) ? -1 : original(file, size);
}

int ftruncate64(int file, off_t size) {
    return ftruncate(file, size);
}

int rename(const char *from, const char *to) {
    REAL(rename_function, "rename");
    return met(WRITING, "rename", to, CAN_IO | CAN_ACCESS | CAN_FULL) ? -1 : original(from, to);
}

int unlink(const char *path) {
    REAL(path_function, "unlink");
    return met(WRITING, "unlink", path, CAN_IO | CAN_ACCESS) ? -1 : original(path);
}

int remove(const char *path) {
    REAL(path_function, "remove");
    return met(WRITING, "remove", path, CAN_IO | CAN_ACCESS) ? -1 : original(path);
}

int rmdir(const char *path) {
    REAL(path_function, "rmdir");
    return met(WRITING, "rmdir", path, CAN_IO | CAN_ACCESS) ? -1 : original(path);
}

int mkdir(const char *path, mode_t mode) {
    REAL(mode_function, "mkdir");
    return met(WRITING, "mkdir", path, CAN_IO | CAN_ACCESS | CAN_FULL) ? -1 : original(path, mode);
}

int chmod(const char *path, mode_t mode) {
    REAL(mode_function, "chmod");
    return met(WRITING, "chmod", path, CAN_IO | CAN_ACCESS) ? -1 : original(path, mode);
}

/** @return what can go wrong when a file is opened; one that is only read is counted too: it may be locked.
 */
static unsigned opening(bool creates) {
    return CAN_IO | CAN_ACCESS | CAN_INTERRUPT | (creates ? CAN_FULL : 0);
}

int open(const char *path, int flags, ...) {
    REAL(open_function, "open");
    va_list more;
    va_start(more, flags);
    const mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return met(WRITING, "open", path, opening(flags & O_CREAT)) ? -1 : original(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
    REAL(openat_function, "openat");
    va_list more;
    va_start(more, flags);
    const mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return met(WRITING, "openat", path, opening(flags & O_CREAT)) ? -1 : original(folder, path, flags, mode);
}

int creat(const char *path, mode_t mode) {
    return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

static int control(const char *name, int file, int command, void *argument) {
    control_function *original = (control_function *)(size_t)dlsym(RTLD_NEXT, name);
    /* Letting a lock go does not fail. */
    const bool locks =
        (command == F_SETLK || command == F_SETLKW) && ((struct flock *)argument)->l_type != F_UNLCK;
    if (locks && met(WRITING, "lock", NULL, CAN_IO | CAN_ACCESS | CAN_INTERRUPT))
        return -1;
    return original(file, command, argument);
}

int fcntl(int file, int command, ...) {
    va_list more;
    va_start(more, command);
    void *argument = va_arg(more, void *);
    va_end(more);
    return control("fcntl", file, command, argument);
}

int fcntl64(int file, int command, ...) {
    va_list more;
    va_start(more, command);
    void *argument = va_arg(more, void *);
    va_end(more);
    return control("fcntl64", file, command, argument);
}

void *mmap(void *at, size_t size, int protection, int flags, int file, off_t place) {
    REAL(map_function, "mmap");
    const bool fails = file >= 0 && met(READING, "mmap", NULL, CAN_IO | CAN_ACCESS);
    return fails ? MAP_FAILED : original(at, size, protection, flags, file, place);
}

void *mmap64(void *at, size_t size, int protection, int flags, int file, off_t place) {
    return mmap(at, size, protection, flags, file, place);
}

/* The buffered functions. */

FILE *fopen(const char *path, const char *mode) {
    REAL(open_file_function, "fopen");
    return met(WRITING, "fopen", path, opening(mode[0] != 'r')) ? NULL : original(path, mode);
}

FILE *fopen64(const char *path, const char *mode) {
    return fopen(path, mode);
}

FILE *tmpfile(void) {
    REAL(scratch_function, "tmpfile");
    return met(WRITING, "tmpfile", NULL, opening(true)) ? NULL : original();
}

FILE *tmpfile64(void) {
    return tmpfile();
}

size_t fwrite(const void *bytes, size_t size, size_t n, FILE *file) {
    REAL(write_file_function, "fwrite");
    const int answer = fileno(file) > 2 ? met(WRITING, "fwrite", NULL, CAN_IO | CAN_FULL | CAN_SHORT) : 0;
    if (answer == HALF)
        return original(bytes, 1, size * n / 2, file) / (size > 0 ? size : 1);
    return answer > 0 ? 0 : original(bytes, size, n, file);
}

size_t fread(void *bytes, size_t size, size_t n, FILE *file) {
    REAL(read_file_function, "fread");
    const int answer = fileno(file) > 2 ? met(READING, "fread", NULL, CAN_IO) : 0;
    return answer > 0 ? 0 : original(bytes, size, n, file);
}

int fflush(FILE *file) {
    REAL(file_function, "fflush");
    const bool counted = file && fileno(file) > 2;
    return counted && met(WRITING, "fflush", NULL, CAN_IO | CAN_FULL) ? EOF : original(file);
}

int fclose(FILE *file) {
    REAL(file_function, "fclose");
    if (fileno(file) <= 2 || !met(WRITING, "fclose", NULL, CAN_IO | CAN_FULL))
        return original(file);
    const int failed = errno;
    (void)original(file);
    errno = failed;
    return EOF;
}

/* What would differ from run to run. */

void randombytes_buf(void *bytes, size_t size);
void randombytes_buf(void *bytes, size_t size) {
    for (size_t i = 0; i < size; i++)
        ((unsigned char *)bytes)[i] = (unsigned char)(37 * i + 11);
}

long sysconf(int name) {
    long (*original)(int) = (long (*)(int))(size_t)dlsym(RTLD_NEXT, "sysconf");
    return name == _SC_NPROCESSORS_ONLN || name == _SC_NPROCESSORS_CONF ? 1 : original(name);
}

/* From main's beginning to its end. */

static main_function *real_main;

static enum fault fault_named(const char *name) {
    static const char *const names[] = {"",      "kill",      "io",    "access", "full",
                                        "quota", "interrupt", "short", "memory", "exhausted"};
    for (int i = KILL; name && i <= EXHAUSTED; i++) {
        if (strcmp(name, names[i]) == 0)
            return (enum fault)i;
    }
    return NONE;
}

static int watched_main(int n, char **arguments, char **environment) {
    const char *group = getenv("BMS_FAULT_GROUP");
    const char *at = getenv("BMS_FAULT_AT");
    const char *log = getenv("BMS_FAULT_LOG");
    set.group = group && strcmp(group, "reading") == 0  ? READING
                : group && strcmp(group, "memory") == 0 ? MEMORY
                                                        : WRITING;
    set.fault = fault_named(getenv("BMS_FAULT"));
    set.at = at ? atol(at) : 0;
    if (log)
        set.log = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    (void)dl_iterate_phdr(find_excepted, NULL);
    set.running = true;
    const int code = real_main(n, arguments, environment);
    set.running = false;
    if (set.log >= 0) {
        char total[32];
        (void)syscall(SYS_write, set.log, total, snprintf(total, sizeof total, "calls %ld\n", (long)calls));
    }
    return code;
}

int __libc_start_main(main_function *function, int n, char **arguments, void (*begin)(void),
                      void (*end)(void), void (*loader_end)(void), void *stack);
int __libc_start_main(main_function *function, int n, char **arguments, void (*begin)(void),
                      void (*end)(void), void (*loader_end)(void), void *stack) {
    REAL(start_function, "__libc_start_main");
    real_main = function;
    return original(watched_main, n, arguments, begin, end, loader_end, stack);
}
