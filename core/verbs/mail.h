/**
 * A letter as a file that a mail program opens (RFC 5322, MIME): UTF-8 text and at most one attachment.
 *
 * Nothing is sent: the file is a draft.
 */
#ifndef BMS_VERBS_MAIL_H
#define BMS_VERBS_MAIL_H

#include "core/base/arena.h"

#include <stddef.h>
#include <stdint.h>

typedef struct bms_mail {
    const char *from; /* addresses alone; bms_email_valid holds for them */
    const char *to;
    const char *subject; /* UTF-8 */
    const char *text;
    int64_t at;           /* seconds since 1970-01-01 UTC */
    const char *file;     /* name of the attachment, ASCII; NULL: none */
    const void *attached; /* its bytes */
    size_t size;
} bms_mail;

/** @return the letter's bytes, ended by zero. */
const char *bms_mail_write(bms_arena *arena, const bms_mail *mail);

#endif
