/**
 * Takes a saved mail apart (see mail.h): header fields, parts between boundaries, base64, and file names.
 * Every step stays inside the bytes; what is not understood is passed over.
 */
#include "xlsx/read/mail.h"

#include "core/base/text.h"
#include "xlsx/read/reading_limits.h"

#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

/* Multiparts inside each other, and bytes of the fields before one part. Real mails nest about four deep. */
enum { MOST_DEPTH = 8, MOST_HEADER = 1 << 16, MOST_SECTIONS = 32 };

/* Bytes of an encoded word; RFC 2047 allows 75, and some write whole names as one. */
enum { MOST_WORD = 1024 };

/** A part of the mail's bytes. */
struct span {
    const char *at;
    const char *end;
};

static const char nothing[] = "";
static const struct span empty = {nothing, nothing};

static size_t length_of(struct span span) {
    return (size_t)(span.end - span.at);
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/** @return whether the text begins with the word, in any case. */
static bool begins(struct span span, const char *word) {
    size_t length = strlen(word);
    if (length_of(span) < length)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (bms_text_lower(span.at[i]) != bms_text_lower(word[i]))
            return false;
    }
    return true;
}

static bool is_word(struct span span, const char *word) {
    return length_of(span) == strlen(word) && begins(span, word);
}

static void skip_spaces(struct span *span) {
    while (span->at < span->end && is_space(*span->at))
        span->at++;
}

/** Take the next line off the front, without its end. @return false: nothing is left */
static bool take_line(struct span *rest, struct span *line) {
    if (rest->at == rest->end)
        return false;
    const char *end = memchr(rest->at, '\n', length_of(*rest));
    *line = (struct span){rest->at, end ? end : rest->end};
    rest->at = end ? end + 1 : rest->end;
    if (line->end > line->at && line->end[-1] == '\r')
        line->end--;
    return true;
}

/* Fields */

/** What is known of a part from the fields before it. A field's value may go over several lines. */
struct header {
    struct span type;
    struct span encoding;
    struct span disposition;
    int n_of_mail; /* fields that a mail has */
};

/** Note a field. @return its value, to be made longer by the lines that continue it; NULL for others */
static struct span *note_field(struct header *header, struct span name, struct span value) {
    static const char *const of_mail[] = {"From",     "To",           "Subject",   "Date",
                                          "Received", "MIME-Version", "Message-ID"};
    const struct {
        const char *name;
        struct span *to;
    } wanted[] = {{"Content-Type", &header->type},
                  {"Content-Transfer-Encoding", &header->encoding},
                  {"Content-Disposition", &header->disposition}};
    for (size_t i = 0; i < sizeof of_mail / sizeof *of_mail; i++)
        header->n_of_mail += is_word(name, of_mail[i]);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        if (!is_word(name, wanted[i].name))
            continue;
        *wanted[i].to = value;
        return wanted[i].to;
    }
    return NULL;
}

static bool is_of_name(char c) {
    return c > ' ' && c < 0x7F && c != ':';
}

/** @return the end of a field's name; NULL where the line is no field. */
static const char *end_of_name(struct span line) {
    const char *at = line.at;
    while (at < line.end && is_of_name(*at))
        at++;
    return at > line.at && at < line.end && *at == ':' ? at : NULL;
}

/** Read fields until an empty line. @return whether all lines were fields */
static bool read_header(struct span *rest, struct header *out) {
    const char *start = rest->at;
    struct span line;
    struct span *value = NULL;
    *out = (struct header){empty, empty, empty, 0};
    while (rest->at - start < MOST_HEADER && take_line(rest, &line)) {
        if (line.at == line.end)
            return true;
        if (*line.at == ' ' || *line.at == '\t') {
            if (value)
                value->end = line.end;
            continue;
        }
        const char *colon = end_of_name(line);
        if (!colon)
            return false;
        value = note_field(out, (struct span){line.at, colon}, (struct span){colon + 1, line.end});
    }
    return rest->at == rest->end;
}

/** A parameter behind a field's value: name=value, the value perhaps in quotes. */
struct parameter {
    struct span name;
    struct span value;
    bool quoted;
};

