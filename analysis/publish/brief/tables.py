"""The tables of a brief: real numbers in columns that have a heading, a unit and a width; no format yet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from analysis.audit.claims import Definition
from analysis.audit.findings import Finding
from analysis.data import tables as tidy
from analysis.data.query import SERIES
from analysis.publish.content import Answer, Brief, Picture, Statement
from analysis.tell import sentences
from analysis.tell.languages import Words

Cell = str | float | int | None

TEXT, NUMBER, YEAR = "text", "number", "year"
"""What a column holds: a year has no mark between its thousands."""

NARROW, MIDDLE, WIDE, WIDEST = 9, 16, 34, 70


@dataclass(frozen=True)
class Column:
    """A column: its heading, what its numbers are one of (or what its texts are), its width in letters.

    Texts of one that ``wraps`` are read in full; of another only their beginning is seen.
    """

    heading: str
    unit: str = ""
    width: int = MIDDLE
    holds: str = TEXT
    wraps: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its name (short, for a tab), its title, and where it comes from.

    ``units`` has the unit of each row's numbers, where they have one; ``picture`` is the figure that draws it.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    units: tuple[str, ...] = ()
    note: str = ""
    picture: Picture | None = field(default=None, repr=False)


def unit_names(say: Words) -> dict[str, str]:
    """Unit -> what numbers in it are one of."""
    return {
        "": "",
        "deaths": say("deaths"),
        "persons": say("people"),
        "actors": say("actors"),
        "conflicts": say("conflicts"),
        "years": say("number of years"),
        "drafts": say("draft resolutions"),
        "vetoes": say("vetoes"),
        "states": say("states"),
        "resolutions": say("resolutions"),
        "displacements": say("displacements"),
        "applications": say("applications"),
        "share": say("share of the whole"),
        "rank": say("place in a ranking"),
        "one_in": say("one in so many"),
        "per_thousand": say("to a thousand"),
        "per_minute": say("a minute"),
        "times": say("times as many"),
    }


def statements(brief: Brief) -> Table:
    """One row a statement: what it says, the verdict, the number that it rests on, why."""
    say = brief.words
    units = unit_names(say)
    columns = (
        Column(say("Paragraph"), width=NARROW, holds=YEAR),
        Column(say("Statement"), say("in our words"), WIDE, wraps=True),
        Column(say("As printed"), say.language_name(brief.report.language)),
        Column(say("Verdict"), width=MIDDLE, wraps=True),
        *_number_columns(say),
        Column(say("Where the number is from"), width=WIDE, wraps=True),
        Column(say("Why"), width=WIDEST, wraps=True),
        Column(say("To cite"), width=WIDEST),
        Column(say("Id"), width=MIDDLE),
    )
    rows = tuple(
        (
            one.verdict.claim.paragraph,
            one.text,
            one.verdict.claim.as_printed,
            one.name,
            *_numbers(one.verdict.cited),
            units[one.verdict.cited.unit if one.verdict.cited else ""],
            one.stands,
            one.reason,
            one.to_cite,
            one.id,
        )
        for one in brief.statements
    )
    return Table(
        say("Statements"),
        say("Every statement with its verdict"),
        columns,
        rows,
        tuple(one.verdict.cited.unit if one.verdict.cited else "" for one in brief.statements),
    )


def _number_columns(say: Words) -> tuple[Column, ...]:
    """Over what ``_numbers`` gives, and the unit."""
    in_unit = say("in the row's unit")
    names = (say("Number"), say("Low"), say("High"), say("Compared with"))
    return (*(Column(name, in_unit, holds=NUMBER) for name in names), Column(say("Unit")))


def _numbers(finding: Finding | None) -> tuple[Cell, Cell, Cell, Cell]:
    if finding is None:
        return None, None, None, None
    return finding.value, finding.low, finding.high, finding.compared_with


def findings(brief: Brief) -> Table:
    """One row a finding: what one definition says of a statement on one release."""
    say = brief.words
    units = unit_names(say)
    columns = (
        Column(say("Statement"), width=WIDE, wraps=True),
        Column(say("What is counted"), width=WIDE, wraps=True),
        *_number_columns(say),
        Column(say("Compared with, or made from")),
        Column(say("Answer")),
        Column(say("Within its margins")),
        Column(say("Whose definition")),
        Column(say("How near")),
        Column(say("How much of it")),
        Column(say("Weight")),
        Column(say("Time of the data")),
        Column(say("Publisher and release"), width=WIDE),
        Column(say("What it leaves out"), width=WIDE),
        Column(say("Id"), width=MIDDLE),
    )
    pairs = [(one, answer) for one in brief.statements for answer in one.answers]
    return Table(
        say("Findings"),
        say("Every finding: one definition on one release"),
        columns,
        tuple(_finding(one, answer, units) for one, answer in pairs),
        tuple(answer.finding.unit for _, answer in pairs),
    )


def _finding(one: Statement, answer: Answer, units: Mapping[str, str]) -> tuple[Cell, ...]:
    return (
        one.text,
        answer.label,
        *_numbers(answer.finding),
        units[answer.finding.unit],
        answer.against,
        answer.holds,
        answer.band,
        answer.role,
        answer.fit,
        answer.bound,
        answer.weight,
        answer.when,
        answer.source,
        answer.left_out,
        f"{one.id} {answer.finding.definition}",
    )


def sources(brief: Brief) -> Table:
    """One row a release or a stated figure, with how to cite it and what it may be used for."""
    say = brief.words
    columns = (
        Column(say("Publisher"), width=WIDE, wraps=True),
        Column(say("Release")),
        Column(say("Published")),
        Column(say("Licence"), width=MIDDLE),
        Column(say("How to cite it"), width=WIDEST, wraps=True),
        Column(say("Address"), width=WIDE),
        Column(say("Id"), width=MIDDLE),
    )
    rows = tuple(
        (one.publisher, one.vintage, one.published, one.licence, one.citation, one.address, one.source)
        for one in brief.sources
    )
    return Table(say("Sources"), say("Every release and stated figure used, with its licence"), columns, rows)


TIDY = (
    ("series", WIDE, TEXT), ("area", NARROW, TEXT), ("place", MIDDLE, TEXT), ("role", NARROW, TEXT),
    ("actor_class", MIDDLE, TEXT), ("actor", MIDDLE, TEXT), ("year", NARROW, YEAR), ("month", NARROW, YEAR),
    ("low", MIDDLE, NUMBER), ("best", MIDDLE, NUMBER), ("high", MIDDLE, NUMBER), ("kind", NARROW, TEXT),
    ("source", WIDE, TEXT), ("vintage", MIDDLE, TEXT), ("coverage", WIDE, TEXT), ("note", MIDDLE, TEXT),
)  # fmt: skip
"""Columns of a tidy table as a sheet has them, with the place's name beside its code."""


