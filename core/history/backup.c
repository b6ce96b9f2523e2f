/* Copies of the history, made while others use it (see integrity.h). */
#include "core/base/catalogue.h"
#include "core/base/claim.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/history/integrity.h"
#include "core/history/store.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT = 3, PAGES_A_STEP = 4096, STEP_WAIT = 50, STEP_TRIES = 300 };

static enum bms_status size_of(bms_history *history, uint64_t *size, bms_error *error) {
    bms_query query =
        bms_query_begin(history, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
    *size = bms_query_row(&query) ? (uint64_t)bms_query_get_integer(&query, 0) : 0;
    return bms_query_end(&query, error);
}

/** Copy page by page; when another connection writes meanwhile, SQLite starts over by itself. @return
 * SQLITE_OK or SQLite's error */
static int copy_into(bms_history *history, const char *path) {
    sqlite3 *copy = NULL;
    int result = sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    sqlite3_backup *backup =
        result == SQLITE_OK ? sqlite3_backup_init(copy, "main", history->database, "main") : NULL;
    if (result == SQLITE_OK && !backup)
        result = sqlite3_extended_errcode(copy);
    for (int tries = 0; backup && tries < STEP_TRIES; tries++) {
        /* A number of pages at a time: the lock on the source is released in between. */
        while ((result = sqlite3_backup_step(backup, PAGES_A_STEP)) == SQLITE_OK)
            tries = 0;
        if (result != SQLITE_BUSY && result != SQLITE_LOCKED)
            break;
        (void)sqlite3_sleep(STEP_WAIT);
    }
    if (backup) {
        int ended = sqlite3_backup_finish(backup);
        result = result == SQLITE_DONE ? ended : result;
    }
    (void)sqlite3_close(copy);
    return result;
}

/** Make a whole copy under a temporary name beside `path`. @param[out] temporary  freed by the caller */
static enum bms_status make_copy(bms_history *history, const char *path, char **temporary, bms_error *error) {
    uint64_t size = 0;
    *temporary = NULL;
    enum bms_status status = size_of(history, &size, error);
    if (status == BMS_OK)
        status = bms_platform_temporary(path, size, history->language, temporary, error);
    if (status != BMS_OK)
        return status;
    bms_platform_limit_rights(*temporary, history->path); /* who closed it has closed its copies too */
    int result = copy_into(history, *temporary);
    return result == SQLITE_OK ? BMS_OK : bms_history_fail(history, result, error);
}

/** Give the copy its name, or remove it when something failed. */
static enum bms_status place_copy(const bms_history *history, char *temporary, const char *path,
                                  enum bms_status status, bms_error *error) {
    if (status == BMS_OK)
        status = bms_platform_rename(temporary, path, history->language, error);
    if (status != BMS_OK && temporary)
        bms_platform_remove(temporary);
    free(temporary);
    return status;
}

/** Remove copies that were not finished when a run was killed. */
static void remove_unfinished(const bms_claim *claim, const char *path) {
    bms_arena *arena = bms_claim_is_alone(claim) ? bms_arena_new() : NULL;
    const char *slash = strrchr(path, '/');
    if (arena) {
        const char *folder = bms_arena_copy(arena, path, slash ? (size_t)(slash - path) : 0);
        bms_leftovers_remove(arena, slash == path ? "/" : folder, slash ? slash + 1 : path);
    }
    bms_arena_free(arena);
}

enum bms_status bms_history_back_up(bms_history *history, const char *path, bms_error *error) {
    char *temporary = NULL;
    bms_claim *claim = bms_claim_begin(history->path);
    remove_unfinished(claim, path);
    bms_claim_share(claim, false);
    enum bms_status status = make_copy(history, path, &temporary, error);
    status = place_copy(history, temporary, path, status, error);
    bms_claim_end(claim);
    return status;
}

const char *bms_history_removal_copy(const bms_history *history, bms_arena *arena, int i) {
    return bms_arena_format(arena, "%s.before-removal-%d", history->path, i);
}

enum { ALL_COPIES = KEPT + BMS_HISTORY_VERSION + BMS_REMOVAL_COPIES };

/** @return the path of copy `i`, from 1: the usual ones, those made before an upgrade, and those made before
 * something foreign was taken out. */
static const char *copy_path(const bms_history *history, bms_arena *arena, int i) {
    if (i <= KEPT)
        return bms_arena_format(arena, "%s.backup-%d", history->path, i);
    i -= KEPT;
    return i <= BMS_HISTORY_VERSION ? bms_arena_format(arena, "%s.before-%d", history->path, i)
                                    : bms_history_removal_copy(history, arena, i - BMS_HISTORY_VERSION);
}

const char *bms_history_copies(const bms_history *history, bms_arena *arena) {
    const char *copies = "";
    for (int i = 1; i <= ALL_COPIES; i++) {
        const char *path = copy_path(history, arena, i);
        if (bms_platform_path_kind(path) == BMS_PATH_FILE)
            copies = bms_arena_format(arena, "%s%s%s", copies, *copies ? ", " : "", path);
    }
    return copies;
}

enum bms_status bms_history_renew_copies(bms_history *history, bms_arena *arena, const char **copies,
                                         bms_error *error) {
    const char *newest = copy_path(history, arena, 1);
    *copies = bms_history_copies(history, arena);
    enum bms_status status = bms_error_of_arena(BMS_OK, arena, error);
    if (status == BMS_OK && **copies)
        status = bms_history_back_up(history, newest, error);
    for (int i = 2; status == BMS_OK && **copies && i <= ALL_COPIES; i++)
        bms_platform_remove(copy_path(history, arena, i));
    return bms_error_of_arena(status, arena, error);
}

/** Find out whether a new copy is wanted; one with a time in the future does not count as recent. */
static enum bms_status is_wanted(bms_history *history, bms_arena *arena, bool *wanted, bms_error *error) {
    uint64_t size = 0;
    const char *newest = bms_arena_format(arena, "%s.backup-1", history->path);
    *wanted = true;
    enum bms_status status = bms_error_of_arena(size_of(history, &size, error), arena, error);
    int64_t age = bms_platform_now() - bms_platform_modified(newest);
    *wanted = size <= BMS_COPY_CHEAP || age < 0 || age >= BMS_COPY_AGE;
    return status;
}

/** Make a copy, move the older ones one step back, and give it its name. */
static enum bms_status rotate(bms_history *history, bms_arena *arena, bms_error *error) {
    char *temporary = NULL;
    const char *newest = copy_path(history, arena, 1);
    enum bms_status status = bms_error_of_arena(BMS_OK, arena, error);
    if (status != BMS_OK)
        return status;
    status = make_copy(history, newest, &temporary, error);
    for (int i = KEPT; status == BMS_OK && i > 1; i--) {
        const char *from = copy_path(history, arena, i - 1);
        const char *to = copy_path(history, arena, i);
        status = bms_error_of_arena(BMS_OK, arena, error);
        if (status == BMS_OK && bms_platform_path_kind(from) == BMS_PATH_FILE)
            status = bms_platform_rename(from, to, history->language, error);
    }
    return place_copy(history, temporary, newest, status, error);
}

enum bms_status bms_history_rotate_backup(bms_history *history, bms_error *error) {
    bool wanted = true;
    bms_arena *arena = bms_arena_new();
    enum bms_status status = arena ? is_wanted(history, arena, &wanted, error) : bms_error_no_memory(error);
    if (status != BMS_OK || !wanted) {
        bms_arena_free(arena);
        return status;
    }
    status = rotate(history, arena, error);
    bms_arena_free(arena);
    return status;
}
