/**
 * Unpacks the files that may be returns from a zip file or a saved mail (bms_workbooks_unpack). One level
 * only: a zip file inside is not opened.
 */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/base/text.h"
#include "core/workbooks.h"
#include "xlsx/read/identify.h"
#include "xlsx/read/mail.h"
#include "xlsx/read/reading_limits.h"

#include <stdlib.h>
#include <string.h>

/** A file being unpacked. */
struct unpacking {
    bms_arena *arena;
    bms_reading reading;
    bms_enclosed *found;
    size_t n;
    size_t capacity;
    uint64_t room; /* bytes that may still be unpacked */
};

/** @return whether the name ends as a workbook's does, or not at all. */
static bool may_be_workbook(const char *name) {
    const char *dot = strrchr(name, '.');
    const char *mark = strrchr(name, '/');
    if (!dot || (mark && dot < mark))
        return true;
    return (bms_text_lower(dot[1]) == 'x' && bms_text_lower(dot[2]) == 'l') ||
           bms_code_compare(dot, ".ods") == 0;
}

/** @return a name without folders' marks, which have a meaning in paths: forms/a.xlsx is shown as forms ›
 * a.xlsx. */
static const char *shown_name(bms_arena *arena, const char *name) {
    enum { LONGEST = 200 };
    const char *shown = "";
    while (*name) {
        size_t length = strcspn(name, "/\\");
        const char *part =
            bms_arena_copy(arena, name, bms_text_fit(name, length < LONGEST ? length : LONGEST));
        if (*part)
            shown = *shown ? bms_arena_format(arena, "%s › %s", shown, part) : part;
        name += length;
        name += *name != '\0';
    }
    return shown;
}

static bms_enclosed *add(struct unpacking *unpacking, const char *name) {
    bms_enclosed *added = bms_arena_grow(unpacking->arena, &unpacking->found, &unpacking->n,
                                         &unpacking->capacity, sizeof *added);
    if (added)
        *added = (bms_enclosed){.name = shown_name(unpacking->arena, name)};
    return added;
}

static enum bms_status refuse(const struct unpacking *unpacking) {
    return bms_fault(
        &unpacking->reading,
        BMS_TEXT("{file}: there is more in this file than can be read at once; unpack it, and put the "
                 "workbooks in the folder"),
        NULL);
}

/* Zip files */

static enum bms_status unpack_member(struct unpacking *unpacking, bms_package *package, size_t member) {
    const char *name = bms_package_name(package, member);
    const size_t length = strlen(name);
    if (length == 0 || name[length - 1] == '/')
        return BMS_OK;
    if (unpacking->n == BMS_LIMIT_ENCLOSED)
        return refuse(unpacking);
    bms_enclosed *added = add(unpacking, name);
    if (!added)
        return bms_fault_no_memory(&unpacking->reading);
    if (!may_be_workbook(name))
        return BMS_OK;
    const uint64_t size = bms_package_size(package, member);
    if (size > unpacking->room)
        return refuse(unpacking);
    unpacking->room -= size;
    added->packed = bms_package_packed(package, member);
    return bms_package_unpack(package, member, unpacking->arena, &added->bytes, &added->size,
                              &unpacking->reading);
}

/** @return whether it is a zip file and no more: not a workbook, nor another program's document. */
static bool is_plain_zip(const bms_package *package) {
    static const char *const of_documents[] = {"[Content_Types].xml", "mimetype", "Index/Document.iwa",
                                               "Index.zip"};
    for (size_t i = 0; i < sizeof of_documents / sizeof *of_documents; i++) {
        if (bms_package_find(package, of_documents[i]) != BMS_NO_MEMBER)
            return false;
    }
    return true;
}

