/** Reading a request (see request.h). The one file that knows jansson. */
#include "core/call/request.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

static enum bms_status refuse(const bms_request *request, const char *member, const char *text,
                              const char *what, bms_error *error) {
    const char *message = bms_message(request->arena, bms_tr(request->language, text), "verb", request->verb,
                                      "member", member, "what", what, NULL);
    return bms_error_set(error, BMS_USAGE, member, message);
}

enum bms_status bms_request_refuse(const bms_request *request, const char *member, const char *must_be,
                                   bms_error *error) {
    return refuse(request, member, BMS_TEXT("{member} must be {what}."), must_be, error);
}

/** @return the names of the members that there are, with commas between. */
static const char *names_of(const bms_request *request) {
    const char *names = "";
    for (const bms_member *m = request->members; m->name; m++)
        names = bms_arena_format(request->arena, "%s%s%s", names, *names ? ", " : "", m->name);
    return names;
}

static bool all_texts(const json_t *list) {
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (!json_is_string(json_array_get(list, i)))
            return false;
    }
    return json_is_array(list);
}

static bool is_finding(const json_t *value) {
    return json_object_size(value) == 3 && json_is_string(json_object_get(value, "rule")) &&
           json_is_string(json_object_get(value, "unit")) &&
           json_is_string(json_object_get(value, "indicator"));
}

static bool all_findings(const json_t *list) {
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (!is_finding(json_array_get(list, i)))
            return false;
    }
    return json_is_array(list);
}

/** @return what the value must be and is not, in English; NULL when it is that. */
static const char *mistake_in(const json_t *value, enum bms_member_kind kind) {
    switch (kind) {
    case BMS_MEMBER_TEXT:
    case BMS_MEMBER_NEEDED:
        return json_is_string(value) ? NULL : BMS_TEXT("a text");
    case BMS_MEMBER_FLAG:
        return json_is_boolean(value) ? NULL : BMS_TEXT("true or false");
    case BMS_MEMBER_NUMBER:
        return json_is_integer(value) && json_integer_value(value) > 0 && json_integer_value(value) <= INT_MAX
                   ? NULL
                   : BMS_TEXT("a whole number from 1");
    case BMS_MEMBER_TEXTS:
        return all_texts(value) ? NULL : BMS_TEXT("a list of texts");
    default:
        return all_findings(value) ? NULL : BMS_TEXT("a list of objects with rule, unit and indicator");
    }
}

static enum bms_status judge_member(const bms_request *request, const char *name, const json_t *value,
                                    bms_error *error) {
    const bms_member *member = request->members;
    while (member->name && strcmp(member->name, name) != 0)
        member++;
    if (!member->name) {
        return refuse(request, name, BMS_TEXT("{verb} takes no {member}. It takes {what}."),
                      names_of(request), error);
    }
    const char *must_be = json_is_null(value) ? NULL : mistake_in(value, member->kind);
    if (must_be)
        return bms_request_refuse(request, name, bms_tr(request->language, must_be), error);
    return BMS_OK;
}

static enum bms_status judge(const bms_request *request, bms_error *error) {
    const char *name;
    json_t *value;
    enum bms_status status = BMS_OK;
    if (!json_is_object(request->root))
        return refuse(request, "", BMS_TEXT("The request must be a JSON object."), NULL, error);
    json_object_foreach(request->root, name, value) {
        if (status == BMS_OK)
            status = judge_member(request, name, value, error);
    }
    for (const bms_member *m = request->members; status == BMS_OK && m->name; m++) {
        value = json_object_get(request->root, m->name);
        if (m->kind == BMS_MEMBER_NEEDED && (!value || json_is_null(value)))
            status = refuse(request, m->name, BMS_TEXT("{verb} needs {member}."), NULL, error);
    }
    return status;
}

static enum bms_status refuse_text(const bms_request *request, const json_error_t *mistake,
                                   bms_error *error) {
    char line[16];
    char column[16];
    if (errno == ENOMEM) /* jansson often calls it a mistake in the text, or nothing at all */
        return bms_error_no_memory(error);
    (void)snprintf(line, sizeof line, "%d", mistake->line);
    (void)snprintf(column, sizeof column, "%d", mistake->column);
    const char *text = json_error_code(mistake) == json_error_duplicate_key
                           ? BMS_TEXT("A member is given twice in the request: line {line}, column {column}.")
                           : BMS_TEXT("The request is not JSON in UTF-8: line {line}, column {column}.");
    const char *message =
        bms_message(request->arena, bms_tr(request->language, text), "line", line, "column", column, NULL);
    return bms_error_set(error, BMS_USAGE, NULL, message);
}

enum bms_status bms_request_read(bms_request *request, const char *text, bms_error *error) {
    json_error_t mistake;
    errno = 0;
    request->root = json_loads(text ? text : "{}", JSON_REJECT_DUPLICATES, &mistake);
    return request->root ? judge(request, error) : refuse_text(request, &mistake, error);
}

void bms_request_dispose(bms_request *request) {
    json_decref(request->root);
    request->root = NULL;
}

const char *bms_request_text(const bms_request *request, const char *name) {
    return json_string_value(json_object_get(request->root, name));
}

bool bms_request_flag(const bms_request *request, const char *name) {
    return json_is_true(json_object_get(request->root, name));
}

int bms_request_number(const bms_request *request, const char *name) {
    return (int)json_integer_value(json_object_get(request->root, name));
}

const char **bms_request_texts(const bms_request *request, const char *name, size_t *n) {
    const json_t *list = json_object_get(request->root, name);
    *n = json_array_size(list);
    const char **texts = bms_arena_alloc(request->arena, *n * sizeof *texts);
    for (size_t i = 0; texts && i < *n; i++)
        texts[i] = json_string_value(json_array_get(list, i));
    return texts;
}

bms_accepting *bms_request_findings(const bms_request *request, const char *name, size_t *n) {
    const json_t *list = json_object_get(request->root, name);
    *n = json_array_size(list);
    bms_accepting *findings = bms_arena_alloc(request->arena, *n * sizeof *findings);
    for (size_t i = 0; findings && i < *n; i++) {
        const json_t *one = json_array_get(list, i);
        findings[i] = (bms_accepting){.rule = json_string_value(json_object_get(one, "rule")),
                                      .unit = json_string_value(json_object_get(one, "unit")),
                                      .indicator = json_string_value(json_object_get(one, "indicator"))};
    }
    return findings;
}
