"""The specification curve: every finding on one claim, in order of size, and which definition and release each is."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.audit import verdict_on
from analysis.audit.claims import COMPARISONS, NO, UNKNOWN, YES, Claim, window
from analysis.audit.findings import LATER, STAND_IN, THEN, Finding
from analysis.audit.verdicts import UNTESTABLE, Verdict
from analysis.charts.answers import LARGE, origins, release_of, releases_of, stated_figure
from analysis.charts.contents import Content, source_line
from analysis.charts.curve import AND, draw_specification_curve, floor_of, is_wide, number
from analysis.charts.style import Chart
from analysis.data import registry
from analysis.tell.languages import Words
from analysis.tell.sentences import verdict_names

DEFAULT = "civil_wars_third_party"
"""The claim whose findings differ most widely."""

ALL_DYADS = ("ucdp_country_year", "ucdp_events")
"""Sources of UCDP's data of all dyads, which has a panel of its own beside the yearly data."""


def specification_curve(words: Words, claim: str) -> Content:
    """Every finding on a claim in order of size, with its band, answer, definition and release, and the claim's figure.

    From the audit (``findings(claim)``). A comparison is shown as a ratio: the number that the claim
    is about, over the number that it is compared with.
    """
    verdict = verdict_on(claim)
    stated = verdict.claim
    found = [finding for finding in verdict.findings if _drawn(stated, finding)]
    data = _rows(words, verdict, found)
    releases, publishers = origins(words, found)
    answers = {name: sum(f.holds == name for f in found) for name in (YES, NO, UNKNOWN)}
    shown = {"about": words(stated.about), "count": words.number(len(found))}
    return Content(
        title=_title(words, stated, answers),
        subtitle=_subtitle(words, data, stated.unit == "rank") if found else words("No data held says yes or no."),
        alt=_alt(words, verdict, data, answers),
        data=data,
        releases=releases,
        source_line=source_line(words, releases, publishers or (() if found else ("data/claims.csv",))),
        notes=_notes(words, verdict, found, data),
        claims=(claim,),
        labels={
            "unit": _unit(words, stated, shown),
            "bound": _bound(words, stated, found),
            "empty": "" if found else words(stated.note) or words("No data held says yes or no."),
            YES: words("says yes"),
            NO: words("says no"),
            UNKNOWN: words("decides nothing"),
            THEN: words("of the time: by {date}", date=words.date(registry.REPORT_DATE.isoformat())),
            STAND_IN: words("stands in: the nearest later one"),
            LATER: words("later"),
            **_scale(words, stated, data),
        },
    )


def _drawn(claim: Claim, finding: Finding) -> bool:
    """Whether a finding has a place on the axis: a comparison needs something to be compared with."""
    return finding.value is not None and (claim.relation not in COMPARISONS or bool(finding.compared_with))


def _rows(words: Words, verdict: Verdict, found: Sequence[Finding]) -> pd.DataFrame:
    """One row a finding, in order of size: what is drawn of it, in the claim's unit or as a ratio."""
    claim = verdict.claim
    fits = {finding.fit for finding in found}
    rows = []
    for finding in found:
        over = finding.compared_with if claim.relation in COMPARISONS else None
        value, low, high = (
            None if number is None else number / (over or 1.0) for number in (finding.value, finding.low, finding.high)
        )
        low, high = (None, None) if low is None or high is None else (low, high)
        lowest, highest = (None, None)
        if claim.relation in COMPARISONS:
            lowest = 1.0
        elif finding.threshold is not None or claim.relation != "none":
            lowest, highest = (None if np.isinf(end) else end for end in window(claim, None, finding.threshold))
        label = words(finding.label)
        if len(fits) > 1 and finding.fit != "direct":
            label += " " + (words("(proxy)") if finding.fit == "proxy" else words("(floor)"))
        rows.append(
            {
                "panel": int(any(source in ALL_DYADS for source in finding.vintages)),
                "definition": finding.definition,
                "label": label,
                "release": release_of(words, finding.vintages),
                "releases": AND.join(releases_of(words, finding.vintages)),
                "published": finding.published[0],
                "when": finding.when,
                "fit": finding.fit,
                "holds": finding.holds,
                "low": low,
                "value": value,
                "high": high,
                "fits_from": lowest,
                "fits_to": highest,
                "source": " ".join(finding.vintages),
                "vintage": " ".join(finding.vintages.values()),
            }
        )
    columns = "panel definition label release releases published when fit holds low value high fits_from fits_to"
    data = pd.DataFrame(rows, columns=[*columns.split(), "source", "vintage"])
    numbers = ["low", "value", "high", "fits_from", "fits_to"]
    data[numbers] = data[numbers].astype(float)
    order = ["panel", "value", "published", "definition"]
    data = data.sort_values(order, kind="stable", ignore_index=True)
    # A column is left free between the panels.
    return data.assign(place=data.index + (data["panel"] if data["panel"].nunique() > 1 else 0))


