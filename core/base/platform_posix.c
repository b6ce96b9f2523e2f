/** The platform by way of POSIX (see platform.h). */
/* POSIX with realpath. */
#define _XOPEN_SOURCE 700 /* NOLINT(bugprone-reserved-identifier) */

#include "core/base/platform.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

enum { TEMPORARY_TRIES = 100, TEMPORARY_SUFFIX = 48, NEW_FILE = 0600, NEW_FOLDER = 0700 };

int64_t bms_platform_now(void) {
    return (int64_t)time(NULL);
}

int64_t bms_platform_local(int64_t seconds) {
    const time_t moment = (time_t)seconds;
    struct tm here;
    struct tm utc;
    if (!localtime_r(&moment, &here) || !gmtime_r(&moment, &utc))
        return seconds;
    const int years = here.tm_year - utc.tm_year;
    const int days = years != 0 ? years : here.tm_yday - utc.tm_yday;
    const int minutes = (days * 24 + here.tm_hour - utc.tm_hour) * 60 + here.tm_min - utc.tm_min;
    return seconds + (int64_t)minutes * 60;
}

enum bms_status bms_platform_account(char *out, size_t size) {
    struct passwd entry;
    struct passwd *found = NULL;
    char room[4096];
    out[0] = '\0';
    int number = getpwuid_r(getuid(), &entry, room, sizeof room, &found);
    if (number == ENOMEM)
        return BMS_NO_MEMORY;
    if (number == 0 && found && strlen(found->pw_name) < size)
        memcpy(out, found->pw_name, strlen(found->pw_name) + 1);
    return BMS_OK;
}

void bms_platform_machine(char *out, size_t size) {
    /* A name that was cut may have no end. */
    if (gethostname(out, size) != 0 || !memchr(out, '\0', size))
        out[0] = '\0';
}

long bms_platform_process(void) {
    return (long)getpid();
}

int bms_platform_processors(void) {
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : (int)(count > 1024 ? 1024 : count);
}

void *bms_platform_numbers_begin(void) {
    locale_t mixed = (locale_t)0;
    locale_t base = duplocale(uselocale((locale_t)0));
    if (base) {
        mixed = newlocale(LC_NUMERIC_MASK, "C", base);
        if (!mixed)
            freelocale(base);
    }
    /* The whole "C" locale needs no memory, so numbers are right even when memory is out. */
    if (!mixed)
        mixed = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    return mixed ? uselocale(mixed) : NULL;
}

void bms_platform_numbers_end(void *before) {
    if (!before)
        return;
    locale_t ours = uselocale((locale_t)before);
    freelocale(ours);
}

/** @return the error number in words for the user; NULL for a rare one. */
static const char *cause_of(int number) {
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return BMS_TEXT("it does not exist");
    case EACCES:
    case EPERM:
        return BMS_TEXT("you are not allowed to");
    case EROFS:
        return BMS_TEXT("the disk can only be read");
    case ENOSPC:
    case EDQUOT:
        return BMS_TEXT("the disk is full");
    case EISDIR:
        return BMS_TEXT("it is a folder");
    case ENAMETOOLONG:
        return BMS_TEXT("the name is too long");
    case EEXIST:
        return BMS_TEXT("something else already has that name");
    case EMFILE:
    case ENFILE:
        return BMS_TEXT("too many files are open");
    case EBUSY:
    case ETXTBSY:
        return BMS_TEXT("another program is using it");
    case EFBIG:
        return BMS_TEXT("it is larger than any workbook");
    case ENXIO:
    case ENODEV:
        return BMS_TEXT("it is not an ordinary file");
    case ELOOP:
        return BMS_TEXT("it is a link that leads nowhere");
    default:
        return NULL;
    }
}

