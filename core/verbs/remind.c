/**
 * bms_remind: a letter to each unit that has not delivered, or whose return is held, and one list of them.
 *
 * Everything goes to reminders/PERIOD, under temporary names until all is written. Letters of an earlier run
 * to units that have delivered since are then removed, so that nobody is asked for what has been received.
 * One letter at a time is in memory, and the list.
 */
#include "core/base/catalogue.h"
#include "core/base/csv.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/base/text.h"
#include "core/check/reword.h"
#include "core/check/run_rules.h"
#include "core/job/at_hand.h"
#include "core/job/leftovers.h"
#include "core/job/written.h"
#include "core/verbs/letter.h"
#include "core/verbs/mail.h"

#include <stdlib.h>
#include <string.h>

/** What a unit owes, from bms_deliveries. */
struct owed {
    enum bms_owing owing;
    const char *why;
    bool mailed; /* it gets a draft for the mail program */
};

struct reminding {
    bms_job *job;
    int period;
    const char *folder; /* reminders/PERIOD */
    bms_written_set files;
    struct owed *owed; /* by unit */
    bms_arena *arena;  /* for one letter at a time */
    bms_kept kept;     /* the list so far … */
    bms_csv list;      /* … written here */
};

/** The workbook that goes with a letter. */
struct attachment {
    unsigned char *bytes;
    size_t size;
};

/* What the units owe */

/** @return whether the form is due; one without a due date always is. */
static bool is_due(const struct reminding *reminding) {
    const bms_day due = reminding->job->definition->calendar[reminding->period].due;
    return due == BMS_NO_DAY || due < bms_day_here(reminding->job->now);
}

static enum bms_owing owing_of(const struct reminding *reminding, const bms_delivery *row) {
    if (row->stage == BMS_STAGE_OTHER_PERIOD)
        return BMS_OWES_THE_RIGHT_FORM;
    if (row->held > 0)
        return BMS_OWES_A_CORRECTION;
    if (row->to_clarify > 0)
        return BMS_OWES_WHAT_IS_MISSING;
    if (row->revision > 0 && row->awaited && is_due(reminding))
        return BMS_OWES_WHAT_COMES_LATER;
    if (row->revision > 0 || row->expected == 0)
        return BMS_OWES_NOTHING;
    return row->unfinished > 0 ? BMS_OWES_THE_REST : BMS_OWES_A_FORM;
}

static void take_delivery(void *context, const bms_delivery *row) {
    struct reminding *reminding = context;
    const int unit = bms_definition_unit(reminding->job->definition, row->unit);
    if (unit == BMS_NONE)
        return;
    const enum bms_owing owing = owing_of(reminding, row);
    const char *why = owing == BMS_OWES_WHAT_COMES_LATER ? row->awaited : row->why;
    reminding->owed[unit] =
        (struct owed){.owing = owing, .why = bms_arena_text(reminding->job->arena, why ? why : "")};
}

/* A letter */

/** Read the correction of a held return, else the form, when it has been written. Who has delivered fills in
 * the rest of its own. */
static enum bms_status find_workbook(const struct reminding *reminding, bms_letter *letter,
                                     struct attachment *attachment, bms_error *error) {
    const bms_job *job = reminding->job;
    const bms_unit *unit = &job->definition->units[letter->unit];
    if (letter->owing == BMS_OWES_WHAT_COMES_LATER)
        return BMS_OK;
    const char *file = bms_text_file_name(reminding->arena, unit->code, unit->name);
    const char *path = bms_arena_format(reminding->arena, "%s%s/%s/%s", job->folder,
                                        bms_letter_corrects(letter) ? "corrections" : "forms",
                                        job->definition->calendar[reminding->period].period.code, file);
    enum bms_status status = bms_error_of_arena(BMS_OK, reminding->arena, error);
    if (status != BMS_OK || bms_platform_path_kind(path) != BMS_PATH_FILE)
        return status;
    letter->file = file;
    return bms_platform_read_file(path, job->language, &attachment->bytes, &attachment->size, error);
}

/** Write a file under its temporary name. @param text  of the letters' arena @param unit  its code; NULL for
 * none */
static enum bms_status save(struct reminding *reminding, const char *file, const char *unit, const char *text,
                            bms_error *error) {
    enum bms_status status = bms_error_of_arena(BMS_OK, reminding->arena, error);
    if (status != BMS_OK)
        return status;
    const bms_written *written = bms_written_add(&reminding->files, reminding->folder, file, unit);
    if (!written)
        return bms_error_no_memory(error);
    return bms_platform_write_file(written->temporary, reminding->job->language, text, strlen(text), error);
}

