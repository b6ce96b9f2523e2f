/** Text kept until it is complete (see output.h), and filling the places of messages. */
#include "output.h"

#include "shown.h"
#include "terminal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* More than this goes to a temporary file, so that listing a large workbook takes little memory. */
enum { KEPT_IN_MEMORY = 1 << 20, COPIED_AT_A_TIME = 1 << 16 };

/** Move what is in memory to the temporary file; without one it stays in memory. */
static void spill(struct output *output) {
    if (!output->spill)
        output->spill = terminal_scratch_file();
    if (!output->spill)
        return;
    if (fwrite(output->bytes, 1, output->size, output->spill) != output->size)
        output->failed = true;
    output->size = 0;
}

bool output_reserve(struct output *output, size_t size) {
    char *bytes = realloc(output->bytes, size);
    if (!bytes)
        return false;
    output->bytes = bytes;
    output->capacity = size;
    return true;
}

static bool make_room(struct output *output, size_t size) {
    if (output->size >= KEPT_IN_MEMORY)
        spill(output);
    if (output->size + size > output->capacity && !output_reserve(output, 2 * (output->size + size) + 1024))
        output->failed = true;
    return !output->failed;
}

/** Write bytes as they are. */
static void write_bytes(struct output *output, const char *bytes, size_t size) {
    if (size == 0 || output->failed)
        return;
    if (output->direct) {
        output->failed = fwrite(bytes, 1, size, output->direct) != size;
    } else if (make_room(output, size)) {
        memcpy(output->bytes + output->size, bytes, size);
        output->size += size;
    }
}

static void write_guarded(struct output *output, const char *bytes, size_t size, bool one_line) {
    while (size > 0) {
        size_t done = shown_as_they_are(bytes, size, one_line);
        write_bytes(output, bytes, done);
        if (done == 0) {
            char sign[SHOWN_SIGN_SIZE];
            done = shown_instead(bytes, size, sign);
            write_bytes(output, sign, strlen(sign));
        }
        bytes += done;
        size -= done;
    }
}

void output_bytes(struct output *output, const char *bytes, size_t size) {
    if (output->guarded) {
        write_guarded(output, bytes, size, false);
    } else {
        write_bytes(output, bytes, size);
    }
}

void output_text(struct output *output, const char *text) {
    if (text)
        output_bytes(output, text, strlen(text));
}

void output_value(struct output *output, const char *text) {
    if (text && output->guarded) {
        write_guarded(output, text, strlen(text), true);
    } else {
        output_text(output, text);
    }
}

void output_steer(struct output *output, const char *codes) {
    write_bytes(output, codes, strlen(codes));
}

void output_coloured(struct output *output, const char *text, enum colour colour) {
    static const char *const codes[] = {
        [COLOUR_NONE] = "",        [COLOUR_GREEN] = "\033[32m", [COLOUR_YELLOW] = "\033[33m",
        [COLOUR_RED] = "\033[31m", [COLOUR_DIM] = "\033[2m",    [COLOUR_BOLD] = "\033[1m"};
    bool use = output->coloured && colour != COLOUR_NONE;
    output_steer(output, use ? codes[colour] : "");
    output_value(output, text);
    output_steer(output, use ? "\033[0m" : "");
}

void output_repeat(struct output *output, char byte, size_t times) {
    for (size_t i = 0; i < times; i++)
        output_bytes(output, &byte, 1);
}

enum { MOST_PLACES = 8 };

struct place {
    const char *name;
    const char *value;
};

/** @return the value of the place whose name is `length` bytes at `name`, or NULL. */
static const char *place_value(const struct place *places, size_t n, const char *name, size_t length) {
    for (size_t i = 0; i < n; i++) {
        if (strlen(places[i].name) == length && memcmp(places[i].name, name, length) == 0)
            return places[i].value ? places[i].value : "";
    }
    return NULL;
}

static void write_filled(struct output *output, const char *text, const struct place *places, size_t n) {
    const char *open;
    while ((open = strchr(text, '{'))) {
        const char *close = strchr(open, '}');
        if (!close)
            break;
        const char *value = place_value(places, n, open + 1, (size_t)(close - open) - 1);
        output_bytes(output, text, (size_t)(open - text));
        if (value) {
            output_value(output, value);
        } else {
            output_bytes(output, open, (size_t)(close - open) + 1);
        }
        text = close + 1;
    }
    output_text(output, text);
}

void output_message_list(struct output *output, const char *text, va_list pairs) {
    struct place places[MOST_PLACES];
    size_t n = 0;
    const char *name;
    /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): the caller has begun the list */
    while ((name = va_arg(pairs, const char *))) {
        assert(n < MOST_PLACES);
        places[n++] = (struct place){.name = name, .value = va_arg(pairs, const char *)};
    }
    write_filled(output, text, places, n);
}

void output_message(struct output *output, const char *text, ...) {
    va_list pairs;
    va_start(pairs, text);
    output_message_list(output, text, pairs);
    va_end(pairs);
}

static void copy_stream(struct output *to, FILE *from) {
    char *buffer = malloc(COPIED_AT_A_TIME);
    if (!buffer || fflush(from) != 0 || fseek(from, 0, SEEK_SET) != 0) {
        to->failed = true;
        free(buffer);
        return;
    }
    size_t n;
    while ((n = fread(buffer, 1, COPIED_AT_A_TIME, from)) > 0)
        output_bytes(to, buffer, n);
    to->failed = to->failed || ferror(from);
    free(buffer);
}

bool output_deliver(const struct output *output, FILE *stream) {
    struct output to = {.direct = stream, .failed = output->failed};
    if (output->spill)
        copy_stream(&to, output->spill);
    output_bytes(&to, output->bytes, output->size);
    bool fine = fflush(stream) == 0 && !to.failed;
    output_discard(&to);
    return fine;
}

void output_discard(struct output *output) {
    if (output->spill) {
        /* It is thrown away: a failure to close it loses nothing. */
        (void)fclose(output->spill);
    }
    free(output->bytes);
    *output =
        (struct output){.direct = output->direct, .guarded = output->guarded, .coloured = output->coloured};
}