/** Fill the error with `text` and the cause, the path as its place. */
static enum bms_status fail(bms_error *error, enum bms_status code, const char *path, const char *language,
                            const char *text, int number) {
    if (number == ENOMEM)
        return bms_error_no_memory(error);
    bms_arena *arena = bms_arena_new();
    if (!arena)
        return bms_error_no_memory(error);
    const char *cause = code == BMS_NOT_WRITABLE && number == ENOENT ? BMS_TEXT("its folder does not exist")
                                                                     : cause_of(number);
    if (cause) {
        cause = bms_tr(language, cause);
    } else {
        cause = bms_arena_format(arena, "%s %d", bms_tr(language, "system error"), number);
    }
    const char *message = bms_message(arena, bms_tr(language, text), "path", path, "cause", cause, NULL);
    enum bms_status status =
        bms_arena_failed(arena) ? bms_error_no_memory(error) : bms_error_set(error, code, path, message);
    bms_arena_free(arena);
    return status;
}

enum bms_path_kind bms_platform_path_kind(const char *path) {
    struct stat found;
    if (stat(path, &found) != 0)
        return BMS_PATH_MISSING;
    if (S_ISREG(found.st_mode))
        return BMS_PATH_FILE;
    return S_ISDIR(found.st_mode) ? BMS_PATH_FOLDER : BMS_PATH_OTHER;
}

int64_t bms_platform_modified(const char *path) {
    struct stat found;
    return stat(path, &found) == 0 ? (int64_t)found.st_mtime : 0;
}

