/**
 * How fast `verify` reads a history, beside a plain SHA-256 of the same file. All of it is invented.
 *
 *     verify_speed FOLDER [YEARS [UNITS [INDICATORS]]]
 *
 * Fills two histories in FOLDER, one of numbers alone and one that also keeps the returns' files, and prints
 * for each how many megabytes of its file `verify` gets through in a second of processor time, and how many a
 * hash of the bytes does. Opening the history is timed too, since its schema is compared each time. Medians
 * of RUNS.
 */
#include "tests/bench/size_town.h"

#include "core/base/platform.h"
#include "core/base/sha256.h"
#include "core/history/integrity.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RUNS = 5, OPENINGS = 200, ORIGINAL = 16000 /* bytes of a made-up workbook */ };

static double processor(void) {
    return (double)clock() / CLOCKS_PER_SEC;
}

static int by_size(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double *seconds) {
    qsort(seconds, RUNS, sizeof *seconds, by_size);
    return seconds[RUNS / 2];
}

static bms_history *open_history(const char *path) {
    bms_error error = {0};
    bms_history *history = NULL;
    size_must(bms_history_open(&history, path, "en", NULL, NULL, &error), &error);
    return history;
}

static void fill(const char *path, const size_town *town, int months) {
    bms_error error = {0};
    (void)remove(path);
    size_must(bms_history_create(path, "en", 0, &error), &error);
    bms_history *history = open_history(path);
    size_define(history, town, months);
    size_fill(history, town, 0, months);
    bms_history_close(history);
}

/** @return the differences */
static size_t verify(const char *path, double *seconds) {
    bms_error error = {0};
    bms_verification found;
    bms_history *history = open_history(path);
    double start = processor();
    size_must(bms_history_verify(history, NULL, (bms_difference_listener){0}, &found, &error), &error);
    *seconds = processor() - start;
    bms_history_close(history);
    return found.differences;
}

/** Hash the file as it is. @return its size in megabytes */
static double hash(const char *path, double *seconds) {
    bms_error error = {0};
    unsigned char *bytes = NULL;
    size_t size = 0;
    char sha256[BMS_SHA256_TEXT];
    double start = processor();
    size_must(bms_platform_read_file(path, "en", &bytes, &size, &error), &error);
    bms_sha256(bytes, size, sha256);
    *seconds = processor() - start;
    free(bytes);
    return (double)size / 1e6;
}

static size_t measure(const char *path, const char *name) {
    double of_verify[RUNS];
    double of_hash[RUNS];
    double size = 0;
    size_t differences = 0;
    for (int i = 0; i < RUNS; i++) {
        differences += verify(path, &of_verify[i]);
        size = hash(path, &of_hash[i]);
    }
    double start = processor();
    for (int i = 0; i < OPENINGS; i++)
        bms_history_close(open_history(path));
    double opening = (processor() - start) / OPENINGS;
    printf(
        "%-16s %7.1f MB: verify %.0f MB/s, SHA-256 of the file %.0f MB/s, opening %.2f ms, %zu differences\n",
        name, size, size / median(of_verify), size / median(of_hash), opening * 1e3, differences);
    return differences;
}

int main(int argc, char **argv) {
    if (argc < 2)
        return 2;
    const int months = (argc > 2 ? atoi(argv[2]) : 5) * SIZE_MONTHS_OF_YEAR;
    size_town town = {.units = argc > 3 ? atoi(argv[3]) : 400, .indicators = argc > 4 ? atoi(argv[4]) : 20};
    if (town.indicators > SIZE_MOST_INDICATORS || town.units < 1 || months < 1)
        return 2;
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/verify-speed.db", argv[1]);
    fill(path, &town, months);
    size_t differences = measure(path, "numbers alone");
    town.original = ORIGINAL;
    fill(path, &town, months);
    differences += measure(path, "with originals");
    (void)remove(path);
    return differences > 0;
}
