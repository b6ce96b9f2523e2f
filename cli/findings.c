/** Findings as text (see findings.h). Their wording comes from the library. */
#include "findings.h"

#include "command.h"
#include "width.h"

static const char *severity_label(const bms_finding *finding) {
    if (finding->needs_yes)
        return TEXT("must be confirmed");
    switch (finding->severity) {
    case BMS_FATAL:
        return TEXT("cannot be read");
    case BMS_ERROR:
        return TEXT("must be corrected");
    case BMS_WARNING:
        return TEXT("should be checked");
    default:
        return TEXT("for information");
    }
}

static enum colour severity_colour(enum bms_severity severity) {
    if (severity == BMS_INFO)
        return COLOUR_DIM;
    return severity == BMS_WARNING ? COLOUR_YELLOW : COLOUR_RED;
}

static void write_place(struct output *out, const bms_finding *finding) {
    if (finding->sheet) {
        output_value(out, finding->sheet);
        output_text(out, finding->cell ? "!" : "");
    }
    output_value(out, finding->cell);
    output_text(out, finding->sheet || finding->cell ? ": " : "");
}

void findings_write_text(struct session *session, const bms_finding *finding) {
    enum { LABEL_WIDTH = 20 };
    if (session->quiet && finding->severity < BMS_ERROR && !finding->needs_yes)
        return;
    struct output *out = &session->out;
    const char *label = translated(session, severity_label(finding));
    size_t width = text_width(label);
    output_text(out, "  ");
    output_coloured(out, label, severity_colour(finding->severity));
    output_repeat(out, ' ', width < LABEL_WIDTH ? LABEL_WIDTH - width : 1);
    write_place(out, finding);
    output_value(out, finding->message);
    output_text(out, "\n");
    if (finding->fix && *finding->fix) {
        output_repeat(out, ' ', LABEL_WIDTH + 2);
        output_message(out, "→ {fix}\n", "fix", finding->fix, NULL);
    }
}
