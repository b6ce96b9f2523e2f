/** Items that pass stages, some of them done by several threads (see line.h). */
#include "core/job/line.h"

#include "core/base/error.h"
#include "core/base/platform.h"

#include <stdlib.h>
#include <string.h>

/** Where an item is, from its first stage to its last. */
struct place {
    bms_line_item item;
    size_t stage; /* the next one */
    bool busy;    /* somebody is doing it */
    enum bms_status status;
    bms_error error;
};

/** What the threads share; all of it under the crew's lock once they have begun, but for a busy place. */
struct working {
    const bms_line *line;
    bms_crew *crew;
    struct place *places; /* an item's is places[index % n_places] */
    size_t n_places;
    size_t first; /* the oldest item on the line */
    size_t next;  /* the first that has not begun */
    int n_workers;
    bool stop;
};

static struct place *place_of(const struct working *working, size_t index) {
    return &working->places[index % working->n_places];
}

static void begin_item(struct working *working) {
    struct place *place = place_of(working, working->next);
    place->item.index = working->next++;
    place->stage = 0;
    place->status = BMS_OK;
    place->error = (bms_error){0};
    bms_arena_reset(place->item.arena);
    memset(place->item.state, 0, working->line->state_size);
}

static void do_stage(const struct working *working, struct place *place, int worker) {
    place->status =
        working->line->stages[place->stage](working->line->context, &place->item, worker, &place->error);
}

/* The threads */

/** Do a stage without the lock. */
static void do_unlocked(struct working *working, struct place *place, int worker) {
    place->busy = true;
    bms_platform_crew_unlock(working->crew);
    do_stage(working, place, worker);
    bms_platform_crew_lock(working->crew);
    place->busy = false;
    place->stage++;
    bms_platform_crew_wake(working->crew);
}

/** @return whether the calling thread may do an item's stage: it has been done for the item before. */
static bool is_in_turn(const struct working *working, size_t index) {
    const struct place *place = place_of(working, index);
    return place->stage % 2 == 0 &&
           (index == working->first || place_of(working, index - 1)->stage > place->stage);
}

/** Find the oldest item with a stage to be done. @return NULL when there is none before the first failure */
static struct place *find_work(const struct working *working, bool for_caller) {
    for (size_t i = working->first; i < working->next; i++) {
        struct place *place = place_of(working, i);
        if (place->busy)
            continue;
        if (place->status != BMS_OK)
            return NULL;
        if (place->stage < working->line->n_stages &&
            (for_caller ? is_in_turn(working, i) : place->stage % 2 == 1))
            return place;
    }
    return NULL;
}

static bool anything_failed(const struct working *working) {
    for (size_t i = working->first; i < working->next; i++) {
        if (!place_of(working, i)->busy && place_of(working, i)->status != BMS_OK)
            return true;
    }
    return false;
}

static void work(void *context) {
    struct working *working = context;
    void *numbers = bms_platform_numbers_begin();
    bms_platform_crew_lock(working->crew);
    int worker = working->n_workers++;
    while (!working->stop) {
        struct place *place = find_work(working, false);
        if (place) {
            do_unlocked(working, place, worker);
        } else {
            bms_platform_crew_wait(working->crew);
        }
    }
    bms_platform_crew_unlock(working->crew);
    bms_platform_numbers_end(numbers);
}

/** Take the items off that have passed all stages. @return false when the oldest has failed */
static bool take_off(struct working *working) {
    while (working->first < working->next) {
        const struct place *oldest = place_of(working, working->first);
        if (oldest->busy)
            return true;
        if (oldest->status != BMS_OK)
            return false;
        if (oldest->stage < working->line->n_stages)
            return true;
        working->first++;
    }
    return true;
}

/** Do the calling thread's stages until all is done, or the oldest item has failed. */
static void lead(struct working *working) {
    bms_platform_crew_lock(working->crew);
    while (take_off(working) && working->first < working->line->n) {
        bool room = working->next < working->line->n && working->next - working->first < working->n_places;
        struct place *place = find_work(working, true);
        if (place) {
            do_unlocked(working, place, 0);
        } else if (room && !anything_failed(working)) {
            begin_item(working);
        } else {
            bms_platform_crew_wait(working->crew);
        }
    }
    working->stop = true;
    bms_platform_crew_unlock(working->crew);
    bms_platform_crew_wake(working->crew);
}

static void work_alone(struct working *working) {
    while (working->next < working->line->n) {
        begin_item(working);
        struct place *place = place_of(working, working->first);
        while (place->status == BMS_OK && place->stage < working->line->n_stages) {
            do_stage(working, place, 0);
            place->stage++;
        }
        if (place->status != BMS_OK)
            return;
        working->first++;
    }
}

/* The line */

static bool make_places(struct working *working) {
    working->places = calloc(working->n_places, sizeof *working->places);
    for (size_t i = 0; working->places && i < working->n_places; i++) {
        bms_line_item *item = &working->places[i].item;
        item->arena = bms_arena_new();
        item->state = malloc(working->line->state_size);
        if (!item->arena || !item->state)
            return false;
    }
    return working->places;
}

static void free_places(struct working *working) {
    for (size_t i = 0; working->places && i < working->n_places; i++) {
        bms_arena_free(working->places[i].item.arena);
        free(working->places[i].item.state);
    }
    free(working->places);
}

static enum bms_status outcome(const struct working *working, bms_error *error) {
    if (working->first == working->line->n)
        return BMS_OK;
    const struct place *failed = place_of(working, working->first);
    if (error)
        *error = failed->error;
    return failed->status;
}

enum bms_status bms_line_run(const bms_line *line, int threads, bms_error *error) {
    if ((size_t)threads > line->n)
        threads = (int)line->n;
    struct working working = {.line = line, .n_places = threads < 2 ? 1 : 2 * (size_t)threads + 1};
    enum bms_status status = BMS_NO_MEMORY;
    if (!make_places(&working)) {
        bms_error_no_memory(error);
    } else {
        if (threads < 2 || bms_platform_crew_begin(&working.crew, threads, work, &working) == 0) {
            work_alone(&working);
        } else {
            lead(&working);
            bms_platform_crew_end(working.crew);
        }
        status = outcome(&working, error);
    }
    free_places(&working);
    return status;
}
