/**
 * What differs between operating systems: files, folders, the clock, the locale of a thread.
 *
 * The one place where system calls beyond C17 are made (platform_posix.c). Paths are UTF-8 with `/`.
 */
#ifndef BMS_BASE_PLATFORM_H
#define BMS_BASE_PLATFORM_H

#include "core/base/arena.h"
#include "core/bms.h"

#include <stdint.h>
#include <stdio.h>

/** @return seconds since 1970-01-01 UTC. */
int64_t bms_platform_now(void);

/** @return a moment in the local time of this machine, in seconds since 1970-01-01 00:00 there. */
int64_t bms_platform_local(int64_t seconds);

enum { BMS_PLATFORM_NAME = 256 /* room for the name of an account or a machine */ };

/**
 * The name of the account that runs the program, as the system knows it.
 * @param[out] out  "" when it is not known or is longer
 * @return BMS_OK, BMS_NO_MEMORY
 */
enum bms_status bms_platform_account(char *out, size_t size);

/** The name of this machine. @param[out] out  "" when it is not known or is longer */
void bms_platform_machine(char *out, size_t size);

/** @return how many threads can run at the same time, at least 1. */
int bms_platform_processors(void);

/**
 * From here on this thread reads and writes numbers with a decimal point, whatever the locale.
 * @return what bms_platform_numbers_end needs to restore the thread, NULL when there is nothing to restore
 */
void *bms_platform_numbers_begin(void);
void bms_platform_numbers_end(void *before);

enum bms_path_kind { BMS_PATH_MISSING, BMS_PATH_FILE, BMS_PATH_FOLDER, BMS_PATH_OTHER };

/** @return what is at the path, links followed. */
enum bms_path_kind bms_platform_path_kind(const char *path);

/** @return when the file was last written, in seconds since 1970-01-01 UTC; 0 when it does not exist. */
int64_t bms_platform_modified(const char *path);

/** @return whether two paths lead to the same file. */
bool bms_platform_same_file(const char *a, const char *b);

/** @return the path from the root, links followed, freed by the caller with free(); NULL when it is not
 * known. */
char *bms_platform_full_path(const char *path);

/** The largest file that is read: it is held in memory, and no real workbook comes near. */
#define BMS_LARGEST_FILE ((uint64_t)512 << 20)

/**
 * Read a whole file, or a link to one; a pipe, a device or the like is refused, and never waited for. One
 * larger than BMS_LARGEST_FILE is refused, if possible before it is read.
 *
 * @param[out] bytes  freed by the caller with free()
 * @return BMS_OK, BMS_INPUT, BMS_NO_MEMORY
 */
enum bms_status bms_platform_read_file(const char *path, const char *language, unsigned char **bytes,
                                       size_t *size, bms_error *error);

/** Read the first `size` bytes of a file. @return whether there were so many */
bool bms_platform_read_start(const char *path, void *bytes, size_t size);

/** A temporary file's name, of its file's path, the process and a number (see core/base/claim.h). */
#define BMS_TEMPORARY_NAME "%s.bms-%ld-%u.tmp"

/** @return the number of this process. */
long bms_platform_process(void);

/** Write a file whole or not at all: to a temporary name beside it, then renamed. @return BMS_OK,
 * BMS_NOT_WRITABLE */
enum bms_status bms_platform_write_file(const char *path, const char *language, const void *bytes,
                                        size_t size, bms_error *error);

/**
 * Make an empty file beside `path` for a library that opens it by name; rename it afterwards. Free space is
 * checked first, since such libraries report a full disk late or not at all.
 *
 * @param      room       bytes that must fit
 * @param[out] temporary  its name; freed by the caller with free()
 * @return BMS_OK, BMS_NOT_WRITABLE (about `path`), BMS_NO_MEMORY
 */
enum bms_status bms_platform_temporary(const char *path, uint64_t room, const char *language,
                                       char **temporary, bms_error *error);

/**
 * @return the system's folder for temporary files, if `room` bytes fit there, else NULL. Freed by the caller
 * with free()
 */
char *bms_platform_scratch_folder(uint64_t room);

