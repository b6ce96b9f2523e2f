/**
 * The sealed example form that the mutated returns are made of, and what must hold of whatever becomes of it.
 */
#ifndef FUZZ_RETURN_H
#define FUZZ_RETURN_H

#include "core/form/form.h"

#include <stdint.h>

/** @return the example form with its seal. */
const bms_form *fuzz_sealed_form(void);

/**
 * Read and check a return, perhaps twice. Aborts when something does not hold: an outcome that a file by
 * itself cannot have, two different outcomes, or a return accepted whose questions are not those that were
 * sealed.
 */
enum bms_outcome fuzz_return(const uint8_t *bytes, size_t size, bool twice);

#endif
