/**
 * Loaded before the C library (LD_PRELOAD): writes down what a run does to the history and the files beside
 * it that SQLite writes, so that a loss of power can be tried at any moment of it (test_power.py). Or the
 * lock on them fails.
 *
 *     BMS_WRITES_BELOW  the folder; only paths in it are written down
 *     BMS_WRITES_LOG    the file that gets the record
 *     BMS_LOCK_FAULT    the number of an error: every lock on a file fails with it, as on a drive without
 * locks BMS_LOCK_AT       … only from this lock on, counted from 1
 *
 * The record is a line for each call that succeeded: a letter, the path, and
 *
 *     w path offset size   then the bytes     t path size      s path (a file or a folder is synchronised)
 *     c path (made)        u path (removed)   r path path (renamed)
 */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum { PATH_ROOM = 4096 };

#define REAL(type, name) type *original = (type *)(size_t)dlsym(RTLD_NEXT, name)

typedef ssize_t write_function(int, const void *, size_t);
typedef ssize_t pwrite_function(int, const void *, size_t, off_t);
typedef int descriptor_function(int);
typedef int rename_function(const char *, const char *);
typedef int path_function(const char *);
typedef int truncate_function(int, off_t);
typedef int open_function(const char *, int, ...);
typedef int control_function(int, int, ...);

static int log_file = -1;

__attribute__((constructor)) static void begin(void) {
    const char *log = getenv("BMS_WRITES_LOG");
    if (log)
        log_file = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/** @return the path from the folder that is watched; NULL when it is not below it. */
static const char *inside(const char *path) {
    const char *below = getenv("BMS_WRITES_BELOW");
    const size_t length = below ? strlen(below) : 0;
    if (log_file < 0 || !below || strncmp(path, below, length) != 0)
        return NULL;
    return path[length] == '/' ? path + length + 1 : path[length] == '\0' ? "." : NULL;
}

/** Write down a call. @param bytes  that were written; NULL: none */
static void note(const char *line, const void *bytes, size_t size) {
    (void)syscall(SYS_write, log_file, line, strlen(line));
    if (bytes)
        (void)syscall(SYS_write, log_file, bytes, size);
}

static const char *path_of(int file, char room[PATH_ROOM]) {
    char link[40];
    (void)snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t length = readlink(link, room, PATH_ROOM - 1);
    if (length <= 0)
        return NULL;
    room[length] = '\0';
    return inside(room);
}

static const char *full(const char *path, char room[PATH_ROOM]) {
    if (path[0] == '/')
        return inside(path);
    if (!getcwd(room, PATH_ROOM / 2) || strlen(path) >= PATH_ROOM / 2)
        return NULL;
    (void)strcat(room, "/");
    (void)strcat(room, strncmp(path, "./", 2) == 0 ? path + 2 : path);
    return inside(room);
}

static void note_write(int file, const void *bytes, ssize_t written, off_t place) {
    const int before = errno;
    char room[PATH_ROOM];
    char line[PATH_ROOM + 64];
    const char *path = written > 0 ? path_of(file, room) : NULL;
    if (path) {
        (void)snprintf(line, sizeof line, "w\t%s\t%lld\t%lld\n", path, (long long)place, (long long)written);
        note(line, bytes, (size_t)written);
    }
    errno = before;
}

ssize_t write(int file, const void *bytes, size_t size) {
    REAL(write_function, "write");
    const off_t place = file > 2 ? lseek(file, 0, SEEK_CUR) : -1;
    const ssize_t written = original(file, bytes, size);
    if (place >= 0)
        note_write(file, bytes, written, place);
    return written;
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t place) {
    REAL(pwrite_function, "pwrite");
    const ssize_t written = original(file, bytes, size, place);
    note_write(file, bytes, written, place);
    return written;
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off_t place) {
    return pwrite(file, bytes, size, place);
}

/** Write down a call on a file that has no bytes. */
static int note_file(int result, int file, const char *format, long long number) {
    const int before = errno;
    char room[PATH_ROOM];
    char line[PATH_ROOM + 64];
    const char *path = result == 0 ? path_of(file, room) : NULL;
    if (path && number >= 0)
        (void)snprintf(line, sizeof line, "%s\t%s\t%lld\n", format, path, number);
    else if (path)
        (void)snprintf(line, sizeof line, "%s\t%s\n", format, path);
    if (path)
        note(line, NULL, 0);
    errno = before;
    return result;
}

int fsync(int file) {
    REAL(descriptor_function, "fsync");
    return note_file(original(file), file, "s", -1);
}

int fdatasync(int file) {
    REAL(descriptor_function, "fdatasync");
    return note_file(original(file), file, "s", -1);
}

int ftruncate(int file, off_t size) {
    REAL(truncate_function, "ftruncate");
    return note_file(original(file, size), file, "t", size);
}

int ftruncate64(int file, off_t size) {
    return ftruncate(file, size);
}

/** Write down a call on a name. @param other  the new name; NULL: there is none */
static int note_name(int result, const char *letter, const char *name, const char *other) {
    const int before = errno;
    char rooms[2][PATH_ROOM];
    char line[2 * PATH_ROOM];
    const char *path = result == 0 ? full(name, rooms[0]) : NULL;
    const char *to = path && other ? full(other, rooms[1]) : NULL;
    if (path && to)
        (void)snprintf(line, sizeof line, "%s\t%s\t%s\n", letter, path, to);
    else if (path)
        (void)snprintf(line, sizeof line, "%s\t%s\n", letter, path);
    if (path)
        note(line, NULL, 0);
    errno = before;
    return result;
}

int rename(const char *from, const char *to) {
    REAL(rename_function, "rename");
    return note_name(original(from, to), "r", from, to);
}

int unlink(const char *path) {
    REAL(path_function, "unlink");
    return note_name(original(path), "u", path, NULL);
}

int remove(const char *path) {
    REAL(path_function, "remove");
    return note_name(original(path), "u", path, NULL);
}

int open(const char *path, int flags, ...) {
    REAL(open_function, "open");
    struct stat there;
    va_list more;
    va_start(more, flags);
    const mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    const int before = errno;
    const int is_new = flags & O_CREAT && stat(path, &there) != 0;
    errno = before;
    const int file = original(path, flags, mode);
    if (file >= 0 && is_new)
        (void)note_name(0, "c", path, NULL);
    return file;
}

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open(path, flags, mode);
}

/** @return the error with which a lock fails; 0: it does not. */
static int lock_fault(int command) {
    static int locks;
    const char *fault = getenv("BMS_LOCK_FAULT");
    const char *from = getenv("BMS_LOCK_AT");
    if (!fault || (command != F_SETLK && command != F_SETLKW))
        return 0;
    return ++locks >= (from ? atoi(from) : 1) ? atoi(fault) : 0;
}

static int control(const char *name, int file, int command, void *argument) {
    control_function *original = (control_function *)(size_t)dlsym(RTLD_NEXT, name);
    const int fault = lock_fault(command);
    if (fault == 0)
        return original(file, command, argument);
    errno = fault;
    return -1;
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
