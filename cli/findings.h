/**
 * Findings as text: what setup, forms, report, check and collect share.
 */
#ifndef CLI_FINDINGS_H
#define CLI_FINDINGS_H

#include "session.h"

/**
 * Write a finding as two lines: how bad it is, where and what is wrong; what to do. With --quiet only what
 * holds a return back.
 */
void findings_write_text(struct session *session, const bms_finding *finding);

#endif
