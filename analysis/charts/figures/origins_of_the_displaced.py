"""Where the displaced of the end of 2015 came from, and the share of the ten countries that the report names."""

import pandas as pd

from analysis.audit import reports, series, verdict_on
from analysis.charts.marks import Bars, Look, numbers
from analysis.charts.sheet import Panel, Sheet, borne
from analysis.charts.style import ACCENT, CONTEXT, PAPER, SOFT, TINT
from analysis.data.query import table
from analysis.tell.texts import Area, Millions, Percent, bare, say

YEAR, TOP = 2015, 11
CLAIM, BASE = "ten_countries_majority", "refugees_idps"
LOOKS = {
    "idps": (Look(PAPER, SOFT), Look(ACCENT)),
    "refugees": (Look(PAPER, CONTEXT, "///"), Look(TINT, ACCENT)),
}
"""Countries that the report does not name are outlined, so that the named stand out in grey as well."""


def sheet() -> Sheet:
    """Refugees by origin and internally displaced by country, most first; the named ones filled."""
    ten = list(dict.fromkeys(term.area for term in reports.definition(CLAIM, BASE).terms))
    releases = (series.newest("unhcr_population"), series.newest("idmc_displacement"))
    parts = pd.DataFrame(
        {
            series: table(series, year=YEAR, role=role, source=source, vintage=vintage).set_index("area")["best"]
            for series, role, (source, vintage) in zip(
                ("refugees", "idps"), ("origin", "location"), releases, strict=True
            )
        }
    ).fillna(0.0)
    unrwa = series.newest("unrwa_registered")
    palestine = table("palestine_refugees", "WLD", year=YEAR, vintage=unrwa[1])["best"].item()
    parts = parts.drop(index="WLD")
    order = parts.sum(axis="columns").sort_values(ascending=False, kind="stable")
    drawn = [code for rank, code in enumerate(order.index) if rank < TOP or code in ten]
    alone = {one.definition for one in reports.claim(CLAIM).definitions if "idps" not in {t.series for t in one.terms}}
    found = [f for f in verdict_on(CLAIM).findings if f.definition not in alone]
    shares = [finding.value for finding in found if finding.value is not None]
    borne(
        len(ten) == 10 and min(shares) > 0.5 and set(ten) <= set(drawn),
        "the ten named have over half of the displaced, however counted",
    )
    own = float(parts.loc[ten, "refugees"].sum() / (parts["refugees"].sum() + palestine))
    shown = {
        "year": YEAR, "ten": len(ten), "low": Percent(min(shares)), "high": Percent(max(shares)), "own": Percent(own),
        "most": Area(str(order.index[0])), "count": Millions(float(order.iloc[0])),
    }  # fmt: skip
    return Sheet(
        title=say("Over half of {year}'s displaced came from ten countries named in the report", **shown),
        subtitle=say("People displaced within and from countries, end of {year}; filled: named in the report", **shown),
        alt=(
            say(
                "Horizontal bars of the internally displaced and refugees by country of origin at the end of {year}, "
                "most first: {most} has {count}. The {ten} countries that the report names have {low} to {high} of "
                "all, by different ways of counting.",
                **shown,
            ),
        ),
        panels=_panels(drawn, parts, releases, order, ten),
        releases=(*releases, unrwa),
        notes=(
            say(
                "Their share: {low} to {high}, by way of counting; {own} of refugees alone, with Palestine refugees.",
                **shown,
            ),
        ),
        claims=((CLAIM, "yes"),),
    )


def _panels(
    drawn: list[str], parts: pd.DataFrame, releases: tuple[tuple[str, str], ...], order: pd.Series, ten: list[str]
) -> tuple[Panel, ...]:
    """What is drawn, and where."""
    return (
        Panel(
            (
                Bars(
                    tuple(bare(Area(str(code))) for code in drawn),
                    (
                        numbers("idps", parts.loc[drawn, "idps"], releases[1]),
                        numbers("refugees", parts.loc[drawn, "refugees"], releases[0]),
                    ),
                    (LOOKS["idps"], LOOKS["refugees"]),
                    tuple(bare(Millions(float(order[code]))) for code in drawn),
                    about=tuple(ten),
                    keys=(say("Internally displaced"), say("Refugees")),
                ),
            ),
        ),
    )
