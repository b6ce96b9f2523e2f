/**
 * What a stored finding says, in the reader's language.
 *
 * A finding is stored as the text that the run made of it, in that run's language. Its rule's texts are known
 * in every language, so the values in the stored text can be found again and put into another language's. A
 * text that no rule has any more stays as it was stored.
 */
#ifndef BMS_CHECK_REWORD_H
#define BMS_CHECK_REWORD_H

#include "core/base/arena.h"

/**
 * @param rule  its stable id; NULL: any
 * @param text  a message, or what to do; NULL gives NULL
 * @return it in `language`, in `arena`; or `text` itself
 */
const char *bms_finding_in(bms_arena *arena, const char *rule, const char *text, const char *language);

#endif
