/** Reads the sheets Kommune and Enheter: the municipality, and the tree of its units. */
#include "core/definition/reading.h"

#include "core/base/language.h"
#include "core/base/text.h"

#include <stdlib.h>
#include <string.h>

/* The facts in the order of the column's choices (setup.c). */
enum fact {
    FACT_NAME,
    FACT_NUMBER,
    FACT_LANGUAGE,
    FACT_COORDINATOR,
    FACT_REPLY_TO,
    FACT_LEAST_PERSONS,
    N_FACTS
};

/** Read a language's name as in the choices of Enheter, or its code. @return "" when blank or wrong */
static const char *read_language(bms_reading_row row, const char *column) {
    const char *text = bms_reading_text(row, column);
    for (size_t i = 0; bms_language_at(i); i++) {
        if (bms_text_same(text, bms_language_at(i)->code))
            return bms_language_at(i)->code;
    }
    if (text[0] == '\0')
        return "";
    const bms_setup_column *choices = bms_setup_column_of(BMS_SHEET_UNITS, "language");
    int choice = bms_setup_recognise_choice(choices, text);
    if (choice >= 0)
        return bms_language_at((size_t)choice)->code;
    bms_reading_mistake(row, column, BMS_MISTAKE_UNKNOWN_WORD, text,
                        bms_reading_choices(row.reading, choices));
    return "";
}

static void check_email(bms_reading_row row, const char *column, const char *email) {
    if (*email && !bms_email_valid(email))
        bms_reading_mistake(row, column, BMS_MISTAKE_BAD_EMAIL, email, NULL);
}

static void read_fact(bms_reading_row row, enum fact fact) {
    bms_municipality *municipality = &row.reading->definition->municipality;
    switch (fact) {
    case FACT_LANGUAGE: {
        const char *language = read_language(row, "value");
        municipality->language = language[0] != '\0' ? language : bms_language_at(0)->code;
        break;
    }
    case FACT_COORDINATOR:
        municipality->coordinator = bms_reading_text(row, "value");
        break;
    case FACT_REPLY_TO:
        municipality->reply_to = bms_reading_text(row, "value");
        check_email(row, "value", municipality->reply_to);
        break;
    case FACT_LEAST_PERSONS:
        municipality->least_persons =
            (int)bms_reading_number_within(row, "value", 1, 1000, municipality->least_persons);
        break;
    case FACT_NAME:
    case FACT_NUMBER:
    case N_FACTS:
        break;
    }
}

/* The name and the number, which can change from a day: a row for each. */

struct dated {
    bms_day from; /* BMS_NO_DAY, which is before all others: from the beginning */
    const char *text;
    size_t row;
};

static int by_day(const void *left, const void *right) {
    const struct dated *a = left;
    const struct dated *b = right;
    return a->from != b->from ? (a->from > b->from) - (a->from < b->from)
                              : (a->row > b->row) - (a->row < b->row);
}

/** Report a row with the same day as the one before it. */
static void check_days(bms_reading *reading, const struct dated *rows, size_t n) {
    for (size_t i = 1; i < n; i++) {
        bms_reading_row row = bms_reading_row_at(reading, BMS_SHEET_MUNICIPALITY, rows[i].row);
        if (rows[i].from == rows[i - 1].from) {
            bms_reading_mistake(row, "fact", BMS_MISTAKE_FACT_TWICE, bms_reading_text(row, "fact"),
                                bms_reading_address(reading, row.sheet, rows[i - 1].row, "fact"));
        }
    }
}

