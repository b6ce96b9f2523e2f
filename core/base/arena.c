/**
 * Blocks that are freed all at once, and the flag that an allocation has failed (see arena.h). Blocks never
 * move: pointers stay valid until the arena is reset or freed.
 */
#include "core/base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 18 };

/** A piece of memory from the system; the bytes handed out follow it. */
struct block {
    struct block *next;
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

struct bms_arena {
    struct block *blocks; /* the one being filled first */
    size_t next_size;
    bool failed;
    bms_budget *budget; /* NULL: none */
    size_t counted;     /* handed out from it */
    bool beyond;        /* an allocation failed for the budget */
};

bms_arena *bms_arena_new(void) {
    bms_arena *arena = calloc(1, sizeof *arena);
    if (arena)
        arena->next_size = FIRST_BLOCK;
    return arena;
}

static void free_blocks(struct block *block) {
    while (block) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
}

/** Give back what was counted. */
static void settle(bms_arena *arena) {
    bms_budget_give_back(arena->budget, arena->counted);
    arena->counted = 0;
    arena->beyond = false;
}

void bms_arena_set_budget(bms_arena *arena, bms_budget *budget) {
    settle(arena);
    arena->budget = budget;
}

void bms_arena_free(bms_arena *arena) {
    if (!arena)
        return;
    settle(arena);
    free_blocks(arena->blocks);
    free(arena);
}

void bms_arena_reset(bms_arena *arena) {
    struct block *kept = arena->blocks;
    arena->failed = false;
    settle(arena);
    if (!kept)
        return;
    free_blocks(kept->next);
    kept->next = NULL;
    kept->used = 0;
}

static struct block *add_block(bms_arena *arena, size_t at_least) {
    size_t size = at_least > arena->next_size ? at_least : arena->next_size;
    if (size > SIZE_MAX - sizeof(struct block))
        return NULL;
    struct block *block = malloc(sizeof *block + size);
    if (!block)
        return NULL;
    block->size = size;
    block->used = 0;
    block->next = arena->blocks;
    arena->blocks = block;
    if (arena->next_size < LARGEST_BLOCK)
        arena->next_size *= 2;
    return block;
}

void bms_arena_fail(bms_arena *arena) {
    arena->failed = true;
}

bool bms_arena_failed(const bms_arena *arena) {
    return arena->failed || arena->beyond;
}

static void *fail(bms_arena *arena) {
    bms_arena_fail(arena);
    return NULL;
}

/** Count what is asked for; bytes that are handed out and not blocks, whose sizes depend on earlier files. */
static bool is_within_budget(bms_arena *arena, size_t size) {
    if (!bms_budget_take(arena->budget, size)) {
        arena->beyond = true;
        return false;
    }
    arena->counted += arena->budget ? size : 0;
    return true;
}

void *bms_arena_alloc(bms_arena *arena, size_t size) {
    const size_t unit = alignof(max_align_t);
    if (size > SIZE_MAX - unit)
        return fail(arena);
    size_t rounded = size == 0 ? unit : (size + unit - 1) / unit * unit;
    if (!is_within_budget(arena, rounded))
        return NULL;
    struct block *block = arena->blocks;
    if (!block || block->size - block->used < rounded)
        block = add_block(arena, rounded);
    if (!block)
        return fail(arena);
    void *piece = block->bytes + block->used;
    block->used += rounded;
    return memset(piece, 0, rounded);
}

char *bms_arena_buffer(bms_arena *arena, const char *text, size_t length) {
    char *copy = length == SIZE_MAX ? fail(arena) : bms_arena_alloc(arena, length + 1);
    return copy && length > 0 ? memcpy(copy, text, length) : copy;
}

const char *bms_arena_copy(bms_arena *arena, const char *text, size_t length) {
    const char *copy = bms_arena_buffer(arena, text, length);
    return copy ? copy : "";
}

const char *bms_arena_text(bms_arena *arena, const char *text) {
    return text ? bms_arena_copy(arena, text, strlen(text)) : NULL;
}

const char *bms_arena_format(bms_arena *arena, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = length < 0 ? fail(arena) : bms_arena_alloc(arena, (size_t)length + 1);
    if (!text)
        return "";
    va_start(arguments, format);
    (void)vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text;
}

/** A larger place for what an array holds. */
static void *move(bms_arena *arena, const void *items, size_t count, size_t *capacity, size_t size) {
    size_t larger = *capacity < 8 ? 8 : *capacity * 2;
    void *moved = larger > SIZE_MAX / size ? fail(arena) : bms_arena_alloc(arena, larger * size);
    if (moved && count > 0)
        memcpy(moved, items, count * size);
    if (moved)
        *capacity = larger;
    return moved;
}

void *bms_arena_grow(bms_arena *arena, void *array, size_t *count, size_t *capacity, size_t size) {
    void *items = NULL;
    memcpy(&items, array, sizeof items);
    if (*count == *capacity) {
        items = move(arena, items, *count, capacity, size);
        if (!items)
            return NULL;
        memcpy(array, &items, sizeof items);
    }
    return (unsigned char *)items + (*count)++ * size;
}
