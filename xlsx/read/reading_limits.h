/**
 * How much of a workbook is accepted at most, in one place and with the reasons.
 *
 * A workbook comes from anyone. These limits keep a hostile or broken one from taking the memory or the day
 * of the one who opens it; they are set so far above what people make that no real workbook should meet one.
 */
#ifndef BMS_XLSX_READ_READING_LIMITS_H
#define BMS_XLSX_READ_READING_LIMITS_H

#include "core/base/platform.h"

#include <stdint.h>

/** The file itself, which is held in memory as a whole: 512 MB. */
#define BMS_LIMIT_FILE BMS_LARGEST_FILE

/** Members of the zip container. A plain zip directory cannot count further; real workbooks have tens. */
#define BMS_LIMIT_MEMBERS ((uint64_t)65535)

/** Inflated bytes of one part. A sheet of a million rows and twelve columns takes about 600 MB. */
#define BMS_LIMIT_PART ((uint64_t)2 << 30)

/** Inflated bytes of all members together: a few such sheets. */
#define BMS_LIMIT_TOTAL ((uint64_t)4 << 30)

/**
 * Inflated to packed size of a part. A million numbered rows come to about 60; deflate cannot pass 1 032, and
 * only padding made to do harm comes near.
 */
#define BMS_LIMIT_RATIO ((uint64_t)250)

/**
 * The ratio is not looked at below this size: a sheet with every row styled and none of them numbered has 40
 * MB and packs to a thousandth, and so much is read in a third of a second whatever is in it.
 */
#define BMS_LIMIT_RATIO_FROM ((uint64_t)64 << 20)

/** Open XML elements inside each other. The deepest part we read nests about 10, with extensions 20. */
enum { BMS_LIMIT_DEPTH = 100 };

/** One tag, comment or processing instruction in bytes. The parser holds it as a whole and starts over as it
 * grows. */
enum { BMS_LIMIT_TOKEN = 1 << 20 };

/** Bytes of one text or formula. Excel stops at 32 767 characters; other programs write longer ones. */
enum { BMS_LIMIT_TEXT = 1 << 20 };

/** Cells of one sheet, holding something or not. A sheet of the format has room for 17 thousand millions. */
#ifndef BMS_LIMIT_CELLS /* a test counts less far */
#define BMS_LIMIT_CELLS ((uint64_t)100000000)
#endif

/** Characters of a number. 17 digits say all a double can; the longest real ones have a sign, a point and an
 * exponent. */
enum { BMS_LIMIT_NUMBER = 400 };

/** Directory sectors looked at in an OLE2 container, to tell what it is. Real ones have tens of entries, four
 * a sector. */
enum { BMS_LIMIT_OLE_SECTORS = 4096 };

/**
 * Bytes of shared formulas written out for their cells, over a sheet. A long formula named by a million cells
 * would take hours otherwise; a million cells with formulas of a thousand characters stay below.
 */
#ifndef BMS_LIMIT_WRITTEN_OUT /* a test counts less far */
#define BMS_LIMIT_WRITTEN_OUT ((uint64_t)1 << 30)
#endif

/** Array formulas whose cells lie in one row. A row has 16 384 cells, and an array formula of one cell is not
 * counted. */
enum { BMS_LIMIT_ARRAYS = 4096 };

/** Sheets of a workbook. Memory is Excel's only limit; the largest known have some thousands. */
enum { BMS_LIMIT_SHEETS = 5000 };

#endif
