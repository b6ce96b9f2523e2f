/**
 * bms_remind: a ready letter to each unit that has not delivered, or whose return is held, and one list of
 * them.
 *
 * Everything goes to reminders/PERIOD. A letter of an earlier run to a unit that has delivered since is taken
 * away, so that nobody is asked for what has come.
 */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/base/text.h"
#include "core/job/job.h"
#include "core/verbs/mail.h"

#include <stdlib.h>
#include <string.h>

/** How a unit stands, copied from what bms_deliveries tells. */
struct standing {
    bool reminded;
    bool held;
    bool partly; /* taken in without what is wrong in it */
    bool begun;
    const char *why;
};

struct reminding {
    bms_job *job;
    int period;
    const char *folder;         /* path of reminders/PERIOD */
    struct standing *standings; /* by unit */
    const char *list;           /* the lines of the list so far */
    bool out_of_memory;
};

/** A letter while it is made. */
struct letter {
    const bms_unit *unit;
    const struct standing *standing;
    const char *language;
    const char *period_name;
    const char *subject;
    const char *text;
    const char *file; /* the workbook it brings; NULL: none */
    unsigned char *bytes;
    size_t size;
};

static const char *tr(const struct letter *letter, const char *text) {
    return bms_tr(letter->language, text);
}

static void take_delivery(void *context, const bms_delivery *row) {
    struct reminding *reminding = context;
    const int unit = bms_definition_unit(reminding->job->definition, row->unit);
    if (unit == BMS_NONE)
        return;
    struct standing *standing = &reminding->standings[unit];
    const bool partly = row->held == 0 && row->to_clarify > 0;
    *standing =
        (struct standing){.reminded = row->held > 0 || partly || (row->revision == 0 && row->expected > 0),
                          .held = row->held > 0,
                          .partly = partly,
                          .begun = row->unfinished > 0,
                          .why = row->why ? bms_arena_text(reminding->job->arena, row->why) : ""};
    reminding->out_of_memory = reminding->out_of_memory || !standing->why;
}

/** The correction of a held return, else the form, as far as they have been written. */
static enum bms_status find_workbook(struct reminding *reminding, struct letter *letter, bms_error *error) {
    bms_job *job = reminding->job;
    const char *code = job->definition->calendar[reminding->period].period.code;
    const char *file = bms_text_file_name(job->arena, letter->unit->code, letter->unit->name);
    const char *name = bms_arena_format(
        job->arena, "%s/%s/%s", letter->standing->held || letter->standing->partly ? "corrections" : "forms",
        code, file);
    const char *path = file && name ? bms_job_path(job, name) : NULL;
    if (!path)
        return bms_error_no_memory(error);
    if (bms_platform_path_kind(path) != BMS_PATH_FILE)
        return BMS_OK;
    letter->file = file;
    return bms_platform_read_file(path, job->language, &letter->bytes, &letter->size, error);
}

/** What is missing, and what to do about it. */
static const char *request_of(const struct letter *letter) {
    if (letter->standing->held && letter->file) {
        return BMS_TEXT(
            "Thank you for the form for {period} from {unit}. It cannot be taken in yet:\n\n"
            "{why}\n\n"
            "Open the attached workbook. Its first sheet shows what must be corrected, and where. "
            "Correct it, save, and send the file back as an attachment (not a link).");
    }
    if (letter->standing->held) {
        return BMS_TEXT("Thank you for the form for {period} from {unit}. It cannot be taken in yet:\n\n"
                        "{why}\n\n"
                        "Answer this letter, and we will find out of it together.");
    }
    if (letter->standing->partly) {
        return BMS_TEXT(
            "Thank you for the form for {period} from {unit}. It has been taken in, but without the "
            "numbers that must be corrected.\n\n"
            "Open the attached workbook. Its first sheet shows what must be corrected, and where. "
            "Correct it, save, and send the file back as an attachment (not a link).");
    }
    if (letter->standing->begun) {
        return BMS_TEXT("The form for {period} from {unit} is begun, but not signed as finished. {due}\n\n"
                        "Fill in the rest, write name and date at the bottom, save, and send the file as an "
                        "attachment (not a link). An empty form is attached, in case you need it.");
    }
    return BMS_TEXT("We have not received the form for {period} from {unit}. {due}\n\n"
                    "Fill in the yellow cells of the attached form, write name and date at the bottom, save, "
                    "and send the file back as an attachment (not a link). If you have begun on the form "
                    "already, go on with that one.");
}

/** "Fristen var 15.09.2026." */
static const char *due_text(const struct reminding *reminding, const struct letter *letter) {
    bms_arena *arena = reminding->job->arena;
    const bms_day due = reminding->job->definition->calendar[reminding->period].due;
    if (due == BMS_NO_DAY)
        return "";
    const bool over = due < bms_day_of_time(reminding->job->now);
    const char *day = bms_day_text(arena, due, letter->language);
    return bms_message(
        arena, tr(letter, over ? BMS_TEXT("It was due on {date}.") : BMS_TEXT("It is due on {date}.")),
        "date", day, NULL);
}

