/** Locks on files by way of POSIX (see platform.h). */
/* POSIX with realpath. */
#define _XOPEN_SOURCE 700 /* NOLINT(bugprone-reserved-identifier) */

#include "core/base/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct bms_lock {
    int file;
};

/* Who locks alone does so for as long as it takes to look through some folders. */
enum { LOCK_TRIES = 100, LOCK_WAIT = 20 * 1000 * 1000 /* nanoseconds */ };

/** Wait for those who lock alone, but not for ever. @return whether it is locked */
static bool lock_shared(int file) {
    const struct timespec wait = {.tv_nsec = LOCK_WAIT};
    int result = flock(file, LOCK_SH | LOCK_NB);
    for (int i = 0; result != 0 && errno == EWOULDBLOCK && i < LOCK_TRIES; i++) {
        (void)nanosleep(&wait, NULL);
        result = flock(file, LOCK_SH | LOCK_NB);
    }
    return result == 0;
}

/** @return a descriptor, or -1 */
static int open_lock(const char *path, bool *made) {
    /* Those who share it write at the same time: none may write over another's line. */
    const int flags = O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW;
    int file = open(path, flags | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
    *made = file >= 0;
    return file >= 0 || errno != EEXIST ? file : open(path, flags | O_NONBLOCK);
}

/** @return whether the locked file is still the one of that name, and an ordinary one. */
static bool is_still_there(int file, const char *path) {
    struct stat locked;
    struct stat there;
    return fstat(file, &locked) == 0 && lstat(path, &there) == 0 && S_ISREG(there.st_mode) &&
           locked.st_dev == there.st_dev && locked.st_ino == there.st_ino;
}

bms_lock *bms_platform_lock(const char *path, bool *made, bool *alone) {
    bms_lock *lock = malloc(sizeof *lock);
    for (int i = 0; lock && i < LOCK_TRIES; i++) {
        lock->file = open_lock(path, made);
        if (lock->file < 0)
            break;
        *alone = flock(lock->file, LOCK_EX | LOCK_NB) == 0;
        if (*made)
            bms_platform_take_rights(path);
        const bool locked = *alone || lock_shared(lock->file);
        if (locked && is_still_there(lock->file, path))
            return lock;
        (void)close(lock->file);
        if (!locked) {
            if (*made)
                (void)unlink(path);
            break;
        }
        /* The last one who used it removed it meanwhile. */
    }
    free(lock);
    return NULL;
}

bool bms_platform_lock_alone(bms_lock *lock) {
    if (flock(lock->file, LOCK_EX | LOCK_NB) == 0)
        return true;
    (void)lock_shared(lock->file); /* the system lets go of the old lock before it tries the new one */
    return false;
}

void bms_platform_lock_share(bms_lock *lock) {
    (void)lock_shared(lock->file);
}

bool bms_platform_lock_append(bms_lock *lock, const char *text) {
    size_t left = strlen(text);
    while (left > 0) {
        ssize_t put = write(lock->file, text, left);
        if (put < 0 && errno != EINTR)
            return false;
        text += put > 0 ? put : 0;
        left -= put > 0 ? (size_t)put : 0;
    }
    return true;
}

void bms_platform_lock_empty(bms_lock *lock) {
    if (ftruncate(lock->file, 0) != 0)
        return; /* it says then that something is left, and the next run looks again */
}

void bms_platform_unlock(bms_lock *lock) {
    (void)close(lock->file);
    free(lock);
}