/** Read all rows of a dated fact. @param[out] earlier  all but the newest, oldest first @return the newest */
static const char *read_dated(bms_reading *reading, enum fact fact, const bms_earlier_text **earlier,
                              size_t *n_earlier) {
    const bms_setup_table *table = &reading->setup->tables[BMS_SHEET_MUNICIPALITY];
    const bms_setup_column *column = bms_setup_column_of(BMS_SHEET_MUNICIPALITY, "fact");
    struct dated *rows = bms_arena_alloc(reading->arena, (table->n_rows + 1) * sizeof *rows);
    bms_earlier_text *before = bms_arena_alloc(reading->arena, (table->n_rows + 1) * sizeof *before);
    size_t n = 0;
    if (!rows || !before)
        return "";
    for (size_t i = 0; i < table->n_rows; i++) {
        bms_reading_row row = bms_reading_row_at(reading, BMS_SHEET_MUNICIPALITY, i);
        const bms_setup_cell *name = bms_setup_find(row.row, "fact");
        if (name && bms_setup_recognise_choice(column, name->text) == (int)fact)
            rows[n++] = (struct dated){bms_reading_date(row, "from"), bms_reading_text(row, "value"), i};
    }
    qsort(rows, n, sizeof *rows, by_day);
    check_days(reading, rows, n);
    for (size_t i = 0; i + 1 < n; i++) {
        const bms_day next = rows[i + 1].from; /* two without a day are a mistake */
        before[i] = (bms_earlier_text){next == BMS_NO_DAY ? BMS_NO_DAY : next - 1, rows[i].text};
    }
    *earlier = before;
    *n_earlier = n > 0 ? n - 1 : 0;
    return n > 0 ? rows[n - 1].text : "";
}

static bool is_dated(enum fact fact) {
    return fact == FACT_NAME || fact == FACT_NUMBER;
}

static void require_fact(bms_reading *reading, enum fact fact) {
    const bms_setup_column *column = bms_setup_column_of(BMS_SHEET_MUNICIPALITY, "fact");
    char word[BMS_SETUP_WORD_SIZE];
    const char *name = bms_setup_choice(column, fact, reading->findings->language, word);
    bms_setup_mistake_add(reading->findings, reading->setup, BMS_MISTAKE_FACT_MISSING,
                          (bms_setup_place){BMS_SHEET_MUNICIPALITY, NULL, NULL}, name, NULL);
}

void bms_read_municipality(bms_reading *reading) {
    reading->definition->municipality = (bms_municipality){.name = "",
                                                           .number = "",
                                                           .language = bms_language_at(0)->code,
                                                           .coordinator = "",
                                                           .reply_to = "",
                                                           .least_persons = 5};
    const bms_setup_table *table = &reading->setup->tables[BMS_SHEET_MUNICIPALITY];
    const bms_setup_column *column = bms_setup_column_of(BMS_SHEET_MUNICIPALITY, "fact");
    int seen[N_FACTS];
    for (size_t i = 0; i < N_FACTS; i++)
        seen[i] = BMS_NONE;
    for (size_t i = 0; i < table->n_rows; i++) {
        bms_reading_row row = bms_reading_row_at(reading, BMS_SHEET_MUNICIPALITY, i);
        const char *name = bms_reading_text(row, "fact");
        int fact = bms_setup_recognise_choice(column, name);
        if (name[0] == '\0')
            continue;
        if (fact < 0) {
            bms_reading_mistake(row, "fact", BMS_MISTAKE_UNKNOWN_FACT, name,
                                bms_reading_choices(reading, column));
        } else if (is_dated((enum fact)fact)) {
            seen[fact] = (int)i;
        } else if (seen[fact] != BMS_NONE) {
            bms_reading_mistake(row, "fact", BMS_MISTAKE_FACT_TWICE, name,
                                bms_reading_address(reading, row.sheet, (size_t)seen[fact], "fact"));
        } else {
            seen[fact] = (int)i;
            read_fact(row, (enum fact)fact);
            if (*bms_reading_text(row, "from"))
                bms_reading_mistake(row, "from", BMS_MISTAKE_FACT_WITHOUT_DATES, name, NULL);
        }
    }
    bms_municipality *municipality = &reading->definition->municipality;
    municipality->name =
        read_dated(reading, FACT_NAME, &municipality->earlier_names, &municipality->n_earlier_names);
    municipality->number =
        read_dated(reading, FACT_NUMBER, &municipality->earlier_numbers, &municipality->n_earlier_numbers);
    for (int fact = FACT_NAME; fact <= FACT_NUMBER && table->n_rows > 0; fact++) {
        if (seen[fact] == BMS_NONE)
            require_fact(reading, (enum fact)fact);
    }
}

