"""The audit as text for a terminal and as JSON."""

import json
import textwrap
from collections.abc import Sequence
from typing import Any

from analysis.audit.findings import LATER, STAND_IN
from analysis.audit.measures import Reference
from analysis.audit.verdicts import Verdict
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
        (v.claim.id, str(v.claim.paragraph), v.verdict, v.later, v.firmness, v.faithful, ", ".join(v.flips) or "-")
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
        lines.append(f"{group}: {sum(v.verdict == 'supported' for v in some)} of {len(some)} supported")
    lines.append("The Chinese text of the report was audited; other language versions may differ.")
    return "\n".join(lines)


def told(verdict: Verdict, words: Words) -> str:
    """One claim in words, in any language: the statement, the verdict, why, and the sentence to cite."""
    lines = [
        f"{verdict.claim.id}: {words(verdict.claim.about)}",
        sentences.verdict_names(words)[verdict.verdict],
        sentences.reason(words, verdict),
        sentences.sentence(words, verdict),
    ]
    return "\n".join(lines)


def grid(verdict: Verdict) -> str:
    """One claim with every finding: definition, role, fit, release, when, low, value, high, holds, band."""
    claim = verdict.claim
    header = ("definition", "role", "fit", "release", "when", "low", "value", "high", "against", "holds", "band")
    rows = [
        (
            f.definition,
            f.role,
            f.fit,
            vintage_text(ENGLISH, f.vintages),
            {STAND_IN: "stand-in", LATER: "later"}.get(f.when, "then"),
            "" if f.low is None else number(ENGLISH, f.low, claim.unit),
            number(ENGLISH, f.value, claim.unit),
            "" if f.high is None else number(ENGLISH, f.high, claim.unit),
            "" if f.compared_with is None else number(ENGLISH, f.compared_with, claim.unit),
            f.holds,
            f.band,
        )
        for f in verdict.findings
    ]
    head, *body = aligned([header, *rows])
    return "\n".join(
        [
            f"{claim.id}: {claim.about} (paragraph {claim.paragraph}, printed {claim.printed})",
            f"verdict: {verdict.verdict}; later: {verdict.later}; firmness: {verdict.firmness}; "
            f"faithful: {verdict.faithful}; flips: {', '.join(verdict.flips) or 'none'}",
            *textwrap.wrap(sentences.reason(ENGLISH, verdict), WIDTH),
            "",
            head,
            "-" * len(head),
            *body,
            "",
            *textwrap.wrap(f"To cite: {sentences.sentence(ENGLISH, verdict)}", WIDTH),
        ]
    )


def as_json(verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    """Every claim with every finding, as plain values; unknown numbers are null."""
    return [
        {
            "claim": v.claim.id,
            "group": v.claim.group,
            "paragraph": v.claim.paragraph,
            "about": v.claim.about,
            "verdict": v.verdict,
            "flips": list(v.flips),
            "later": v.later,
            "firmness": v.firmness,
            "faithful": v.faithful,
            "reason": sentences.reason(ENGLISH, v),
            "sentence": sentences.sentence(ENGLISH, v),
            "findings": [
                {
                    "definition": f.definition,
                    "label": f.label,
                    "role": f.role,
                    "fit": f.fit,
                    "vintages": dict(f.vintages),
                    "when": f.when,
                    "low": _rounded(f.low),
                    "value": _rounded(f.value),
                    "high": _rounded(f.high),
                    "reference": _rounded(f.compared_with),
                    "against": _against(f.reference),
                    "coverage": json.loads(to_text(f.coverage) or "[]"),
                    "holds": f.holds,
                    "band": f.band,
                }
                for f in v.findings
            ],
        }
        for v in verdicts
    ]


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
