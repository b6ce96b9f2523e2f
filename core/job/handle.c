/** The handle and its settings, for all verbs (see handle.h). */
#include "core/job/handle.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/language.h"
#include "core/base/period.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *copy_text(const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

enum bms_status bms_new(bms **out, bms_error *error) {
    bms_error_clear(error);
    *out = NULL;
    bms *b = calloc(1, sizeof *b);
    if (!b)
        return bms_error_no_memory(error);
    memcpy(b->language, bms_language_at(0)->code, sizeof b->language);
    b->history = copy_text("bms.db");
    if (!b->history) {
        free(b);
        return bms_error_no_memory(error);
    }
    *out = b;
    return BMS_OK;
}

void bms_free(bms *b) {
    if (!b)
        return;
    free(b->history);
    free(b->as_of);
    free(b);
}

static enum bms_status refuse_language(const bms *b, bms_error *error) {
    bms_arena *arena = bms_arena_new();
    if (!arena)
        return bms_error_no_memory(error);
    const char *codes = bms_language_at(0)->code;
    size_t last = 1;
    for (; bms_language_at(last + 1); last++)
        codes = bms_arena_format(arena, "%s, %s", codes, bms_language_at(last)->code);
    const char *message =
        bms_message(arena, bms_tr(b->language, BMS_TEXT("The language must be {codes} or {last}.")), "codes",
                    codes, "last", bms_language_at(last)->code, NULL);
    enum bms_status status =
        bms_arena_failed(arena) ? bms_error_no_memory(error) : bms_error_set(error, BMS_USAGE, NULL, message);
    bms_arena_free(arena);
    return status;
}

enum bms_status bms_set_language(bms *b, const char *language, bms_error *error) {
    bms_error_clear(error);
    if (!bms_language_find(language))
        return refuse_language(b, error);
    memcpy(b->language, language, sizeof b->language);
    return BMS_OK;
}

enum bms_status bms_set_workbook_language(bms *b, const char *language, bms_error *error) {
    bms_error_clear(error);
    if (language && !bms_language_find(language))
        return refuse_language(b, error);
    (void)snprintf(b->workbook_language, sizeof b->workbook_language, "%s", language ? language : "");
    return BMS_OK;
}

char bms_decimal_mark(const bms *b) {
    return bms_language_of(b->language)->decimal_mark;
}

enum bms_status bms_set_history(bms *b, const char *path, bms_error *error) {
    bms_error_clear(error);
    if (!path || !*path) {
        return bms_error_set(error, BMS_USAGE, NULL,
                             bms_tr(b->language, BMS_TEXT("The path of the history is empty.")));
    }
    char *copy = copy_text(path);
    if (!copy)
        return bms_error_no_memory(error);
    free(b->history);
    b->history = copy;
    return BMS_OK;
}

bool bms_run_number(const char *text, int64_t *run) {
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 15 || text[digits] != '\0')
        return false;
    *run = strtoll(text, NULL, 10);
    return true;
}

enum bms_status bms_set_as_of(bms *b, const char *date_or_run, bms_error *error) {
    int64_t run = 0;
    bms_day day = 0;
    char *copy = NULL;
    bms_error_clear(error);
    if (date_or_run && !bms_run_number(date_or_run, &run) && !bms_day_parse(date_or_run, &day)) {
        return bms_error_set(
            error, BMS_USAGE, date_or_run,
            bms_tr(b->language, BMS_TEXT("Give a date, as 2026-09-30, or the number of a run.")));
    }
    if (date_or_run) {
        copy = copy_text(date_or_run);
        if (!copy)
            return bms_error_no_memory(error);
    }
    free(b->as_of);
    b->as_of = copy;
    return BMS_OK;
}

void bms_set_limits_of_today(bms *b, bool of_today) {
    b->limits_of_today = of_today;
}

void bms_set_threads(bms *b, int threads) {
    b->threads = threads > 0 ? threads : 0;
}

void bms_set_clock(bms *b, int64_t (*now)(void *context), void *context) {
    b->now = now;
    b->now_context = context;
}

void bms_set_notices(bms *b, void (*on_notice)(void *context, const bms_finding *notice), void *context) {
    b->on_notice = on_notice;
    b->notice_context = context;
}

const char *bms_translate(const bms *b, const char *text) {
    return bms_tr(b->language, text);
}