static void take_value(struct span *rest, struct parameter *out) {
    out->quoted = rest->at < rest->end && *rest->at == '"';
    rest->at += out->quoted;
    out->value.at = rest->at;
    while (rest->at < rest->end &&
           (out->quoted ? *rest->at != '"' : *rest->at != ';' && !is_space(*rest->at))) {
        if (out->quoted && *rest->at == '\\' && rest->end - rest->at > 1)
            rest->at++;
        rest->at++;
    }
    out->value.end = rest->at;
    rest->at += out->quoted && rest->at < rest->end;
}

/** Take the next parameter. @return false: there is none */
static bool take_parameter(struct span *rest, struct parameter *out) {
    const char *semicolon = memchr(rest->at, ';', length_of(*rest));
    if (!semicolon)
        return false;
    rest->at = semicolon + 1;
    skip_spaces(rest);
    out->name.at = rest->at;
    while (rest->at < rest->end && *rest->at != '=' && *rest->at != ';' && !is_space(*rest->at))
        rest->at++;
    out->name.end = rest->at;
    skip_spaces(rest);
    if (rest->at == rest->end || *rest->at != '=') {
        out->value = (struct span){rest->at, rest->at};
        return true;
    }
    rest->at++;
    skip_spaces(rest);
    take_value(rest, out);
    return true;
}

static bool find_parameter(struct span field, const char *name, struct parameter *out) {
    while (take_parameter(&field, out)) {
        if (is_word(out->name, name))
            return true;
    }
    return false;
}

/** @return the value without the marks that quotes need. */
static struct span unquoted(bms_arena *arena, const struct parameter *parameter) {
    char *copy = bms_arena_buffer(arena, parameter->value.at, length_of(parameter->value));
    if (!copy)
        return empty;
    char *to = copy;
    for (const char *at = parameter->value.at; at < parameter->value.end; at++) {
        if (parameter->quoted && *at == '\\' && at + 1 < parameter->value.end)
            at++;
        if (*at != '\r' && *at != '\n')
            *to++ = *at;
    }
    *to = '\0';
    return (struct span){copy, to};
}

/* Encodings */

