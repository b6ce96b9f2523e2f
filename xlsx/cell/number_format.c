/** Finds out whether a number format shows a date or per cent (see number_format.h); formats no numbers. */
#include "xlsx/cell/number_format.h"

#include <stddef.h>
#include <string.h>

/** ECMA-376 part 1, 18.8.30. Those that differ by country (27–36, 50–58, 71–81) have a neutral form. */
static const char *const builtin[] = {
    [1] = "0",
    [2] = "0.00",
    [3] = "#,##0",
    [4] = "#,##0.00",
    [5] = "\"$\"#,##0_);(\"$\"#,##0)",
    [6] = "\"$\"#,##0_);[Red](\"$\"#,##0)",
    [7] = "\"$\"#,##0.00_);(\"$\"#,##0.00)",
    [8] = "\"$\"#,##0.00_);[Red](\"$\"#,##0.00)",
    [9] = "0%",
    [10] = "0.00%",
    [11] = "0.00E+00",
    [12] = "# ?/?",
    [13] = "# ?\?/?\?",
    [14] = "m/d/yyyy",
    [15] = "d-mmm-yy",
    [16] = "d-mmm",
    [17] = "mmm-yy",
    [18] = "h:mm AM/PM",
    [19] = "h:mm:ss AM/PM",
    [20] = "h:mm",
    [21] = "h:mm:ss",
    [22] = "m/d/yyyy h:mm",
    [27] = "yyyy/m/d",
    [28] = "yyyy/m/d",
    [29] = "yyyy/m/d",
    [30] = "m/d/yy",
    [31] = "yyyy/m/d",
    [32] = "h:mm",
    [33] = "h:mm:ss",
    [34] = "yyyy/m/d",
    [35] = "yyyy/m/d",
    [36] = "yyyy/m/d",
    [37] = "#,##0_);(#,##0)",
    [38] = "#,##0_);[Red](#,##0)",
    [39] = "#,##0.00_);(#,##0.00)",
    [40] = "#,##0.00_);[Red](#,##0.00)",
    [41] = "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)",
    [42] = "_(\"$\"* #,##0_);_(\"$\"* (#,##0);_(\"$\"* \"-\"_);_(@_)",
    [43] = "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"?\?_);_(@_)",
    [44] = "_(\"$\"* #,##0.00_);_(\"$\"* (#,##0.00);_(\"$\"* \"-\"?\?_);_(@_)",
    [45] = "mm:ss",
    [46] = "[h]:mm:ss",
    [47] = "mm:ss.0",
    [48] = "##0.0E+0",
    [49] = "@",
    [50] = "yyyy/m/d",
    [51] = "yyyy/m/d",
    [52] = "yyyy/m/d",
    [53] = "yyyy/m/d",
    [54] = "yyyy/m/d",
    [55] = "yyyy/m/d",
    [56] = "yyyy/m/d",
    [57] = "yyyy/m/d",
    [58] = "yyyy/m/d",
    [59] = "0",
    [60] = "0.00",
    [61] = "#,##0",
    [62] = "#,##0.00",
    [67] = "0%",
    [68] = "0.00%",
    [69] = "# ?/?",
    [70] = "# ?\?/?\?",
    [71] = "d/m/yyyy",
    [72] = "d-mmm-yy",
    [73] = "d-mmm",
    [74] = "mmm-yy",
    [75] = "h:mm",
    [76] = "h:mm:ss",
    [77] = "d/m/yyyy h:mm",
    [78] = "mm:ss",
    [79] = "[h]:mm:ss",
    [80] = "mm:ss.0",
    [81] = "d/m/yy",
};

const char *bms_number_format_builtin(uint32_t id) {
    return id < sizeof builtin / sizeof *builtin ? builtin[id] : NULL;
}

bool bms_number_format_builtin_is_date(uint32_t id) {
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
           (id >= 50 && id <= 58) || (id >= 71 && id <= 81);
}

/** @return whether the text between two brackets is elapsed time: only h, only m or only s. */
static bool is_elapsed(const char *inside, size_t length) {
    if (length == 0 || !strchr("hHmMsS", inside[0]))
        return false;
    for (size_t i = 1; i < length; i++) {
        if ((inside[i] | 0x20) != (inside[0] | 0x20))
            return false;
    }
    return true;
}

/** Step over one element of a format. @return its code; 0 for literal text */
static char next_code(const char **at) {
    const char *from = *at;
    size_t length;
    switch (*from) {
    case '"':
        length = strcspn(from + 1, "\"");
        *at = from + 1 + length + (from[1 + length] == '"');
        return 0;
    case '\\':
    case '_':
    case '*':
        *at = from + (from[1] ? 2 : 1);
        return 0;
    case '[':
        length = strcspn(from + 1, "]");
        *at = from + 1 + length + (from[1 + length] == ']');
        return is_elapsed(from + 1, length) ? 'h' : (char)0;
    default:
        *at = from + 1;
        return *from;
    }
}

bool bms_number_format_is_date(const char *format) {
    while (*format) {
        if (strncmp(format, "General", 7) == 0) {
            format += 7;
            continue;
        }
        char code = next_code(&format);
        if (code && strchr("yYmMdDhHsS", code))
            return true;
    }
    return false;
}

bool bms_number_format_is_per_cent(const char *format) {
    while (*format) {
        if (next_code(&format) == '%')
            return true;
    }
    return false;
}