/** @return the unit's peer group in its first spelling; "" for none. */
static const char *read_group(bms_reading_row row) {
    bms_reading *reading = row.reading;
    const char *group = bms_reading_text(row, "group");
    const char *known = group[0] == '\0' ? group : bms_reading_group(reading, group);
    if (known)
        return known;
    const char **added = bms_arena_grow(reading->arena, &reading->groups, &reading->n_groups,
                                        &reading->groups_capacity, sizeof *added);
    if (added)
        *added = group;
    return group;
}

static void read_unit(bms_reading_row row, bms_unit *unit) {
    unit->name = bms_reading_text(row, "name");
    unit->group = read_group(row);
    unit->leader = bms_reading_text(row, "leader");
    unit->deputy = bms_reading_text(row, "deputy");
    unit->email = bms_reading_text(row, "email");
    check_email(row, "email", unit->email);
    unit->language = read_language(row, "language");
}

/** @return the first row of a unit. */
static size_t row_of(const bms_reading *reading, size_t unit) {
    size_t row = 0;
    while (reading->unit_of_row[row] != (int)unit)
        row++;
    return row;
}

/** @return the unit of an earlier row that this row moves; BMS_NONE: the row is a unit of its own. */
static int moved_unit(bms_reading_row row, size_t index) {
    const bms_setup_cell *code = bms_setup_find(row.row, "code");
    const bms_setup_cell *from = bms_setup_find(row.row, "from");
    for (size_t i = 0; code && from && i < index; i++) {
        const bms_setup_cell *other =
            bms_setup_find(&row.reading->setup->tables[BMS_SHEET_UNITS].rows[i], "code");
        if (other && bms_code_compare(other->text, code->text) == 0)
            return row.reading->unit_of_row[i];
    }
    return BMS_NONE;
}

/** Note the day of a move; where the unit was is read when all units are known. */
static void add_move(bms_reading_row row, int index) {
    bms_reading *reading = row.reading;
    bms_unit *unit = &reading->definition->units[index];
    bms_unit_place *earlier = bms_arena_alloc(reading->arena, (unit->n_earlier + 1) * sizeof *earlier);
    bms_day from;
    bms_day to;
    bms_reading_dates(row, "from", "to", &from, &to);
    bool clear = from != BMS_NO_DAY && (unit->from == BMS_NO_DAY || unit->from < from) &&
                 (unit->to == BMS_NO_DAY || unit->to == from - 1) &&
                 (unit->n_earlier == 0 || unit->earlier[unit->n_earlier - 1].to < from - 1);
    if (!clear && from != BMS_NO_DAY) {
        bms_reading_mistake(row, "from", BMS_MISTAKE_UNCLEAR_MOVE, unit->code,
                            bms_reading_address(reading, row.sheet, row_of(reading, (size_t)index), "from"));
    }
    if (!earlier)
        return;
    for (size_t i = 0; i < unit->n_earlier; i++)
        earlier[i] = unit->earlier[i];
    earlier[unit->n_earlier] =
        (bms_unit_place){.to = from == BMS_NO_DAY ? from : from - 1, .parent = BMS_NONE};
    unit->earlier = earlier;
    unit->n_earlier++;
    unit->to = to;
}

/** Make a unit of a row, or note it as another place of an earlier row's unit. */
static void read_row(bms_reading_row row, size_t index) {
    bms_reading *reading = row.reading;
    bms_definition *definition = reading->definition;
    int moved = moved_unit(row, index);
    reading->unit_of_row[index] = moved == BMS_NONE ? (int)definition->n_units++ : moved;
    bms_unit *unit = &definition->units[reading->unit_of_row[index]];
    read_unit(row, unit);
    if (moved != BMS_NONE) {
        add_move(row, moved);
        return;
    }
    unit->code = bms_reading_code(row, index, "code");
    unit->parent = BMS_NONE;
    bms_reading_dates(row, "from", "to", &unit->from, &unit->to);
}

/** @return whether two units existed at the same time. */
static bool at_the_same_time(const bms_unit *a, const bms_unit *b) {
    bool a_before = a->to != BMS_NO_DAY && b->from != BMS_NO_DAY && a->to < b->from;
    bool b_before = b->to != BMS_NO_DAY && a->from != BMS_NO_DAY && b->to < a->from;
    return !a_before && !b_before;
}