static int base64_value(char c) {
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/** Decode base64 up to its end, line ends and what does not belong there passed over. @return NULL: no memory
 */
static unsigned char *decode_base64(bms_arena *arena, struct span text, size_t *size) {
    unsigned char *out = bms_arena_alloc(arena, length_of(text) / 4 * 3 + 4);
    uint32_t bits = 0;
    int n_bits = 0;
    *size = 0;
    for (const char *at = text.at; out && at < text.end && *at != '='; at++) {
        int value = base64_value(*at);
        if (value < 0)
            continue;
        bits = (bits << 6 | (uint32_t)value) & 0xFFFFFF;
        n_bits += 6;
        if (n_bits >= 8) {
            n_bits -= 8;
            out[(*size)++] = (unsigned char)(bits >> n_bits);
        }
    }
    return out;
}

static int hex(char c) {
    c = (char)bms_text_lower(c);
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/** Undo %41 or =41, and where `spaces` _ for a space. @return NULL: no memory */
static unsigned char *decode_hex(bms_arena *arena, struct span text, char mark, bool spaces, size_t *size) {
    unsigned char *out = bms_arena_alloc(arena, length_of(text) + 1);
    *size = 0;
    for (const char *at = text.at; out && at < text.end; at++) {
        if (*at == mark && text.end - at > 2 && hex(at[1]) >= 0 && hex(at[2]) >= 0) {
            out[(*size)++] = (unsigned char)(hex(at[1]) * 16 + hex(at[2]));
            at += 2;
        } else {
            out[(*size)++] = (unsigned char)(spaces && *at == '_' ? ' ' : *at);
        }
    }
    return out;
}

/* File names */

/** A name as it is put together, in UTF-8. */
struct name {
    char *text;
    size_t used;
    size_t room;
};

static void put_character(struct name *name, utf8proc_int32_t c) {
    utf8proc_uint8_t bytes[4];
    if (c < 0x20 || c == 0x7F)
        return;
    utf8proc_ssize_t length = utf8proc_encode_char(c, bytes);
    if (length <= 0 || name->used + (size_t)length >= name->room)
        return;
    memcpy(name->text + name->used, bytes, (size_t)length);
    name->used += (size_t)length;
}

/** Add bytes: as UTF-8 where they are, else each as a character of Latin-1, which Western mail programs use.
 */
static void put_bytes(struct name *name, const unsigned char *bytes, size_t size) {
    for (size_t i = 0; i < size;) {
        utf8proc_int32_t c = bytes[i];
        utf8proc_ssize_t length = utf8proc_iterate(bytes + i, (utf8proc_ssize_t)(size - i), &c);
        if (length <= 0)
            c = bytes[i];
        put_character(name, c);
        i += length > 0 ? (size_t)length : 1;
    }
}

/** @return where the marks that end an encoded word begin; NULL where it has no end. */
static const char *end_of_word(struct span rest) {
    size_t length = length_of(rest) < MOST_WORD ? length_of(rest) : MOST_WORD;
    for (size_t i = 0; i + 1 < length; i++) {
        if (rest.at[i] == '?' && rest.at[i + 1] == '=')
            return rest.at + i;
    }
    return NULL;
}

/** Take one word of RFC 2047 off the front: =?UTF-8?B?…?=. @return false: there is none */
static bool take_encoded(bms_arena *arena, struct span *rest, struct name *name) {
    if (!begins(*rest, "=?"))
        return false;
    const char *charset = memchr(rest->at + 2, '?', length_of(*rest) - 2);
    if (!charset || rest->end - charset < 3 || charset[2] != '?')
        return false;
    struct span text = {charset + 3, end_of_word((struct span){charset + 3, rest->end})};
    if (!text.end)
        return false;
    size_t size = 0;
    const unsigned char *bytes = bms_text_lower(charset[1]) == 'b'
                                     ? decode_base64(arena, text, &size)
                                     : decode_hex(arena, text, '=', true, &size);
    if (bytes)
        put_bytes(name, bytes, size);
    rest->at = text.end + 2;
    return true;
}

/** Add a name in which there may be encoded words; spaces between two of them do not count. */
static void put_words(bms_arena *arena, struct span rest, struct name *name) {
    while (rest.at < rest.end) {
        if (take_encoded(arena, &rest, name)) {
            struct span behind = rest;
            skip_spaces(&behind);
            rest = begins(behind, "=?") ? behind : rest;
            continue;
        }
        const char *end = memchr(rest.at + 1, '=', length_of(rest) - 1);
        end = end ? end : rest.end;
        put_bytes(name, (const unsigned char *)rest.at, (size_t)(end - rest.at));
        rest.at = end;
    }
}

/** Add a value of RFC 2231, the first with its character set and language: UTF-8''Garder%C3%A5sen.xlsx. */
static void put_extended(bms_arena *arena, struct span value, bool first, struct name *name) {
    for (int quotes = 0; first && quotes < 2; quotes++) {
        const char *quote = memchr(value.at, '\'', length_of(value));
        value.at = quote ? quote + 1 : value.at;
    }
    size_t size = 0;
    const unsigned char *bytes = decode_hex(arena, value, '%', false, &size);
    if (bytes)
        put_bytes(name, bytes, size);
}

/** Find one section of a name: filename*0*, filename*1 … or filename*. @return false: there is none */
static bool put_section(bms_arena *arena, struct span field, const char *key, int section,
                        struct name *name) {
    struct parameter found;
    const char *plain =
        section < 0 ? bms_arena_text(arena, key) : bms_arena_format(arena, "%s*%d", key, section);
    if (find_parameter(field, bms_arena_format(arena, "%s*", plain), &found)) {
        put_extended(arena, unquoted(arena, &found), section <= 0, name);
        return true;
    }
    if (section < 0 || !find_parameter(field, plain, &found))
        return false;
    struct span value = unquoted(arena, &found);
    put_bytes(name, (const unsigned char *)value.at, length_of(value));
    return true;
}

/** @return the file name that a parameter gives; "" for none. */
static const char *file_name(bms_arena *arena, struct span field, const char *key) {
    struct parameter found;
    if (length_of(field) == 0)
        return "";
    struct name name = {bms_arena_alloc(arena, length_of(field) * 2 + 1), 0, length_of(field) * 2 + 1};
    if (!name.text)
        return "";
    if (!put_section(arena, field, key, -1, &name)) {
        for (int section = 0; section < MOST_SECTIONS && put_section(arena, field, key, section, &name);
             section++) {
        }
    }
    if (name.used == 0 && find_parameter(field, key, &found))
        put_words(arena, unquoted(arena, &found), &name);
    name.text[name.used] = '\0';
    return name.text;
}

/* Parts */

/** A mail being taken apart. */
struct walk {
    bms_arena *arena;
    bms_attachment *found;
    size_t n;
    size_t capacity;
};

static void add_attachment(struct walk *walk, const struct header *header, struct span body) {
    if (walk->n == BMS_LIMIT_ENCLOSED)
        return;
    const char *name = file_name(walk->arena, header->disposition, "filename");
    if (*name == '\0')
        name = file_name(walk->arena, header->type, "name");
    const bool text = length_of(header->type) == 0 || begins(header->type, "text/");
    if (*name == '\0' && text)
        return;
    bms_attachment *added =
        bms_arena_grow(walk->arena, &walk->found, &walk->n, &walk->capacity, sizeof *added);
    if (!added)
        return;
    *added = (bms_attachment){name, body.at, length_of(body)};
    if (begins(header->encoding, "base64"))
        added->bytes = decode_base64(walk->arena, body, &added->size);
}

/** @return whether a line ends a part. @param[out] last  … and the multipart with it */
static bool is_boundary(struct span line, struct span boundary, bool *last) {
    size_t length = length_of(boundary);
    if (length_of(line) < length + 2 || line.at[0] != '-' || line.at[1] != '-' ||
        memcmp(line.at + 2, boundary.at, length) != 0)
        return false;
    struct span rest = {line.at + 2 + length, line.end};
    *last = begins(rest, "--");
    rest.at += *last ? 2 : 0;
    skip_spaces(&rest);
    return rest.at == rest.end;
}

/** Take the text up to the next boundary off the front. @return whether a boundary ended it */
static bool take_part(struct span *rest, struct span boundary, struct span *part, bool *last) {
    struct span line;
    *last = false;
    *part = (struct span){rest->at, rest->end};
    while (take_line(rest, &line)) {
        if (is_boundary(line, boundary, last)) {
            part->end =
                line.at; /* the line end before a boundary is the boundary's, and harms nothing here */
            return true;
        }
    }
    return false;
}

static void take_apart(struct walk *walk, struct span entity, int depth);

static void take_parts(struct walk *walk, struct span body, struct span boundary, int depth) {
    struct span part;
    bool last = false;
    if (!take_part(&body, boundary, &part, &last))
        return; /* what is before the first boundary is for old programs */
    while (!last && body.at < body.end && !bms_arena_failed(walk->arena)) {
        (void)take_part(&body, boundary, &part, &last);
        take_apart(walk, part, depth + 1);
    }
}

static void take_apart(struct walk *walk, struct span entity, int depth) {
    struct header header;
    struct parameter boundary;
    if (!read_header(&entity, &header))
        return;
    skip_spaces(&header.type);
    skip_spaces(&header.encoding);
    if (!begins(header.type, "multipart/")) {
        add_attachment(walk, &header, entity);
    } else if (depth < MOST_DEPTH && find_parameter(header.type, "boundary", &boundary) &&
               length_of(boundary.value) > 0) {
        take_parts(walk, entity, unquoted(walk->arena, &boundary), depth);
    }
}

/** Skip a byte order mark, and the line that a mailbox has before each mail. */
static struct span mail_of(const void *bytes, size_t size) {
    struct span mail = {bytes, (const char *)bytes + size};
    struct span line;
    if (begins(mail, "\xEF\xBB\xBF"))
        mail.at += 3;
    if (begins(mail, "From "))
        (void)take_line(&mail, &line);
    return mail;
}

bool bms_mail_is(const unsigned char *bytes, size_t size) {
    enum { FIELDS_ENOUGH = 3 };
    struct span mail = mail_of(bytes, size);
    struct header header;
    return read_header(&mail, &header) && header.n_of_mail >= FIELDS_ENOUGH;
}

size_t bms_mail_attachments(bms_arena *arena, const void *bytes, size_t size, const bms_attachment **out) {
    struct walk walk = {.arena = arena};
    take_apart(&walk, mail_of(bytes, size), 0);
    *out = walk.found;
    return bms_arena_failed(arena) ? 0 : walk.n;
}
