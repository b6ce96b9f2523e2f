/** Reads and writes addresses and ranges (see address.h), without the names of sheets. */
#include "xlsx/cell/address.h"

char *bms_address_write(uint32_t row, uint32_t column, char *out) {
    char letters[8];
    int n = 0;
    for (uint32_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        letters[n++] = (char)('A' + (rest - 1) % 26);
    char digits[12];
    int m = 0;
    for (uint32_t rest = row + 1; rest > 0; rest /= 10)
        digits[m++] = (char)('0' + rest % 10);
    char *at = out;
    while (n > 0)
        *at++ = letters[--n];
    while (m > 0)
        *at++ = digits[--m];
    *at = '\0';
    return out;
}

char *bms_range_write(const bms_range *range, char *out) {
    bms_address_write(range->first_row, range->first_column, out);
    if (range->first_row == range->last_row && range->first_column == range->last_column)
        return out;
    char *at = out;
    while (*at)
        at++;
    *at++ = ':';
    bms_address_write(range->last_row, range->last_column, at);
    return out;
}

/** A column's letters and a row's digits, each optional, each with an optional `$`. */
struct corner {
    bool has_column, has_row;
    uint32_t column, row;
};

static bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool read_column(const char **at, const char *end, uint32_t *column) {
    const char *start = *at;
    uint32_t value = 0;
    while (*at < end && is_letter(**at)) {
        value = value * 26 + (uint32_t)((**at & 0x1F));
        if (value > BMS_MAX_COLUMNS)
            return false;
        ++*at;
    }
    *column = value - 1;
    return *at > start;
}

static bool read_row(const char **at, const char *end, uint32_t *row) {
    const char *start = *at;
    uint32_t value = 0;
    while (*at < end && **at >= '0' && **at <= '9') {
        value = value * 10 + (uint32_t)(**at - '0');
        if (value > BMS_MAX_ROWS)
            return false;
        ++*at;
    }
    *row = value - 1;
    return *at > start && value > 0;
}

bool bms_address_read(const char *text, size_t length, uint32_t *row, uint32_t *column) {
    const char *end = text + length;
    return read_column(&text, end, column) && read_row(&text, end, row) && text == end;
}

static bool skip_dollar(const char **at, const char *end) {
    if (*at == end || **at != '$')
        return false;
    ++*at;
    return true;
}

static bool read_corner(const char **at, const char *end, struct corner *out) {
    *out = (struct corner){0};
    bool dollar = skip_dollar(at, end);
    if (*at < end && is_letter(**at)) {
        if (!read_column(at, end, &out->column))
            return false;
        out->has_column = true;
        dollar = skip_dollar(at, end);
    }
    if (*at < end && **at >= '0' && **at <= '9') {
        if (!read_row(at, end, &out->row))
            return false;
        out->has_row = true;
        dollar = false;
    }
    return !dollar && (out->has_column || out->has_row);
}

static void put_in_order(uint32_t *first, uint32_t *last) {
    if (*first <= *last)
        return;
    uint32_t held = *first;
    *first = *last;
    *last = held;
}

bool bms_range_read(const char *text, size_t length, bms_range *out) {
    const char *end = text + length;
    struct corner a;
    struct corner b;
    if (!read_corner(&text, end, &a))
        return false;
    b = a;
    if (text < end) {
        if (*text++ != ':' || !read_corner(&text, end, &b) || text != end)
            return false;
    } else if (!a.has_column || !a.has_row) {
        return false;
    }
    if (a.has_column != b.has_column || a.has_row != b.has_row)
        return false;
    bms_range range = {.last_row = BMS_MAX_ROWS - 1, .last_column = BMS_MAX_COLUMNS - 1};
    if (a.has_row) {
        range.first_row = a.row;
        range.last_row = b.row;
    }
    if (a.has_column) {
        range.first_column = a.column;
        range.last_column = b.column;
    }
    put_in_order(&range.first_row, &range.last_row);
    put_in_order(&range.first_column, &range.last_column);
    *out = range;
    return true;
}

bool bms_range_holds(const bms_range *range, uint32_t row, uint32_t column) {
    return row >= range->first_row && row <= range->last_row && column >= range->first_column &&
           column <= range->last_column;
}
