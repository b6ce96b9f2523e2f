/**
 * Memory that runs out after so many allocations. The linker puts these in the place of our own code's calls
 * (tests/CMakeLists.txt); a test that includes this is one program.
 */
#ifndef TEST_FAILING_MEMORY_H
#define TEST_FAILING_MEMORY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/arena.h"

#include <stdio.h>

/* An arena asks the system seldom, so every piece it hands out can fail too. */

static size_t left; /* allocations that still succeed; SIZE_MAX: all */

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_bms_arena_alloc(bms_arena *arena, size_t size);
char *__real_bms_arena_buffer(bms_arena *arena, const char *text, size_t length);
const char *__real_bms_arena_copy(bms_arena *arena, const char *text, size_t length);
const char *__real_bms_arena_text(bms_arena *arena, const char *text);
void *__real_bms_arena_grow(bms_arena *arena, void *array, size_t *count, size_t *capacity, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_bms_arena_alloc(bms_arena *arena, size_t size);
char *__wrap_bms_arena_buffer(bms_arena *arena, const char *text, size_t length);
const char *__wrap_bms_arena_copy(bms_arena *arena, const char *text, size_t length);
const char *__wrap_bms_arena_text(bms_arena *arena, const char *text);
void *__wrap_bms_arena_grow(bms_arena *arena, void *array, size_t *count, size_t *capacity, size_t size);
const char *__wrap_bms_arena_format(bms_arena *arena, const char *format, ...) BMS_FORMAT(2, 3);

static inline int may_allocate(void) {
    if (left == SIZE_MAX)
        return 1;
    if (left == 0)
        return 0;
    left--;
    return 1;
}

/** As may_allocate; an arena remembers that it could not. */
static inline int may_allocate_in(bms_arena *arena) {
    int may = may_allocate();
    if (!may)
        bms_arena_fail(arena);
    return may;
}

void *__wrap_malloc(size_t size) {
    return may_allocate() ? __real_malloc(size) : NULL;
}

void *__wrap_calloc(size_t n, size_t size) {
    return may_allocate() ? __real_calloc(n, size) : NULL;
}

void *__wrap_bms_arena_alloc(bms_arena *arena, size_t size) {
    return may_allocate_in(arena) ? __real_bms_arena_alloc(arena, size) : NULL;
}

char *__wrap_bms_arena_buffer(bms_arena *arena, const char *text, size_t length) {
    return may_allocate_in(arena) ? __real_bms_arena_buffer(arena, text, length) : NULL;
}

const char *__wrap_bms_arena_copy(bms_arena *arena, const char *text, size_t length) {
    return may_allocate_in(arena) ? __real_bms_arena_copy(arena, text, length) : "";
}

const char *__wrap_bms_arena_text(bms_arena *arena, const char *text) {
    if (!text)
        return NULL;
    return may_allocate_in(arena) ? __real_bms_arena_text(arena, text) : "";
}

void *__wrap_bms_arena_grow(bms_arena *arena, void *array, size_t *count, size_t *capacity, size_t size) {
    if (*count == *capacity && !may_allocate_in(arena))
        return NULL;
    return __real_bms_arena_grow(arena, array, count, capacity, size);
}

const char *__wrap_bms_arena_format(bms_arena *arena, const char *format, ...) {
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    assert_true(length >= 0 && (size_t)length < sizeof text);
    return may_allocate_in(arena) ? __real_bms_arena_copy(arena, text, (size_t)length) : "";
}

#endif
