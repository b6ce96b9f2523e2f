#include "tests/fuzz/workbook_mutation.h"

#include <stdio.h>
#include <string.h>

size_t chance_below(struct chance *chance, size_t n) {
    /* xorshift64* */
    chance->state ^= chance->state >> 12;
    chance->state ^= chance->state << 25;
    chance->state ^= chance->state >> 27;
    return n > 0 ? (size_t)((chance->state * 2685821657736338717U) >> 33) % n : 0;
}

#define ONE_OF(chance, array) ((array)[chance_below(chance, sizeof(array) / sizeof *(array))])

/* Finding */

/** A stretch of a part. */
typedef struct stretch {
    struct part *part; /* NULL: not found */
    size_t from;
    size_t to;
} stretch;

static struct part *part_named(workbook_parts *parts, const char *name) {
    for (size_t i = 0; i < parts->n; i++) {
        if (strcmp(parts->parts[i].name, name) == 0)
            return &parts->parts[i];
    }
    return NULL;
}

/** A sheet: mostly the first, which is the form; the others hold actions, guide and identity. */
static struct part *any_sheet(workbook_parts *parts, struct chance *chance) {
    char name[40];
    const size_t number = chance_below(chance, 2) == 0 ? 1 : 1 + chance_below(chance, 4);
    (void)snprintf(name, sizeof name, "xl/worksheets/sheet%zu.xml", number);
    return part_named(parts, name);
}

static struct part *any_part(workbook_parts *parts, struct chance *chance) {
    return parts->n > 0 ? &parts->parts[chance_below(chance, parts->n)] : NULL;
}

/** As strstr, which under sanitizers measures the whole text at every call. */
static char *find(const struct part *part, const char *from, const char *text) {
    const char *end = part->bytes + part->size;
    const size_t size = strlen(text);
    for (const char *c = from; c < end && (size_t)(end - c) >= size; c++) {
        c = memchr(c, *text, (size_t)(end - c));
        if (!c || (size_t)(end - c) < size)
            return NULL;
        if (strncmp(c, text, size) == 0)
            return part->bytes + (c - part->bytes);
    }
    return NULL;
}

/** One of the places where a text begins: from there to the end of the opening tag, '>' included. */
static stretch any_tag(struct part *part, const char *opening, struct chance *chance) {
    size_t n = 0;
    const char *found = NULL;
    for (const char *c = part ? find(part, part->bytes, opening) : NULL; c; c = find(part, c + 1, opening)) {
        if (chance_below(chance, ++n) == 0)
            found = c;
    }
    const char *end = found ? strchr(found, '>') : NULL;
    if (!end)
        return (stretch){0};
    return (stretch){part, (size_t)(found - part->bytes), (size_t)(end + 1 - part->bytes)};
}

/** An element with what is in it; `closing` as "</c>". */
static stretch any_element(struct part *part, const char *opening, const char *closing,
                           struct chance *chance) {
    stretch found = any_tag(part, opening, chance);
    if (!found.part || found.part->bytes[found.to - 2] == '/')
        return found;
    const char *end = find(part, part->bytes + found.to, closing);
    if (!end)
        return (stretch){0};
    found.to = (size_t)(end - part->bytes) + strlen(closing);
    return found;
}

static stretch any_cell(workbook_parts *parts, struct chance *chance) {
    return any_element(any_sheet(parts, chance), "<c r=", "</c>", chance);
}

/** The text inside the first such element in a stretch. */
static stretch text_in(stretch in, const char *opening, const char *closing) {
    if (!in.part)
        return in;
    const char *start = find(in.part, in.part->bytes + in.from, opening);
    const char *tag_end = start ? strchr(start, '>') : NULL;
    const char *end = tag_end && tag_end[-1] != '/' ? find(in.part, tag_end, closing) : NULL;
    if (!end || (size_t)(end - in.part->bytes) > in.to)
        return (stretch){0};
    return (stretch){in.part, (size_t)(tag_end + 1 - in.part->bytes), (size_t)(end - in.part->bytes)};
}

/* Changing */

static bool put_text(stretch at, const char *text) {
    return at.part && part_splice(at.part, at.from, at.to, text, strlen(text));
}

