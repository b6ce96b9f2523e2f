/** Showing and counting written workbooks (see written.h). */
#include "written.h"

#include "command.h"
#include "findings.h"
#include "number.h"

#include <stdio.h>
#include <string.h>

static void on_finding(void *context, const bms_finding *finding) {
    struct written *written = context;
    struct session *session = written->session;
    session_end_progress(session);
    session->wrong = session->wrong || finding->severity >= BMS_ERROR;
    if (!written->file_named && finding->file && *finding->file) {
        output_message(&session->out, "{file}\n", "file", finding->file, NULL);
        written->file_named = true;
    }
    findings_write_text(session, finding);
}

static void remember_folder(struct written *written, const char *path) {
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;
    if (length < sizeof written->folder) {
        memcpy(written->folder, path, length);
        written->folder[length] = '\0';
    }
}

static void on_file(void *context, const bms_file_row *file) {
    struct written *written = context;
    written->n_by_action[file->action]++;
    remember_folder(written, file->path);
    if (file->action == BMS_FILE_KEPT) {
        session_say(written->session, "Not replaced, because it was changed after bms wrote it: {path}",
                    "path", file->path, NULL);
    } else if (file->action == BMS_FILE_NOT_REPLACED && written->session->quiet) { /* else the finding does */
        session_say(written->session, "Could not be replaced: {path}", "path", file->path, NULL);
    }
}

static void on_return(void *context, const bms_return_row *row) {
    struct written *written = context;
    (void)snprintf(written->period, sizeof written->period, "%s", row->period ? row->period : "");
}

static bool on_progress(void *context, size_t done, size_t total) {
    const struct written *written = context;
    return session_progress(written->session, done, total);
}

bms_listener written_begin(struct written *written, struct session *session) {
    *written = (struct written){.session = session};
    return (bms_listener){.context = written,
                          .on_finding = on_finding,
                          .on_file = on_file,
                          .on_return = on_return,
                          .on_progress = on_progress};
}

static void say_count(const struct written *written, enum bms_file_action action, const char *one,
                      const char *several) {
    size_t n = written->n_by_action[action];
    if (n == 0 || written->session->quiet)
        return;
    char digits[NUMBER_SIZE];
    session_say(written->session, n == 1 ? one : several, "n", number_count(n, digits), "folder",
                *written->folder ? written->folder : ".", NULL);
}

void written_end(struct written *written) {
    session_end_progress(written->session);
}

void written_say_counts(const struct written *written) {
    say_count(written, BMS_FILE_WRITTEN, TEXT("One workbook written in {folder}"),
              TEXT("{n} workbooks written in {folder}"));
    say_count(written, BMS_FILE_UNCHANGED, TEXT("One workbook in {folder} was already up to date"),
              TEXT("{n} workbooks in {folder} were already up to date"));
}
