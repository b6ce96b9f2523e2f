/**
 * Reading what is inside a zip file or a saved mail: each workbook in it is a return of its own, named
 * `forms.zip › LIA.xlsx`.
 *
 * Only files that cannot be read as workbooks are looked into, so that the others lose no time.
 */
#ifndef BMS_VERBS_COLLECT_UNPACK_H
#define BMS_VERBS_COLLECT_UNPACK_H

#include "core/verbs/collect/returns.h"

/** Bytes of all that is unpacked in one run; it is kept in memory until the run ends. */
#define BMS_MOST_UNPACKED ((uint64_t)256 << 20)

/**
 * What one file with others in it may cost, so that it costs no more than its size explains: workbooks are
 * packed already, and unpack to little more than they take in it; what is in them goes through some ten times
 * their size. Twelve and 64 megabytes on top, for a mail with one form in it that is packed well.
 */
#define BMS_UNPACKED_OF(size) (((uint64_t)12 << 20) + 2 * (uint64_t)(size))
#define BMS_WORK_OF(n) (((uint64_t)64 << 20) / (uint64_t)(n))
enum { BMS_WORK_FOR_A_BYTE = 16 };

/**
 * Replace the records of files that hold others by records of what is in them, not read yet; what cannot be a
 * workbook is marked as skipped. A file in which there is none keeps its record.
 *
 * @param[out] n  how many records are to be read
 */
enum bms_status bms_returns_unpack(bms_returns *returns, size_t *n, bms_error *error);

#endif