static bool put_before(stretch at, const char *text) {
    return put_text((stretch){at.part, at.from, at.from}, text);
}

static bool put_after(stretch at, const char *text) {
    return put_text((stretch){at.part, at.to, at.to}, text);
}

/** Give the opening tag at the beginning of a stretch an attribute; NULL takes it away. */
static bool set_attribute(stretch tag, const char *name, const char *value) {
    char search[32];
    char text[200];
    if (!tag.part)
        return false;
    (void)snprintf(search, sizeof search, " %s=\"", name);
    (void)snprintf(text, sizeof text, " %s=\"%s\"", name, value ? value : "");
    char *begin = tag.part->bytes + tag.from;
    char *end = strchr(begin, '>');
    char *found = find(tag.part, begin, search);
    if (found && end && found < end) {
        const char *close = strchr(found + strlen(search), '"');
        const size_t from = (size_t)(found - tag.part->bytes);
        return close && part_splice(tag.part, from, (size_t)(close + 1 - tag.part->bytes), text,
                                    value ? strlen(text) : 0);
    }
    while (end && end > begin && (end[-1] == '/' || end[-1] == '?'))
        end--;
    const size_t at = end ? (size_t)(end - tag.part->bytes) : 0;
    return end && value && part_splice(tag.part, at, at, text, strlen(text));
}

static bool copy_to(stretch from, stretch to) {
    char text[4096];
    const size_t size = from.to - from.from;
    if (!from.part || !to.part || size >= sizeof text)
        return false;
    memcpy(text, from.part->bytes + from.from, size);
    return part_splice(to.part, to.from, to.to, text, size);
}

static const char *number_text(struct chance *chance, char text[32]) {
    static const char *const odd[] = {"",
                                      "-1",
                                      "0",
                                      "1e308",
                                      "1e999",
                                      "-0",
                                      "NaN",
                                      "0.1",
                                      "1,5",
                                      " 7 ",
                                      "0x10",
                                      "1e-9",
                                      "46204",
                                      "2958465",
                                      "99999999999999999999",
                                      "+3",
                                      "5.",
                                      ".5",
                                      "1 000",
                                      "abc",
                                      "1E2",
                                      "7.0000000000000001"};
    if (chance_below(chance, 3) == 0)
        return ONE_OF(chance, odd);
    (void)snprintf(text, 32, "%zu",
                   chance_below(chance, 3) == 0 ? chance_below(chance, 100000) : chance_below(chance, 60));
    return text;
}

static const char *address_text(struct chance *chance, char text[32]) {
    static const char *const odd[] = {"",     "A0", "XFD1048576", "XFE1",  "a1",
                                      "$C$8", "C",  "8",          "C8:C9", "R1C1"};
    if (chance_below(chance, 8) == 0)
        return ONE_OF(chance, odd);
    (void)snprintf(text, 32, "%c%zu", (int)('A' + chance_below(chance, 14)), 1 + chance_below(chance, 40));
    return text;
}

/* Cells */

static bool cell_value(workbook_parts *parts, struct chance *chance) {
    char text[32];
    return put_text(text_in(any_cell(parts, chance), "<v>", "</v>"), number_text(chance, text));
}

/** Some cell becomes one with a number, or a text in it. */
static bool cell_filled(workbook_parts *parts, struct chance *chance) {
    char text[32];
    char element[160];
    static const char *const kinds[] = {"n", "n", "n", "str", "b", "e", "d"};
    const stretch cell = any_cell(parts, chance);
    if (!cell.part)
        return false;
    const char *address = strchr(cell.part->bytes + cell.from, '"') + 1;
    const int length = (int)strcspn(address, "\"");
    if (chance_below(chance, 3) == 0) {
        (void)snprintf(element, sizeof element, "<c r=\"%.*s\" t=\"inlineStr\"><is><t>%s</t></is></c>",
                       length > 20 ? 20 : length, address, number_text(chance, text));
    } else {
        (void)snprintf(element, sizeof element, "<c r=\"%.*s\" t=\"%s\"><v>%s</v></c>",
                       length > 20 ? 20 : length, address, ONE_OF(chance, kinds), number_text(chance, text));
    }
    return put_text(cell, element);
}