static enum bms_status write_words(const struct reminding *reminding, struct letter *letter,
                                   bms_error *error) {
    bms_arena *arena = reminding->job->arena;
    const bms_municipality *municipality = &reminding->job->definition->municipality;
    const char *due = due_text(reminding, letter);
    const char *subject = letter->standing->held || letter->standing->partly
                              ? BMS_TEXT("To be corrected: {unit} – {period}")
                              : BMS_TEXT("Reminder: {unit} – {period}");
    const char *greeting = *letter->unit->leader ? bms_message(arena, tr(letter, BMS_TEXT("Dear {name},")),
                                                               "name", letter->unit->leader, NULL)
                                                 : tr(letter, BMS_TEXT("Hello,"));
    const char *request =
        bms_message(arena, tr(letter, request_of(letter)), "period", letter->period_name, "unit",
                    letter->unit->name, "why", letter->standing->why, "due", due ? due : "", NULL);
    const char *ending =
        bms_message(arena,
                    tr(letter, BMS_TEXT("If you have sent it in the meantime, disregard this letter.\n\n"
                                        "Kind regards\n{coordinator}\n{municipality}")),
                    "coordinator", municipality->coordinator, "municipality", municipality->name, NULL);
    letter->subject = bms_message(arena, tr(letter, subject), "unit", letter->unit->name, "period",
                                  letter->period_name, NULL);
    if (!due || !greeting || !request || !ending || !letter->subject)
        return bms_error_no_memory(error);
    letter->text = bms_arena_format(arena, "%s\n\n%s\n\n%s\n", greeting, request, ending);
    return letter->text ? BMS_OK : bms_error_no_memory(error);
}

static enum bms_status save(const struct reminding *reminding, const char *path, const char *unit,
                            const char *text, bms_error *error) {
    const bms_listener *listener = reminding->job->listener;
    if (!path || !text)
        return bms_error_no_memory(error);
    enum bms_status status =
        bms_platform_write_file(path, reminding->job->language, text, strlen(text), error);
    const bms_file_row row = {.path = path, .action = BMS_FILE_WRITTEN, .unit = unit};
    if (status == BMS_OK && listener && listener->on_file)
        listener->on_file(listener->context, &row);
    return status;
}

/** @return the path of a unit's letter, `ending` as ".txt". */
static const char *letter_path(const struct reminding *reminding, const bms_unit *unit, const char *ending) {
    bms_arena *arena = reminding->job->arena;
    const char *file = bms_text_file_name(arena, unit->code, unit->name);
    if (!file)
        return NULL;
    return bms_arena_format(arena, "%s/%.*s%s", reminding->folder, (int)(strlen(file) - strlen(".xlsx")),
                            file, ending);
}

/** A draft for the mail program, where both ends have an address. */
static enum bms_status save_mail(const struct reminding *reminding, const struct letter *letter,
                                 bms_error *error) {
    bms_arena *arena = reminding->job->arena;
    const char *from = reminding->job->definition->municipality.reply_to;
    const char *path = letter_path(reminding, letter->unit, ".eml");
    if (!path)
        return bms_error_no_memory(error);
    if (!bms_mail_is_address(from) || !bms_mail_is_address(letter->unit->email)) {
        bms_platform_remove(path);
        return BMS_OK;
    }
    const bms_mail mail = {.from = from,
                           .to = letter->unit->email,
                           .subject = letter->subject,
                           .text = letter->text,
                           .at = reminding->job->now,
                           .file = letter->file,
                           .attached = letter->bytes,
                           .size = letter->size};
    return save(reminding, path, letter->unit->code, bms_mail_write(arena, &mail), error);
}

/** @return a field of the list in quotes; doubled where it has some. */
static const char *field(bms_arena *arena, const char *text) {
    char *out = bms_arena_alloc(arena, strlen(text) * 2 + 3);
    char *end = out;
    if (!out)
        return NULL;
    *end++ = '"';
    for (; *text; text++) {
        if (*text == '"')
            *end++ = '"';
        *end++ = *text;
    }
    *end++ = '"';
    *end = '\0';
    return out;
}

/** Add a line to the list: for spreadsheets that take a semicolon, as those here do. */
static enum bms_status add_line(struct reminding *reminding, const char *const *texts, size_t n,
                                bms_error *error) {
    bms_arena *arena = reminding->job->arena;
    for (size_t i = 0; reminding->list && i < n; i++) {
        const char *text = field(arena, texts[i] ? texts[i] : "");
        reminding->list =
            text ? bms_arena_format(arena, "%s%s%s", reminding->list, text, i + 1 < n ? ";" : "\r\n") : NULL;
    }
    return reminding->list ? BMS_OK : bms_error_no_memory(error);
}

