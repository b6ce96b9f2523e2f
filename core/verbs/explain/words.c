/** The wording of an explanation (see words.h). Which facts there are is in facts.c. */
#include "core/verbs/explain/words.h"

#include "core/base/catalogue.h"
#include "core/base/number.h"
#include "core/base/platform.h"

static const char *translate(const bms_explain_words *words, const char *text) {
    return bms_tr(words->language, text);
}

/** `1 234,5 %`: a number and what it is measured in. */
static const char *with_unit(const bms_explain_words *words, const char *number, const char *unit) {
    return bms_number_with_unit(words->arena, number, unit, words->language);
}

const char *bms_explain_moment(const bms_explain_words *words, int64_t seconds) {
    const int64_t local = bms_platform_local(seconds);
    const char *day = bms_day_text(words->arena, bms_day_here(seconds), words->language);
    const int64_t of_day = ((local % 86400) + 86400) % 86400;
    return bms_arena_format(words->arena, "%s %02d:%02d", day, (int)(of_day / 3600), (int)(of_day / 60 % 60));
}

const char *bms_explain_version(const bms_explain_words *words, int version, int64_t loaded_at) {
    const char *number = bms_arena_format(words->arena, "%d", version);
    const char *moment = bms_explain_moment(words, loaded_at);
    return bms_message(words->arena, translate(words, BMS_TEXT("version {version}, loaded {moment}")),
                       "version", number, "moment", moment, NULL);
}

const char *bms_explain_result(const bms_explain_words *words, const bms_indicator *indicator,
                               const bms_limits *limits, bms_number result) {
    if (!result.known)
        return "–";
    int decimals = bms_shown_decimals(limits, result, indicator->decimals);
    return with_unit(words, bms_number_text(words->arena, result.value, decimals, words->language),
                     indicator->unit_of_result);
}

const char *bms_explain_number(const bms_explain_words *words, const bms_asked_number *asked,
                               bms_number number) {
    if (!number.known)
        return "–";
    return with_unit(words, bms_number_plain(words->arena, number.value, words->language),
                     asked->unit_of_measure);
}

const char *bms_explain_kind(const bms_explain_words *words, enum bms_kind kind) {
    return translate(words, bms_kind_of(kind)->meaning);
}

const char *bms_explain_formula(const bms_explain_words *words, const bms_indicator *indicator,
                                const bms_values *answer, const char *result) {
    const char *text = bms_kind_of(indicator->kind)->working;
    if (!answer->numerator.known)
        return "";
    double denominator = answer->denominator.known ? answer->denominator.value : 0;
    const char *n = bms_number_plain(words->arena, answer->numerator.value, words->language);
    const char *d = bms_number_plain(words->arena, denominator, words->language);
    const char *factor = bms_number_plain(words->arena, indicator->factor, words->language);
    const char *amount =
        bms_number_plain(words->arena, answer->numerator.value - denominator, words->language);
    return bms_message(words->arena, translate(words, text), "n", n, "d", d, "factor", factor, "amount",
                       amount, "result", result, NULL);
}

/** The results of the units that have one, with `sign` between them: "4 + 5". @param[out] count  of them */
static const char *results(const bms_explain_words *words, const bms_indicator *indicator,
                           const bms_part *parts, size_t n, const char *sign, size_t *count) {
    const char *list = "";
    *count = 0;
    for (size_t i = 0; i < n; i++) {
        bms_number result = parts[i].voluntary
                                ? (bms_number){0}
                                : bms_result(indicator->kind, indicator->factor, &parts[i].answer);
        if (!result.known)
            continue;
        const char *one = bms_number_text(words->arena, result.value, indicator->decimals, words->language);
        list = bms_arena_format(words->arena, "%s%s%s", list, (*count)++ > 0 ? sign : "", one);
    }
    return list;
}

/** Of a mean: "(4 × 10 + 5 × 20) / 30". */
static const char *weighted(const bms_explain_words *words, const bms_part *parts, size_t n, bms_number all) {
    const char *list = "";
    for (size_t i = 0; i < n; i++) {
        const bms_values *answer = &parts[i].answer;
        if (parts[i].voluntary || answer->state != BMS_REPORTED)
            continue;
        const char *mean = bms_number_plain(words->arena, answer->numerator.value, words->language);
        const char *of = bms_number_plain(words->arena, answer->denominator.value, words->language);
        list = bms_arena_format(words->arena, "%s%s%s × %s", list, *list ? " + " : "", mean, of);
    }
    return bms_arena_format(words->arena, "(%s) / %s", list,
                            bms_number_plain(words->arena, all.value, words->language));
}

