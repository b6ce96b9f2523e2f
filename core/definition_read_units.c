/*
 * The sheets Kommune and Enheter: who the municipality is, and the tree of its units.
 */
#include "core/definition_reading.h"

#include "core/text.h"

#include <stdlib.h>
#include <string.h>

static const char *const languages[] = {"nb", "nn", "en"};

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

/** Read a language's name as the choices of Enheter have it, or its code. @return "" when blank or wrong */
static const char *read_language(bms_reading_row row, const char *column) {
    const char *text = bms_reading_text(row, column);
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        if (bms_text_same(text, languages[i]))
            return languages[i];
    }
    if (text[0] == '\0')
        return "";
    const bms_setup_column *choices = bms_setup_column_of(BMS_SHEET_UNITS, "language");
    int choice = bms_setup_recognise_choice(choices, text);
    if (choice >= 0)
        return languages[choice];
    bms_reading_mistake(row, column, BMS_MISTAKE_UNKNOWN_WORD, text,
                        bms_reading_choices(row.reading, choices));
    return "";
}

static void check_email(bms_reading_row row, const char *column, const char *email) {
    const char *at = strchr(email, '@');
    bool plausible = at && at != email && strchr(at, '.') && !strpbrk(email, " ,;<>");
    if (email[0] != '\0' && !plausible)
        bms_reading_mistake(row, column, BMS_MISTAKE_BAD_EMAIL, email, NULL);
}

static void read_fact(bms_reading_row row, enum fact fact) {
    bms_municipality *municipality = &row.reading->definition->municipality;
    switch (fact) {
    case FACT_NAME:
        municipality->name = bms_reading_text(row, "value");
        break;
    case FACT_NUMBER:
        municipality->number = bms_reading_text(row, "value");
        break;
    case FACT_LANGUAGE: {
        const char *language = read_language(row, "value");
        municipality->language = language[0] != '\0' ? language : languages[0];
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
    case N_FACTS:
        break;
    }
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
                                                           .language = languages[0],
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
        if (name[0] == '\0') {
            continue;
        }
        if (fact < 0) {
            bms_reading_mistake(row, "fact", BMS_MISTAKE_UNKNOWN_FACT, name,
                                bms_reading_choices(reading, column));
        } else if (seen[fact] != BMS_NONE) {
            bms_reading_mistake(row, "fact", BMS_MISTAKE_FACT_TWICE, name,
                                bms_reading_address(reading, row.sheet, (size_t)seen[fact], "fact"));
        } else {
            seen[fact] = (int)i;
            read_fact(row, (enum fact)fact);
        }
    }
    for (int fact = FACT_NAME; fact <= FACT_NUMBER && table->n_rows > 0; fact++) {
        if (seen[fact] == BMS_NONE)
            require_fact(reading, (enum fact)fact);
    }
}

/** @return the unit's peer group, spelled as where it is met first; "" for none. */
static const char *read_group(bms_reading_row row) {
    bms_reading *reading = row.reading;
    const char *group = bms_reading_text(row, "group");
    const char *known = group[0] == '\0' ? group : bms_reading_group(reading, group);
    if (known)
        return known;
    const char **groups = bms_arena_grow(reading->arena, reading->groups, reading->n_groups,
                                         &reading->groups_capacity, sizeof *groups);
    if (!groups) {
        reading->out_of_memory = true;
        return group;
    }
    reading->groups = groups;
    return groups[reading->n_groups++] = group;
}

static void read_unit(bms_reading_row row, size_t index, bms_unit *unit) {
    unit->code = bms_reading_code(row, index, "code");
    unit->name = bms_reading_text(row, "name");
    unit->parent = BMS_NONE;
    unit->group = read_group(row);
    unit->leader = bms_reading_text(row, "leader");
    unit->email = bms_reading_text(row, "email");
    check_email(row, "email", unit->email);
    unit->deputy = bms_reading_text(row, "deputy");
    unit->language = read_language(row, "language");
    unit->account_codes = bms_reading_text(row, "account_codes");
    bms_reading_dates(row, "from", "to", &unit->from, &unit->to);
}

/** @return whether two units' time overlaps. */
static bool at_the_same_time(const bms_unit *a, const bms_unit *b) {
    bool a_before = a->to != BMS_NO_DAY && b->from != BMS_NO_DAY && a->to < b->from;
    bool b_before = b->to != BMS_NO_DAY && a->from != BMS_NO_DAY && b->to < a->from;
    return !a_before && !b_before;
}

