"""UNHCR's demographics: how many refugees are under 18, of those whose age is known.

The files count people by age and sex for each origin and country of asylum, the later ones for each
place in it as well; those whose age nobody recorded stand in a column of their own. A share of
children is a share of those of known age, and ``coverage`` says how many of all refugees these are.
Only the world's sums are kept.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.data import corrections
from analysis.data.corrections import Correction
from analysis.data.coverage import PART, Coverage, to_text
from analysis.data.readers import raw
from analysis.data.readers.rows import WORLD, tidy
from analysis.data.registry import Release
from analysis.errors import InputError

RECORD: raw.Layout = {
    "year": ("year",),
    "type": ("pop_type", "Population Type"),
    "origin": ("coo_iso", "CountryOriginCode"),
    "asylum": ("coa_iso", "CountryAsylumCode"),
    "place": ("location",),
    "place_type": ("loc_type", "urbanRural"),
    "housing": ("acc_type", "accommodationType"),
    "total": ("total",),
}
KEY = ["year", "origin", "asylum", "place", "place_type", "housing"]
CHILDREN: raw.Layout = {
    f"{sex} {ages}": (f"{sex[0]}_{ages.replace(' to ', '_')}", f"{sex}{ages.replace(' to ', '')}")
    for sex in ("female", "male")
    for ages in ("0 to 4", "5 to 11", "12 to 17")
}
ADULTS: raw.Layout = {
    f"{sex} {ages}": names
    for sex in ("female", "male")
    for ages, names in (
        ("18 to 59", (f"{sex[0]}_18_59", f"{sex}1859")),
        ("60 and over", (f"{sex[0]}_60", f"{sex}60ormore")),
    )
}
REFUGEES = "REF"


def ages(release: Release, files: Mapping[str, Path], entries: Sequence[Correction]) -> pd.DataFrame:
    """Refugees under UNHCR's mandate at the end of each year: those of known age, and the children among them.

    Args:
        release: the release that the file belongs to.
        files: its one file, under ``""``.
        entries: this release's corrections: years to drop (``year=2001-2011``), with how many records
            of refugees they have.

    Returns:
        Tidy rows of ``refugees_of_known_age`` and ``child_refugees`` for the world, with a best only.

    Raises:
        InputError: a broken file, no record of refugees, a record that stands twice, an entry that
            no longer fits.
    """
    path = files[""]
    frame = raw.read(path, {**RECORD, **CHILDREN, **ADULTS})
    frame = frame[frame["type"] == REFUGEES]
    if frame.empty:
        raise InputError("no record is of refugees", where=path, row=1, column="type", expected=REFUGEES)
    raw.unique(frame, KEY, path)
    frame["year"] = raw.years(frame, path)
    for entry in entries:
        frame = _dropped(frame, entry, path)
    numbers = pd.DataFrame(
        {name: raw.whole_numbers(frame, name, path, empty=False) for name in ("total", *CHILDREN, *ADULTS)}
    )
    sums = numbers.groupby(frame["year"]).sum()
    children = sums[list(CHILDREN)].sum(axis=1)
    known = children + sums[list(ADULTS)].sum(axis=1)
    coverage = [
        to_text([Coverage(PART, "", int(part), int(whole), "persons")])
        for part, whole in zip(known, sums["total"], strict=True)
    ]
    return pd.concat(
        [
            tidy(pd.DataFrame({"best": some, "coverage": coverage}).reset_index(), release, series, **WORLD)
            for series, some in (("refugees_of_known_age", known), ("child_refugees", children))
        ],
        ignore_index=True,
    )


def _dropped(frame: pd.DataFrame, entry: Correction, path: Path) -> pd.DataFrame:
    """The records without those of the years that an entry leaves out."""
    first, _, last = corrections.pairs(entry.row)["year"].partition("-")
    chosen = frame["year"].between(int(first), int(last or first))
    if entry.action != "drop" or entry.published != f"rows={chosen.sum()}":
        raise InputError(
            f"correction {entry.id} ({entry.row}, {entry.action}) has expired: there are {chosen.sum()} records now",
            where=path,
            column="year",
            expected=f"drop, and {entry.published}",
            do=f"look at the records, then mend or delete {entry.id} in data/corrections.csv",
        )
    return frame[~chosen]