def read(brief: Brief) -> list[Table]:
    """The rows of the tidy tables that the findings were made from: a table for each publisher and unit."""
    say = brief.words
    units = unit_names(say)
    rows = _rows_read([one for one in brief.statements if one.is_tested])
    rows["place"] = [say.area(area) for area in rows["area"]]
    rows["unit"] = [SERIES[name].unit for name in rows["series"]]
    rows["publisher"] = [sentences.publisher(say, source) for source in rows["source"]]
    made = []
    for (publisher, unit), some in rows.groupby(["publisher", "unit"], sort=False):
        columns = tuple(
            Column(name, units[unit] if name in ("low", "best", "high") else "", width, holds)
            for name, width, holds in TIDY
        )
        values = some[[name for name, _, _ in TIDY]].astype(object)
        made.append(
            Table(
                say("{publisher}, {unit}", publisher=publisher, unit=units[unit]),
                say("Rows of the tables that the findings were made from: {publisher}", publisher=publisher),
                columns,
                tuple(values.where(values.notna(), None).itertuples(index=False, name=None)),
                (unit,) * len(some),
            )
        )
    return made


KEY = ("series", "area", "year", "source", "vintage", "actor")
"""What tells what a definition reads."""


def _rows_read(tested: Sequence[Statement]) -> pd.DataFrame:
    """What the definitions of these claims read, of the releases that a finding rests on."""
    wanted = {key for one in tested for key in _keys(one)}
    rows = tidy.committed()
    for place, name in enumerate(KEY):  # most rows fail in one of them, which is found at once
        rows = rows[rows[name].fillna("").isin({key[place] for key in wanted})]
    keys = rows[list(KEY)].fillna("").itertuples(index=False, name=None)
    return rows[[key in wanted for key in keys]].copy()


