/**
 * What the history's file should hold, and what else it holds or lacks.
 *
 * A trigger, view, index or table that another program put into the file can falsify all that is stored or
 * read, and passes every check of rows. So the file's schema is compared with the library's own, both ways:
 * cheaply whenever it is opened, and in detail where something differs. What SQLite itself keeps there
 * (statistics) is left out.
 */
#ifndef BMS_HISTORY_SCHEMA_H
#define BMS_HISTORY_SCHEMA_H

#include "core/base/sha256.h"
#include "core/history/store.h"

enum bms_schema_fault { BMS_SCHEMA_FOREIGN, BMS_SCHEMA_CHANGED, BMS_SCHEMA_MISSING, BMS_SCHEMA_NUMBER };

/** One object that differs. */
typedef struct bms_schema_difference {
    enum bms_schema_fault fault;
    const char *type; /* table, index, view, trigger; number: user_version, application_id */
    const char *name;
    const char *found;    /* its SQL or the number in the file; NULL when it is missing */
    const char *expected; /* as it should be; NULL when it is foreign */
} bms_schema_difference;

typedef struct bms_schema {
    int version; /* that the file's objects are of; 0: it is no history */
    bms_schema_difference *differences;
    size_t n;
    bool tables_differ; /* one of the history's own tables is missing or has other columns: it cannot be read
                         */
    bool mixed;         /* it has tables of a later version than its own: nothing is taken out */
} bms_schema;

/** The numbers in the file's header. */
typedef struct bms_schema_numbers {
    int64_t application;
    int64_t version;
} bms_schema_numbers;

enum bms_status bms_schema_numbers_of(bms_history *history, bms_schema_numbers *out, bms_error *error);

/** One hash over all that the schema says. */
enum bms_status bms_schema_hash(bms_history *history, char sha256[BMS_SHA256_TEXT], bms_error *error);

/** Find out whether the file holds exactly what a version's migrations lead to. It takes far less than a
 * millisecond. */
enum bms_status bms_schema_is_own(bms_history *history, int64_t version, bool *own, bms_error *error);

/**
 * Compare in detail, with the version that the file says it is of; with a later one where all of that is
 * there, since then the number was set back.
 */
enum bms_status bms_schema_compare(bms_history *history, bms_arena *arena, bms_schema *out, bms_error *error);

/** @return whether a table is one that another program has put there. @param schema  NULL: none is */
bool bms_schema_is_foreign_table(const bms_schema *schema, const char *name);

/** @return the message for a difference, not translated. */
const char *bms_schema_message(const bms_schema_difference *difference);

/** Fill `error` with what differs and what to do. @return BMS_HISTORY_DAMAGED */
enum bms_status bms_schema_refuse(const bms_history *history, const bms_schema *schema, bms_error *error);

/** Make the schema of a version in memory. @param[out] out  closed by the caller @return SQLite's result */
int bms_schema_make(int version, sqlite3 **out);

#endif
