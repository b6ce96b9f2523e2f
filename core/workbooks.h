/**
 * What core asks of workbooks, in core's own structures. Implemented by xlsx; a test of core links a fake.
 *
 * Reading takes a path or bytes with a name. A workbook that cannot be read gives BMS_INPUT with the cause,
 * never an empty or partial result. Writing goes to a temporary name in the target folder and is then
 * renamed; the same input gives the same bytes.
 */
#ifndef BMS_WORKBOOKS_H
#define BMS_WORKBOOKS_H

#include "core/definition/setup.h"
#include "core/form/form.h"
#include "core/form/return.h"
#include "core/make/correction.h"
#include "core/make/intake.h"
#include "core/report/report.h"

/**
 * Read a setup workbook: sheets and columns are found by heading in any of the languages. Headings that are
 * unknown or occur twice, and cells that cannot be read, are added as findings; bms_definition_read sees what
 * is missing.
 */
enum bms_status bms_workbooks_read_setup(bms_arena *arena, const bms_source *source, bms_setup_book *out,
                                         bms_findings *findings, bms_error *error);

/**
 * Write a setup as a workbook to fill in: headings with notes, choices as lists, frozen headings. Columns are
 * in the order of the schema, choices in the language; a cell that no column is for is left out.
 */
enum bms_status bms_workbooks_write_setup(const bms_setup_book *setup, const char *language, int64_t made_at,
                                          const char *path, bms_error *error);

/**
 * Read a return; `out->recognition` is BMS_NOT_OURS for a sound workbook that is no return.
 *
 * @param work  bytes of its parts that may be gone through, where it is one of many in a file; 0: as many as
 *              any return may take
 * @return BMS_OK; BMS_INPUT, also for a file that would cost more than any form; BMS_NO_MEMORY
 */
enum bms_status bms_workbooks_read_return(bms_arena *arena, const bms_source *source, uint64_t work,
                                          const char *language, bms_raw_return *out, bms_error *error);

enum bms_status bms_workbooks_write_form(const bms_form *form, const char *path, bms_error *error);

/** Write a return as it was sent, as a form with its findings marked and listed on the first sheet. */
enum bms_status bms_workbooks_write_correction(const bms_correction_book *correction, const char *path,
                                               bms_error *error);

/** Write the coordinator's Mottak: what came in, with columns for decisions; and read the decisions. */
enum bms_status bms_workbooks_write_intake(const bms_intake *intake, const char *path, bms_error *error);
enum bms_status bms_workbooks_read_intake(bms_arena *arena, const bms_source *source, const char *language,
                                          bms_intake_answers *out, bms_error *error);

enum bms_status bms_workbooks_write_report(const bms_report_model *report, const char *path,
                                           bms_error *error);

/** What a report says of the history it was made from. Texts "" where it does not say. */
typedef struct bms_report_origin {
    const char *hash; /* its first digits */
    const char *municipality;
} bms_report_origin;

/** Read it from a workbook given as bytes; nothing is found in one that is no report. */
enum bms_status bms_workbooks_read_origin(bms_arena *arena, const bms_source *source, const char *language,
                                          bms_report_origin *out, bms_error *error);

/** A file inside another: a zip file's member, an attachment of a mail. */
typedef struct bms_enclosed {
    const char *name;  /* with " › " between folders */
    const void *bytes; /* NULL: by its name it is no workbook, and was not unpacked */
    size_t size;
    uint64_t packed; /* bytes it takes in the file */
} bms_enclosed;

/**
 * Unpack the files in a zip file or a saved mail (.eml), one level deep. Nothing is found in any other file,
 * nor in one that cannot be opened: reading it as a workbook says what is wrong with it.
 *
 * @param source    bytes with a name
 * @param room      bytes that may be unpacked
 * @param[out] out  sorted by name; all of it in the arena
 * @return BMS_OK; BMS_INPUT for more files or bytes than are allowed, and for damaged ones; BMS_NO_MEMORY
 */
enum bms_status bms_workbooks_unpack(bms_arena *arena, const bms_source *source, const char *language,
                                     uint64_t room, const bms_enclosed **out, size_t *n, bms_error *error);

/** Every cell that holds something, one by one; with `details` also formulas without a cached result, and
 * each cell's formula and number format. Memory does not grow with the sheets. */
enum bms_status bms_workbooks_each_cell(const bms_source *source, const char *language, bool details,
                                        void (*on_cell)(void *context, const bms_cell_row *cell),
                                        void *context, bms_error *error);

/** Sheets and defined names, see bms_contents. */
enum bms_status bms_workbooks_contents(const bms_source *source, const char *language,
                                       const bms_contents_listener *listener, bms_error *error);

#endif
