"""The deaths of 2014 as UCDP first counted them, as it revised them, and by the narrowest count."""

from analysis.audit import verdict_on
from analysis.charts.marks import DRESS, Bars, Numbers, Rule, one
from analysis.charts.sheet import Panel, Sheet, borne
from analysis.data import registry
from analysis.tell.texts import Stated, Text, bare, say

CLAIM = "deaths_2014_over_100000"
WHOLE, NARROW = "all", "state_based"


def sheet() -> Sheet:
    """Four bars against the report's figure: all types in each release, and wars alone in the first."""
    verdict = verdict_on(CLAIM)
    found = [finding for finding in verdict.findings if not finding.is_headline and finding.value is not None]
    stated = verdict.claim.value or 0.0
    borne(min(finding.value or 0.0 for finding in found) > stated, "every count of 2014 is over 100,000")
    known = registry.by_key(registry.used())
    drawn = [finding for finding in found if finding.definition == WHOLE]
    drawn.append(next(finding for finding in found if finding.definition == NARROW))
    dates = [max(known[pair].published[:4] for pair in finding.vintages.items()) for finding in drawn]
    names = [
        say("Wars in which a state fights, {year} data", year=date)
        if finding.definition == NARROW
        else say("All armed violence, {year} data", year=date)
        for finding, date in zip(drawn, dates, strict=True)
    ]
    bands = [(f.low, f.high) if f.low is not None and f.high is not None else (None, None) for f in drawn]
    bars = Numbers(
        "deaths",
        tuple(f"{finding.definition} {date}" for finding, date in zip(drawn, dates, strict=True)),
        tuple(float(finding.value or 0.0) for finding in drawn),
        tuple(low for low, _ in bands),
        tuple(high for _, high in bands),
        " ".join(drawn[0].vintages),
    )
    shown = {
        "year": 2014,
        "stated": Stated(stated),
        "first": bars.value[0],
        "last": bars.value[-2],
        "narrow": bars.value[-1],
    }
    return Sheet(
        title=say("Every count of the deaths of {year} is over {stated}", **shown),
        subtitle=say("Deaths in {year}, as first counted and as revised since", **shown),
        alt=(
            say(
                "Four horizontal bars of the deaths of {year}, all beyond a line at the report's {stated}: all armed "
                "violence as first counted, {first}, to the last revision, {last}; and wars in which a state fights "
                "alone, {narrow}.",
                **shown,
            ),
        ),
        panels=_panels(stated, shown, names, bars),
        releases=tuple(dict.fromkeys(pair for finding in drawn for pair in finding.vintages.items())),
        notes=(say("Line: low to high estimate, where all is known. Conflicts under 25 deaths a year are left out."),),
        claims=((CLAIM, "yes"),),
    )


def _panels(stated: float, shown: dict[str, object], names: list[Text], bars: Numbers) -> tuple[Panel, ...]:
    """What is drawn, and where."""
    return (
        Panel(
            (
                Rule(one("stated", "report", stated), say("The report: over {stated}", **shown), "center"),
                Bars(
                    tuple(names),
                    (bars,),
                    (DRESS["all"],),
                    tuple(bare(value) for value in bars.value),
                    about=bars.at[:1],
                ),
            ),
        ),
    )
