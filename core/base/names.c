/** What the library calls itself and how a call ended (see bms.h). */
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
