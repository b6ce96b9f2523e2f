/** A letter as a mail program reads it (see mail.h): encoded words, base64 and one boundary, all ASCII. */
#include "core/verbs/mail.h"

#include "core/base/period.h"
#include "core/base/sha256.h"
#include "core/base/text.h"

#include <sodium.h>
#include <string.h>

/* 57 bytes are 76 characters of base64, the most a line may have; 42 leave room for `=?utf-8?B?` and `?=`. */
enum { BYTES_A_LINE = 57, BYTES_A_WORD = 42, MOST_ENCODED = 80 };

/** @return bytes as lines of base64. */
static const char *encode(bms_arena *arena, const void *bytes, size_t size) {
    const size_t lines = size / BYTES_A_LINE + 1;
    char *text = bms_arena_alloc(arena, lines * (MOST_ENCODED + 2) + 1);
    char *end = text;
    if (!text)
        return "";
    for (size_t at = 0; at < size; at += BYTES_A_LINE) {
        const size_t length = size - at < BYTES_A_LINE ? size - at : BYTES_A_LINE;
        (void)sodium_bin2base64(end, MOST_ENCODED, (const unsigned char *)bytes + at, length,
                                sodium_base64_VARIANT_ORIGINAL);
        end += strlen(end);
        memcpy(end, "\r\n", 3);
        end += 2;
    }
    return text;
}

/** @return a text as encoded words, cut between characters, on lines of their own (RFC 2047). */
static const char *encode_words(bms_arena *arena, const char *text) {
    const char *words = "";
    while (*text) {
        const size_t length = bms_text_fit(text, BYTES_A_WORD);
        char word[MOST_ENCODED];
        (void)sodium_bin2base64(word, sizeof word, (const unsigned char *)text, length,
                                sodium_base64_VARIANT_ORIGINAL);
        words = bms_arena_format(arena, "%s%s=?utf-8?B?%s?=", words, *words ? "\r\n " : "", word);
        text += length;
    }
    return words;
}

/** @return "Fri, 20 Nov 2026 08:30:00 +0000" */
static const char *moment(bms_arena *arena, int64_t at) {
    static const char *const days[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const bms_day day = bms_day_of_time(at);
    const int seconds = (int)(at - (int64_t)day * 86400);
    int year = 0;
    int month = 0;
    int of_month = 0;
    bms_day_parts(day, &year, &month, &of_month);
    return bms_arena_format(arena, "%s, %02d %s %04d %02d:%02d:%02d +0000", days[(day % 7 + 7) % 7], of_month,
                            months[month - 1], year, seconds / 3600, seconds / 60 % 60, seconds % 60);
}

/** @return a boundary that no part contains: base64 has no `_`. */
static const char *boundary_of(bms_arena *arena, const bms_mail *mail) {
    char hash[65];
    bms_sha256(mail->text, strlen(mail->text), hash);
    return bms_arena_format(arena, "bms_%.32s", hash);
}

const char *bms_mail_write(bms_arena *arena, const bms_mail *mail) {
    const char *date = moment(arena, mail->at);
    const char *subject = encode_words(arena, mail->subject);
    const char *text = encode(arena, mail->text, strlen(mail->text));
    const char *between = boundary_of(arena, mail);
    const char *attached = mail->file ? encode(arena, mail->attached, mail->size) : "";
    const char *part = !mail->file
                           ? ""
                           : bms_arena_format(arena,
                                              "--%s\r\nContent-Type: application/vnd.openxmlformats-"
                                              "officedocument.spreadsheetml.sheet\r\n"
                                              "Content-Disposition: attachment;\r\n filename=\"%s\"\r\n"
                                              "Content-Transfer-Encoding: base64\r\n\r\n%s\r\n",
                                              between, mail->file, attached);
    return bms_arena_format(arena,
                            "Date: %s\r\nFrom: %s\r\nReply-To: %s\r\nTo: %s\r\nSubject: %s\r\n"
                            "X-Unsent: 1\r\nMIME-Version: 1.0\r\n"
                            "Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n"
                            "--%s\r\nContent-Type: text/plain; charset=utf-8\r\n"
                            "Content-Transfer-Encoding: base64\r\n\r\n%s\r\n%s--%s--\r\n",
                            date, mail->from, mail->from, mail->to, subject, between, between, text, part,
                            between);
}
