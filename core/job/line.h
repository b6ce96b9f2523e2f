/**
 * Making many things one by one, with all processors: a line on which each item passes the same stages.
 *
 * The stages are by turns the calling thread's and the workers': the first, third, … are done by the calling
 * thread, for one item after the other in order, so these alone may use the history; the others by any
 * thread, several items at a time. A few items are on the line at once, each with its own arena, so memory
 * does not follow their number. The outcome does not depend on the number of threads: after a failure the
 * items before it are finished, and its error is the one that is returned.
 */
#ifndef BMS_JOB_LINE_H
#define BMS_JOB_LINE_H

#include "core/base/arena.h"
#include "core/bms.h"

/** An item on its way. */
typedef struct bms_line_item {
    size_t index;
    bms_arena *arena; /* emptied when the item has passed all stages */
    void *state;      /* `state_size` bytes, zeroed before the first stage */
} bms_line_item;

/**
 * Do a stage of an item.
 *
 * @param worker  which thread does it, from 0 to below the number of threads; no two at a time have the same,
 * except that the calling thread is 0 in its own stages
 */
typedef enum bms_status bms_line_stage(void *context, bms_line_item *item, int worker, bms_error *error);

typedef struct bms_line {
    void *context;
    size_t n; /* items */
    size_t state_size;
    bms_line_stage *const *stages;
    size_t n_stages;
} bms_line;

/**
 * Let all items pass all stages.
 *
 * @param threads  workers; 1, or as many as cannot be started: the calling thread does everything
 * @return what the first item that failed gave, with its error; BMS_NO_MEMORY
 */
enum bms_status bms_line_run(const bms_line *line, int threads, bms_error *error);

#endif
