/**
 * The templates that `init` starts from: setup workbooks that the build makes from the texts under
 * templates/.
 *
 * Implemented by a file that the build generates and puts into libbms; a unit test of core links without it.
 */
#ifndef BMS_BASE_TEMPLATES_H
#define BMS_BASE_TEMPLATES_H

#include <stddef.h>

typedef struct bms_template {
    const char *name;           /* "fet" */
    const unsigned char *bytes; /* the setup workbook */
    size_t size;
} bms_template;

/** All templates in order of name, ended by one whose name is NULL. */
extern const bms_template bms_templates[];

/** Their names alone, in the same order and ended by NULL: for bms_template_names. */
extern const char *const bms_template_name_list[];

#endif