def _title(words: Words, claim: Claim, answers: Mapping[str, int]) -> str:
    about, count = words(claim.about), sum(answers.values())
    shown = {"about": about, **{name: words.number(number) for name, number in answers.items()}}
    if not count:
        return words("{about}: no finding, since no data held can test it", about=about)
    if not answers[YES] and not answers[NO]:
        return words.plural(
            "{about}: {count} finding, which decides nothing",
            "{about}: {count} findings, which decide nothing",
            count,
            about=about,
        )
    if answers[YES] == count:
        return words.plural(
            "{about}: the one finding says yes", "{about}: all {count} findings say yes", count, about=about
        )
    if answers[NO] == count:
        return words.plural(
            "{about}: the one finding says no", "{about}: all {count} findings say no", count, about=about
        )
    shown["count"] = words.number(count)
    if not answers[UNKNOWN]:
        return words("{about}: yes by {yes} of {count} findings, no by {no}", **shown)
    return words("{about}: yes by {yes} of {count} findings, no by {no}, undecided by {unknown}", **shown)


def _subtitle(words: Words, data: pd.DataFrame, ranks: bool) -> str:
    parts = [words("Each column is a finding: one definition, measured on one release.")]
    if data["low"].notna().any():
        parts.append(words("Bars: from low to high, where both are complete."))
    if is_wide(data):
        parts.append(words("The scale is logarithmic."))
    elif floor_of(data) > 0 and not ranks:
        parts.append(words("The scale does not start at zero."))
    return words.run(parts)


def _alt(words: Words, verdict: Verdict, data: pd.DataFrame, answers: Mapping[str, int]) -> str:
    claim = verdict.claim
    if data.empty:
        return words(
            "A note instead of a figure: no data held can test the statement. {note}", note=words(verdict.claim.note)
        )
    text = words.plural(
        "A specification curve with {count} finding on the statement: {about}.",
        "A specification curve with {count} findings on the statement: {about}.",
        len(data),
        about=words(claim.about),
    )
    first, last = data.loc[data["value"].idxmin()], data.loc[data["value"].idxmax()]
    scale = _scale(words, claim, data)
    said = {
        "low": number(words, first["value"], scale),
        "lowest": f"{first['label']}, {first['release']}",
        "high": number(words, last["value"], scale),
        "highest": f"{last['label']}, {last['release']}",
    }
    if claim.relation in COMPARISONS:
        text += words.space + words(
            "As multiples of what is compared with, they run from {low} ({lowest}) to {high} ({highest}).", **said
        )
    else:
        text += words.space + words("They run from {low} ({lowest}) to {high} ({highest}).", **said)
    counts = {name: words.number(many) for name, many in answers.items()}
    return text + words.space + words("Yes: {yes}; no: {no}; undecided: {unknown}.", **counts)


def _notes(words: Words, verdict: Verdict, found: Sequence[Finding], data: pd.DataFrame) -> tuple[str, ...]:
    names = {"paragraph": verdict.claim.paragraph, "verdict": verdict_names(words)[verdict.verdict]}
    notes = [words("Paragraph {paragraph} of the report; verdict: {verdict}.", **names)]
    fits = {finding.fit for finding in found}
    if fits == {"proxy"}:
        notes.append(words("All of it is a proxy: it counts something near the statement, not the same thing."))
    elif "proxy" in fits:
        notes.append(words("Proxy: counts something near the statement."))
    if "floor" in fits:
        notes.append(words("Floor: counts a part for certain, which can show that there is enough, never too little."))
    if verdict.claim.relation in COMPARISONS and any(f.low is not None and f.high is not None for f in found):
        notes.append(words("The bars' low and high are over the best estimate of what is compared with."))
    if data["panel"].nunique() > 1:
        notes.append(words("At the right, apart: UCDP's data with dyads under 25 deaths, not to be compared."))
    left = len(verdict.findings) - len(found)
    if left:
        notes.append(words.plural("{count} finding cannot be drawn.", "{count} findings cannot be drawn.", left))
    if verdict.verdict == UNTESTABLE and found and verdict.claim.note:
        notes.append(words(verdict.claim.note))
    return (words.run(notes),)


def _unit(words: Words, claim: Claim, shown: Mapping[str, object]) -> str:
    unit = {
        "deaths": words("Deaths"),
        "persons": words("People"),
        "share": words("Share"),
        "actors": words("Actors"),
        "years": words("Years"),
        "drafts": words("Drafts"),
        "states": words("States"),
        "resolutions": words("Resolutions"),
        "rank": words("Place: 1 has the most deaths"),
    }.get(claim.unit, words(claim.unit) if claim.unit else "")
    if claim.relation in COMPARISONS:
        return words("{unit}, as a multiple of what is compared with", unit=unit)
    return unit


def _bound(words: Words, claim: Claim, found: Sequence[Finding]) -> str:
    """What the line is: the claim's figure with its relation."""
    if claim.relation in COMPARISONS:
        return words("as many")
    if claim.relation == "none" or not found:
        return ""
    readings = {finding.threshold for finding in found}
    if len(readings) > 1:
        return words("the figure, as each definition reads it")
    return stated_figure(words, claim, readings.pop())


def _scale(words: Words, claim: Claim, data: pd.DataFrame) -> dict[str, str]:
    return {"scale": scale_of(claim, data), "millions": words("{count} m", count="{count}")}


def scale_of(claim: Claim, data: pd.DataFrame) -> str:
    """How the numbers of the axis are written: ratio, share, rank, millions or plain."""
    if claim.relation in COMPARISONS:
        return "ratio"
    if claim.unit in ("share", "rank"):
        return claim.unit
    return "millions" if not data.empty and data["value"].max() >= LARGE else "plain"


CHARTS = {"specification_curve": Chart(content=specification_curve, draw=draw_specification_curve, claim=DEFAULT)}