/** @return a temporary file without a name, gone when it is closed with fclose; NULL when there is none. */
FILE *bms_platform_scratch_file(void);

/**
 * @return whether a file beside this one can be locked, as it cannot on some network drives; true also when
 * it cannot be tried. The file itself is left alone: closing it would release the locks this process has on
 * it
 */
bool bms_platform_can_lock(const char *path);

/** Rename a finished file, replacing a file that is there, but nothing else. @return BMS_OK, BMS_NOT_WRITABLE
 */
enum bms_status bms_platform_rename(const char *from, const char *to, const char *language, bms_error *error);

/** Remove a file or an empty folder. Failures are ignored. */
void bms_platform_remove(const char *path);

/** Make a folder and those above it, with the rights of the one they are in. @return BMS_OK, BMS_NOT_WRITABLE
 */
enum bms_status bms_platform_make_folder(const char *path, const char *language, bms_error *error);

/**
 * Give a file the rights of its folder, as everything that is written here has them: the owner's alone, or
 * the group's too where the folder is a group's, never everybody's. Failures are ignored, as for somebody
 * else's file. (Where rights are inherited by themselves this does nothing.)
 */
void bms_platform_take_rights(const char *path);

/**
 * Take from a file the rights that another has not; it gets none. Failures are ignored.
 * @param as  the other file; NULL: one that would be made beside it now
 */
void bms_platform_limit_rights(const char *path, const char *as);

/** @return whether everybody who uses the machine may look into a folder. */
bool bms_platform_open_to_all(const char *folder);

/**
 * The names in a folder, sorted by their bytes; `.` and `..` left out.
 * @return BMS_OK, BMS_INPUT (missing, not a folder, not readable), BMS_NO_MEMORY
 */
enum bms_status bms_platform_list_folder(bms_arena *arena, const char *path, const char *language,
                                         const char ***names, size_t *n, bms_error *error);

/**
 * Begin to use a library that asks the C library for the parts of a date: gmtime answers in a place that all
 * threads share. Those with the same date go on together, since the answer is the same; others wait until
 * they are done.
 */
void bms_platform_date_begin(int64_t date);
void bms_platform_date_end(void);

/** A file that shows others, also on other machines, that it is in use. */
typedef struct bms_lock bms_lock;

/**
 * Open a file, making it where it is missing, and lock it: alone if nobody else has, else together with
 * others. The lock ends with the process.
 *
 * @return NULL where there is no such lock
 */
bms_lock *bms_platform_lock(const char *path, bool *made, bool *alone);

/** Try to lock it alone. @return whether nobody else has it locked */
bool bms_platform_lock_alone(bms_lock *lock);

/** Lock it together with others. */
void bms_platform_lock_share(bms_lock *lock);

/** Add to what stands in the file. @return whether it could be written */
bool bms_platform_lock_append(bms_lock *lock, const char *text);

/** Empty the file. Failures are ignored. */
void bms_platform_lock_empty(bms_lock *lock);

/** Release the lock; the file stays. */
void bms_platform_unlock(bms_lock *lock);

/** Some threads that share a job, and the lock on what they share. */
typedef struct bms_crew bms_crew;

/**
 * Start threads; each calls `work` once. Fewer than asked for may start, or none.
 *
 * @param[out] out  end it with bms_platform_crew_end; set before the first thread begins
 * @return how many started; 0 also when memory is out, and *out is then NULL
 */
int bms_platform_crew_begin(bms_crew **out, int threads, void (*work)(void *context), void *context);

/** Wait until all have returned from `work`, and free the crew; NULL is legal. */
void bms_platform_crew_end(bms_crew *crew);

/** Take and release the lock on what the crew shares. */
void bms_platform_crew_lock(bms_crew *crew);
void bms_platform_crew_unlock(bms_crew *crew);

/** With the lock held: release it until another thread calls bms_platform_crew_wake, then take it again. */
void bms_platform_crew_wait(bms_crew *crew);

/** Wake the waiting threads after something shared has changed. */
void bms_platform_crew_wake(bms_crew *crew);

#endif