/** @return the name of a unit's letter. @param ending  ".txt" */
static const char *letter_name(const struct reminding *reminding, const bms_unit *unit, const char *ending) {
    const char *file = bms_text_file_name(reminding->arena, unit->code, unit->name);
    return bms_arena_format(reminding->arena, "%.*s%s", (int)(strlen(file) - strlen(".xlsx")), file, ending);
}

/** Report an address that no mail program accepts: without it there is no draft. */
static void report_bad_address(const struct reminding *reminding, const char *address, const char *unit) {
    const bms_text_place value = {"value", address};
    bms_finding finding =
        bms_run_finding(reminding->arena, reminding->job->language, BMS_RULE_BAD_EMAIL, &value, 1);
    finding.unit = unit;
    if (*address && !bms_email_valid(address))
        bms_job_report_finding(reminding->job, &finding);
}

/** Write a draft when both addresses are valid. */
static enum bms_status save_mail(struct reminding *reminding, const bms_letter *letter,
                                 const struct attachment *attachment, bms_error *error) {
    const bms_unit *unit = &letter->definition->units[letter->unit];
    const char *from = letter->definition->municipality.reply_to;
    const bms_mail mail = {.from = from,
                           .to = unit->email,
                           .subject = letter->subject,
                           .text = letter->text,
                           .at = reminding->job->now,
                           .file = letter->file,
                           .attached = attachment->bytes,
                           .size = attachment->size};
    if (bms_email_valid(from) && bms_email_valid(unit->email)) {
        reminding->owed[letter->unit].mailed = true;
        return save(reminding, letter_name(reminding, unit, ".eml"), unit->code,
                    bms_mail_write(reminding->arena, &mail), error);
    }
    report_bad_address(reminding, unit->email, unit->code);
    return bms_error_of_arena(BMS_OK, reminding->arena, error);
}

static enum bms_status write_letter(struct reminding *reminding, bms_letter *letter,
                                    struct attachment *attachment, bms_error *error) {
    const bms_unit *unit = &letter->definition->units[letter->unit];
    enum bms_status status = find_workbook(reminding, letter, attachment, error);
    if (status != BMS_OK)
        return status;
    bms_letter_write(reminding->arena, letter);
    const char *text = bms_tr(letter->language, BMS_TEXT("To: {address}\nSubject: {subject}\n\n{text}"));
    status = save(reminding, letter_name(reminding, unit, ".txt"), unit->code,
                  bms_message(reminding->arena, text, "address", unit->email, "subject", letter->subject,
                              "text", letter->text, NULL),
                  error);
    return status == BMS_OK ? save_mail(reminding, letter, attachment, error) : status;
}

/* The list, with semicolons, as Norwegian spreadsheets expect */

static void list_line(struct reminding *reminding, const char *const *texts, size_t n) {
    for (size_t i = 0; i < n; i++)
        bms_csv_text(&reminding->list, texts[i]);
    bms_csv_end_row(&reminding->list);
}

static void begin_list(struct reminding *reminding) {
    const char *language = reminding->job->language;
    const char *const headings[] = {
        bms_tr(language, BMS_TEXT("Unit")),      bms_tr(language, BMS_TEXT("Name")),
        bms_tr(language, BMS_TEXT("Leader")),    bms_tr(language, BMS_TEXT("E-mail")),
        bms_tr(language, BMS_TEXT("Subject")),   bms_tr(language, BMS_TEXT("Text")),
        bms_tr(language, BMS_TEXT("Attachment"))};
    reminding->list = (bms_csv){.sink = bms_sink_keep(&reminding->kept), .excel = true, .quoted = true};
    list_line(reminding, headings, sizeof headings / sizeof *headings);
}

static void list_letter(struct reminding *reminding, const bms_letter *letter) {
    const bms_unit *unit = &letter->definition->units[letter->unit];
    const char *const texts[] = {unit->code,      unit->name,   unit->leader, unit->email,
                                 letter->subject, letter->text, letter->file};
    list_line(reminding, texts, sizeof texts / sizeof *texts);
}

static enum bms_status save_list(struct reminding *reminding, bms_error *error) {
    return reminding->kept.failed ? bms_error_no_memory(error)
                                  : save(reminding, "list.csv", NULL, reminding->kept.text, error);
}

/* All of them */

