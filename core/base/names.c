/** The names of version, status and what can be redacted (see bms.h). */
#include "core/bms.h"

const char *bms_version(void) {
    return BMS_VERSION;
}

const char *bms_status_name(enum bms_status status) {
    static const char *const names[] = {
        [BMS_OK] = "ok",
        [BMS_USAGE] = "usage",
        [BMS_INPUT] = "input",
        [BMS_HISTORY_MISSING] = "history_missing",
        [BMS_HISTORY_LOCKED] = "history_locked",
        [BMS_HISTORY_NEWER] = "history_newer",
        [BMS_HISTORY_DAMAGED] = "history_damaged",
        [BMS_NOT_WRITABLE] = "not_writable",
        [BMS_NO_MEMORY] = "no_memory",
        [BMS_CANCELLED] = "cancelled",
        [BMS_INTERNAL] = "internal",
    };
    return (size_t)status < sizeof names / sizeof names[0] ? names[status] : "internal";
}

const char *bms_redacted_name(enum bms_redacted what) {
    static const char *const names[] = {
        [BMS_REDACT_COMMENT] = "comment",     [BMS_REDACT_SIGNATURE] = "signature",
        [BMS_REDACT_ACTIONS] = "actions",     [BMS_REDACT_ORIGINAL] = "original",
        [BMS_REDACT_FINDINGS] = "findings",   [BMS_REDACT_AMENDMENT] = "correction",
        [BMS_REDACT_DECISIONS] = "decisions", [BMS_REDACT_FILE] = "file",
        [BMS_REDACT_SETUP] = "setup",
    };
    return names[what];
}
