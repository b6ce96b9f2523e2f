/*
 * A program that somebody else could have written: it knows bms.h and nothing more of bms. Compiled as C and
 * as C++ by test_install.py, against an installed copy.
 *
 * usage: consumer FOLDER   makes a scorecard in FOLDER, writes the forms of a period and checks them
 * untouched
 */
#include <bms.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>

static char setup_path[1024];

static void on_file(void *context, const bms_file_row *file) {
    size_t *n = (size_t *)context;
    size_t length = strlen(file->path);
    *n += 1;
    if (length > 5 && strcmp(file->path + length - 5, ".xlsx") == 0)
        (void)snprintf(setup_path, sizeof setup_path, "%s", file->path);
}

static int64_t fixed_clock(void *context) {
    return *(const int64_t *)context;
}

static enum bms_status make_scorecard(bms *b, const char *folder, bms_error *error) {
    char history[1024];
    size_t files = 0;
    bms_setup_result result;
    bms_listener listener;
    bms_source workbook;
    enum bms_status status;
    memset(&listener, 0, sizeof listener);
    memset(&workbook, 0, sizeof workbook);
    memset(&result, 0, sizeof result);
    listener.context = &files;
    listener.on_file = on_file;
    (void)snprintf(history, sizeof history, "%s/bms.db", folder);
    status = bms_init(b, bms_template_names()[0], folder, &listener, error);
    if (status == BMS_OK)
        status = bms_set_history(b, history, error);
    if (status == BMS_OK) {
        workbook.name = setup_path;
        status = bms_setup(b, &workbook, NULL, NULL, &result, error);
    }
    printf("%zu mistakes\n", result.mistakes);
    return status;
}

static enum bms_status write_and_check_forms(bms *b, const char *folder, bms_error *error) {
    char forms[1024];
    size_t files = 0;
    bms_counts counts;
    bms_listener listener;
    bms_source source;
    enum bms_status status;
    memset(&listener, 0, sizeof listener);
    memset(&source, 0, sizeof source);
    memset(&counts, 0, sizeof counts);
    listener.context = &files;
    listener.on_file = on_file;
    status = bms_forms(b, "2026-T1", NULL, false, &listener, error);
    (void)snprintf(forms, sizeof forms, "%s/forms/2026-T1", folder);
    source.name = forms;
    if (status == BMS_OK)
        status = bms_check(b, &source, 1, NULL, NULL, &counts, error);
    printf("%zu forms, %zu of them not finished\n", files, counts.unfinished);
    return status;
}

int main(int argc, char **argv) {
    int64_t now = 1776000000; /* in April 2026 */
    bms *b = NULL;
    bms_error error;
    enum bms_status status;
    memset(&error, 0, sizeof error);
    if (argc != 2)
        return 2;
    /* The program's own locale may have a decimal comma; the library must not mind. */
    (void)setlocale(LC_ALL, "");
    printf("%.1f\n", 0.5);
    status = bms_new(&b, &error);
    if (status == BMS_OK) {
        bms_set_clock(b, fixed_clock, &now);
        status = make_scorecard(b, argv[1], &error);
    }
    if (status == BMS_OK)
        status = write_and_check_forms(b, argv[1], &error);
    if (status != BMS_OK)
        printf("%s: %s (%s)\n", bms_status_name(status), error.message, error.where);
    bms_free(b);
    return status == BMS_OK ? 0 : 1;
}
