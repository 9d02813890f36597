"""Syria's dead since March 2011 as counted, stated and estimated by the report's date, and by UCDP since."""

from dataclasses import dataclass

from analysis.audit import headlines, verdict_on
from analysis.audit.findings import Finding
from analysis.audit.headlines import Headline
from analysis.charts.marks import Look, Numbers, Rule, Spread, one
from analysis.charts.sheet import Panel, Scale, Sheet, borne
from analysis.charts.style import INK
from analysis.data import registry
from analysis.data.query import table
from analysis.errors import InputError
from analysis.tell.texts import Date, Stated, Text, bare, say

AREA, CLAIM, SERIES = "SYR", "syria_killed", "deaths_since_2011"
VDC, UCDP, UCDP_THEN, UNTIL = ("vdc_syria", "2019-06"), "ucdp_all_dyads", "ucdp_yearly", "2016-06"
NAMES = {
    "Syrian Observatory for Human Rights": say("Syrian Observatory for Human Rights"),
    "Damascus Center for Human Rights Studies": say("Damascus Center for Human Rights Studies"),
    "Syrian Centre for Policy Research": say("Syrian Centre for Policy Research"),
    "Human Rights Data Analysis Group, for the Office of the UN High Commissioner for Human Rights": say(
        "UN Human Rights Office"
    ),
    "UN Secretary-General": say("UN Secretary-General"),
    "UN Special Envoy for Syria": say("UN Special Envoy for Syria"),
}
"""Whose last figure is shown: those who counted or estimated, and the two at the UN who spoke last."""


@dataclass(frozen=True)
class Row:
    """A source: who, said with the date, how many, and whether that is a floor."""

    key: str
    name: Text
    value: float
    floor: bool
    low: float | None = None
    high: float | None = None


def is_count(headline: Headline) -> bool:
    """Whether a stated number is of documented deaths, and so a floor.

    Raises:
        InputError: what it counts says neither that nor that it is stated or estimated.
    """
    kinds = [text in headline.counts for text in ("documented ", "no method given", "estimate")]
    if sum(kinds) != 1:
        raise InputError(
            f"{headline.id} counts {headline.counts!r}", where=headlines.HEADLINES, column="counts",
            expected="documented, no method given, or estimate in it",
        )  # fmt: skip
    return kinds[0]


def sheet() -> Sheet:
    """A row a source, most first: its last number before the report, an arrow where it is a floor."""
    report = verdict_on(CLAIM)
    stated = report.claim.value or 0.0
    last: dict[str, Headline] = {}
    for headline in sorted(headlines.load(), key=lambda one: registry.last_day(one.date)):
        if headline.series == SERIES and headline.area == AREA and headline.available_by <= registry.REPORT_DATE:
            last[headline.publisher] = headline
    ucdp = next(finding for finding in report.findings if finding.definition == UCDP)
    then = next(finding for finding in report.base if finding.definition == UCDP_THEN)
    (release,), most = ucdp.vintages.items(), then.estimate.ceiling
    rows = _rows(last, ucdp, then)
    counts = [row.value for row in rows if row.floor]
    borne(
        report.is_split and max(counts) > stated and (most or stated) < stated,
        "on 250,000 dead sources of the time disagree: a count is above it, UCDP below",
    )
    # What was stated as "at least" or "over" goes on as well.
    more = [key for key in NAMES if last[key].relation in ("at_least", "over")]
    goes_on = tuple(row.key for row in rows if row.floor or row.key in more)
    points = Numbers(
        "deaths",
        tuple(row.key for row in rows),
        tuple(row.value for row in rows),
        tuple(row.low for row in rows),
        tuple(row.high for row in rows),
        " ".join(["headline", VDC[0], release[0], *then.vintages]),
    )
    shown = {
        "stated": Stated(stated), "count": max(counts), "most": rows[0].value, "ucdp": ucdp.value or 0.0,
        "low": then.value or 0.0, "high": most or 0.0,
    }  # fmt: skip
    return Sheet(
        title=say("Over {stated} dead in Syria? Sources of the time disagreed", **shown),
        subtitle=say("Deaths since March 2011, by source and last date before the report; arrow: a minimum"),
        alt=(
            say(
                "Points of deaths in Syria since March 2011, one a source, most first, with a line at the report's "
                "{stated}. The fullest count of documented deaths has {count}, the highest estimate {most}; UCDP's "
                "data of the time have {low} to {high}, its later data {ucdp}.",
                **shown,
            ),
        ),
        panels=_panels(rows, stated, shown, points, goes_on),
        releases=(VDC, release, *then.vintages.items()),
        notes=(
            say("Counts of documented deaths are minimums. The highest estimate includes some 70,000 indirect deaths."),
        ),
        also=(say("figures stated at the time"),),
        claims=((CLAIM, "open"),),
    )


def _rows(last: dict[str, Headline], ucdp: Finding, then: Finding) -> list[Row]:
    """Every source, most first; UCDP twice, by its later data and by that of the time."""
    months = table("deaths.documented", AREA, by="month", source=VDC[0], vintage=VDC[1])
    until = months[months["year"].mul(100).add(months["month"].astype(int)).le(int(UNTIL.replace("-", "")))]
    centre = say("Violations Documentation Center (VDC)")
    told, later = (
        say("UCDP, to {year} (data of {later})", year=2015, later=one.published[0][:4]) for one in (then, ucdp)
    )
    rows = [
        *(
            Row(key, say("{name}, {date}", name=name, date=Date(last[key].date)), last[key].value, is_count(last[key]))
            for key, name in NAMES.items()
        ),
        Row("VDC", say("{name}, {date}", name=centre, date=Date(UNTIL)), float(until["best"].sum()), True),
        Row("UCDP", later, ucdp.value or 0.0, False, ucdp.low, ucdp.high),
        Row("UCDP then", told, then.value or 0.0, False, then.value, then.estimate.ceiling),
    ]
    return sorted(rows, key=lambda row: -row.value)


def _panels(
    rows: list[Row], stated: float, shown: dict[str, object], points: Numbers, goes_on: tuple[str, ...]
) -> tuple[Panel, ...]:
    """What is drawn, and where."""
    return (
        Panel(
            (
                Rule(one("stated", "report", stated), say("The report: {stated} or more", **shown), "center"),
                Spread(
                    tuple(row.name for row in rows),
                    points.at,
                    (points,),
                    (Look(INK),),
                    tuple(bare(row.value) for row in rows),
                    goes_on,
                    part=0.42,
                ),
            ),
            Scale(0.0, 1.08 * max(points.value)),
        ),
    )
