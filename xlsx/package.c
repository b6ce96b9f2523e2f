#include "xlsx/package.h"

#include "core/catalogue.h"
#include "xlsx/limits.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>
#include <zlib.h>

/** What the directory says of one member. */
struct member {
    char *name; /* tidied: "/" between folders, none in front */
    uint64_t size;
    uint64_t packed;
};

struct bms_package {
    zip_t *zip;
    bms_arena *names;
    struct member *members;
    size_t n_members;
    const struct member **by_name; /* as compare_parts orders them, then by their bytes */
};

/** @return whether memory was out. Where it is, libzip 1.7.3 at times fails without a reason. */
static bool out_of_memory(zip_error_t *error) {
    int code = zip_error_code_zip(error);
    return code == ZIP_ER_MEMORY || code == ZIP_ER_OK ||
           (code == ZIP_ER_ZLIB && zip_error_code_system(error) == Z_MEM_ERROR);
}

static enum bms_status refuse_container(zip_error_t *error, const bms_reading *reading) {
    enum bms_status status =
        out_of_memory(error)
            ? bms_fault_no_memory(reading)
            : bms_fault(
                  reading,
                  BMS_TEXT(
                      "{file}: the file is damaged or cut off (its zip directory cannot be read); ask for a "
                      "new copy"),
                  NULL);
    zip_error_fini(error);
    return status;
}

static enum bms_status open_container(bms_package *package, const void *bytes, size_t size,
                                      const bms_reading *reading) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes, size, 0, &error);
    if (!source)
        return refuse_container(&error, reading);
    package->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (!package->zip) {
        zip_source_free(source);
        return refuse_container(&error, reading);
    }
    zip_error_fini(&error);
    return BMS_OK;
}

/** Bring a name to one shape. */
static void tidy(char *name) {
    for (char *at = name; *at; at++) {
        if (*at == '\\')
            *at = '/';
    }
    size_t slashes = strspn(name, "/");
    memmove(name, name + slashes, strlen(name + slashes) + 1);
}

static enum bms_status refuse_size(const struct member *member, const bms_reading *reading) {
    return bms_fault(
        reading,
        BMS_TEXT("{file}: {part} unpacks to more than any workbook needs; the file is damaged or made "
                 "to do harm"),
        &(bms_fault_place){.part = member->name});
}

static bool beyond_limits(const struct member *member) {
    return member->size > BMS_LIMIT_PART ||
           (member->size > BMS_LIMIT_RATIO_FROM && member->size / BMS_LIMIT_RATIO > member->packed);
}

static enum bms_status check_member(struct member *member, const zip_stat_t *stat,
                                    const bms_reading *reading) {
    const bms_fault_place place = {.part = member->name};
    if (!(stat->valid & ZIP_STAT_SIZE) || !(stat->valid & ZIP_STAT_COMP_SIZE) ||
        !(stat->valid & ZIP_STAT_COMP_METHOD) || !(stat->valid & ZIP_STAT_ENCRYPTION_METHOD)) {
        return bms_fault(reading,
                         BMS_TEXT("{file}: the file is damaged ({part} has no size); ask for a new copy"),
                         &place);
    }
    if (stat->encryption_method != ZIP_EM_NONE) {
        return bms_fault(
            reading, BMS_TEXT("{file}: {part} is encrypted; save the workbook without a password"), &place);
    }
    if (stat->comp_method != ZIP_CM_STORE && stat->comp_method != ZIP_CM_DEFLATE) {
        return bms_fault(
            reading,
            BMS_TEXT("{file}: {part} is packed in a way that workbooks do not use; save the workbook "
                     "again as .xlsx"),
            &place);
    }
    member->size = stat->size;
    member->packed = stat->comp_size;
    return beyond_limits(member) ? refuse_size(member, reading) : BMS_OK;
}

