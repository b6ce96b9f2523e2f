/**
 * The largest workbook that is accepted, in one place and with the reasons.
 *
 * A workbook can come from anyone. These limits keep a hostile or broken one from using up memory or hours;
 * they are so far above what people make that no real workbook should reach one.
 */
#ifndef BMS_XLSX_READ_READING_LIMITS_H
#define BMS_XLSX_READ_READING_LIMITS_H

#include "core/base/platform.h"

#include <stdint.h>

/** The file itself, which is held in memory as a whole: 512 MB. */
#define BMS_LIMIT_FILE BMS_LARGEST_FILE

/** Members of the zip container. A plain zip directory cannot count higher; real workbooks have tens. */
#define BMS_LIMIT_MEMBERS ((uint64_t)65535)

/** Inflated bytes of one part. A sheet of a million rows and twelve columns takes about 600 MB. */
#define BMS_LIMIT_PART ((uint64_t)2 << 30)

/** Inflated bytes of all members together: a few such sheets. */
#define BMS_LIMIT_TOTAL ((uint64_t)4 << 30)

/**
 * Inflated to packed size of a part. A million numbered rows have about 60; deflate cannot exceed 1 032, and
 * only padding made to do harm comes near that.
 */
#define BMS_LIMIT_RATIO ((uint64_t)250)

/**
 * The ratio is not checked below this size: a sheet with every row styled and none numbered has 40 MB and
 * packs to a thousandth, and any 40 MB are read in a third of a second.
 */
#define BMS_LIMIT_RATIO_FROM ((uint64_t)64 << 20)

/** What an element, an attribute and a piece of text cost besides their bytes, in bytes of text that take as
 * long (bms_budget.work). */
enum { BMS_WORK_OF_CALL = 12 };

/** XML elements inside each other. The deepest part we read nests about 10, with extensions 20. */
enum { BMS_LIMIT_DEPTH = 100 };

/** Bytes of one tag, comment or processing instruction. The parser keeps it whole, and rescans it to grow. */
enum { BMS_LIMIT_TOKEN = 1 << 20 };

/** Bytes that the parser holds of one part: its buffers, and each name of an element or attribute it has
 * seen. */
enum { BMS_LIMIT_PARSER = 12 << 20 };

/** Bytes of one text or formula. Excel stops at 32 767 characters; other programs write longer ones. */
enum { BMS_LIMIT_TEXT = 1 << 20 };

/** Cells of one sheet, holding something or not. A sheet of the format has room for 17 thousand millions. */
#ifndef BMS_LIMIT_CELLS /* a test counts less far */
#define BMS_LIMIT_CELLS ((uint64_t)100000000)
#endif

/** Characters of a number. A double has 17 digits at most; sign, point and exponent come on top. */
enum { BMS_LIMIT_NUMBER = 400 };

/** Directory sectors read to identify an OLE2 container. Real ones have tens of entries, four a sector. */
enum { BMS_LIMIT_OLE_SECTORS = 4096 };

/**
 * Bytes of shared formulas written out for their cells, in one sheet. A long formula shared by a million
 * cells would take hours otherwise; a million cells with formulas of 250 characters stay below.
 */
#ifndef BMS_LIMIT_WRITTEN_OUT /* a test counts less far */
#define BMS_LIMIT_WRITTEN_OUT ((uint64_t)256 << 20)
#endif

/** Files inside a zip file or a mail. A municipality has some hundred units. */
enum { BMS_LIMIT_ENCLOSED = 2000 };

/** Sheets of a workbook. Memory is Excel's only limit; the largest known have some thousands. */
enum { BMS_LIMIT_SHEETS = 5000 };

#endif