static bool cell_type(workbook_parts *parts, struct chance *chance) {
    static const char *const types[] = {NULL, "s", "n", "b", "e", "str", "inlineStr", "d", "zz", ""};
    return set_attribute(any_cell(parts, chance), "t", ONE_OF(chance, types));
}

static bool cell_style(workbook_parts *parts, struct chance *chance) {
    char text[32];
    static const char *const odd[] = {NULL, "-1", "4294967295", "x"};
    (void)snprintf(text, sizeof text, "%zu", chance_below(chance, 90));
    return set_attribute(any_cell(parts, chance), "s",
                         chance_below(chance, 8) == 0 ? ONE_OF(chance, odd) : text);
}

static bool cell_place(workbook_parts *parts, struct chance *chance) {
    char text[32];
    return set_attribute(any_cell(parts, chance), "r",
                         chance_below(chance, 9) == 0 ? NULL : address_text(chance, text));
}

static bool cell_gone(workbook_parts *parts, struct chance *chance) {
    return put_text(any_cell(parts, chance), "");
}

static bool cell_twice(workbook_parts *parts, struct chance *chance) {
    const stretch cell = any_cell(parts, chance);
    return copy_to(cell, (stretch){cell.part, cell.to, cell.to});
}

static bool cell_copied(workbook_parts *parts, struct chance *chance) {
    const stretch from = text_in(any_cell(parts, chance), "<v>", "</v>");
    const stretch to = text_in(any_cell(parts, chance), "<v>", "</v>");
    return copy_to(from, to);
}

/* Formulas */

static bool formula_added(workbook_parts *parts, struct chance *chance) {
    static const char *const formulas[] = {"<f>1+1</f>",
                                           "<f></f>",
                                           "<f/>",
                                           "<f t=\"shared\" si=\"0\"/>",
                                           "<f t=\"shared\" ref=\"A1:XFD1048576\" si=\"0\">A1</f>",
                                           "<f t=\"shared\" ref=\"C7:C20\" si=\"4294967295\">$A1+B$2</f>",
                                           "<f t=\"array\" ref=\"A1:XFD1048576\">1</f>",
                                           "<f t=\"array\" ref=\"C8:C12\">{1;2}</f>",
                                           "<f t=\"dataTable\" ref=\"C8:E9\" r1=\"A1\"/>",
                                           "<f>[1]Sheet1!A1</f>",
                                           "<f ca=\"1\">NOW()</f>",
                                           "<f>IF(A1=\"</f>"};
    const stretch cell = any_cell(parts, chance);
    stretch value = text_in(cell, "<v>", "</v>");
    if (!value.part)
        return false;
    value.from -= 3;
    return put_before(value, ONE_OF(chance, formulas));
}

static bool formula_gone(workbook_parts *parts, struct chance *chance) {
    return put_text(any_element(any_sheet(parts, chance), "<f", "</f>", chance), "");
}

static bool result_gone(workbook_parts *parts, struct chance *chance) {
    return put_text(any_element(any_sheet(parts, chance), "<v>", "</v>", chance), "");
}

/* Rows and columns */

static bool row_attribute(workbook_parts *parts, struct chance *chance) {
    static const char *const names[] = {"r", "hidden", "spans", "ht", "s", "customFormat", "collapsed"};
    static const char *const values[] = {NULL, "0",       "1",       "2",  "7", "8",
                                         "9",  "1048576", "1048577", "-1", "x", "true"};
    const char *name = ONE_OF(chance, names);
    return set_attribute(any_tag(any_sheet(parts, chance), "<row ", chance), name, ONE_OF(chance, values));
}

static bool row_gone(workbook_parts *parts, struct chance *chance) {
    return put_text(any_element(any_sheet(parts, chance), "<row ", "</row>", chance), "");
}

static bool row_twice(workbook_parts *parts, struct chance *chance) {
    struct part *sheet = any_sheet(parts, chance);
    const stretch row = any_element(sheet, "<row ", "</row>", chance);
    const stretch other = any_element(sheet, "<row ", "</row>", chance);
    return copy_to(row, (stretch){other.part, other.to, other.to});
}