/** The roll-up that the kind itself has. */
static const char *formula_of_kind(const bms_explain_words *words, const bms_indicator *indicator,
                                   const bms_rolled *rolled, const bms_part *parts, size_t n,
                                   const char *result) {
    const bms_kind_traits *kind = bms_kind_of(indicator->kind);
    const bms_values *sums = &rolled->answer;
    size_t count = 0;
    if (kind->yes_or_no) {
        const char *yes = bms_number_plain(words->arena, sums->numerator.value, words->language);
        const char *of = bms_number_plain(words->arena, sums->denominator.value, words->language);
        return bms_message(words->arena,
                           translate(words, BMS_TEXT("{n} of {d} said yes: 100 × {n} / {d} = {result}")), "n",
                           yes, "d", of, "result", result, NULL);
    }
    if (rolled->reported == 1 && rolled->result.known)
        return bms_explain_formula(words, indicator, sums, result);
    if (kind->result_is_amount) {
        return bms_arena_format(words->arena, "%s = %s", results(words, indicator, parts, n, " + ", &count),
                                result);
    }
    if (kind->on_a_scale) {
        return bms_arena_format(words->arena, "%s = %s", weighted(words, parts, n, sums->denominator),
                                result);
    }
    if (rolled->result.known)
        return bms_explain_formula(words, indicator, sums, result);
    const char *of = bms_number_plain(words->arena, sums->denominator.value, words->language);
    const char *amount =
        bms_number_plain(words->arena, sums->numerator.value - sums->denominator.value, words->language);
    return bms_message(words->arena,
                       translate(words, BMS_TEXT("no per cent: the second numbers, with signs, nearly cancel "
                                                 "out ({d}); the amount is {amount}")),
                       "d", of, "amount", amount, NULL);
}

const char *bms_explain_rollup(const bms_explain_words *words, const bms_indicator *indicator,
                               enum bms_rollup_rule rule, const bms_rolled *rolled, const bms_part *parts,
                               size_t n, const char *result) {
    size_t count = 0;
    const char *text = "";
    switch (rule) {
    case BMS_ROLLUP_OF_KIND:
        return formula_of_kind(words, indicator, rolled, parts, n, result);
    case BMS_ROLLUP_SUM:
        return bms_arena_format(words->arena, "%s = %s", results(words, indicator, parts, n, " + ", &count),
                                result);
    case BMS_ROLLUP_MEAN:
        text = results(words, indicator, parts, n, " + ", &count);
        return bms_arena_format(words->arena, "(%s) / %zu = %s", text, count, result);
    case BMS_ROLLUP_MAX:
        text = BMS_TEXT("the largest of {list}: {result}");
        break;
    case BMS_ROLLUP_MIN:
        text = BMS_TEXT("the smallest of {list}: {result}");
        break;
    case BMS_ROLLUP_WORST:
        text = BMS_TEXT("the worst of {list}: {result}");
        break;
    case BMS_ROLLUP_NONE:
        return translate(words, BMS_TEXT("the setup says that the units are not put together"));
    }
    return bms_message(words->arena, translate(words, text), "list",
                       results(words, indicator, parts, n, "; ", &count), "result", result, NULL);
}

const char *bms_explain_basis(const bms_explain_words *words, enum bms_basis basis) {
    return translate(words, bms_basis_of(basis)->meaning);
}

const char *bms_explain_state(const bms_explain_words *words, enum bms_state state) {
    switch (state) {
    case BMS_REPORTED:
        return translate(words, BMS_TEXT("reported"));
    case BMS_MISSING:
        return translate(words, BMS_TEXT("missing"));
    case BMS_NOT_APPLICABLE:
        return translate(words, BMS_TEXT("not applicable"));
    case BMS_EMPTY_BASE:
        break;
    }
    return translate(words, BMS_TEXT("nobody to measure (0 of 0)"));
}

