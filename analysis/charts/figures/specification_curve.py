"""Every finding on one claim: a row a definition, a point a release, against what the report states."""

from analysis.audit import verdict_on
from analysis.audit.claims import COMPARISONS
from analysis.audit.findings import LATER, STAND_IN, THEN, Finding
from analysis.audit.verdicts import Verdict as Told
from analysis.charts.marks import Look, Numbers, Rule, Spread, one
from analysis.charts.sheet import Panel, Scale, Sheet
from analysis.charts.style import ACCENT, CONTEXT, PAPER
from analysis.tell.texts import Place, Text, Verdict, say

CLAIM = "civil_wars_third_party"
"""The claim whose findings differ most widely: shown unless another is asked for."""

SHOWN = 9
"""How many definitions a slide has room for."""

FACES = {THEN: Look(ACCENT), STAND_IN: Look(PAPER, ACCENT), LATER: Look(PAPER, CONTEXT)}


def sheet(claim: str = CLAIM) -> Sheet:
    """A comparison is shown as a ratio to what it is compared with; another number as a part of the figure stated."""
    verdict = verdict_on(claim)
    found = [(f, measured_by(verdict, f)) for f in verdict.findings if f.value is not None]
    drawn = [(f, over) for f, over in found if over]
    names = list(dict.fromkeys(f.definition for f, _ in drawn))[:SHOWN]
    drawn = [(f, over) for f, over in drawn if f.definition in names]
    shown = {"verdict": Verdict(verdict.verdict), "statement": Place(verdict.claim), "count": len(names)}
    return Sheet(
        title=say("By {count} definitions: {verdict}", **shown),
        subtitle=say("{statement}", **shown),
        alt=(say("Points by definition and release for the statement: {statement}. The verdict: {verdict}.", **shown),),
        panels=(_panel(drawn, names),) if drawn else (Panel(()),),
        releases=tuple(dict.fromkeys(pair for f, _ in drawn for pair in f.vintages.items() if pair[0] != "headline")),
        notes=(say("Filled: data of the time; hollow: later."),),
        page=_moves(verdict),
        claims=((claim, "open"),),
    )


def measured_by(verdict: Told, finding: Finding) -> float | None:
    """What a finding's number is divided by to be shown."""
    claim = verdict.claim
    if claim.relation in COMPARISONS:
        return finding.compared_with
    if claim.relation == "majority":
        return 0.5
    return 1 / 3 if claim.relation == "third" else finding.threshold or claim.value or 1.0


def _panel(drawn: list[tuple[Finding, float]], names: list[str]) -> Panel:
    parts, looks = [], []
    for when, look in FACES.items():
        some = [(f, over) for f, over in drawn if f.when == when]
        if some:
            parts.append(
                Numbers(
                    when,
                    tuple(f.definition for f, _ in some),
                    tuple((f.value or 0.0) / over for f, over in some),
                    tuple(None if f.ends[0] is None else f.ends[0] / over for f, over in some),
                    tuple(None if f.ends[1] is None else f.ends[1] / over for f, over in some),
                )
            )
            looks.append(look)
    labels = {f.definition: say(f.label) for f, _ in drawn}
    values = [value for part in parts for value in (*part.value, *(high for high in part.high if high is not None))]
    most = max([1.0, *values])
    return Panel(
        (
            Spread(tuple(labels[name] for name in names), tuple(names), tuple(parts), tuple(looks), part=0.68),
            Rule(one("stated", "stated", 1.0), say("stated, or compared with"), side="center", part=0.4),
        ),
        Scale(0.0, 1.06 * most, _ticks(most), "percent"),
    )


def _ticks(most: float) -> tuple[float, ...]:
    """Four or so, at whole multiples of what is stated."""
    return tuple(float(tick) for tick in range(0, int(most) + 1, max(1, int(most) // 4)))


def _moves(verdict: Told) -> tuple[Text, ...]:
    """The choice that moves the answer most, if one does."""
    moves = verdict.moves_most
    choices = {
        "definition": say("The choice of definition moves the answer most."),
        "release": say("The choice of release moves the answer most."),
        "estimate": say("The choice within the estimates' margins moves the answer most."),
    }
    return (choices[moves.choice],) if moves else ()
