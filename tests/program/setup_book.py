"""Setup workbooks written by openpyxl, as a coordinator could have made them. Everything in them is invented."""
import openpyxl

HEADINGS = {
    "Kommune": ["Opplysning", "Verdi"],
    "Enheter": ["Kode", "Navn", "Hører under", "Gruppe", "Leder", "E-post", "Gjelder fra", "Gjelder til", "Erstatter"],
    "Styringskort": ["Kode", "Navn", "For hvem"],
    "Fokusområder": ["Kode", "Styringskort", "Fokusområde", "Mål"],
    "Suksesskriterier": ["Kode", "Fokusområde", "Suksesskriterium"],
    "Indikatorer": ["Kode", "Navn", "Type", "Tall 1 – spørsmål", "Benevning 1", "Tall 2 – spørsmål", "Benevning 2",
                    "Desimaler", "Tallgrunnlag", "Best når", "Samme tall som", "Gjelder personer", "Må besvares"],
    "Plassering": ["Styringskort", "Suksesskriterium", "Indikator", "Rekkefølge"],
    "Mål": ["Indikator", "Gjelder", "Grønn grense", "Rød grense"],
    "Målepunkt": ["Kode", "Navn", "Skjema sendes", "Frist"],
    "Hvem måler hva": ["Indikator", "Målepunkt", "tjeneste"],
    "Referansetall": ["Serie", "Kilde", "Periode", "Gruppe", "Verdi", "Publisert"],
    "Tiltak": ["Nr", "Enhet", "Knyttet til", "Tiltak", "Ansvarlig", "Frist", "Status"],
}


def share(code, name):
    """An indicator with two numbers, both of them persons."""
    return [code, name, "andel", f"Hvor mange av dem gjelder «{name}» {{dates}}?", "personer",
            f"Hvor mange er det i alt for «{name}» {{dates}}?", "personer", 1, "perioden", "høyt", None, "ja", None]


def setup(units, indicators):
    """A sound setup: the municipality, `units` of one group under it, `indicators` asked for each tertial of 2026."""
    codes = [f"I{i:02}" for i in range(1, indicators + 1)]
    return {
        "Kommune": [["Kommunens navn", "Prøve kommune"], ["Kommunenummer", "9901"], ["Målform", "Bokmål"],
                    ["Koordinator", "Kari Koordinator"], ["E-post for svar", "bms@prove.example"]],
        "Enheter": [["PROVE", "Prøve kommune", None, None, "Per Prøve", None]] +
                   [[f"E{i:03}", f"Enhet nummer {i}", "PROVE", "tjeneste", f"Leder {i}", f"e{i}@prove.example"]
                    for i in range(1, units + 1)],
        "Styringskort": [["KORT", "Kommunens styringskort", "Alle"]],
        "Fokusområder": [["BRU", "KORT", "Brukere", "Fornøyde brukere"]],
        "Suksesskriterier": [["GOD", "BRU", "Gode tjenester"]],
        "Indikatorer": [share(code, f"Oppgave {code}") for code in codes],
        "Plassering": [["KORT", "GOD", code, i] for i, code in enumerate(codes)],
        "Mål": [[code, "alle", 80, 60] for code in codes],
        "Målepunkt": [["2026-T1", None, None, None], ["2026-T2", None, None, None], ["2026-T3", None, None, None]],
        "Hvem måler hva": [[code, "*-T*", "x"] for code in codes],
        "Referansetall": [],
        "Tiltak": [],
    }


def save(sheets, path):
    """Write a setup as a workbook: headings in the first row. A row is a list in the order of HEADINGS, or a dict by
    heading, of those and of others."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        headings = list(HEADINGS[name])
        for row in rows:
            headings += [heading for heading in row if isinstance(row, dict) and heading not in headings]
        sheet.append(headings)
        for row in rows:
            sheet.append([row.get(heading) for heading in headings] if isinstance(row, dict) else row)
    book.save(path)