static bool column_attribute(workbook_parts *parts, struct chance *chance) {
    static const char *const names[] = {"hidden", "min", "max", "width", "style"};
    static const char *const values[] = {NULL, "0", "1", "3", "5", "16384", "16385", "-1", "x"};
    const char *name = ONE_OF(chance, names);
    return set_attribute(any_tag(any_sheet(parts, chance), "<col ", chance), name, ONE_OF(chance, values));
}

static bool merged_cells(workbook_parts *parts, struct chance *chance) {
    char element[120];
    char a[32];
    char b[32];
    struct part *sheet = any_sheet(parts, chance);
    const stretch end = any_tag(sheet, "</sheetData>", chance);
    (void)snprintf(element, sizeof element, "<mergeCells><mergeCell ref=\"%s:%s\"/></mergeCells>",
                   address_text(chance, a), address_text(chance, b));
    return chance_below(chance, 4) == 0 ? put_text(any_element(sheet, "<mergeCell ", "/>", chance), "")
                                        : put_after(end, element);
}

/* Strings and styles */

static bool string_changed(workbook_parts *parts, struct chance *chance) {
    static const char *const texts[] = {"",
                                        " ",
                                        "Ja",
                                        "ikke aktuelt",
                                        "Kommer senere",
                                        "=1+1",
                                        "12",
                                        "12,5",
                                        "50 %",
                                        "x_x0000_y",
                                        "\xc3\x28",
                                        "&#0;",
                                        "&#x10FFFF;",
                                        "bms form",
                                        "bms 1",
                                        "Kode",
                                        "SYK",
                                        "GARD",
                                        "2026-T2",
                                        "2026-T1",
                                        "0123456789abcdef0123456789abcdef",
                                        "\xe2\x80\xae"};
    const stretch text = text_in(
        any_element(part_named(parts, "xl/sharedStrings.xml"), "<si>", "</si>", chance), "<t", "</t>");
    return put_text(text, ONE_OF(chance, texts));
}

static bool string_moved(workbook_parts *parts, struct chance *chance) {
    struct part *strings = part_named(parts, "xl/sharedStrings.xml");
    const stretch text = any_element(strings, "<si>", "</si>", chance);
    const stretch other = any_element(strings, "<si>", "</si>", chance);
    switch (chance_below(chance, 3)) {
    case 0:
        return put_text(text, "");
    case 1:
        return copy_to(text, other);
    default:
        return put_text(text_in(text, "<si>", "</si>"),
                        "<r><t>S</t></r><r><rPr><b/></rPr><t>YK</t></r><phoneticPr/>");
    }
}

static bool style_changed(workbook_parts *parts, struct chance *chance) {
    static const char *const formats[] = {"0",   "9",   "10",   "14", "22", "49", "164",
                                          "165", "166", "9999", "-1", "x",  NULL};
    static const char *const codes[] = {"yyyy-mm-dd", "0 %",     "@",  ";;;", "[h]:mm",
                                        "General",    "0\\ \\%", "\"", ""};
    struct part *styles = part_named(parts, "xl/styles.xml");
    switch (chance_below(chance, 3)) {
    case 0:
        return set_attribute(any_tag(styles, "<xf ", chance), "numFmtId", ONE_OF(chance, formats));
    case 1:
        return set_attribute(any_tag(styles, "<numFmt ", chance), "formatCode", ONE_OF(chance, codes));
    default:
        return put_text(any_element(styles, "<xf ", "</xf>", chance), "");
    }
}

/* The workbook's own lists */

