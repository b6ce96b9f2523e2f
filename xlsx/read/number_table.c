/** A tree of digits with base 16 (see number_table.h). */
#include "xlsx/read/number_table.h"

#include <stdlib.h>
#include <string.h>

enum { DIGIT_BITS = 4, NUMBER_BITS = 32 };

static uint32_t digit_at(uint32_t number, int shift) {
    return number >> shift & (BMS_NUMBER_BRANCHES - 1);
}

static bool make_room(bms_number_table *table) {
    if (table->count < table->capacity)
        return true;
    const uint32_t capacity = table->capacity < 16 ? 16 : table->capacity * 2;
    if (capacity > UINT32_MAX / 4 || !bms_budget_take(table->budget, capacity * sizeof *table->nodes))
        return false;
    uint32_t(*moved)[BMS_NUMBER_BRANCHES] = realloc(table->nodes, capacity * sizeof *moved);
    bms_budget_give_back(table->budget, (moved ? table->capacity : capacity) * sizeof *moved);
    if (!moved)
        return false;
    table->nodes = moved;
    table->capacity = capacity;
    return true;
}

/** @return the new node; 0 when memory or the budget is out: the first node is the root, to which none leads.
 */
static uint32_t add_node(bms_number_table *table) {
    if (!make_room(table))
        return 0;
    memset(table->nodes[table->count], 0, sizeof *table->nodes);
    return table->count++;
}

bool bms_number_table_put(bms_number_table *table, uint32_t number, uint32_t value) {
    uint32_t node = 0;
    if (table->count == 0) {
        (void)add_node(table);
        if (table->count == 0)
            return false;
    }
    for (int shift = NUMBER_BITS - DIGIT_BITS; shift > 0; shift -= DIGIT_BITS) {
        const uint32_t digit = digit_at(number, shift);
        uint32_t next = table->nodes[node][digit];
        if (next == 0) {
            next = add_node(table);
            if (next == 0)
                return false;
            table->nodes[node][digit] = next;
        }
        node = next;
    }
    table->nodes[node][digit_at(number, 0)] = value + 1;
    return true;
}

uint32_t bms_number_table_get(const bms_number_table *table, uint32_t number) {
    uint32_t at = 0;
    if (table->count == 0)
        return BMS_NO_VALUE;
    for (int shift = NUMBER_BITS - DIGIT_BITS; shift >= 0; shift -= DIGIT_BITS) {
        at = table->nodes[at][digit_at(number, shift)];
        if (at == 0)
            return BMS_NO_VALUE;
    }
    return at - 1;
}

void bms_number_table_dispose(bms_number_table *table) {
    free(table->nodes);
    bms_budget_give_back(table->budget, table->capacity * sizeof *table->nodes);
    *table = (bms_number_table){.budget = table->budget};
}
