/**
 * Mutates returns blindly and quickly, beside libFuzzer, which looks where it gets:
 *
 *     mutate_returns --form FILE               write the sealed form that the returns are made of
 *     mutate_returns FIRST COUNT FILE…         cases FIRST to FIRST + COUNT − 1, of these workbooks
 *
 * A case is the same each time, by its number. Each is read and checked twice (fuzz_return.h); memory is
 * counted. The file of a case at which the program ends is left as mutate_CASE.xlsx.
 *
 * A million, with sanitizers, on one processor:
 *
 *     cmake --preset asan -B build/mutate -DCMAKE_BUILD_TYPE=RelWithDebInfo
 *     cmake --build build/mutate --target mutate_returns && cd build/mutate
 *     tests/fuzz/mutate_returns --form form.xlsx
 *     /usr/bin/python3 ../../tests/fuzz/make_returns.py form.xlsx returns
 *     tests/fuzz/mutate_returns 1 1000000 returns/by_openpyxl.xlsx returns/in_the_parts.xlsx
 */
#include "tests/fuzz/fuzz_return.h"
#include "tests/fuzz/workbook_mutation.h"

#include "core/bms.h"
#include "core/workbooks.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_SEEDS = 200, LARGEST_FILE = 1 << 24 };

/* Of one file under 5 MB; the sanitizers' own share is not counted. */
static const size_t MOST_MEMORY = (size_t)64 << 20;
static const double MOST_SECONDS = 5; /* under sanitizers */

/* Global, for the handlers that save the file of the case. */
static struct {
    unsigned long number;
    unsigned char *bytes;
    size_t size;
} current;

/* Memory: the most that the library has asked for (the linker wraps these), and what is left afterwards. What
 * other libraries allocate for it to free is counted only when it is freed: hence the sign. */

static long used;
static long peak;

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *memory);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *memory);

static void *taken(void *memory) {
    if (memory)
        used += (long)malloc_usable_size(memory);
    peak = used > peak ? used : peak;
    return memory;
}

void *__wrap_malloc(size_t size) {
    return taken(__real_malloc(size));
}

void *__wrap_calloc(size_t n, size_t size) {
    return taken(__real_calloc(n, size));
}

void *__wrap_realloc(void *old, size_t size) {
    used -= old ? (long)malloc_usable_size(old) : 0;
    return taken(__real_realloc(old, size));
}

void __wrap_free(void *memory) {
    used -= memory ? (long)malloc_usable_size(memory) : 0;
    __real_free(memory);
}

/* Of the sanitizers' runtime, where there is one. */
const char *__asan_default_options(void);
size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

/** Freed memory is kept aside for a while, but not for so long that pages are always new. */
const char *__asan_default_options(void) {
    return "quarantine_size_mb=16:malloc_context_size=4";
}

/** @return the bytes that the whole program holds; 0 where nobody knows. */
static size_t held(void) {
    return __sanitizer_get_current_allocated_bytes ? __sanitizer_get_current_allocated_bytes() : 0;
}

/* When it ends badly */

static void save_case(void) {
    char name[64];
    (void)snprintf(name, sizeof name, "mutate_%lu.xlsx", current.number);
    FILE *file = current.bytes ? fopen(name, "wb") : NULL;
    if (!file)
        return;
    (void)fwrite(current.bytes, 1, current.size, file);
    (void)fclose(file);
    (void)fprintf(stderr, "case %lu is left as %s\n", current.number, name);
}

static void on_abort(int number) {
    (void)signal(number, SIG_DFL);
    save_case();
}

static void watch(void) {
    (void)signal(SIGABRT, on_abort);
    (void)signal(SIGSEGV, on_abort);
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(save_case);
}

static void require(bool holds, const char *what) {
    if (holds)
        return;
    (void)fprintf(stderr, "does not hold: %s\n", what);
    abort();
}

/* Cases */

struct tally {
    size_t outcomes[BMS_REPLACED + 1];
    size_t *mutations; /* how often each was done */
    size_t most_memory;
    double most_seconds;
    unsigned long slowest;
};

static double processor_seconds(void) {
    return (double)clock() / CLOCKS_PER_SEC;
}

