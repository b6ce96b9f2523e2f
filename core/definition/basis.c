/** The table of bases, and the days they are about (see basis.h). */
#include "core/definition/basis.h"

#include "core/base/catalogue.h"

#include <string.h>

static const bms_basis_traits bases[] = {
    [BMS_IN_PERIOD] = {.name = "period",
                       .choice = BMS_TEXT("in the period"),
                       .help = BMS_TEXT("In the period: what happened in it."),
                       .shown = BMS_TEXT("the period"),
                       .meaning = BMS_TEXT("what happened in the period"),
                       .instruction = BMS_TEXT("Count only what happened in the period."),
                       .adds_up = true,
                       .over_days = true},
    [BMS_YEAR_TO_DATE] = {.name = "year_to_date",
                          .choice = BMS_TEXT("year to date"),
                          .help = BMS_TEXT("Year to date: counted from 1 January."),
                          .shown = BMS_TEXT("the year to date"),
                          .meaning = BMS_TEXT("from 1 January until the end of the period"),
                          .instruction = BMS_TEXT("Count from 1 January (so far this year)."),
                          .to_date = true,
                          .over_days = true},
    [BMS_AS_OF] = {.name = "as_of",
                   .choice = BMS_TEXT("on a date"),
                   .help = BMS_TEXT("On a date: as of that day."),
                   .shown = BMS_TEXT("on the date"),
                   .meaning = BMS_TEXT("as it was on the period's last day"),
                   .instruction = BMS_TEXT("Count as of the date in the question.")},
    [BMS_FORECAST] = {.name = "forecast",
                      .choice = BMS_TEXT("forecast"),
                      .help = BMS_TEXT("Forecast: what the whole year will be."),
                      .shown = BMS_TEXT("forecast for the year"),
                      .meaning = BMS_TEXT("forecast for the whole year"),
                      .instruction = BMS_TEXT("A forecast for the whole year."),
                      .whole_year = true},
};

_Static_assert(sizeof bases / sizeof *bases == BMS_N_BASES, "a row for every basis");

const bms_basis_traits *bms_basis_of(enum bms_basis basis) {
    return &bases[basis];
}

const char *bms_basis_name(enum bms_basis basis) {
    return bases[basis].name;
}

bool bms_basis_parse(const char *name, enum bms_basis *out) {
    for (int basis = 0; name && basis < BMS_N_BASES; basis++) {
        if (strcmp(name, bases[basis].name) == 0) {
            *out = (enum bms_basis)basis;
            return true;
        }
    }
    return false;
}

const char *bms_basis_choice(size_t index) {
    return index < BMS_N_BASES ? bases[index].choice : NULL;
}

const char *bms_basis_help(size_t index) {
    return index < BMS_N_BASES ? bases[index].help : NULL;
}

bms_day bms_basis_first_day(enum bms_basis basis, const bms_period *period) {
    int year;
    int month;
    int day;
    if (!bases[basis].to_date)
        return period->from;
    bms_day_parts(period->to, &year, &month, &day);
    return bms_day_of(year, 1, 1);
}

int bms_basis_days(enum bms_basis basis, const bms_period *period) {
    return bases[basis].over_days ? period->to - bms_basis_first_day(basis, period) + 1 : 0;
}