static void read_parent(bms_reading_row row, size_t index) {
    bms_definition *definition = row.reading->definition;
    bms_unit *unit = &definition->units[index];
    const char *parent = bms_reading_text(row, "parent");
    if (parent[0] != '\0') {
        unit->parent = bms_reading_find(row.reading, BMS_SHEET_UNITS, parent);
        if (unit->parent == BMS_NONE)
            bms_reading_mistake(row, "parent", BMS_MISTAKE_UNKNOWN_PARENT, parent, NULL);
        return;
    }
    for (size_t i = 0; i < index && bms_reading_has_column(row, "parent"); i++) {
        const bms_unit *other = &definition->units[i];
        const bms_setup_row *other_row = &row.reading->setup->tables[BMS_SHEET_UNITS].rows[i];
        if (!bms_setup_find(other_row, "parent") && at_the_same_time(unit, other)) {
            bms_reading_mistake(row, "parent", BMS_MISTAKE_SECOND_TOP, unit->code, other->code);
            return;
        }
    }
}

static void read_predecessors(bms_reading_row row, bms_unit *unit) {
    bms_reading *reading = row.reading;
    const char *text = bms_reading_text(row, "replaces");
    unit->predecessors = bms_reading_array(reading, strlen(text), sizeof *unit->predecessors);
    const char *code;
    while (unit->predecessors && (code = bms_reading_piece(reading, &text, ",;")) != NULL) {
        int found = bms_reading_find(reading, BMS_SHEET_UNITS, code);
        if (found == BMS_NONE) {
            bms_reading_mistake(row, "replaces", BMS_MISTAKE_UNKNOWN_REFERENCE, code,
                                bms_reading_sheet_name(reading, BMS_SHEET_UNITS));
        } else if (&reading->definition->units[found] == unit) {
            bms_reading_mistake(row, "replaces", BMS_MISTAKE_OWN_PREDECESSOR, code, NULL);
        } else {
            unit->predecessors[unit->n_predecessors++] = found;
        }
    }
}

/** @return whether following parents from `start` leads back to it. */
static bool in_a_circle(const bms_definition *definition, int start) {
    int unit = definition->units[start].parent;
    for (size_t steps = 0; unit != BMS_NONE && steps < definition->n_units; steps++) {
        if (unit == start)
            return true;
        unit = definition->units[unit].parent;
    }
    return false;
}

/** Report a circle once, at its first unit, and open it there, so that nothing after this runs in it. */
static void open_circle(bms_reading *reading, int start) {
    bms_definition *definition = reading->definition;
    const char *circle = definition->units[start].code;
    int unit = start;
    do {
        unit = definition->units[unit].parent;
        circle = bms_reading_kept(
            reading, bms_arena_format(reading->arena, "%s → %s", circle, definition->units[unit].code));
    } while (unit != start);
    bms_reading_mistake(bms_reading_row_at(reading, BMS_SHEET_UNITS, (size_t)start), "parent",
                        BMS_MISTAKE_CIRCLE_OF_PARENTS, circle, NULL);
    definition->units[start].parent = BMS_NONE;
}

static void check_name(bms_reading_row row, size_t index) {
    const bms_definition *definition = row.reading->definition;
    const bms_unit *unit = &definition->units[index];
    for (size_t i = 0; i < index; i++) {
        const bms_unit *other = &definition->units[i];
        /* A quick look first: folding each pair of 400 names would be felt. */
        bool same = unit->name[0] != '\0' && strlen(unit->name) == strlen(other->name) &&
                    at_the_same_time(unit, other) && bms_text_same(unit->name, other->name);
        if (!same)
            continue;
        bms_reading_mistake(row, "name", BMS_MISTAKE_SAME_NAME, unit->name,
                            bms_reading_address(row.reading, BMS_SHEET_UNITS, i, "name"));
        return;
    }
}

void bms_read_units(bms_reading *reading) {
    bms_definition *definition = reading->definition;
    size_t n = reading->setup->tables[BMS_SHEET_UNITS].n_rows;
    definition->units = bms_reading_array(reading, n, sizeof *definition->units);
    if (!definition->units)
        return;
    definition->n_units = n;
    for (size_t i = 0; i < n; i++)
        read_unit(bms_reading_row_at(reading, BMS_SHEET_UNITS, i), i, &definition->units[i]);
    for (size_t i = 0; i < n; i++) {
        bms_reading_row row = bms_reading_row_at(reading, BMS_SHEET_UNITS, i);
        read_parent(row, i);
        read_predecessors(row, &definition->units[i]);
        check_name(row, i);
    }
    for (size_t i = 0; i < n; i++) {
        if (in_a_circle(definition, (int)i))
            open_circle(reading, (int)i);
    }
}
