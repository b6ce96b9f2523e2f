/**
 * Findings as text: what setup, forms, report, check and collect share.
 */
#ifndef CLI_FINDINGS_H
#define CLI_FINDINGS_H

#include "session.h"

/**
 * Write a finding as two lines: severity, place and message; what to do. With --quiet only errors.
 */
void findings_write_text(struct session *session, const bms_finding *finding);

#endif