/** One to four changes of a copy of one of the seeds, packed. */
static void make_case(const workbook_parts *seeds, size_t n_seeds, unsigned long number,
                      struct tally *tally) {
    struct chance chance = {number * 0x9E3779B97F4A7C15U + 1};
    workbook_parts parts;
    for (int i = 0; i < 4; i++) /* numbers near each other give nothing alike */
        (void)chance_below(&chance, 2);
    if (!parts_copy(&parts, &seeds[chance_below(&chance, n_seeds)]))
        abort();
    const size_t changes = 1 + chance_below(&chance, 4);
    for (size_t i = 0; i < changes; i++) {
        const size_t mutation = mutation_choose(&chance);
        tally->mutations[mutation] += mutate(&parts, mutation, &chance);
    }
    parts.deflated = chance_below(&chance, 8) == 0;
    current.bytes = parts_pack(&parts, &current.size);
    parts_free(&parts);
    require(current.bytes, "a case can be packed");
}

static void run_case(const workbook_parts *seeds, size_t n_seeds, unsigned long number, struct tally *tally,
                     bool strictly) {
    current.number = number;
    make_case(seeds, n_seeds, number, tally);
    const size_t before = held();
    used = peak = 0;
    const double begun = processor_seconds();
    tally->outcomes[fuzz_return(current.bytes, current.size, number % 8 == 0)]++;
    const double seconds = processor_seconds() - begun;
    const size_t memory = (size_t)peak;
    require(!strictly || held() == before, "all memory is given back");
    require(memory <= MOST_MEMORY, "memory is bounded");
    require(seconds <= MOST_SECONDS, "time is bounded");
    if (memory > tally->most_memory)
        tally->most_memory = memory;
    if (seconds > tally->most_seconds) {
        tally->most_seconds = seconds;
        tally->slowest = number;
    }
    free(current.bytes);
    current.bytes = NULL;
}

static void print(const struct tally *tally, unsigned long count, double seconds, bool all) {
    printf("%lu cases, %.0f a second of processor time; accepted %zu, held %zu, unreadable %zu, unfinished "
           "%zu; at most "
           "%.1f MB and %.0f ms (case %lu)\n",
           count, (double)count / (seconds > 0 ? seconds : 1), tally->outcomes[BMS_ACCEPTED],
           tally->outcomes[BMS_HELD], tally->outcomes[BMS_UNREADABLE], tally->outcomes[BMS_UNFINISHED],
           (double)tally->most_memory / 1048576, 1000 * tally->most_seconds, tally->slowest);
    for (size_t i = 0; all && i < mutation_count(); i++)
        printf("  %-14s %zu\n", mutation_name(i), tally->mutations[i]);
    (void)fflush(stdout);
}

static size_t read_seeds(workbook_parts *seeds, int n, char **paths) {
    size_t n_seeds = 0;
    unsigned char *bytes = malloc(LARGEST_FILE);
    for (int i = 0; bytes && i < n && n_seeds < MOST_SEEDS; i++) {
        FILE *file = fopen(paths[i], "rb");
        const size_t size = file ? fread(bytes, 1, LARGEST_FILE, file) : 0;
        if (file)
            (void)fclose(file);
        if (parts_read(&seeds[n_seeds], bytes, size)) {
            n_seeds++;
        } else {
            parts_free(&seeds[n_seeds]);
            (void)fprintf(stderr, "%s is no workbook\n", paths[i]);
        }
    }
    free(bytes);
    return n_seeds;
}

static int run(unsigned long first, unsigned long count, int n, char **paths) {
    static workbook_parts seeds[MOST_SEEDS];
    const size_t n_seeds = read_seeds(seeds, n, paths);
    struct tally tally = {.mutations = calloc(mutation_count(), sizeof(size_t))};
    const double begun = processor_seconds();
    if (n_seeds > 0) /* what is allocated once for ever is allocated now */
        run_case(seeds, n_seeds, first, &tally, false);
    for (unsigned long i = 0; tally.mutations && n_seeds > 0 && i < count; i++) {
        run_case(seeds, n_seeds, first + i, &tally, true);
        if ((i + 1) % 50000 == 0)
            print(&tally, i + 1, processor_seconds() - begun, false);
    }
    print(&tally, count, processor_seconds() - begun, true);
    const bool reached = tally.outcomes[BMS_ACCEPTED] > 0 && tally.outcomes[BMS_HELD] > 0;
    for (size_t i = 0; i < n_seeds; i++)
        parts_free(&seeds[i]);
    free(tally.mutations);
    return reached || count < 500 ? 0 : 1;
}

int main(int n, char **arguments) {
    bms_error error = {0};
    if (n == 3 && strcmp(arguments[1], "--form") == 0)
        return bms_workbooks_write_form(fuzz_sealed_form(), arguments[2], &error) == BMS_OK ? 0 : 1;
    if (n < 4)
        return 2;
    watch();
    return run(strtoul(arguments[1], NULL, 10), strtoul(arguments[2], NULL, 10), n - 3, arguments + 3);
}