static enum bms_status list_letter(struct reminding *reminding, const struct letter *letter,
                                   bms_error *error) {
    const char *texts[] = {letter->unit->code, letter->unit->name, letter->unit->leader, letter->unit->email,
                           letter->subject,    letter->text,       letter->file};
    return add_line(reminding, texts, sizeof texts / sizeof *texts, error);
}

static enum bms_status begin_list(struct reminding *reminding, bms_error *error) {
    const char *language = reminding->job->language;
    const char *headings[] = {bms_tr(language, BMS_TEXT("Unit")),      bms_tr(language, BMS_TEXT("Name")),
                              bms_tr(language, BMS_TEXT("Leader")),    bms_tr(language, BMS_TEXT("E-mail")),
                              bms_tr(language, BMS_TEXT("Subject")),   bms_tr(language, BMS_TEXT("Text")),
                              bms_tr(language, BMS_TEXT("Attachment"))};
    reminding->list = "\xEF\xBB\xBF"; /* so that a spreadsheet takes it as UTF-8 */
    return add_line(reminding, headings, sizeof headings / sizeof *headings, error);
}

static enum bms_status remind_unit(struct reminding *reminding, int unit, bms_error *error) {
    bms_job *job = reminding->job;
    struct letter letter = {.unit = &job->definition->units[unit],
                            .standing = &reminding->standings[unit],
                            .language = bms_job_language_of(job, unit)};
    letter.period_name =
        bms_definition_period_name(job->definition, reminding->period, job->arena, letter.language);
    const char *path = letter_path(reminding, letter.unit, ".txt");
    if (!letter.period_name || !path)
        return bms_error_no_memory(error);
    enum bms_status status = find_workbook(reminding, &letter, error);
    if (status == BMS_OK)
        status = write_words(reminding, &letter, error);
    if (status == BMS_OK) {
        const char *whole =
            bms_message(job->arena, tr(&letter, BMS_TEXT("To: {address}\nSubject: {subject}\n\n{text}")),
                        "address", letter.unit->email, "subject", letter.subject, "text", letter.text, NULL);
        status = save(reminding, path, letter.unit->code, whole, error);
    }
    if (status == BMS_OK)
        status = save_mail(reminding, &letter, error);
    if (status == BMS_OK)
        status = list_letter(reminding, &letter, error);
    free(letter.bytes);
    return status;
}

/** Take away what an earlier run wrote to a unit that need not be reminded any more. */
static enum bms_status take_away(const struct reminding *reminding, int unit, bms_error *error) {
    static const char *const endings[] = {".txt", ".eml"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const char *path = letter_path(reminding, &reminding->job->definition->units[unit], endings[i]);
        if (!path)
            return bms_error_no_memory(error);
        bms_platform_remove(path);
    }
    return BMS_OK;
}

static enum bms_status remind_all(struct reminding *reminding, bms_error *error) {
    bms_job *job = reminding->job;
    const size_t n = job->definition->n_units;
    enum bms_status status = bms_platform_make_folder(reminding->folder, job->language, error);
    if (status == BMS_OK)
        status = begin_list(reminding, error);
    for (size_t i = 0; status == BMS_OK && i < n; i++) {
        status = reminding->standings[i].reminded ? remind_unit(reminding, (int)i, error)
                                                  : take_away(reminding, (int)i, error);
        if (status == BMS_OK)
            status = bms_job_progress(job, i + 1, n, error);
    }
    if (status != BMS_OK)
        return status;
    return save(reminding, bms_arena_format(job->arena, "%s/list.csv", reminding->folder), NULL,
                reminding->list, error);
}

static enum bms_status prepare(struct reminding *reminding, const char *period, bms_error *error) {
    bms_job *job = reminding->job;
    enum bms_status status = bms_job_open_defined(job, error);
    if (status == BMS_OK)
        status = bms_job_form_period(job, period, &reminding->period, error);
    if (status != BMS_OK)
        return status;
    const char *code = job->definition->calendar[reminding->period].period.code;
    const char *name = bms_arena_format(job->arena, "reminders/%s", code);
    reminding->folder = name ? bms_job_path(job, name) : NULL;
    reminding->standings =
        bms_arena_alloc(job->arena, (job->definition->n_units + 1) * sizeof *reminding->standings);
    return reminding->folder && reminding->standings ? BMS_OK : bms_error_no_memory(error);
}

enum bms_status bms_remind(bms *b, const char *period, const bms_listener *listener, bms_error *error) {
    bms_job job;
    struct reminding reminding = {.job = &job};
    enum bms_status status = bms_job_begin(&job, b, listener, error);
    if (status == BMS_OK)
        status = prepare(&reminding, period, error);
    if (status == BMS_OK)
        status = bms_deliveries(b, period, NULL, take_delivery, &reminding, error);
    if (status == BMS_OK && reminding.out_of_memory)
        status = bms_error_no_memory(error);
    if (status == BMS_OK)
        status = remind_all(&reminding, error);
    bms_job_end(&job);
    return status;
}
