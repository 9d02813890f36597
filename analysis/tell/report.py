"""The audit as text for a terminal and as JSON."""

import collections
import json
import textwrap
from collections.abc import Sequence
from typing import Any

from analysis.audit.claims import Report
from analysis.audit.findings import LATER, STAND_IN, Finding
from analysis.audit.measures import Reference
from analysis.audit.verdicts import Moves, Verdict
from analysis.data.columns import aligned
from analysis.data.coverage import to_text
from analysis.tell import sentences
from analysis.tell.languages import ENGLISH, Words
from analysis.tell.sentences import number, vintage_text

WIDTH = 110


def summary(verdicts: Sequence[Verdict]) -> str:
    """All verdicts: claim, paragraph, verdict, later, firmness, and the reason below; groups are counted."""
    header = ("claim", "para.", "verdict", "later", "firmness", "faithful", "flips")
    rows = [
        (
            v.claim.id,
            str(v.claim.paragraph or ""),
            _marked(v.verdict, v.base),
            _marked(v.later, v.laters),
            v.firmness,
            v.faithful,
            ", ".join(v.flips),
        )
        for v in verdicts
    ]
    head, *body = aligned([header, *rows], right={1})
    lines = [head, "-" * WIDTH]
    for v, line in zip(verdicts, body, strict=True):
        lines += [
            line,
            *textwrap.wrap(sentences.reason(ENGLISH, v), WIDTH, initial_indent="    ", subsequent_indent="    "),
        ]
    for group in dict.fromkeys(v.claim.group for v in verdicts if v.claim.group):
        some = [v for v in verdicts if v.claim.group == group]
        counted = collections.Counter(v.verdict for v in some)
        told = ", ".join(f"{number} of {len(some)} {name}" for name, number in counted.items())
        lines.append(f"{group}: {told}")
    lines += [language_note(ENGLISH, report) for report in dict.fromkeys(v.report for v in verdicts)]
    return "\n".join(lines)


def _marked(word: str, rests_on: Sequence[Finding]) -> str:
    """A word with the mark of unverified data, if it rests on any."""
    return word if all(finding.is_verified for finding in rests_on) else f"{word} (unverified)"


def language_note(words: Words, report: Report) -> str:
    """Which text of a report was audited, and what was not its own text."""
    if report.read_at:
        return words("{symbol} was read on secondary pages; its own text may differ.", symbol=report.symbol)
    language = words.language_name(report.language)
    shown = {"language": language, "symbol": report.symbol}
    return words("The {language} text of {symbol} was audited; other language versions may differ.", **shown)


def told(verdict: Verdict, words: Words) -> str:
    """One claim in words, in any language: the statement, the verdict, why, and the sentence to cite."""
    name = sentences.verdict_names(words)[verdict.verdict]
    lines = [
        f"{verdict.claim.id}: {sentences.statement(words, verdict.claim)}",
        name if verdict.is_verified else words("{source} (unverified)", source=name),
        sentences.reason(words, verdict),
        sentences.sentence(words, verdict),
    ]
    return "\n".join(lines)


def grid(verdict: Verdict) -> str:
    """One claim with every finding: definition, role, fit, release, when, low, value, high, holds, band."""
    claim = verdict.claim
    columns = "definition role fit bound release when low value high against holds band"
    rows = [
        (
            f.definition,
            f.role,
            f.fit,
            f.bound,
            vintage_text(ENGLISH, f.vintages),
            {STAND_IN: "stand-in", LATER: "later"}.get(f.when, "then"),
            "" if f.low is None else number(ENGLISH, f.low, f.unit),
            number(ENGLISH, f.value, f.unit),
            "" if f.high is None else number(ENGLISH, f.high, f.unit),
            "" if f.compared_with is None else number(ENGLISH, f.compared_with, f.unit),
            f.holds if f.decides else f"({f.holds})",
            f.band,
        )
        for f in verdict.findings
    ]
    head, *body = aligned([tuple(columns.split()), *rows])
    return "\n".join(
        [
            f"{claim.id}: {sentences.statement(ENGLISH, claim)} ({_place(verdict)})",
            f"verdict: {_marked(verdict.verdict, verdict.base)}; later: {_marked(verdict.later, verdict.laters)}; "
            f"firmness: {verdict.firmness}; "
            f"faithful: {verdict.faithful}; flips: {', '.join(verdict.flips) or 'none'}",
            f"rests on data of: {', '.join(verdict.rests_on) or 'none'}; moves most: {_moves(verdict)}",
            *textwrap.wrap(sentences.reason(ENGLISH, verdict), WIDTH),
            "",
            head,
            "-" * len(head),
            *body,
            "",
            *textwrap.wrap(f"To cite: {sentences.sentence(ENGLISH, verdict)}", WIDTH),
        ]
    )


def _place(verdict: Verdict) -> str:
    claim = verdict.claim
    printed = f"printed {claim.as_printed}" if claim.as_printed else "the text was not read"
    return f"paragraph {claim.paragraph}, {printed}" if claim.paragraph else printed


def _moves(verdict: Verdict) -> str:
    moves = verdict.moves_most
    return "nothing" if moves is None else f"the {moves.choice} ({moves.turned} of {moves.pairs} pairs)"


def as_json(verdicts: Sequence[Verdict], words: Words = ENGLISH) -> list[dict[str, Any]]:
    """Every claim with every finding, as plain values; unknown numbers are null."""
    return [
        {
            "claim": v.claim.id,
            "report": v.report.id,
            "group": v.claim.group,
            "area": v.claim.area,
            "paragraph": v.claim.paragraph,
            "about": sentences.statement(words, v.claim),
            "verdict": v.verdict,
            "rests_on": list(v.rests_on),
            "verified": v.is_verified,
            "flips": list(v.flips),
            "later": v.later,
            "firmness": v.firmness,
            "faithful": v.faithful,
            "moves_most": _moved(v.moves_most),
            "reason": sentences.reason(words, v),
            "sentence": sentences.sentence(words, v),
            "findings": [_finding(f, words) for f in v.findings],
        }
        for v in verdicts
    ]


def _moved(moves: Moves | None) -> dict[str, Any] | None:
    return None if moves is None else {**vars(moves), "share": round(moves.share, 6)}


def _finding(finding: Finding, words: Words) -> dict[str, Any]:
    return {
        "definition": finding.definition,
        "label": words(finding.label),
        "role": finding.role,
        "fit": finding.fit,
        "bound": finding.bound,
        "decides": finding.decides,
        "vintages": dict(finding.vintages),
        "verified": finding.is_verified,
        "published": list(finding.published),
        "when": finding.when,
        "low": _rounded(finding.low),
        "value": _rounded(finding.value),
        "high": _rounded(finding.high),
        "reference": _rounded(finding.compared_with),
        "against": _against(finding.reference),
        "threshold": _rounded(finding.threshold),
        "unit": finding.unit,
        "coverage": json.loads(to_text(finding.coverage) or "[]"),
        "holds": finding.holds,
        "band": finding.band,
        "why": finding.why,
    }


def _against(reference: Reference | None) -> dict[str, Any] | None:
    """What a number is compared with or made from: its kind, and the fields that say something."""
    if reference is None:
        return None
    given = {name: value for name, value in vars(reference).items() if name != "estimate" and value is not None}
    return {name: _rounded(value) if isinstance(value, float) else value for name, value in given.items()}


def _rounded(value: float | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if float(value).is_integer() else round(value, 6)
