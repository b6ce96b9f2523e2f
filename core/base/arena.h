/**
 * Memory that is given back all at once.
 *
 * What one workbook brings, or one report needs, lives in one arena: many small pieces, one free. Not for
 * what outlives its job, and not shared between threads.
 */
#ifndef BMS_BASE_ARENA_H
#define BMS_BASE_ARENA_H

#include <stddef.h>

typedef struct bms_arena bms_arena;

/** @return an empty arena, or NULL when memory is out. Free with bms_arena_free. */
bms_arena *bms_arena_new(void);

/** Give everything back; NULL is legal. */
void bms_arena_free(bms_arena *arena);

/** Empty the arena for the next job, keeping a little memory for it. All pointers into it end here. */
void bms_arena_reset(bms_arena *arena);

/** @return `size` zeroed bytes, aligned for any type, or NULL when memory is out. `size` 0 gives a unique
 * pointer. */
void *bms_arena_alloc(bms_arena *arena, size_t size);

/** @return a zero-terminated copy of `length` bytes of `text`, or NULL when memory is out. */
char *bms_arena_copy(bms_arena *arena, const char *text, size_t length);

/** @return a copy of a zero-terminated text (NULL gives NULL), or NULL when memory is out. */
char *bms_arena_text(bms_arena *arena, const char *text);

/** @return the formatted text, or NULL when memory is out. */
char *bms_arena_format(bms_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/**
 * Room for one more element at the end of a growing array.
 *
 * @param items     the array so far, or NULL; what it held is copied when it moves
 * @param count     elements in use
 * @param capacity  elements there is room for; updated
 * @param size      bytes an element
 * @return the array with room for element `count`, zeroed; NULL when memory is out (the old array still
 * stands)
 */
void *bms_arena_grow(bms_arena *arena, void *items, size_t count, size_t *capacity, size_t size);

#endif
