/**
 * How the history scales with time: 20 years of 12 months, 400 units and 20 indicators, all invented.
 *
 *     size FOLDER [YEARS [UNITS [INDICATORS]]]
 *
 * Fills a new history in FOLDER without originals and measures at a tenth and at the whole: rows stored a
 * second, bytes an entry, and the time of `status` (the verb, from opening the file), of one series of 24
 * points, of fetching what the reports of one period are made of, and of building the model of the
 * municipality's report from that. Then one year more with originals, in another history, for the bytes.
 * Times are processor time, medians of RUNS: a busy machine and a slow disk change nothing.
 *
 * Exits with 1 when one period costs more than 1.5 times as much at the whole as at a tenth.
 */
#include "tests/bench/size_town.h"

#include "core/definition/definition.h"
#include "core/history/integrity.h"
#include "core/report/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { RUNS = 15, SERIES = 24, ORIGINAL = 16000 /* bytes of a made-up workbook */ };
static const double most = 1.5;

static double by_the_clock(void) {
    struct timespec now;
    (void)timespec_get(&now, TIME_UTC);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double processor(void) {
    return (double)clock() / CLOCKS_PER_SEC;
}

/** What the measures below need. */
struct question {
    bms_history *history;
    bms *b;
    const size_town *town;
    int months;
    bms_definition *definition;
    size_t n; /* rows found */
};

static bool count_entry(void *context, const bms_stored_entry *stored) {
    *(size_t *)context += *stored->unit != '\0';
    return true;
}

static void count_delivery(void *context, const bms_delivery *row) {
    *(size_t *)context += row->revision > 0;
}

static void ask_status(struct question *question) {
    bms_error error = {0};
    char last[16];
    size_period(question->months - 1, last);
    size_must(bms_deliveries(question->b, last, NULL, count_delivery, &question->n, &error), &error);
}

static void ask_series(struct question *question) {
    bms_error error = {0};
    char unit[16];
    size_unit(7 % question->town->units, unit);
    for (int back = SERIES; back > 0; back--) {
        char period[16];
        size_period(question->months - back, period);
        const bms_entry_filter point = {
            .unit = unit, .indicator = "I00", .period = period, .form_period = period};
        size_must(bms_history_each_entry(question->history, &point, count_entry, &question->n, &error),
                  &error);
    }
}

static int last_form(const struct question *question) {
    char last[16];
    size_period(question->months - 1, last);
    return bms_definition_period(question->definition, last);
}

static bms_figures *fetch(struct question *question, bms_arena *arena) {
    bms_error error = {0};
    bms_figures *figures = NULL;
    size_must(bms_figures_new(arena, question->definition, last_form(question), BMS_LATEST_DAY, BMS_NONE,
                              &figures, &error),
              &error);
    size_must(bms_figures_load(figures, question->history, &error), &error);
    return figures;
}

static void ask_model(struct question *question) {
    bms_error error = {0};
    char top[16];
    bms_report_model model;
    bms_arena *arena = bms_arena_new();
    if (!arena)
        exit(1);
    (void)snprintf(top, sizeof top, "%d", SIZE_TOP);
    const bms_report_run run = {.figures = fetch(question, arena), .made_at = 0};
    size_must(bms_report_build(arena, &run, bms_definition_unit(question->definition, top), 1, "nb", &model,
                               &error),
              &error);
    question->n += model.n_delivered_units;
    bms_arena_free(arena);
}

static const struct measure {
    const char *name;
    void (*ask)(struct question *question);
} measures[] = {{"status", ask_status}, {"series of 24", ask_series}, {"report model", ask_model}};

enum { MEASURES = sizeof measures / sizeof measures[0] };

static int by_size(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double values[RUNS]) {
    qsort(values, RUNS, sizeof values[0], by_size);
    return values[RUNS / 2];
}

static double time_of(const struct measure *measure, struct question *question) {
    double start = processor();
    measure->ask(question);
    return processor() - start;
}

/** Measure by turns, so that other work affects both. @return whether the whole costs at most `most` times */
static bool compare(const struct measure *measure, struct question *tenth, struct question *whole) {
    double of_tenth[RUNS];
    double of_whole[RUNS];
    double ratio[RUNS];
    measure->ask(tenth); /* so that the files are in memory */
    measure->ask(whole);
    tenth->n = whole->n = 0;
    for (int i = 0; i < RUNS; i++) {
        of_tenth[i] = time_of(measure, tenth);
        of_whole[i] = time_of(measure, whole);
        ratio[i] = of_whole[i] / of_tenth[i];
    }
    double in_all = median(ratio);
    printf("%-14s %7.2f ms at a tenth, %7.2f ms at the whole: %.2f, at most %.1f (%zu and %zu)\n",
           measure->name, median(of_tenth) * 1e3, median(of_whole) * 1e3, in_all, most, tenth->n / RUNS,
           whole->n / RUNS);
    return in_all <= most;
}

/** Read the newest definition. */
static void define(struct question *question, bms_arena *arena) {
    bms_error error = {0};
    bms_setup_book *book = bms_arena_alloc(arena, sizeof *book);
    question->definition = bms_arena_alloc(arena, sizeof *question->definition);
    bms_findings findings = {.arena = arena, .language = "nb"};
    int version = 0;
    if (!book || !question->definition)
        exit(1);
    size_must(bms_history_load_setup(question->history, arena, 0, book, &version, &error), &error);
    size_must(bms_definition_read(arena, book, "", question->definition, &findings, &error), &error);
    question->definition->version = version;
    if (findings.n > 0)
        (void)fprintf(stderr, "%s\n", findings.items[0].message);
}

static void print_size(const char *path, const size_town *town, int months, double stored, double seconds,
                       double wall) {
    struct stat file;
    double entries = (double)months * town->units * town->indicators;
    if (stat(path, &file) != 0)
        exit(1);
    printf("%9.0f entries, originals of %zu bytes: %.0f stored/s (%.0f by the clock), %.1f bytes/entry\n",
           entries, town->original, stored / seconds, stored / wall, (double)file.st_size / entries);
}

/** Fill from one month to another, and print how fast and how large. */
static void fill(bms_history *history, const char *path, const size_town *town, int from, int to) {
    double start = processor();
    double wall = by_the_clock();
    size_fill(history, town, from, to);
    double stored = (double)(to - from) * town->units * town->indicators;
    print_size(path, town, to, stored, processor() - start, by_the_clock() - wall);
}

static void begin(bms_history **history, const char *path) {
    bms_error error = {0};
    (void)remove(path);
    size_must(bms_history_create(path, "en", 0, &error), &error);
    size_must(bms_history_open(history, path, "en", NULL, NULL, &error), &error);
}

static size_t verify(bms_history *history) {
    bms_error error = {0};
    bms_verification found;
    double start = processor();
    double wall = by_the_clock();
    size_must(bms_history_verify(history, NULL, (bms_difference_listener){0}, &found, &error), &error);
    printf("verify: %.1f s (%.1f by the clock), %zu runs, %zu differences\n", processor() - start,
           by_the_clock() - wall, found.runs, found.differences);
    return found.differences;
}

/** Bytes an entry with originals. */
static void with_originals(const char *path, const size_town *plain) {
    bms_history *history = NULL;
    size_town town = *plain;
    town.original = ORIGINAL;
    begin(&history, path);
    size_define(history, &town, SIZE_MONTHS_OF_YEAR);
    fill(history, path, &town, 0, SIZE_MONTHS_OF_YEAR);
    bms_history_close(history);
    (void)remove(path);
}

/** Open a history to measure, with its definition. */
static struct question open_question(const char *path, const size_town *town, int months, bms_arena *arena) {
    bms_error error = {0};
    struct question question = {.town = town, .months = months};
    size_must(bms_history_open(&question.history, path, "en", NULL, NULL, &error), &error);
    size_must(bms_new(&question.b, &error), &error);
    size_must(bms_set_history(question.b, path, &error), &error);
    define(&question, arena);
    return question;
}

static void close_question(struct question *question) {
    bms_history_close(question->history);
    bms_free(question->b);
}

/** Fill a history, and keep a copy of it at a tenth. */
static void fill_both(const char *path, const char *tenth, const size_town *town, int months) {
    bms_error error = {0};
    bms_history *history = NULL;
    begin(&history, path);
    size_define(history, town, months / 10);
    fill(history, path, town, 0, months / 10);
    size_must(bms_history_back_up(history, tenth, &error), &error);
    size_define(history, town, months);
    fill(history, path, town, months / 10, months);
    bms_history_close(history);
}

int main(int argc, char **argv) {
    if (argc < 2)
        return 2;
    const int months = (argc > 2 ? atoi(argv[2]) : 20) * SIZE_MONTHS_OF_YEAR;
    const size_town town = {.units = argc > 3 ? atoi(argv[3]) : 400,
                            .indicators = argc > 4 ? atoi(argv[4]) : 20};
    if (town.indicators > SIZE_MOST_INDICATORS || town.units < 1 || months < 10 * SIZE_MONTHS_OF_YEAR)
        return 2;
    char path[1024];
    char path_of_tenth[1024];
    bool same = true;
    bms_arena *arena = bms_arena_new();
    if (!arena)
        return 1;
    (void)snprintf(path, sizeof path, "%s/size.db", argv[1]);
    (void)snprintf(path_of_tenth, sizeof path_of_tenth, "%s/size-tenth.db", argv[1]);
    fill_both(path, path_of_tenth, &town, months);
    struct question tenth = open_question(path_of_tenth, &town, months / 10, arena);
    struct question whole = open_question(path, &town, months, arena);
    for (int i = 0; i < (int)MEASURES; i++)
        same = compare(&measures[i], &tenth, &whole) && same;
    size_t differences = verify(whole.history);
    close_question(&tenth);
    close_question(&whole);
    bms_arena_free(arena);
    (void)remove(path);
    (void)remove(path_of_tenth);
    with_originals(path, &town);
    return !same || differences > 0;
}
