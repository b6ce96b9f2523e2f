/**
 * Writes given cells with libxlsxwriter and nothing else, and prints the seconds it took, by the clock and in
 * processor time: the yardstick for what bms spends on top of that library. Conditional formats, choice lists
 * and notes are left out, which favours this program.
 *
 *     write_alone DUMP FOLDER
 *
 * DUMP is from main_job.py: a line for each thing, fields between tabs (see read_line). It is read before the
 * clock starts.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <xlsxwriter.h>

enum { MOST_FIELDS = 12, MOST_STYLES = 4000 };

/** A line of the dump: its letter, numbers and texts. */
struct line {
    char letter;
    double number[6];
    const char *text;    /* name, text, formula or number format */
    const char *formula; /* only of a formula */
};

struct dump {
    char *bytes;
    struct line *lines;
    size_t n;
};

/** A book being written. */
struct book {
    lxw_workbook *workbook;
    lxw_worksheet *sheet;
    lxw_format *styles[MOST_STYLES];
};

static char *read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        return NULL;
    long size = ftell(file);
    rewind(file);
    char *bytes = malloc((size_t)size + 1);
    size_t got = bytes ? fread(bytes, 1, (size_t)size, file) : 0;
    if (bytes)
        bytes[got] = '\0';
    (void)fclose(file);
    return bytes;
}

static size_t split(char *line, char *fields[MOST_FIELDS]) {
    size_t n = 0;
    for (char *at = line; at && n < MOST_FIELDS; n++) {
        fields[n] = at;
        at = strchr(at, '\t');
        if (at)
            *at++ = '\0';
    }
    return n;
}

/**
 * B name             a new workbook         S name                 a new sheet
 * F id flags size ink fill format               a style; flags: 1 bold, 2 wrapped, 4 bordered, 8 unlocked
 * C column width     a column               R row height           a row
 * M row column row column style             a merged range
 * n row column style value      s row column style text      f row column style result formula      x row
 * column style
 */
static struct line read_line(char *text) {
    char *fields[MOST_FIELDS] = {0};
    size_t n = split(text, fields);
    struct line line = {.letter = fields[0][0]};
    size_t texts_from = strchr("BS", line.letter) ? 1 : line.letter == 's' ? 4 : line.letter == 'f' ? 5 : n;
    if (line.letter == 'F')
        texts_from = 6;
    for (size_t i = 1; i < n && i < texts_from; i++)
        line.number[i - 1] = strtod(fields[i], NULL);
    line.text = texts_from < n ? fields[texts_from] : NULL;
    line.formula = line.letter == 'f' ? line.text : NULL;
    return line;
}

static bool read_dump(const char *path, struct dump *out) {
    out->bytes = read_file(path);
    if (!out->bytes)
        return false;
    size_t most = 1;
    for (const char *at = out->bytes; *at; at++)
        most += *at == '\n';
    out->lines = calloc(most, sizeof *out->lines);
    for (char *at = out->bytes; out->lines && *at;) {
        char *end = strchr(at, '\n');
        if (end)
            *end = '\0';
        out->lines[out->n++] = read_line(at);
        at = end ? end + 1 : at + strlen(at);
    }
    return out->lines;
}

static lxw_format *make_style(lxw_workbook *workbook, const struct line *line) {
    lxw_format *style = workbook_add_format(workbook);
    int flags = (int)line->number[1];
    if (flags & 1)
        format_set_bold(style);
    if (flags & 2)
        format_set_text_wrap(style);
    if (flags & 4)
        format_set_border(style, LXW_BORDER_THIN);
    if (flags & 8)
        format_set_unlocked(style);
    format_set_font_size(style, line->number[2]);
    format_set_font_color(style, (lxw_color_t)line->number[3]);
    if (line->number[4] >= 0)
        format_set_bg_color(style, (lxw_color_t)line->number[4]);
    format_set_num_format(style, line->text ? line->text : "General");
    return style;
}

static void write_cell(struct book *book, const struct line *line) {
    lxw_row_t row = (lxw_row_t)line->number[0];
    lxw_col_t column = (lxw_col_t)line->number[1];
    lxw_format *style = book->styles[(size_t)line->number[2]];
    switch (line->letter) {
    case 'n':
        (void)worksheet_write_number(book->sheet, row, column, line->number[3], style);
        break;
    case 's':
        (void)worksheet_write_string(book->sheet, row, column, line->text, style);
        break;
    case 'f':
        (void)worksheet_write_formula_num(book->sheet, row, column, line->formula, style, line->number[3]);
        break;
    default:
        (void)worksheet_write_blank(book->sheet, row, column, style);
    }
}

static void write_line(struct book *book, const struct line *line) {
    const double *number = line->number;
    switch (line->letter) {
    case 'S':
        book->sheet = workbook_add_worksheet(book->workbook, line->text);
        break;
    case 'F':
        book->styles[(size_t)number[0]] = make_style(book->workbook, line);
        break;
    case 'C':
        (void)worksheet_set_column(book->sheet, (lxw_col_t)number[0], (lxw_col_t)number[0], number[1], NULL);
        break;
    case 'R':
        (void)worksheet_set_row(book->sheet, (lxw_row_t)number[0], number[1], NULL);
        break;
    case 'M':
        (void)worksheet_merge_range(book->sheet, (lxw_row_t)number[0], (lxw_col_t)number[1],
                                    (lxw_row_t)number[2], (lxw_col_t)number[3], "",
                                    book->styles[(size_t)number[4]]);
        break;
    default:
        write_cell(book, line);
    }
}

/** Write the workbook that begins at `lines[i]`. @return where the next begins */
static size_t write_book(const struct dump *dump, size_t i, const char *folder) {
    static struct book book;
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", folder, dump->lines[i].text);
    book.workbook = workbook_new(path);
    for (i++; i < dump->n && dump->lines[i].letter != 'B'; i++)
        write_line(&book, &dump->lines[i]);
    if (workbook_close(book.workbook) != LXW_NO_ERROR) {
        (void)fprintf(stderr, "%s could not be written\n", path);
        exit(1);
    }
    return i;
}

static double seconds(void) {
    struct timespec now;
    (void)timespec_get(&now, TIME_UTC);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    struct dump dump = {0};
    if (argc != 3 || !read_dump(argv[1], &dump)) {
        (void)fprintf(stderr, "usage: write_alone DUMP FOLDER\n");
        return 2;
    }
    double begun = seconds();
    double processor = (double)clock() / CLOCKS_PER_SEC;
    for (size_t i = 0; i < dump.n;)
        i = write_book(&dump, i, argv[2]);
    printf("%.6f %.6f\n", seconds() - begun, (double)clock() / CLOCKS_PER_SEC - processor);
    free(dump.lines);
    free(dump.bytes);
    return 0;
}