def _keys(one: Statement) -> Iterator[tuple[object, ...]]:
    releases: dict[str, set[tuple[str, str]]] = {}
    for finding in one.verdict.findings:
        releases.setdefault(finding.definition, set()).update(finding.vintages.items())
    for definition in one.verdict.claim.definitions:
        for term in definition.all_terms:
            for year in _years(definition):
                for source, vintage in releases.get(definition.definition, ()):
                    yield term.series, term.area, year, source, vintage, term.actor


def _years(definition: Definition) -> set[int]:
    return {period if period < 10_000 else period // 100 for period in (*definition.years, *definition.against)}


def series_names(say: Words) -> dict[str, str]:
    """The parts of columns and areas over time, by the name that a figure's data has for them."""
    return {
        "deaths.state_based": say("Wars in which a state fights"),
        "deaths.non_state": say("Fighting between groups"),
        "deaths.one_sided": say("Deliberate killing of civilians"),
        "government": say("By governments"),
        "non_government": say("By other groups"),
        "idps": say("Internally displaced"),
        "refugees": say("Refugees (UNHCR)"),
        "palestine_refugees": say("Palestine refugees (UNRWA)"),
        "asylum_seekers": say("Asylum-seekers"),
        "deaths.documented": say("Documented deaths"),
        "vetoed_drafts.syria": say("Vetoed drafts on Syria"),
        "vetoed_drafts.other": say("Other vetoed drafts"),
    }


STACKED: Mapping[str, str] = {"columns": "column", "stack": "area"}
"""Marks that stand on each other over time, and the chart of a spreadsheet that does."""


def main_series(brief: Brief) -> list[Table]:
    """The series over time that figures draw as stacks: one row a year or month, one column a part."""
    made = [table for picture in brief.pictures if (table := _series(brief.words, picture)) is not None]
    return [
        replace(table, name=brief.words("Chart {number}", number=number)) for number, table in enumerate(made, start=1)
    ]


def _series(say: Words, picture: Picture) -> Table | None:
    data = picture.content.data
    stacked = data[(data["panel"] == 1) & data["mark"].isin(list(STACKED))]
    names = series_names(say)
    parts = list(dict.fromkeys(stacked["name"]))
    # Where a part stands twice (months whole and in part), a plain stack would hide the difference.
    if not parts or not set(parts) <= set(names) or stacked.duplicated(["at", "name"]).any():
        return None
    wide = stacked.pivot(index="at", columns="name", values="value")[parts].sort_index()
    columns = (
        Column(say("Year or month"), width=MIDDLE, holds=YEAR),
        *(Column(names[part], width=MIDDLE, holds=NUMBER) for part in parts),
    )
    rows = tuple(
        (int(at) if str(at).isdigit() else str(at), *(None if value != value else float(value) for value in values))
        for at, *values in wide.itertuples(name=None)
    )
    return Table(
        name="",
        title=picture.content.title,
        columns=columns,
        rows=rows,
        note=say.run(picture.content.page[-1:]),
        picture=picture,
    )


def drawn(brief: Brief) -> Table:
    """Every number that the figures draw, as their sidecars keep it."""
    say = brief.words
    headings = ("panel", "mark", "name", "at", "low", "value", "high", "source", "vintage")
    numeric = ("low", "value", "high")
    columns = (
        Column(say("Figure"), width=WIDE),
        *(Column(one, "", MIDDLE, NUMBER if one in numeric else TEXT) for one in headings),
    )
    rows = []
    for picture in brief.pictures:
        for values in picture.content.data[list(headings)].astype(object).itertuples(index=False, name=None):
            rows.append((picture.content.title, *(_plain(value) for value in values)))
    return Table(say("Figures' numbers"), say("Every number that the figures draw"), columns, tuple(rows))


def _plain(value: object) -> Cell:
    if value is None or value != value:
        return None
    return value if isinstance(value, str) else float(value)  # type: ignore[arg-type]
