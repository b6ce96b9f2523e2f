/** Threads by way of POSIX (see platform.h). */
/* POSIX with realpath. */
#define _XOPEN_SOURCE 700 /* NOLINT(bugprone-reserved-identifier) */

#include "core/base/platform.h"

#include <pthread.h>
#include <stdlib.h>

/* Not ours but the C library's: one place for the parts of a date in the whole process. */
static struct {
    pthread_mutex_t lock;
    pthread_cond_t free;
    int64_t date;
    size_t users;
} date_parts = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0};

void bms_platform_date_begin(int64_t date) {
    (void)pthread_mutex_lock(&date_parts.lock);
    while (date_parts.users > 0 && date_parts.date != date)
        (void)pthread_cond_wait(&date_parts.free, &date_parts.lock);
    date_parts.date = date;
    date_parts.users++;
    (void)pthread_mutex_unlock(&date_parts.lock);
}

void bms_platform_date_end(void) {
    (void)pthread_mutex_lock(&date_parts.lock);
    date_parts.users--;
    (void)pthread_cond_broadcast(&date_parts.free);
    (void)pthread_mutex_unlock(&date_parts.lock);
}

struct bms_crew {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    void (*work)(void *context);
    void *context;
    int started;
    pthread_t threads[];
};

static void *run_crew(void *argument) {
    const bms_crew *crew = argument;
    crew->work(crew->context);
    return NULL;
}

int bms_platform_crew_begin(bms_crew **out, int threads, void (*work)(void *context), void *context) {
    *out = NULL;
    if (threads < 1)
        return 0;
    bms_crew *crew = calloc(1, sizeof *crew + (size_t)threads * sizeof crew->threads[0]);
    if (!crew)
        return 0;
    if (pthread_mutex_init(&crew->lock, NULL) != 0) {
        free(crew);
        return 0;
    }
    if (pthread_cond_init(&crew->changed, NULL) != 0) {
        (void)pthread_mutex_destroy(&crew->lock);
        free(crew);
        return 0;
    }
    crew->work = work;
    crew->context = context;
    *out = crew;
    while (crew->started < threads &&
           pthread_create(&crew->threads[crew->started], NULL, run_crew, crew) == 0)
        crew->started++;
    if (crew->started > 0)
        return crew->started;
    bms_platform_crew_end(crew);
    *out = NULL;
    return 0;
}

void bms_platform_crew_end(bms_crew *crew) {
    if (!crew)
        return;
    for (int i = 0; i < crew->started; i++)
        (void)pthread_join(crew->threads[i], NULL);
    (void)pthread_cond_destroy(&crew->changed);
    (void)pthread_mutex_destroy(&crew->lock);
    free(crew);
}

void bms_platform_crew_lock(bms_crew *crew) {
    (void)pthread_mutex_lock(&crew->lock);
}

void bms_platform_crew_unlock(bms_crew *crew) {
    (void)pthread_mutex_unlock(&crew->lock);
}

void bms_platform_crew_wait(bms_crew *crew) {
    (void)pthread_cond_wait(&crew->changed, &crew->lock);
}

void bms_platform_crew_wake(bms_crew *crew) {
    (void)pthread_cond_broadcast(&crew->changed);
}
