"""The report's headline figures against data: of the time, and the newest, each as a part of what is stated."""

from analysis.audit import verdict_on
from analysis.audit.findings import Finding
from analysis.audit.verdicts import NO_LONGER, SUPPORTED, Verdict
from analysis.charts.marks import Look, Numbers, Rule, Spread, one
from analysis.charts.sheet import Panel, Scale, Sheet, borne
from analysis.charts.style import ACCENT, INK, PAPER
from analysis.tell.texts import Stated, Text, say

CLAIMS = (
    "deaths_2014_over_100000",
    "syria_killed",
    "syria_displaced",
    "refugees_21_3_million",
    "idps_40_8_million",
)


def sheet() -> Sheet:
    """One row a figure: the number of the time filled, the newest hollow, the figure stated at 100%."""
    found = {claim: verdict_on(claim) for claim in CLAIMS}
    told = {claim: verdict.verdict for claim, verdict in found.items()}
    borne(
        [told[claim] for claim in CLAIMS] == [SUPPORTED, "contested", SUPPORTED, SUPPORTED, NO_LONGER],
        "three of five headline figures are supported, one is contested, one was revised below",
    )
    then = [(claim, _share(v, f.value)) for claim, v in found.items() for f in _newest_of_each(v)]
    now = {claim: _share(v, v.newest.value) for claim, v in found.items() if v.newest is not None}
    shown = {"count": len(CLAIMS), "held": sum(name == SUPPORTED for name in told.values())}
    return Sheet(
        title=say("{held} of {count} headline figures hold; one is disputed, one since revised below", **shown),
        subtitle=say("Data as a part of the figure that the report states"),
        alt=(
            say(
                "A row for each of {count} headline figures, with a line at the figure stated. The number of the time "
                "is filled, the newest hollow; for internally displaced people the newest is just below the line.",
                **shown,
            ),
        ),
        panels=(_panel(found, then, now),),
        releases=tuple(dict.fromkeys(pair for v in found.values() for pair in _releases(v))),
        notes=(say("Filled: data of the time; hollow: the newest. For Syria's dead, sources of the time disagree."),),
        claims=tuple((claim, "yes" if name == SUPPORTED else "open") for claim, name in told.items()),
    )


def _panel(found: dict[str, Verdict], then: list[tuple[str, float]], now: dict[str, float]) -> Panel:
    parts = (
        Numbers("then", tuple(claim for claim, _ in then), tuple(value for _, value in then)),
        Numbers("now", tuple(now), tuple(now.values())),
    )
    ends = tuple(say("stated: {figure}", figure=Stated(v.claim.value or 0.0)) for v in found.values())
    return Panel(
        (
            Spread(
                tuple(NAMES[claim] for claim in found),
                tuple(found),
                parts,
                (Look(ACCENT), Look(PAPER, INK)),
                ends,
                part=0.34,
            ),
            Rule(one("stated", "stated", 1.0), say("the figure stated"), side="center"),
        ),
        Scale(0.6, 1.6, (0.6, 0.8, 1.0, 1.2, 1.4, 1.6), "percent"),
    )


def _newest_of_each(verdict: Verdict) -> list[Finding]:
    """What it rests on: of each definition the newest."""
    return list({finding.definition: finding for finding in verdict.base}.values())


def _share(verdict: Verdict, value: float | None) -> float:
    assert value is not None and verdict.claim.value
    return value / verdict.claim.value


def _releases(verdict: Verdict) -> list[tuple[str, str]]:
    shown = [*_newest_of_each(verdict), *([verdict.newest] if verdict.newest else [])]
    return [pair for finding in shown for pair in finding.vintages.items() if pair[0] != "headline"]


NAMES: dict[str, Text] = {
    "deaths_2014_over_100000": say("Deaths in 2014"),
    "syria_killed": say("Killed in Syria"),
    "syria_displaced": say("Displaced Syrians"),
    "refugees_21_3_million": say("Refugees"),
    "idps_40_8_million": say("Internally displaced"),
}