/** Set the parent that a row gives its unit; the parent of an earlier row becomes a past one. */
static void put_parent(const bms_reading *reading, size_t index, int parent) {
    bms_unit *unit = &reading->definition->units[reading->unit_of_row[index]];
    size_t rows = 0; /* of this unit, before this one */
    for (size_t i = 0; i < index; i++)
        rows += reading->unit_of_row[i] == reading->unit_of_row[index];
    if (rows > 0 && rows <= unit->n_earlier) /* n_earlier falls short when memory ran out */
        unit->earlier[rows - 1].parent = unit->parent;
    unit->parent = parent;
}

static void read_parent(bms_reading_row row, size_t index) {
    bms_reading *reading = row.reading;
    bms_definition *definition = reading->definition;
    bms_unit *unit = &definition->units[reading->unit_of_row[index]];
    const char *text = bms_reading_text(row, "parent");
    int parent = text[0] == '\0' ? BMS_NONE : bms_reading_find(reading, BMS_SHEET_UNITS, text);
    put_parent(reading, index, parent);
    if (text[0] != '\0') {
        if (parent == BMS_NONE)
            bms_reading_unknown(row, "parent", BMS_MISTAKE_UNKNOWN_PARENT, BMS_SHEET_UNITS, text);
        return;
    }
    if (bms_setup_find(row.row, "parent") || unit->code[0] == '\0')
        return; /* what is wrong with it is said already */
    for (size_t i = 0; i < index && bms_reading_has_column(row, "parent"); i++) {
        const bms_unit *other = &definition->units[reading->unit_of_row[i]];
        const bms_setup_row *other_row = &reading->setup->tables[BMS_SHEET_UNITS].rows[i];
        if (other != unit && !bms_setup_find(other_row, "parent") && at_the_same_time(unit, other)) {
            bms_reading_mistake(row, "parent", BMS_MISTAKE_SECOND_TOP, unit->code, other->code);
            return;
        }
    }
}

static void read_predecessors(bms_reading_row row, bms_unit *unit) {
    bms_reading *reading = row.reading;
    const char *text = bms_reading_text(row, "replaces");
    int *predecessors =
        bms_arena_alloc(reading->arena, (unit->n_predecessors + strlen(text)) * sizeof *unit->predecessors);
    for (size_t i = 0; predecessors && i < unit->n_predecessors; i++)
        predecessors[i] = unit->predecessors[i];
    unit->predecessors = predecessors;
    if (!predecessors)
        unit->n_predecessors = 0;
    const char *code;
    while (unit->predecessors && (code = bms_reading_piece(reading, &text, ",;"))) {
        int found = bms_reading_find(reading, BMS_SHEET_UNITS, code);
        if (found == BMS_NONE) {
            bms_reading_unknown(row, "replaces", BMS_MISTAKE_UNKNOWN_REFERENCE, BMS_SHEET_UNITS, code);
        } else if (&reading->definition->units[found] == unit) {
            bms_reading_mistake(row, "replaces", BMS_MISTAKE_OWN_PREDECESSOR, code, NULL);
        } else {
            unit->predecessors[unit->n_predecessors++] = found;
        }
    }
}

/* Circles */

/** @return whether following the parents of a day from `start` leads back to it. */
static bool in_a_circle(const bms_definition *definition, int start, bms_day day) {
    int unit = bms_unit_parent_on(&definition->units[start], day);
    for (size_t steps = 0; unit != BMS_NONE && steps < definition->n_units; steps++) {
        if (unit == start)
            return true;
        unit = bms_unit_parent_on(&definition->units[unit], day);
    }
    return false;
}

/** Put a unit at the top on a day. */
static void put_at_top(bms_unit *unit, bms_day day) {
    for (size_t i = 0; i < unit->n_earlier; i++) {
        if (day <= unit->earlier[i].to) {
            unit->earlier[i].parent = BMS_NONE;
            return;
        }
    }
    unit->parent = BMS_NONE;
}