static enum bms_status unpack_zip(struct unpacking *unpacking, const bms_source *source) {
    bms_package *package = NULL;
    bms_reading quiet = unpacking->reading;
    quiet.error = NULL; /* why it cannot be opened was said when it was read as a workbook */
    enum bms_status status = bms_package_open(&package, source->bytes, source->size, &quiet);
    if (status == BMS_NO_MEMORY)
        return bms_fault_no_memory(&unpacking->reading);
    if (status != BMS_OK)
        return BMS_OK;
    for (size_t i = 0; status == BMS_OK && is_plain_zip(package) && i < bms_package_count(package); i++)
        status = unpack_member(unpacking, package, i);
    bms_package_free(package);
    return status;
}

/* Mails */

static enum bms_status take_attachment(struct unpacking *unpacking, const bms_attachment *attachment,
                                       size_t number) {
    const bool nameless = *attachment->name == '\0';
    if (nameless && !bms_identify_zip(attachment->bytes, attachment->size))
        return BMS_OK;
    bms_enclosed *added =
        add(unpacking, nameless ? bms_arena_format(unpacking->arena, "%zu.xlsx", number) : attachment->name);
    if (!added)
        return bms_fault_no_memory(&unpacking->reading);
    if (!may_be_workbook(attachment->name))
        return BMS_OK;
    if (attachment->size > unpacking->room)
        return refuse(unpacking);
    unpacking->room -= attachment->size;
    added->bytes = attachment->bytes;
    added->size = attachment->size;
    added->packed = attachment->size;
    return BMS_OK;
}

static enum bms_status take_attachments(struct unpacking *unpacking, const bms_source *source) {
    const bms_attachment *attachments = NULL;
    size_t n = bms_mail_attachments(unpacking->arena, source->bytes, source->size, &attachments);
    enum bms_status status = BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < n; i++)
        status = take_attachment(unpacking, &attachments[i], i + 1);
    return status;
}

static int by_name(const void *left, const void *right) {
    const bms_enclosed *a = left;
    const bms_enclosed *b = right;
    return strcmp(a->name, b->name);
}

static enum bms_status unpack(struct unpacking *unpacking, const bms_source *source) {
    enum bms_status status = BMS_OK;
    if (bms_identify_zip(source->bytes, source->size)) {
        status = unpack_zip(unpacking, source);
    } else if (bms_mail_is(source->bytes, source->size)) {
        status = take_attachments(unpacking, source);
    }
    if (unpacking->n > 1)
        qsort(unpacking->found, unpacking->n, sizeof *unpacking->found, by_name);
    return bms_error_of_arena(status, unpacking->arena, unpacking->reading.error);
}

static const bms_enclosed *copy(const struct unpacking *unpacking, bms_arena *arena) {
    bms_enclosed *copies = bms_arena_alloc(arena, unpacking->n * sizeof *copies);
    for (size_t i = 0; copies && i < unpacking->n; i++) {
        const bms_enclosed *found = &unpacking->found[i];
        copies[i] = (bms_enclosed){
            .name = bms_arena_text(arena, found->name), .size = found->size, .packed = found->packed};
        copies[i].bytes = found->bytes ? bms_arena_buffer(arena, found->bytes, found->size) : NULL;
    }
    return copies;
}

enum bms_status bms_workbooks_unpack(bms_arena *arena, const bms_source *source, const char *language,
                                     uint64_t room, const bms_enclosed **out, size_t *n, bms_error *error) {
    bms_arena *own = bms_arena_new(); /* whatever is refused, or no workbook, takes no memory afterwards */
    struct unpacking unpacking = {
        .arena = own, .reading = {source->name, language, error, NULL}, .room = room};
    *out = NULL;
    *n = 0;
    if (!own)
        return bms_error_no_memory(error);
    enum bms_status status = unpack(&unpacking, source);
    if (status == BMS_OK) {
        *out = copy(&unpacking, arena);
        status = bms_error_of_arena(BMS_OK, arena, error);
    }
    if (status == BMS_OK)
        *n = unpacking.n;
    bms_arena_free(own);
    return status;
}
