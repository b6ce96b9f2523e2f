/**
 * The chain: each run has a hash over its facts and the hash of the run before.
 *
 * Which tables hold facts, and which run a row belongs to, is read from the schema itself, so that a table
 * added by a later version is covered from its first row: a row belongs to the run it names, or to that of
 * the row it refers to; one that names none (codes, originals) belongs to the run in which its id was reached
 * (run_reached). NULL is left out, so a column added later changes no old hash.
 *
 *     value = name, type, bytes (of texts and blobs their SHA-256)
 *     row   = SHA-256 over its values, in order of columns
 *     part  = SHA-256 over the rows of one table, in order of key
 *     run   = SHA-256 over that of the previous run and, for each table with rows, its name, count and part
 */
#ifndef BMS_HISTORY_CHAIN_H
#define BMS_HISTORY_CHAIN_H

#include "core/base/sha256.h"
#include "core/history/schema.h"
#include "core/history/store.h"

enum { BMS_CHAIN_MOST_KEYS = 6, BMS_CHAIN_CHECK = 4 /* bytes of a row's hash that are kept */ };

/** What leads from a table's rows towards their run. */
typedef struct bms_chain_link {
    const char *from;  /* column */
    const char *table; /* that it refers to; NULL: it is the run itself */
    const char *to;    /* column there */
} bms_chain_link;

/** A table of facts. */
typedef struct bms_chain_table {
    const char *name;
    const char *condition; /* SQL: which rows belong to run ?1 */
    const char *in_a_run;  /* SQL: which rows belong to any run that is verified */
    const char *key;       /* SQL: its key's columns */
    const char *row;       /* SQL: its key as one text */
    bms_chain_link link;   /* empty when `reached` */
    bool reached;          /* its rows name no run: they are found by their ids */
    sqlite3_stmt *rows;    /* those of run ?1 in order of key, prepared when they are first asked for */
    struct bms_chain_column *columns;
    unsigned char *room; /* for what a row is hashed over */
} bms_chain_table;

/** A short text and its hash. */
typedef struct bms_chain_short {
    unsigned char bytes[16];
    size_t size; /* 0: none */
    unsigned char hash[BMS_SHA256_SIZE];
} bms_chain_short;

enum { BMS_CHAIN_SHORT_TEXTS = 509 };

typedef struct bms_chain {
    bms_history *history;
    bms_arena *arena;
    bms_chain_table *tables; /* by name */
    size_t n_tables;
    bool redacted; /* a value has been blanked: its old hash counts */
    unsigned char of_nothing[BMS_SHA256_SIZE];
    bms_chain_short *short_texts; /* BMS_CHAIN_SHORT_TEXTS of those met last */
} bms_chain;

/** The rows of one run in one table. */
typedef struct bms_chain_part {
    const bms_chain_table *table;
    size_t count;
    char sha256[65];
    unsigned char *checks;
} bms_chain_part;

/**
 * Find the tables to hash, from the schema. Whether it succeeds or not, bms_chain_end is called afterwards.
 *
 * @param file  how the file differs from what it should hold: its foreign tables are left out; NULL: in
 * nothing
 */
enum bms_status bms_chain_begin(bms_chain *chain, bms_history *history, const bms_schema *file,
                                bms_arena *arena, bms_error *error);

/** Free the statements. */
void bms_chain_end(bms_chain *chain);

/**
 * Work out a run's hash.
 *
 * @param      arena  where the parts lie
 * @param[out] parts  of the tables where it has rows: room for `n_tables`
 */
enum bms_status bms_chain_work_out(bms_chain *chain, int64_t run, const char *previous, bms_arena *arena,
                                   bms_chain_part *parts, size_t *n_parts, char sha256[65], bms_error *error);

/** Record the hash of the open run: the last thing before its commit. */
enum bms_status bms_chain_seal(bms_history *history, bms_error *error);

/**
 * Refuse to begin a run while there are rows that would come to belong to it, or a run without a hash: nobody
 * has stored them, and the new run's hash would make them look as if it had. In the run's transaction, first.
 *
 * @return BMS_HISTORY_DAMAGED when there are
 */
enum bms_status bms_chain_refuse_ahead(bms_history *history, bms_error *error);

/**
 * Seal the runs of a history that no run was sealed in, in order; rows that name no run go to the first of
 * them. Where there are hashes, a run without one is no run of ours. In a transaction.
 */
enum bms_status bms_chain_seal_missing(bms_history *history, bms_arena *arena, bms_error *error);

/** Prepare SQL that is not constant, without keeping it. @return SQLITE_OK or SQLite's error */
int bms_chain_prepare(const bms_chain *chain, const char *sql, sqlite3_stmt **out);

#endif