const char *bms_explain_colour(const bms_explain_words *words, enum bms_colour colour, enum bms_why why) {
    if (colour != BMS_NO_COLOUR)
        return bms_colour_mark(words->arena, colour, translate(words, bms_colour_word(colour)));
    if (why == BMS_HAS_COLOUR)
        return translate(words, BMS_TEXT("no colour"));
    return bms_message(words->arena, translate(words, BMS_TEXT("no colour: {why}")), "why",
                       translate(words, bms_why_word(why)), NULL);
}

/** A limit with what results are measured in, and no decimals it does not need. */
static const char *limit(const bms_explain_words *words, const bms_indicator *indicator, double value) {
    return with_unit(words, bms_number_plain(words->arena, value, words->language),
                     indicator->unit_of_result);
}

const char *bms_explain_limits(const bms_explain_words *words, const bms_indicator *indicator,
                               const bms_limits *limits) {
    const char *text = BMS_TEXT("green from {green}, red below {red}");
    if (!limits->known)
        return translate(words, BMS_TEXT("no target"));
    if (limits->better == BMS_DOWN) {
        text = BMS_TEXT("green up to {green}, red above {red}");
    } else if (limits->better == BMS_BAND) {
        text = BMS_TEXT("green from {green} to {green_to}, red below {red} and above {red_to}");
    }
    const char *green = limit(words, indicator, limits->green);
    const char *red = limit(words, indicator, limits->red);
    const char *green_to = limit(words, indicator, limits->green_to);
    const char *red_to = limit(words, indicator, limits->red_to);
    return bms_message(words->arena, translate(words, text), "green", green, "red", red, "green_to", green_to,
                       "red_to", red_to, NULL);
}

static const char *scope(const bms_explain_words *words, const bms_definition *definition,
                         const bms_target *target) {
    if (target->scope == BMS_FOR_GROUP) {
        return bms_message(words->arena, translate(words, BMS_TEXT("for the group {group}")), "group",
                           target->group, NULL);
    }
    if (target->scope == BMS_FOR_UNIT) {
        return bms_message(words->arena, translate(words, BMS_TEXT("for {unit}")), "unit",
                           definition->units[target->unit].name, NULL);
    }
    return translate(words, BMS_TEXT("for all"));
}

/** @return `text; part`, or the text alone when the part is "". */
static const char *join(const bms_explain_words *words, const char *text, const char *part) {
    return *part ? bms_arena_format(words->arena, "%s; %s", text, part) : text;
}

static const char *since(const bms_explain_words *words, bms_day from) {
    if (from == BMS_NO_DAY)
        return "";
    const char *day = bms_day_text(words->arena, from, words->language);
    return bms_message(words->arena, translate(words, BMS_TEXT("from {date}")), "date", day, NULL);
}

static const char *reference(const bms_explain_words *words, const bms_limits_source *source) {
    if (!*source->target->series)
        return "";
    if (!source->reference) {
        return bms_message(words->arena,
                           translate(words, BMS_TEXT("linked to {series}, which has no known value yet")),
                           "series", source->target->series, NULL);
    }
    const char *value = bms_number_plain(words->arena, source->reference->value, words->language);
    const char *published = source->reference->published == BMS_NO_DAY
                                ? "–"
                                : bms_day_text(words->arena, source->reference->published, words->language);
    return bms_message(
        words->arena, translate(words, BMS_TEXT("linked to {series}: {value} in {period}, published {date}")),
        "series", source->target->series, "value", value, "period", source->reference->period.code, "date",
        published, NULL);
}

const char *bms_explain_target_source(const bms_explain_words *words, const bms_definition *definition,
                                      const bms_limits_source *source) {
    if (!source->target)
        return "";
    static const char *const applies[] = {
        [BMS_ONE_UNIT] = "", [BMS_TOGETHER] = BMS_TEXT("together"), [BMS_A_YEAR] = BMS_TEXT("per year")};
    const char *what = applies[source->target->applies];
    const char *text = scope(words, definition, source->target);
    text = join(words, text, *what ? translate(words, what) : "");
    text = join(words, text, since(words, source->target->from));
    text = join(words, text, source->target->decided);
    return join(words, text, reference(words, source));
}