static enum bms_status read_member(bms_package *package, size_t index, const bms_reading *reading) {
    struct member *member = &package->members[index];
    zip_stat_t stat;
    zip_stat_init(&stat);
    const char *name = zip_get_name(package->zip, index, ZIP_FL_ENC_GUESS);
    if (!name || zip_stat_index(package->zip, index, 0, &stat) != 0)
        return refuse_container(zip_get_error(package->zip), reading);
    member->name = bms_arena_text(package->names, name);
    if (!member->name)
        return bms_fault_no_memory(reading);
    tidy(member->name);
    return check_member(member, &stat, reading);
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int hex(char c) {
    c = lower(c);
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/** The next character of a part name, %20 and its like undone, without regard to case. */
static int next_of(const char **at) {
    const char *from = *at;
    if (from[0] == '%' && hex(from[1]) >= 0 && hex(from[2]) >= 0) {
        *at += 3;
        return lower((char)(hex(from[1]) * 16 + hex(from[2])));
    }
    *at += 1;
    return from[0] == '\\' ? '/' : lower(from[0]);
}

/** Part names are the same without regard to case (ECMA-376 part 2, 6.2.2.3). */
static int compare_parts(const char *a, const char *b) {
    while (*a && *b) {
        int difference = next_of(&a) - next_of(&b);
        if (difference != 0)
            return difference;
    }
    return (*a != '\0') - (*b != '\0');
}

static int by_name(const void *a, const void *b) {
    const struct member *const *left = a;
    const struct member *const *right = b;
    int difference = compare_parts((*left)->name, (*right)->name);
    return difference ? difference : strcmp((*left)->name, (*right)->name);
}

static bool is_folder(const char *name) {
    size_t length = strlen(name);
    return length == 0 || name[length - 1] == '/';
}

static enum bms_status sort_members(bms_package *package, const bms_reading *reading) {
    size_t n = package->n_members;
    const struct member **sorted = calloc(n + 1, sizeof(const struct member *));
    if (!sorted)
        return bms_fault_no_memory(reading);
    package->by_name = sorted;
    for (size_t i = 0; i < n; i++)
        sorted[i] = &package->members[i];
    qsort(sorted, n, sizeof(const struct member *), by_name);
    for (size_t i = 1; i < n; i++) {
        if (strcmp(sorted[i - 1]->name, sorted[i]->name) == 0 && !is_folder(sorted[i]->name)) {
            return bms_fault(
                reading,
                BMS_TEXT("{file}: {part} is in the file twice, and nobody can tell which one counts; "
                         "ask for a new copy"),
                &(bms_fault_place){.part = sorted[i]->name});
        }
    }
    return BMS_OK;
}

static enum bms_status read_directory(bms_package *package, const bms_reading *reading) {
    zip_int64_t n = zip_get_num_entries(package->zip, 0);
    if (n < 0 || (uint64_t)n > BMS_LIMIT_MEMBERS)
        return bms_fault(reading, BMS_TEXT("{file}: the file holds more parts than any workbook does"), NULL);
    package->names = bms_arena_new();
    package->members = calloc((size_t)n + 1, sizeof *package->members);
    if (!package->names || !package->members)
        return bms_fault_no_memory(reading);
    uint64_t total = 0;
    for (size_t i = 0; i < (size_t)n; i++) {
        enum bms_status status = read_member(package, i, reading);
        if (status)
            return status;
        package->n_members = i + 1;
        total += package->members[i].size;
        if (total > BMS_LIMIT_TOTAL)
            return refuse_size(&package->members[i], reading);
    }
    return sort_members(package, reading);
}

enum bms_status bms_package_open(bms_package **out, const void *bytes, size_t size,
                                 const bms_reading *reading) {
    *out = NULL;
    bms_package *package = calloc(1, sizeof *package);
    if (!package)
        return bms_fault_no_memory(reading);
    enum bms_status status = open_container(package, bytes, size, reading);
    if (!status)
        status = read_directory(package, reading);
    if (status) {
        bms_package_free(package);
    } else {
        *out = package;
    }
    return status;
}

void bms_package_free(bms_package *package) {
    if (!package)
        return;
    if (package->zip)
        zip_discard(package->zip);
    bms_arena_free(package->names);
    free(package->by_name);
    free(package->members);
    free(package);
}

size_t bms_package_find(const bms_package *package, const char *part) {
    part += strspn(part, "/\\");
    size_t low = 0;
    size_t high = package->n_members;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_parts(package->by_name[middle]->name, part) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    size_t found = BMS_NO_MEMBER;
    for (; low < package->n_members && compare_parts(package->by_name[low]->name, part) == 0; low++) {
        bool exact = strcmp(package->by_name[low]->name, part) == 0;
        if (exact || found == BMS_NO_MEMBER)
            found = (size_t)(package->by_name[low] - package->members);
        if (exact)
            break;
    }
    return found;
}

const char *bms_package_name(const bms_package *package, size_t member) {
    return package->members[member].name;
}

/** One member while it is inflated. */
struct stream {
    zip_file_t *file;
    const struct member *member;
    const bms_reading *reading;
    uint64_t given;
};

static enum bms_status refuse_member(const struct stream *stream, zip_error_t *error) {
    const bms_fault_place place = {.part = stream->member->name};
    if (out_of_memory(error))
        return bms_fault_no_memory(stream->reading);
    if (zip_error_code_zip(error) == ZIP_ER_CRC) {
        return bms_fault(stream->reading,
                         BMS_TEXT("{file}: {part} is damaged (its checksum is wrong); ask for a new copy"),
                         &place);
    }
    return bms_fault(stream->reading,
                     BMS_TEXT("{file}: {part} is damaged (it cannot be unpacked); ask for a new copy"),
                     &place);
}

static enum bms_status open_stream(bms_package *package, size_t member, struct stream *stream,
                                   const bms_reading *reading) {
    *stream = (struct stream){.member = &package->members[member], .reading = reading};
    stream->file = zip_fopen_index(package->zip, member, 0);
    return stream->file ? BMS_OK : refuse_member(stream, zip_get_error(package->zip));
}

/** Read once, and count. */
static enum bms_status read_some(struct stream *stream, void *buffer, size_t size, size_t *length) {
    zip_int64_t n = zip_fread(stream->file, buffer, size);
    if (n < 0)
        return refuse_member(stream, zip_file_get_error(stream->file));
    stream->given += (uint64_t)n;
    if (stream->given > stream->member->size || (n == 0 && stream->given != stream->member->size)) {
        return bms_fault(
            stream->reading,
            BMS_TEXT(
                "{file}: {part} is damaged (it has another size than the file says); ask for a new copy"),
            &(bms_fault_place){.part = stream->member->name});
    }
    *length = (size_t)n;
    return BMS_OK;
}

/** Fill the buffer as far as the member goes; at its end the checksum is compared before anything is handed
 * out. */
static enum bms_status read_stream(void *context, void *buffer, size_t size, size_t *length, bool *last) {
    struct stream *stream = context;
    size_t given = 1;
    enum bms_status status = BMS_OK;
    *length = 0;
    while (!status && given > 0 && *length < size && stream->given < stream->member->size) {
        status = read_some(stream, (char *)buffer + *length, size - *length, &given);
        *length += given;
    }
    *last = !status && stream->given == stream->member->size;
    char beyond[1];
    return *last ? read_some(stream, beyond, sizeof beyond, &given) : status;
}

enum bms_status bms_package_parse(bms_package *package, size_t member, const bms_xml_handler *handler,
                                  const bms_reading *reading) {
    struct stream stream;
    enum bms_status status = open_stream(package, member, &stream, reading);
    if (status)
        return status;
    const bms_xml_input input = {.context = &stream, .read = read_stream, .part = stream.member->name};
    status = bms_xml_parse(&input, handler, reading);
    (void)zip_fclose(stream.file);
    return status;
}

enum bms_status bms_package_peek(bms_package *package, size_t member, void *out, size_t size, size_t *length,
                                 const bms_reading *reading) {
    struct stream stream;
    enum bms_status status = open_stream(package, member, &stream, reading);
    if (status)
        return status;
    bool last = false;
    status = read_stream(&stream, out, size, length, &last);
    (void)zip_fclose(stream.file);
    return status;
}