/** Report a circle once, at its first unit, and open it there, so that nothing after this loops. */
static void open_circle(bms_reading *reading, int start, bms_day day) {
    bms_definition *definition = reading->definition;
    const char *circle = definition->units[start].code;
    int unit = start;
    do {
        unit = bms_unit_parent_on(&definition->units[unit], day);
        circle = bms_arena_format(reading->arena, "%s → %s", circle, definition->units[unit].code);
    } while (unit != start);
    bms_reading_mistake(bms_reading_row_at(reading, BMS_SHEET_UNITS, row_of(reading, (size_t)start)),
                        "parent", BMS_MISTAKE_CIRCLE_OF_PARENTS, circle, NULL);
    put_at_top(&definition->units[start], day);
}

static void open_circles(bms_reading *reading, bms_day day) {
    for (size_t i = 0; i < reading->definition->n_units; i++) {
        if (in_a_circle(reading->definition, (int)i, day))
            open_circle(reading, (int)i, day);
    }
}

/** Look for circles in the tree after all moves, and as it was before each. */
static void check_circles(bms_reading *reading) {
    const bms_definition *definition = reading->definition;
    open_circles(reading, BMS_LATEST_DAY);
    for (size_t i = 0; i < definition->n_units; i++) {
        for (size_t p = 0; p < definition->units[i].n_earlier; p++)
            open_circles(reading, definition->units[i].earlier[p].to);
    }
}

/** @param folded  the names of the units as they are compared */
static void check_name(bms_reading_row row, size_t index, const char *const *folded) {
    const bms_definition *definition = row.reading->definition;
    const bms_unit *unit = &definition->units[index];
    for (size_t i = 0; i < index; i++) {
        const bms_unit *other = &definition->units[i];
        if (folded[index][0] == '\0' || strcmp(folded[index], folded[i]) != 0 ||
            !at_the_same_time(unit, other))
            continue;
        bms_reading_mistake(
            row, "name", BMS_MISTAKE_SAME_NAME, unit->name,
            bms_reading_address(row.reading, BMS_SHEET_UNITS, row_of(row.reading, i), "name"));
        return;
    }
}

/** A unit that replaces another needs a first day, or the past cannot be added up. */
static void check_succession(bms_reading *reading) {
    const bms_definition *definition = reading->definition;
    for (size_t i = 0; i < definition->n_units; i++) {
        const bms_unit *unit = &definition->units[i];
        for (size_t p = 0; p < unit->n_predecessors && unit->from == BMS_NO_DAY; p++) {
            const bms_unit *before = &definition->units[unit->predecessors[p]];
            if (before->to == BMS_NO_DAY) {
                bms_reading_mistake(bms_reading_row_at(reading, BMS_SHEET_UNITS, row_of(reading, i)),
                                    "replaces", BMS_MISTAKE_REPLACES_WITHOUT_A_DAY, unit->code, before->code);
            }
        }
    }
}

/** Look for units with the same name; each name is folded once, as folding every pair of 400 takes time. */
static void check_names(bms_reading *reading) {
    const bms_definition *definition = reading->definition;
    const char **folded = bms_arena_alloc(reading->arena, definition->n_units * sizeof *folded);
    for (size_t i = 0; folded && i < definition->n_units; i++) {
        folded[i] = bms_text_fold(reading->arena, definition->units[i].name);
        check_name(bms_reading_row_at(reading, BMS_SHEET_UNITS, row_of(reading, i)), i, folded);
    }
}

void bms_read_units(bms_reading *reading) {
    bms_definition *definition = reading->definition;
    size_t n = reading->setup->tables[BMS_SHEET_UNITS].n_rows;
    definition->units = bms_arena_alloc(reading->arena, n * sizeof *definition->units);
    reading->unit_of_row = bms_arena_alloc(reading->arena, n * sizeof *reading->unit_of_row);
    if (!definition->units || !reading->unit_of_row)
        return;
    for (size_t i = 0; i < n; i++)
        reading->unit_of_row[i] = BMS_NONE;
    for (size_t i = 0; i < n; i++)
        read_row(bms_reading_row_at(reading, BMS_SHEET_UNITS, i), i);
    bms_definition_sort_units(reading->arena, definition);
    for (size_t i = 0; i < n; i++) {
        bms_reading_row row = bms_reading_row_at(reading, BMS_SHEET_UNITS, i);
        read_parent(row, i);
        read_predecessors(row, &definition->units[reading->unit_of_row[i]]);
    }
    check_names(reading);
    check_succession(reading);
    check_circles(reading);
}
