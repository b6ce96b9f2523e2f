/**
 * The zip container of a workbook: its members, found by name and inflated piece by piece.
 *
 * Everything about the container that could hide something is refused when it is opened: encrypted members,
 * other packings than stored and deflate, a name that occurs twice, sizes beyond reading_limits.h. Nothing is
 * written to disk.
 */
#ifndef BMS_XLSX_READ_PACKAGE_H
#define BMS_XLSX_READ_PACKAGE_H

#include "core/base/arena.h"
#include "xlsx/read/fault.h"
#include "xlsx/read/xml.h"

#include <stddef.h>
#include <stdint.h>

typedef struct bms_package bms_package;

/** Stands where there is no such member. */
#define BMS_NO_MEMBER SIZE_MAX

/**
 * @param[out] out  the package; free with bms_package_free
 * @param bytes     kept alive by the caller
 * @return BMS_OK, BMS_INPUT or BMS_NO_MEMORY
 */
enum bms_status bms_package_open(bms_package **out, const void *bytes, size_t size,
                                 const bms_reading *reading);

/** NULL is legal. */
void bms_package_free(bms_package *package);

/**
 * Find a member by part name. A leading "/", "\" for "/", %20 and the case of A–Z make no difference; an
 * exact match goes first.
 *
 * @return its number, or BMS_NO_MEMBER
 */
size_t bms_package_find(const bms_package *package, const char *part);

/** @return how many members there are. */
size_t bms_package_count(const bms_package *package);

/** @return the member's unpacked bytes, as the file says. */
uint64_t bms_package_size(const bms_package *package, size_t member);

/** @return the member's bytes in the file. */
uint64_t bms_package_packed(const bms_package *package, size_t member);

/** @return the member's name, with "/" between folders and none in front; lives as long as the package. */
const char *bms_package_name(const bms_package *package, size_t member);

/**
 * Parse a member as XML. Its checksum and size are compared when its end is reached.
 *
 * @return as bms_xml_parse
 */
enum bms_status bms_package_parse(bms_package *package, size_t member, const bms_xml_handler *handler,
                                  const bms_reading *reading);

/**
 * Inflate the first bytes of a member.
 *
 * @param[out] length  how many bytes `out` got, at most `size`
 * @return BMS_OK, BMS_INPUT or BMS_NO_MEMORY
 */
enum bms_status bms_package_peek(bms_package *package, size_t member, void *out, size_t size, size_t *length,
                                 const bms_reading *reading);

/**
 * Unpack a whole member.
 *
 * @param[out] out  in the arena
 * @return BMS_OK, BMS_INPUT or BMS_NO_MEMORY
 */
enum bms_status bms_package_unpack(bms_package *package, size_t member, bms_arena *arena, const void **out,
                                   size_t *size, const bms_reading *reading);

#endif
