"""External support to the parties of armed conflicts: UCDP's External Support Dataset, by actor and year.

A row is a warring party against one opponent in one year (its dyad), with a 0/1 for each kind of
support that it had from outside. ``ext_sup`` is any support; ``ext_x`` is troops that took part in
the fighting (a "secondary warring party"), which the yearly list of armed conflicts calls
internationalized: in release 18.1 the two agree in 1,643 of the 1,646 civil conflict-years that
both hold (against 23.1). Troops that were there and did not fight (``ext_p``) are not in it.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.data import corrections
from analysis.data.corrections import Correction
from analysis.data.readers import raw
from analysis.data.readers.rows import tidy, totals
from analysis.data.refusals import refuse
from analysis.data.registry import Release

LAYOUT: raw.Layout = {
    "year": ("year",),
    "actor_id": ("actor_id",),
    "dyad_id": ("dyad_id",),
    "conflict_id": ("conflict_id",),
    "civil": ("civil",),
    "active": ("active",),
    "support": ("ext_sup",),
    "troops": ("ext_x",),
}
YES_NO = ("civil", "active", "support", "troops")


def support(release: Release, files: Mapping[str, Path], entries: Sequence[Correction]) -> pd.DataFrame:
    """Civil conflicts active in the year, and how many of them had support from outside.

    Args:
        release: the release that the file belongs to.
        files: the actor-year table, as ``""``.
        entries: this release's corrections.

    Returns:
        Tidy rows of the world by year, with a best only: ``civil_conflicts.all``,
        ``.any_support`` (any party had any support) and ``.troop_support`` (any party had troops
        from outside that fought). A conflict counts once a year, however many parties it has.

    Raises:
        InputError: a broken file, a repeated party-dyad-year, a yes/no that is neither.
    """
    path = files[""]
    frame = corrections.repair(raw.read(path, LAYOUT, encoding=release.encoding()), entries, path)
    raw.unique(frame, ["year", "actor_id", "dyad_id"], path)
    frame["year"] = raw.years(frame, path)
    for column in YES_NO:
        numbers = raw.whole_numbers(frame, column, path, empty=False)
        refuse(frame, numbers > 1, path, column, expected="0 or 1")
        frame[column] = numbers
    civil = frame[(frame["civil"] == 1) & (frame["active"] == 1)]
    conflicts = civil.groupby(["year", "conflict_id"])[["support", "troops"]].max().assign(all=1.0)
    sums = conflicts.groupby("year").sum()
    sums["note"] = totals(civil, ["year"], ["civil"]).set_index("year")["note"]
    series = {"all": "all", "support": "any_support", "troops": "troop_support"}
    rows = [
        tidy(
            sums.reset_index()[["year", column, "note"]].rename(columns={column: "best"}),
            release,
            f"civil_conflicts.{name}",
            area="WLD",
            role="location",
        )
        for column, name in series.items()
    ]
    return pd.concat(rows, ignore_index=True)