static enum bms_status remind_unit(struct reminding *reminding, int unit, bms_error *error) {
    const bms_job *job = reminding->job;
    const struct owed *owed = &reminding->owed[unit];
    struct attachment attachment = {0};
    const char *language = bms_job_language_of(job, unit);
    bms_letter letter = {.definition = job->definition,
                         .unit = unit,
                         .period = reminding->period,
                         .language = language,
                         .today = bms_day_here(job->now),
                         .owing = owed->owing,
                         .why = owed->owing == BMS_OWES_WHAT_COMES_LATER
                                    ? owed->why
                                    : bms_finding_in(reminding->arena, NULL, owed->why, language)};
    enum bms_status status = write_letter(reminding, &letter, &attachment, error);
    if (status == BMS_OK)
        list_letter(reminding, &letter);
    free(attachment.bytes);
    return status;
}

/** Remove a letter of an earlier run, unless memory is out: its name may then be that of another. */
static void remove_letter(const struct reminding *reminding, const bms_unit *unit, const char *ending) {
    const char *path = bms_arena_format(reminding->arena, "%s%s/%s", reminding->job->folder,
                                        reminding->folder, letter_name(reminding, unit, ending));
    if (!bms_arena_failed(reminding->arena))
        bms_platform_remove(path);
}

/** Remove what an earlier run wrote, where a unit no longer owes anything, or gets no draft now. */
static void remove_old(const struct reminding *reminding) {
    const bms_definition *definition = reminding->job->definition;
    for (size_t i = 0; i < definition->n_units; i++) {
        const struct owed *owed = &reminding->owed[i];
        bms_arena_reset(reminding->arena);
        if (owed->owing == BMS_OWES_NOTHING)
            remove_letter(reminding, &definition->units[i], ".txt");
        if (!owed->mailed)
            remove_letter(reminding, &definition->units[i], ".eml");
    }
}

static enum bms_status remind_all(struct reminding *reminding, bms_error *error) {
    bms_job *job = reminding->job;
    const size_t n = job->definition->n_units;
    enum bms_status status = bms_written_folder(&reminding->files, reminding->folder, error);
    begin_list(reminding);
    report_bad_address(reminding, job->definition->municipality.reply_to, NULL);
    for (size_t i = 0; status == BMS_OK && i < n; i++) {
        bms_arena_reset(reminding->arena);
        if (reminding->owed[i].owing != BMS_OWES_NOTHING)
            status = remind_unit(reminding, (int)i, error);
        if (status == BMS_OK)
            status = bms_job_progress(job, i + 1, n, error);
    }
    if (status == BMS_OK)
        status = save_list(reminding, error);
    status = bms_error_of_arena(status, job->arena, error);
    if (status != BMS_OK)
        return status;
    bms_written_place_all(&reminding->files);
    remove_old(reminding);
    bms_written_deliver(&reminding->files);
    return BMS_OK;
}

static enum bms_status prepare(struct reminding *reminding, const char *period, bms_error *error) {
    bms_job *job = reminding->job;
    enum bms_status status = bms_job_open_defined(job, error);
    if (status == BMS_OK)
        status = bms_job_period(job, period, BMS_SENT, &reminding->period, error);
    if (status != BMS_OK)
        return status;
    const char *code = job->definition->calendar[reminding->period].period.code;
    reminding->folder = bms_arena_format(job->arena, "reminders/%s", code);
    reminding->owed = bms_arena_alloc(job->arena, (job->definition->n_units + 1) * sizeof *reminding->owed);
    reminding->arena = bms_arena_new();
    bms_leftovers_claim(job);
    return reminding->arena ? bms_error_of_arena(status, job->arena, error) : bms_error_no_memory(error);
}

enum bms_status bms_remind(bms *b, const char *period, const bms_listener *listener, bms_error *error) {
    bms_job job;
    struct reminding reminding = {.job = &job, .files = {.job = &job}};
    enum bms_status status = bms_job_begin(&job, b, listener, error);
    if (status == BMS_OK)
        status = prepare(&reminding, period, error);
    if (status == BMS_OK) {
        const char *code = job.definition->calendar[reminding.period].period.code;
        status = bms_deliveries(b, code, NULL, take_delivery, &reminding, error);
    }
    if (status == BMS_OK)
        status = bms_error_of_arena(status, job.arena, error);
    if (status == BMS_OK)
        status = remind_all(&reminding, error);
    bms_written_clear(&reminding.files);
    bms_kept_free(&reminding.kept);
    bms_arena_free(reminding.arena);
    bms_job_end(&job);
    return status;
}
