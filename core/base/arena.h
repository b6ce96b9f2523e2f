/**
 * Memory that is freed all at once.
 *
 * What belongs to one workbook or one report lives in one arena: many small allocations, one free. Not for
 * what outlives its job, and not shared between threads.
 */
#ifndef BMS_BASE_ARENA_H
#define BMS_BASE_ARENA_H

#include "core/base/budget.h"

#include <stdbool.h>
#include <stddef.h>

/** The compiler checks a format and what follows it by C's own rules, on every system:
 * `text` and `first` are the places of the two among the parameters. */
#if defined __GNUC__ && !defined __clang__
#define BMS_FORMAT(text, first) __attribute__((format(gnu_printf, text, first)))
#elif defined __clang__
#define BMS_FORMAT(text, first) __attribute__((format(printf, text, first)))
#else
#define BMS_FORMAT(text, first)
#endif

typedef struct bms_arena bms_arena;

/** @return an empty arena, or NULL when memory is out. Free with bms_arena_free. */
bms_arena *bms_arena_new(void);

/** Free everything; NULL is legal. */
void bms_arena_free(bms_arena *arena);

/** Empty the arena for the next use, keeping one block. All pointers into it become invalid. */
void bms_arena_reset(bms_arena *arena);

/**
 * From now on, count what is handed out in a budget; beyond it allocations fail as if memory were out.
 *
 * @param budget  lives until another is set or the arena is freed; NULL: none, and the arena forgets that an
 *                allocation failed for its budget. What was handed out stays valid; a reset gives it back
 */
void bms_arena_set_budget(bms_arena *arena, bms_budget *budget);

/** @return `size` zeroed bytes, aligned for any type, or NULL when memory is out. `size` 0 gives a unique
 * pointer. */
void *bms_arena_alloc(bms_arena *arena, size_t size);

/**
 * @return a zero-terminated copy of `length` bytes of `text`; "" when memory is out
 *
 * Texts are never NULL when memory is out: check once, with bms_arena_failed, before the result is delivered,
 * committed or used as a name.
 */
const char *bms_arena_copy(bms_arena *arena, const char *text, size_t length);

/** @return a copy that may be changed, zero-terminated; NULL when memory is out. */
char *bms_arena_buffer(bms_arena *arena, const char *text, size_t length);

/** @return a copy of a zero-terminated text (NULL gives NULL); "" when memory is out. */
const char *bms_arena_text(bms_arena *arena, const char *text);

/** @return the formatted text; "" when memory is out. */
const char *bms_arena_format(bms_arena *arena, const char *format, ...) BMS_FORMAT(2, 3);

/**
 * Add an element to the end of a growing array.
 *
 * @param array     address of the array (of the pointer to its first element); it moves when it grows
 * @param count     elements in use; one more afterwards
 * @param capacity  elements there is room for
 * @param size      bytes an element
 * @return the new element, zeroed; NULL when memory is out: array and count are then as they were
 */
void *bms_arena_grow(bms_arena *arena, void *array, size_t *count, size_t *capacity, size_t size);

/** Mark the arena as failed, for memory that was asked for elsewhere. */
void bms_arena_fail(bms_arena *arena);

/** @return whether an allocation has failed since the arena was made or reset. */
bool bms_arena_failed(const bms_arena *arena);

#endif
