/** Counts what one file costs (see budget.h). */
#include "core/base/budget.h"

bool bms_budget_take(bms_budget *budget, size_t size) {
    if (!budget)
        return true;
    if (size > budget->memory - budget->held) {
        budget->exceeded = true;
        return false;
    }
    budget->held += size;
    return true;
}

void bms_budget_give_back(bms_budget *budget, size_t size) {
    if (budget)
        budget->held -= size < budget->held ? size : budget->held;
}

bool bms_budget_spend(bms_budget *budget, uint64_t size) {
    if (!budget)
        return true;
    if (size > budget->work - budget->done) {
        budget->exceeded = true;
        return false;
    }
    budget->done += size;
    return true;
}
