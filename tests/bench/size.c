/**
 * How the history bears the years: 20 years of 12 months, 400 units and 20 indicators, all invented.
 *
 *     size FOLDER [YEARS [UNITS [INDICATORS]]]
 *
 * Fills a new history in FOLDER and measures at a tenth and at the whole: rows stored a second, bytes an
 * entry with and without originals, the time of the receipts and answers of one period (status), of one
 * series of 24 points, and of all answers of one period with a year's earlier ones (what a report model is
 * built of).
 */
#define _POSIX_C_SOURCE 200809L

#include "core/history.h"
#include "core/history_integrity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { MONTHS = 12, INPUT_SIZE = 64, ORIGINAL = 16000 /* bytes of a made-up workbook */ };

struct plan {
    int years;
    int units;
    int indicators;
};

static double now(void) {
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void must(enum bms_status status, const bms_error *error) {
    if (status == BMS_OK)
        return;
    (void)fprintf(stderr, "%s\n", error->message);
    exit(1);
}

static void period_code(int month, char out[16]) {
    (void)snprintf(out, 16, "%d-%02d", 2001 + month / MONTHS, month % MONTHS + 1);
}

static void add_return(bms_history *history, const struct plan *plan, int month, int unit,
                       unsigned char *original) {
    bms_error error = {0};
    char period[16];
    char code[16];
    char indicators[64][16];
    bms_entry entries[64];
    int revision = 0;
    int64_t receipt_id = 0;
    char sha256[65];
    period_code(month, period);
    (void)snprintf(code, sizeof code, "E%03d", unit);
    for (int i = 0; i < plan->indicators; i++) {
        (void)snprintf(indicators[i], sizeof indicators[i], "I%02d", i);
        entries[i] = (bms_entry){.indicator = indicators[i],
                                 .period = period,
                                 .answer = {BMS_REPORTED, {true, 10 + (unit + month + i) % 50}, {true, 100}},
                                 .comment = "",
                                 .numerator_cell = "C5",
                                 .denominator_cell = "E5",
                                 .required = true};
    }
    (void)snprintf((char *)original, ORIGINAL, "%d %d", month, unit);
    bms_sha256(original, ORIGINAL, sha256);
    bms_checked_return checked = {.unit = code,
                                  .period = period,
                                  .definition = "1",
                                  .sheet = "Skjema",
                                  .finished = true,
                                  .signed_by = "Per Prøve",
                                  .signed_on = "2026-01-15",
                                  .entries = entries,
                                  .n_entries = (size_t)plan->indicators,
                                  .outcome = BMS_ACCEPTED};
    memcpy(checked.inputs_sha256, sha256, sizeof sha256);
    const bms_receipt receipt = {.file = "returns/skjema.xlsx",
                                 .sha256 = sha256,
                                 .size = ORIGINAL,
                                 .unit = code,
                                 .period = period,
                                 .outcome = BMS_ACCEPTED};
    must(bms_history_add_receipt(history, &receipt, &receipt_id, &error), &error);
    must(bms_history_add_return(history, receipt_id, &checked, original, ORIGINAL, &revision, &error),
         &error);
}

static void fill(bms_history *history, const struct plan *plan, int from, int to) {
    bms_error error = {0};
    unsigned char *original = calloc(1, ORIGINAL);
    if (!original)
        exit(1);
    for (int month = from; month < to; month++) {
        must(bms_history_begin(history, "collect", 1000000000 + month * 2600000LL, &error), &error);
        for (int unit = 0; unit < plan->units; unit++)
            add_return(history, plan, month, unit, original);
        must(bms_history_commit(history, &error), &error);
    }
    free(original);
}

static bool count_entry(void *context, const bms_stored_entry *stored) {
    *(size_t *)context += *stored->unit != '\0';
    return true;
}

static bool count_receipt(void *context, const bms_stored_receipt *stored) {
    *(size_t *)context += stored->file != NULL;
    return true;
}

static double least(double a, double b) {
    return a < b ? a : b;
}

struct times {
    double status;
    double series;
    double period;
};

static void ask(bms_history *history, int months, struct times *times) {
    bms_error error = {0};
    char last[16];
    size_t n = 0;
    period_code(months - 1, last);
    double start = now();
    const bms_entry_filter of_form = {.form_period = last};
    must(bms_history_each_receipt(history, last, count_receipt, &n, &error), &error);
    must(bms_history_each_entry(history, &of_form, count_entry, &n, &error), &error);
    times->status = least(times->status, now() - start);
    start = now();
    for (int back = 24; back > 0; back--) {
        char period[16];
        period_code(months - back, period);
        const bms_entry_filter point = {
            .unit = "E007", .indicator = "I03", .period = period, .form_period = period};
        must(bms_history_each_entry(history, &point, count_entry, &n, &error), &error);
    }
    times->series = least(times->series, now() - start);
    start = now();
    for (int back = 13; back > 0; back--) {
        char period[16];
        period_code(months - back, period);
        const bms_entry_filter measured = {.period = period};
        must(bms_history_each_entry(history, &measured, count_entry, &n, &error), &error);
    }
    times->period = least(times->period, now() - start);
}

static struct times measure(bms_history *history, const char *path, const struct plan *plan, int months,
                            double filled) {
    struct times times = {1e9, 1e9, 1e9};
    struct stat file;
    double entries = (double)months * plan->units * plan->indicators;
    double originals = (double)months * plan->units * ORIGINAL;
    if (stat(path, &file) != 0)
        exit(1);
    for (int i = 0; i < 5; i++)
        ask(history, months, &times);
    printf("%9.0f entries: %7.0f stored/s, %5.1f bytes/entry with originals of %d bytes, %5.1f without, "
           "status %.1f ms, series of 24 %.2f ms, period with 12 before %.1f ms\n",
           entries, entries / filled, (double)file.st_size / entries, ORIGINAL,
           ((double)file.st_size - originals) / entries, times.status * 1e3, times.series * 1e3,
           times.period * 1e3);
    (void)fflush(stdout);
    return times;
}

int main(int argc, char **argv) {
    if (argc < 2)
        return 2;
    struct plan plan = {argc > 2 ? atoi(argv[2]) : 20, argc > 3 ? atoi(argv[3]) : 400,
                        argc > 4 ? atoi(argv[4]) : 20};
    if (plan.indicators > INPUT_SIZE)
        return 2;
    bms_error error = {0};
    bms_history *history = NULL;
    char path[1024];
    int months = plan.years * MONTHS;
    (void)snprintf(path, sizeof path, "%s/size.db", argv[1]);
    (void)remove(path);
    must(bms_history_create(path, "en", 1000000000, &error), &error);
    must(bms_history_open(&history, path, "en", NULL, NULL, &error), &error);
    double start = now();
    fill(history, &plan, 0, months / 10);
    struct times tenth = measure(history, path, &plan, months / 10, now() - start);
    start = now();
    fill(history, &plan, months / 10, months);
    double filled = (now() - start) * 10 / 9;
    struct times whole = measure(history, path, &plan, months, filled);
    printf("the whole against a tenth: status %.2f, series %.2f, period %.2f (at most 1.5)\n",
           whole.status / tenth.status, whole.series / tenth.series, whole.period / tenth.period);
    bms_verification found;
    start = now();
    must(bms_history_verify(history, NULL, (bms_difference_listener){0}, &found, &error), &error);
    printf("verify: %.1f s, %zu differences\n", now() - start, found.differences);
    bms_history_close(history);
    (void)remove(path);
    return whole.period > tenth.period * 1.5 || whole.status > tenth.status * 1.5 || found.differences > 0;
}
