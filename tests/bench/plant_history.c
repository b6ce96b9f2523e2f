/**
 * Plants a municipality with a past: `plant_history FOLDER YEARS UNITS INDICATORS`.
 *
 * Writes FOLDER/bms.db with every unit's answers of all months but the last, FOLDER/setup.md with its setup
 * for make_setup, and prints the last month, which nobody has answered. All of it is invented.
 */
#include "tests/bench/size_town.h"

#include <stdio.h>
#include <stdlib.h>

static void write_text(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    if (!file || fputs(text, file) < 0 || fclose(file) != 0) {
        (void)fprintf(stderr, "%s cannot be written\n", path);
        exit(1);
    }
}

int main(int argc, char **argv) {
    if (argc != 5)
        return 2;
    const int months = atoi(argv[2]) * SIZE_MONTHS_OF_YEAR;
    const size_town town = {.units = atoi(argv[3]), .indicators = atoi(argv[4])};
    if (months < 1 || town.units < 1 || town.indicators < 1 || town.indicators > SIZE_MOST_INDICATORS)
        return 2;
    char path[1024];
    char last[16];
    bms_error error = {0};
    bms_history *history = NULL;
    (void)snprintf(path, sizeof path, "%s/setup.md", argv[1]);
    char *text = size_setup_text(&town, months);
    write_text(path, text);
    free(text);
    (void)snprintf(path, sizeof path, "%s/bms.db", argv[1]);
    (void)remove(path);
    size_must(bms_history_create(path, "nb", 0, &error), &error);
    size_must(bms_history_open(&history, path, "nb", NULL, NULL, &error), &error);
    size_define(history, &town, months);
    size_fill(history, &town, 0, months - 1);
    bms_history_close(history);
    size_period(months - 1, last);
    printf("%s\n", last);
    return 0;
}
