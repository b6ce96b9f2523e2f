/**
 * Calls verbs in JSON as a page or an add-on would: it includes bms.h alone, attaches workbooks as bytes, and
 * saves the files of the reply.
 *
 * usage: call_verb FOLDER   reads one call a line from standard input: VERB, tab, REQUEST, and for each
 * workbook to attach, tab, FILE. Writes one line for each: the status's name, tab, whether something is
 * wrong, tab, the answer. The files of call number N are saved as FOLDER/N-1, FOLDER/N-2 …
 */
#include "core/bms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ATTACHED = 16, LONGEST_LINE = 8192, LARGEST_FILE = 1 << 22 };

static bms_source read_file(const char *path) {
    bms_source source = {.name = path};
    unsigned char *bytes = malloc(LARGEST_FILE);
    FILE *file = fopen(path, "rb");
    if (file && bytes) {
        source.size = fread(bytes, 1, LARGEST_FILE, file);
        source.bytes = bytes;
        (void)fclose(file);
    }
    return source;
}

static void save(const char *folder, int call, const bms_answer *answer) {
    for (size_t i = 0; i < answer->n_files; i++) {
        char path[1024];
        (void)snprintf(path, sizeof path, "%s/%d-%zu", folder, call, i + 1);
        FILE *file = fopen(path, "wb");
        if (file) {
            (void)fwrite(answer->files[i].bytes, 1, answer->files[i].size, file);
            (void)fclose(file);
        }
    }
}

static void call(bms *b, char *line, const char *folder, int number) {
    bms_source attached[MOST_ATTACHED];
    size_t n = 0;
    bms_answer answer;
    bms_error error;
    const char *verb = strtok(line, "\t\n");
    const char *request = strtok(NULL, "\t\n");
    for (const char *path; n < MOST_ATTACHED && (path = strtok(NULL, "\t\n"));)
        attached[n++] = read_file(path);
    enum bms_status status = bms_call(b, verb, request, attached, n, NULL, &answer, &error);
    printf("%s\t%s\t%s\n", bms_status_name(status), answer.wrong ? "wrong" : "fine", answer.text);
    save(folder, number, &answer);
    bms_answer_free(&answer);
    for (size_t i = 0; i < n; i++)
        free((void *)(uintptr_t)attached[i].bytes);
}

int main(int count, char **arguments) {
    static char line[LONGEST_LINE];
    bms *b = NULL;
    if (count != 2 || bms_new(&b, NULL) != BMS_OK)
        return 2;
    for (int number = 1; fgets(line, sizeof line, stdin); number++)
        call(b, line, arguments[1], number);
    bms_free(b);
    return 0;
}
