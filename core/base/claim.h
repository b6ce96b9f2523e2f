/**
 * Who is writing beside a history, and the temporary files that a run left behind when it was killed.
 *
 * A run that writes holds the file `bms.db.in-use` beside the history, locked together with the others that
 * write at the same time; the last of them removes it. One that nobody holds shows that a run was killed, or
 * that a file could not get its name: only then are all folders searched for temporary files, and nobody can
 * be writing them. The lock is the system's, as SQLite's is: the number of a process says nothing on a shared
 * drive or after a restart, and an age would leave copies of the history for as long. It is on a file of its
 * own, since on the temporary file itself it would be in SQLite's way.
 *
 * Where the system gives no lock, or somebody holds it alone for longer than one waits, all goes on without,
 * and nothing that others left is removed. Others do not see such a run: at worst they take a temporary file
 * of its away, and it fails when it renames it, as on a full disk.
 */
#ifndef BMS_BASE_CLAIM_H
#define BMS_BASE_CLAIM_H

#include "core/base/arena.h"

typedef struct bms_claim bms_claim;

/** Begin to write. @param history  its path @return NULL without a lock, which is legal in what follows */
bms_claim *bms_claim_begin(const char *history);

/** @return whether nobody else is writing: what was left may be cleared away, until bms_claim_share. */
bool bms_claim_is_alone(const bms_claim *claim);

/** @return whether an earlier run was killed, or left something for the next one. */
bool bms_claim_follows_a_crash(const bms_claim *claim);

/** Try to be alone once more, until bms_claim_share. */
bool bms_claim_be_alone(bms_claim *claim);

/** Let others write too. @param cleared  nothing of earlier runs is left */
void bms_claim_share(bms_claim *claim, bool cleared);

/** This run leaves something that the next one has to clear away. */
void bms_claim_leave(bms_claim *claim);

/**
 * Before writing to a place that is not beside the history, note it, to be found if the run is killed.
 * @param path  of the file; one of a folder of files ends in '/'
 */
void bms_claim_note(bms_claim *claim, const char *path);

/** @return what earlier runs noted: paths, and other lines without '/'; in `arena`, "" for nothing. */
const char *bms_claim_noted(const bms_claim *claim, bms_arena *arena);

/** End; NULL is legal. */
void bms_claim_end(bms_claim *claim);

/**
 * @return the length of the name that a temporary file (or SQLite's journal of one) was to get; 0 when the
 * name is not surely that of one of ours
 */
size_t bms_leftover_of(const char *name);

/**
 * Remove the temporary files in a folder; only while the claim is alone.
 *
 * @param folder  its path; "": the current one
 * @param of      only those of the file of this name; NULL: all
 */
void bms_leftovers_remove(bms_arena *arena, const char *folder, const char *of);

#endif
