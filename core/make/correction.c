/* Making a correction: the form again, with the unit's own cells and the findings (see correction.h). */
#include "core/make/correction.h"

#include "core/base/error.h"
#include "core/check/check.h"

#include <string.h>

bool bms_correction_helps(const bms_finding *findings, size_t n) {
    bool wrong = false;
    for (size_t i = 0; i < n; i++) {
        if (findings[i].severity < BMS_ERROR)
            continue;
        if (!bms_check_can_correct(findings[i].rule))
            return false;
        wrong = true;
    }
    return wrong;
}

/** Put the errors first and then the warnings, each in the order of the form. */
static enum bms_status put_findings(bms_arena *arena, const bms_finding *findings, size_t n,
                                    bms_correction_book *out, bms_error *error) {
    bms_finding *ordered = bms_arena_alloc(arena, (n + 1) * sizeof *ordered);
    if (!ordered)
        return bms_error_no_memory(error);
    for (int severity = BMS_FATAL; severity > BMS_INFO; severity--) {
        for (size_t i = 0; i < n; i++) {
            if ((int)findings[i].severity == severity)
                ordered[out->n_findings++] = findings[i];
        }
    }
    out->findings = ordered;
    return BMS_OK;
}

static bool is_signed_early(const bms_held_return *held) {
    for (size_t i = 0; i < held->n_findings; i++) {
        if (strcmp(held->findings[i].rule, "signed_early") == 0)
            return true;
    }
    return false;
}

static const char *text_of(const bms_raw_cell *cell) {
    return cell->text ? cell->text : "";
}

static bms_action_view action_of(bms_arena *arena, const bms_raw_action *sent) {
    bms_day due;
    bms_action_view view = {.number = text_of(&sent->number),
                            .linked_to = text_of(&sent->linked_to),
                            .text = text_of(&sent->text),
                            .responsible = text_of(&sent->responsible),
                            .due = BMS_NO_DAY,
                            .status = text_of(&sent->status)};
    if (bms_raw_day(&sent->due, &due)) {
        view.due = due;
    } else if (sent->due.kind == BMS_RAW_NUMBER) {
        view.due_text = bms_arena_format(arena, "%.15g", sent->due.number);
    } else if (*text_of(&sent->due) != '\0') {
        view.due_text = sent->due.text;
    }
    if (sent->number.kind == BMS_RAW_NUMBER)
        view.number = bms_arena_format(arena, "%.15g", sent->number.number);
    return view;
}

/** Replace the form's actions by those in the return. */
static enum bms_status put_actions(bms_arena *arena, const bms_raw_return *sent, bms_form *form,
                                   bms_error *error) {
    if (!sent->action_sheet)
        return BMS_OK;
    bms_action_view *views = bms_arena_alloc(arena, (sent->n_actions + 1) * sizeof *views);
    if (!views)
        return bms_error_no_memory(error);
    for (size_t i = 0; i < sent->n_actions; i++)
        views[i] = action_of(arena, &sent->actions[i]);
    form->actions = views;
    form->n_actions = sent->n_actions;
    return BMS_OK;
}

enum bms_status bms_correction_make(bms_arena *arena, const bms_form_request *request,
                                    const bms_form_past *past, const bms_held_return *held, bms_form *form,
                                    bms_correction_book *out, bms_error *error) {
    *out = (bms_correction_book){
        .form = form, .file = held->file, .sent = held->sent, .preliminary = is_signed_early(held)};
    enum bms_status status = bms_form_make(arena, request, past, form, error);
    if (status == BMS_OK)
        status = put_actions(arena, held->sent, form, error);
    if (status == BMS_OK)
        status = put_findings(arena, held->findings, held->n_findings, out, error);
    return bms_error_of_arena(status, arena, error);
}
