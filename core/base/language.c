/** The list of languages (see language.h). Texts are looked up in catalogue.c. */
#include "core/base/language.h"

#include <string.h>

/* The compiled catalogues, made part of the library by the build. */
extern const unsigned char bms_catalogue_nb[], bms_catalogue_nn[];
extern const size_t bms_catalogue_nb_size, bms_catalogue_nn_size;

static const bms_language languages[] = {
    {.code = "nb",
     .catalogue = bms_catalogue_nb,
     .catalogue_size = &bms_catalogue_nb_size,
     .decimal_mark = ',',
     .group_mark = "\u00A0"},
    {.code = "nn",
     .catalogue = bms_catalogue_nn,
     .catalogue_size = &bms_catalogue_nn_size,
     .next = "nb",
     .decimal_mark = ',',
     .group_mark = "\u00A0"},
    {.code = "en", .decimal_mark = '.', .group_mark = ",", .iso_days = true},
};
enum { N_LANGUAGES = sizeof languages / sizeof *languages };

const bms_language *bms_language_at(size_t place) {
    return place < N_LANGUAGES ? &languages[place] : NULL;
}

const bms_language *bms_language_find(const char *code) {
    for (size_t i = 0; code && i < N_LANGUAGES; i++) {
        if (strcmp(languages[i].code, code) == 0)
            return &languages[i];
    }
    return NULL;
}

const bms_language *bms_language_of(const char *code) {
    const bms_language *found = bms_language_find(code);
    return found ? found : &languages[0];
}