static bool sheet_listed(workbook_parts *parts, struct chance *chance) {
    static const char *const states[] = {"hidden", "veryHidden", "visible", NULL, "x"};
    static const char *const names[] = {
        "Skjema", "Tiltak", "x", "", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a'b!c"};
    static const char *const links[] = {"rId1", "rId2", "rId3", "rId4", "rId9", "", NULL};
    struct part *book = part_named(parts, "xl/workbook.xml");
    const stretch sheet = any_tag(book, "<sheet ", chance);
    const stretch other = any_tag(book, "<sheet ", chance);
    switch (chance_below(chance, 5)) {
    case 0:
        return set_attribute(sheet, "state", ONE_OF(chance, states));
    case 1:
        return set_attribute(sheet, "name", ONE_OF(chance, names));
    case 2:
        return set_attribute(sheet, "r:id", ONE_OF(chance, links));
    case 3:
        return put_text(sheet, "");
    default: /* another order */
        return copy_to(sheet, (stretch){other.part, other.from, other.from});
    }
}

static bool name_changed(workbook_parts *parts, struct chance *chance) {
    static const char *const targets[] = {
        "Skjema!$C$8",    "Skjema!$A$1:$XFD$1048576", "#REF!",    "", "Tiltak!$A$1", "'Skjema'!$C$18",
        "[1]Skjema!$C$8", "OFFSET(Skjema!$A$1,1,1)",  "Skjema!C8"};
    const stretch name =
        any_element(part_named(parts, "xl/workbook.xml"), "<definedName ", "</definedName>", chance);
    return chance_below(chance, 4) == 0
               ? put_text(name, "")
               : put_text(text_in(name, "<definedName ", "</definedName>"), ONE_OF(chance, targets));
}

static bool calendar_changed(workbook_parts *parts, struct chance *chance) {
    static const char *const values[] = {"1", "0", "true", "x", NULL};
    return set_attribute(any_tag(part_named(parts, "xl/workbook.xml"), "<workbookPr", chance), "date1904",
                         ONE_OF(chance, values));
}

static bool link_changed(workbook_parts *parts, struct chance *chance) {
    static const char *const names[] = {"_rels/.rels", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"};
    static const char *const attributes[] = {"Target", "Id", "Type", "TargetMode", "PartName", "ContentType"};
    static const char *const values[] = {"worksheets/sheet1.xml",
                                         "worksheets/sheet4.xml",
                                         "/xl/worksheets/sheet2.xml",
                                         "../../x",
                                         "xl/workbook.xml",
                                         "External",
                                         "rId1",
                                         "rId2",
                                         "",
                                         NULL,
                                         "http://x.example/y",
                                         "sharedStrings.xml",
                                         "xl\\workbook.xml",
                                         "workbook.xml"};
    struct part *part = part_named(parts, ONE_OF(chance, names));
    const stretch tag = any_tag(part, chance_below(chance, 2) == 0 ? "<Relationship " : "<Override ", chance);
    const char *attribute = ONE_OF(chance, attributes);
    return chance_below(chance, 5) == 0 ? put_text(tag, "")
                                        : set_attribute(tag, attribute, ONE_OF(chance, values));
}

/* XML as such */

static bool element_gone(workbook_parts *parts, struct chance *chance) {
    return put_text(any_tag(any_part(parts, chance), "<", chance), "");
}

static bool text_inserted(workbook_parts *parts, struct chance *chance) {
    static const char *const texts[] = {"<!-- x -->",
                                        "<![CDATA[7]]>",
                                        "&amp;",
                                        "&x;",
                                        "<?x y?>",
                                        "<x>",
                                        "</x>",
                                        "<x/>",
                                        "\xff",
                                        "&#65;",
                                        "<mc:AlternateContent><mc:Choice/></mc:AlternateContent>",
                                        "\xef\xbb\xbf",
                                        "<!DOCTYPE x [<!ENTITY x \"y\">]>",
                                        "\t\r\n"};
    const stretch tag = any_tag(any_part(parts, chance), "<", chance);
    return chance_below(chance, 2) == 0 ? put_before(tag, ONE_OF(chance, texts))
                                        : put_after(tag, ONE_OF(chance, texts));
}

static bool bytes_changed(workbook_parts *parts, struct chance *chance) {
    struct part *part = any_part(parts, chance);
    if (!part || part->size == 0)
        return false;
    const size_t at = chance_below(chance, part->size);
    const size_t end = at + chance_below(chance, 40);
    const char byte = (char)chance_below(chance, 256);
    switch (chance_below(chance, 3)) {
    case 0:
        part->bytes[at] = (char)(part->bytes[at] ^ (1 << chance_below(chance, 8)));
        return true;
    case 1:
        return part_splice(part, at, end < part->size ? end : part->size, "", 0);
    default:
        return part_splice(part, at, at, &byte, 1);
    }
}

/* The container */

static bool part_changed(workbook_parts *parts, struct chance *chance) {
    static const char *const names[] = {"xl/worksheets/sheet1.xml",
                                        "XL/Workbook.xml",
                                        "xl/vbaProject.bin",
                                        "../x",
                                        "/xl/styles.xml",
                                        "xl\\sharedStrings.xml",
                                        "mimetype",
                                        "xl/worksheets/_rels/sheet1.xml.rels",
                                        ""};
    struct part *part = any_part(parts, chance);
    if (!part)
        return false;
    switch (chance_below(chance, 7)) {
    case 0:
        (void)snprintf(part->name, sizeof part->name, "%s", ONE_OF(chance, names));
        break;
    case 1:
        part->wrong_sum = true;
        break;
    case 2:
        part->size_lie = (int)chance_below(chance, 2000000000) - 1000000;
        break;
    case 3:
        part->flags = (uint16_t)(1U << chance_below(chance, 16));
        break;
    case 4:
        part->size = chance_below(chance, part->size + 1);
        part->bytes[part->size] = '\0';
        break;
    default: /* another packing */
        part->deflated = !part->deflated;
    }
    return true;
}

static bool container_changed(workbook_parts *parts, struct chance *chance) {
    if (parts->n < 2)
        return false;
    const size_t i = chance_below(chance, parts->n);
    const size_t last = parts->n - 1;
    const struct part moved = parts->parts[i];
    switch (chance_below(chance, 8)) {
    case 0:
        parts->junk = chance_below(chance, 70000);
        return true;
    case 1:
        parts->cut_off = chance_below(chance, chance_below(chance, 2) == 0 ? 60 : 60000);
        return true;
    default: /* another order */
        parts->parts[i] = parts->parts[last];
        parts->parts[last] = moved;
        return true;
    }
}

/* Values come up often: most of what people do to a form is to fill it in. */
static const struct mutation {
    const char *name;
    bool (*change)(workbook_parts *parts, struct chance *chance);
    unsigned weight;
} mutations[] = {
    {"cell value", cell_value, 16},      {"cell filled", cell_filled, 9},
    {"cell type", cell_type, 4},         {"cell style", cell_style, 4},
    {"cell place", cell_place, 3},       {"cell gone", cell_gone, 2},
    {"cell twice", cell_twice, 2},       {"cell copied", cell_copied, 4},
    {"formula added", formula_added, 4}, {"formula gone", formula_gone, 2},
    {"result gone", result_gone, 2},     {"row attribute", row_attribute, 3},
    {"row gone", row_gone, 1},           {"row twice", row_twice, 2},
    {"column", column_attribute, 2},     {"merged cells", merged_cells, 3},
    {"string", string_changed, 5},       {"string moved", string_moved, 2},
    {"style", style_changed, 4},         {"sheet listed", sheet_listed, 2},
    {"name", name_changed, 2},           {"calendar", calendar_changed, 1},
    {"link", link_changed, 2},           {"element gone", element_gone, 1},
    {"text inserted", text_inserted, 1}, {"bytes", bytes_changed, 1},
    {"part", part_changed, 1},           {"container", container_changed, 1},
};

size_t mutation_count(void) {
    return sizeof mutations / sizeof *mutations;
}

const char *mutation_name(size_t mutation) {
    return mutations[mutation].name;
}

size_t mutation_choose(struct chance *chance) {
    size_t whole = 0;
    for (size_t i = 0; i < mutation_count(); i++)
        whole += mutations[i].weight;
    size_t left = chance_below(chance, whole);
    size_t i = 0;
    while (left >= mutations[i].weight)
        left -= mutations[i++].weight;
    return i;
}

bool mutate(workbook_parts *parts, size_t mutation, struct chance *chance) {
    return mutations[mutation].change(parts, chance);
}