bool bms_platform_same_file(const char *a, const char *b) {
    struct stat first;
    struct stat second;
    return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

char *bms_platform_full_path(const char *path) {
    return realpath(path, NULL);
}

/** Room for at least one more byte. @return 0 or an error number */
static int make_room(unsigned char **bytes, size_t used, size_t *capacity) {
    if (used < *capacity)
        return 0;
    size_t larger = *capacity < 4096 ? 4096 : *capacity * 2;
    if (larger <= *capacity)
        return ENOMEM;
    unsigned char *moved = realloc(*bytes, larger);
    if (!moved)
        return ENOMEM;
    *bytes = moved;
    *capacity = larger;
    return 0;
}

/** Open a file, again when a signal came in between. @return its descriptor, or -1 with errno set */
static int open_again(const char *path, int how) {
    int file = -1;
    do {
        file = open(path, how, NEW_FILE);
    } while (file < 0 && errno == EINTR);
    return file;
}

/** @return 0 for an ordinary file, else the error number that says what is wrong with it. */
static int refuse_unless_file(const struct stat *found) {
    if (S_ISDIR(found->st_mode))
        return EISDIR;
    return S_ISREG(found->st_mode) ? 0 : ENXIO;
}

/**
 * Open an ordinary file for reading. A pipe, a device or a socket is refused without being opened; one that
 * takes the file's place in between is opened without waiting, and refused then.
 *
 * @return its descriptor, or -1 with errno set
 */
static int open_file(const char *path) {
    struct stat found;
    if (stat(path, &found) != 0)
        return -1;
    int failed = refuse_unless_file(&found);
    int file = failed ? -1 : open_again(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (failed) {
        errno = failed;
        return -1;
    }
    if (file < 0)
        return -1;
    failed = fstat(file, &found) == 0 ? refuse_unless_file(&found) : errno;
    if (!failed)
        return file;
    (void)close(file);
    errno = failed;
    return -1;
}

/** Read until the end. @return 0 or an error number */
static int read_all(int file, unsigned char **bytes, size_t *size) {
    struct stat found;
    if (fstat(file, &found) != 0)
        return errno;
    if (found.st_size > (off_t)BMS_LARGEST_FILE)
        return EFBIG;
    /* One byte more than expected, so that the end is reached without growing. */
    size_t capacity = found.st_size > 0 ? (size_t)found.st_size + 1 : 0;
    if (capacity > 0) {
        *bytes = malloc(capacity);
        if (!*bytes)
            return ENOMEM;
    }
    for (;;) {
        int failed = make_room(bytes, *size, &capacity);
        if (failed)
            return failed;
        ssize_t got = read(file, *bytes + *size, capacity - *size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got < 0 ? errno : 0;
        *size += (size_t)got;
        if (*size > BMS_LARGEST_FILE) /* it grows */
            return EFBIG;
    }
}

enum bms_status bms_platform_read_file(const char *path, const char *language, unsigned char **bytes,
                                       size_t *size, bms_error *error) {
    *bytes = NULL;
    *size = 0;
    int file = open_file(path);
    int failed = file < 0 ? errno : read_all(file, bytes, size);
    if (file >= 0)
        (void)close(file);
    if (!failed)
        return BMS_OK;
    free(*bytes);
    *bytes = NULL;
    *size = 0;
    return fail(error, BMS_INPUT, path, language, BMS_TEXT("{path} cannot be read: {cause}."), failed);
}

bool bms_platform_read_start(const char *path, void *bytes, size_t size) {
    int file = open_file(path);
    size_t got = 0;
    ssize_t more = file < 0 ? 0 : 1;
    while (more > 0 && got < size) {
        more = read(file, (char *)bytes + got, size - got);
        got += more > 0 ? (size_t)more : 0;
        if (more < 0 && errno == EINTR)
            more = 1;
    }
    if (file >= 0)
        (void)close(file);
    return got == size;
}

/** Wait until what was written is on the disk; a file that cannot be waited for is fine. @return 0 or an
 * error number */
static int sync_again(int file) {
    int result = -1;
    do {
        result = fsync(file);
    } while (result != 0 && errno == EINTR);
    return result == 0 || errno == EINVAL ? 0 : errno;
}

/** @return 0 or an error number */
static int write_all(int file, const unsigned char *bytes, size_t size) {
    while (size > 0) {
        ssize_t put = write(file, bytes, size);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return errno;
        bytes += put;
        size -= (size_t)put;
    }
    return sync_again(file);
}

/** Find out about the folder that a path is in. */
static bool find_folder(const char *path, struct stat *out) {
    const char *slash = strrchr(path, '/');
    const size_t length = slash == path ? 1 : (size_t)(slash ? slash - path : 0);
    char *folder = malloc(length + 2);
    if (!folder)
        return false;
    memcpy(folder, length > 0 ? path : ".", length > 0 ? length : 1);
    folder[length > 0 ? length : 1] = '\0';
    const bool found = stat(folder, out) == 0;
    free(folder);
    return found;
}

/**
 * The rights of what is written in a folder, in its own words: the owner's; the group's where the group may
 * write in it, or where others may not even look into it; never those of others. A folder in which everybody
 * may write, as /tmp, is no group's.
 */
static mode_t rights_in(const struct stat *folder) {
    const mode_t mode = folder->st_mode;
    const bool of_group = (mode & S_IWOTH) == 0 && ((mode & S_IWGRP) != 0 || (mode & S_IRWXO) == 0);
    return S_IRWXU | (of_group ? mode & S_IRWXG : 0);
}

/** The mode that a file or folder gets; without the group's rights when it cannot get the folder's group. */
static mode_t mode_in(const struct stat *folder, const struct stat *file, bool has_group) {
    const mode_t rights = rights_in(folder) & (has_group ? S_IRWXU | S_IRWXG : S_IRWXU);
    return S_ISDIR(file->st_mode) ? rights | (file->st_mode & S_ISGID)
                                  : rights & (S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP);
}

/** Give a file or folder the rights of the folder it is in. */
static void take_rights(const char *path, const struct stat *file) {
    struct stat folder;
    if (!find_folder(path, &folder))
        return;
    const bool has_group = file->st_gid == folder.st_gid || chown(path, (uid_t)-1, folder.st_gid) == 0;
    const mode_t mode = mode_in(&folder, file, has_group);
    if (((file->st_mode ^ mode) & (S_IRWXU | S_IRWXG | S_IRWXO)) != 0)
        (void)chmod(path, mode);
}

void bms_platform_take_rights(const char *path) {
    struct stat file;
    if (lstat(path, &file) == 0 && S_ISREG(file.st_mode) && file.st_uid == geteuid())
        take_rights(path, &file);
}

void bms_platform_limit_rights(const char *path, const char *as) {
    struct stat file;
    struct stat other;
    if (stat(path, &file) != 0 || (as ? stat(as, &other) != 0 : !find_folder(path, &other)))
        return;
    const mode_t allowed = as ? other.st_mode : mode_in(&other, &file, file.st_gid == other.st_gid);
    if ((file.st_mode & ~allowed & (S_IRWXU | S_IRWXG | S_IRWXO)) != 0)
        (void)chmod(path, file.st_mode & allowed);
}

bool bms_platform_open_to_all(const char *folder) {
    struct stat found;
    return stat(folder, &found) == 0 && (found.st_mode & (S_IROTH | S_IXOTH)) != 0;
}

/** Open a new file beside `path`, with the rights of its folder. @return its descriptor, or -1 with errno set
 */
static int open_temporary(const char *path, char *name, size_t size) {
    for (int i = 0; i < TEMPORARY_TRIES; i++) {
        (void)snprintf(name, size, BMS_TEMPORARY_NAME, path, bms_platform_process(), (unsigned)i);
        int file = open_again(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC);
        if (file >= 0)
            bms_platform_take_rights(name);
        if (file >= 0 || errno != EEXIST)
            return file;
    }
    return -1;
}

/**
 * Give a finished file its name, in the place of a file or a link, never of a device or the like: renaming
 * over /dev/null would take it from everybody.
 *
 * @return 0 or an error number
 */
static int move_file(const char *from, const char *to) {
    struct stat there;
    if (lstat(to, &there) == 0 && !S_ISLNK(there.st_mode)) {
        int failed = refuse_unless_file(&there);
        if (failed)
            return failed;
    }
    return rename(from, to) == 0 ? 0 : errno;
}

enum bms_status bms_platform_write_file(const char *path, const char *language, const void *bytes,
                                        size_t size, bms_error *error) {
    const char *text = BMS_TEXT("{path} cannot be written: {cause}.");
    size_t room = strlen(path) + TEMPORARY_SUFFIX;
    char *name = malloc(room);
    if (!name)
        return bms_error_no_memory(error);
    int file = open_temporary(path, name, room);
    int failed = file < 0 ? errno : write_all(file, bytes, size);
    if (file >= 0 && close(file) != 0 && !failed)
        failed = errno;
    if (!failed)
        failed = move_file(name, path);
    if (failed && file >= 0)
        (void)unlink(name);
    free(name);
    return failed ? fail(error, BMS_NOT_WRITABLE, path, language, text, failed) : BMS_OK;
}

/** @return 0 when the disk of an open file has the room, or it is not known; else ENOSPC. */
static int look_for_room(int file, uint64_t room) {
    struct statvfs disk;
    if (fstatvfs(file, &disk) != 0 || disk.f_blocks == 0)
        return 0;
    return (uint64_t)disk.f_bavail * disk.f_frsize < room ? ENOSPC : 0;
}

/** Open a new file beside `path`, where `room` bytes fit. @return its descriptor, or -1 with errno set */
static int open_with_room(const char *path, uint64_t room, char *name, size_t size) {
    int file = open_temporary(path, name, size);
    if (file < 0)
        return -1;
    int failed = look_for_room(file, room);
    if (!failed)
        return file;
    (void)close(file);
    (void)unlink(name);
    errno = failed;
    return -1;
}

enum bms_status bms_platform_temporary(const char *path, uint64_t room, const char *language,
                                       char **temporary, bms_error *error) {
    size_t size = strlen(path) + TEMPORARY_SUFFIX;
    char *name = malloc(size);
    if (!name)
        return bms_error_no_memory(error);
    int file = open_with_room(path, room, name, size);
    if (file < 0) {
        int failed = errno;
        free(name);
        return fail(error, BMS_NOT_WRITABLE, path, language, BMS_TEXT("{path} cannot be written: {cause}."),
                    failed);
    }
    (void)close(file);
    *temporary = name;
    return BMS_OK;
}

bool bms_platform_can_lock(const char *path) {
    const size_t size = strlen(path) + TEMPORARY_SUFFIX;
    char *name = malloc(size);
    const int file = name ? open_temporary(path, name, size) : -1;
    struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    bool can = true;
    if (file >= 0) {
        can = fcntl(file, F_SETLK, &all) == 0 || errno == EACCES || errno == EAGAIN;
        (void)close(file);
        (void)unlink(name);
    }
    free(name);
    return can;
}

char *bms_platform_scratch_folder(uint64_t room) {
    const char *folder = getenv("TMPDIR");
    if (!folder || !*folder)
        folder = "/tmp";
    size_t length = strlen(folder);
    size_t size = length + sizeof "/bms" + TEMPORARY_SUFFIX;
    char *path = malloc(size);
    char *name = malloc(size);
    int file = -1;
    if (path && name) {
        (void)snprintf(path, size, "%s/bms", folder);
        file = open_with_room(path, room, name, size);
    }
    if (file >= 0) {
        (void)close(file);
        (void)unlink(name);
        path[length] = '\0';
    } else {
        free(path);
        path = NULL;
    }
    free(name);
    return path;
}

FILE *bms_platform_scratch_file(void) {
    return tmpfile();
}

enum bms_status bms_platform_rename(const char *from, const char *to, const char *language,
                                    bms_error *error) {
    int failed = move_file(from, to);
    return failed ? fail(error, BMS_NOT_WRITABLE, to, language,
                         BMS_TEXT("{path} cannot be written: {cause}."), failed)
                  : BMS_OK;
}

void bms_platform_remove(const char *path) {
    (void)remove(path);
}

/** Make one folder; one that is there already is fine. @return 0 or an error number */
static int make_one(const char *path) {
    struct stat made;
    if (mkdir(path, NEW_FOLDER) == 0) {
        if (lstat(path, &made) == 0)
            take_rights(path, &made);
        return 0;
    }
    int failed = errno;
    /* A disk that can only be read answers EROFS also for a folder that exists. */
    return bms_platform_path_kind(path) == BMS_PATH_FOLDER ? 0 : failed;
}

enum bms_status bms_platform_make_folder(const char *path, const char *language, bms_error *error) {
    size_t length = strlen(path);
    char *part = malloc(length + 1);
    if (!part)
        return bms_error_no_memory(error);
    memcpy(part, path, length + 1);
    int failed = 0;
    for (size_t i = 1; i < length && !failed; i++) {
        if (part[i] != '/')
            continue;
        part[i] = '\0';
        failed = make_one(part);
        part[i] = '/';
    }
    if (!failed && length > 0)
        failed = make_one(part);
    free(part);
    return failed ? fail(error, BMS_NOT_WRITABLE, path, language,
                         BMS_TEXT("The folder {path} cannot be made: {cause}."), failed)
                  : BMS_OK;
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/** @return 0 or an error number */
static int read_names(bms_arena *arena, DIR *folder, const char ***names, size_t *n) {
    size_t capacity = 0;
    for (;;) {
        errno = 0;
        const struct dirent *found = readdir(folder);
        if (!found)
            return errno;
        if (strcmp(found->d_name, ".") == 0 || strcmp(found->d_name, "..") == 0)
            continue;
        const char **name = bms_arena_grow(arena, names, n, &capacity, sizeof *name);
        if (name)
            *name = bms_arena_text(arena, found->d_name);
        if (bms_arena_failed(arena))
            return ENOMEM;
    }
}

enum bms_status bms_platform_list_folder(bms_arena *arena, const char *path, const char *language,
                                         const char ***names, size_t *n, bms_error *error) {
    *names = NULL;
    *n = 0;
    DIR *folder = opendir(path);
    int failed = folder ? read_names(arena, folder, names, n) : errno;
    if (folder)
        (void)closedir(folder);
    if (failed) {
        return fail(error, BMS_INPUT, path, language, BMS_TEXT("The folder {path} cannot be read: {cause}."),
                    failed);
    }
    if (*n > 1)
        qsort(*names, *n, sizeof **names, compare_names);
    return BMS_OK;
}
