"""The audit as text for a terminal and as JSON."""

import textwrap
from collections.abc import Sequence
from typing import Any

from analysis import sentences
from analysis.languages import ENGLISH, Words
from analysis.outcomes import LATER, STAND_IN, Verdict
from analysis.sentences import number, vintage_text

WIDTH = 110


def summary(verdicts: Sequence[Verdict]) -> str:
    """All verdicts: claim, paragraph, verdict, later, firmness, and the reason below; groups are counted."""
    lines = [
        f"{'claim':<34} {'para.':>5}  {'verdict':<13} {'later':<6} {'firmness':<16} {'faithful':<8} flips",
        "-" * WIDTH,
    ]
    for v in verdicts:
        lines.append(
            f"{v.claim.id:<34} {v.claim.paragraph:>5}  {v.verdict:<13} {v.later:<6} {v.firmness:<16} {v.faithful:<8} "
            f"{', '.join(v.flips) or '-'}"
        )
        lines += textwrap.wrap(v.reason, WIDTH, initial_indent="    ", subsequent_indent="    ")
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
            "" if f.reference is None else number(ENGLISH, f.reference, claim.unit),
            f.holds,
            f.band,
        )
        for f in verdict.findings
    ]
    widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]
    table = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [header, *rows]
    ]
    table.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(
        [
            f"{claim.id}: {claim.about} (paragraph {claim.paragraph}, printed {claim.printed})",
            f"verdict: {verdict.verdict}; later: {verdict.later}; firmness: {verdict.firmness}; "
            f"faithful: {verdict.faithful}; flips: {', '.join(verdict.flips) or 'none'}",
            *textwrap.wrap(verdict.reason, WIDTH),
            "",
            *table,
            "",
            *textwrap.wrap(f"To cite: {verdict.sentence}", WIDTH),
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
            "reason": v.reason,
            "sentence": v.sentence,
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
                    "reference": _rounded(f.reference),
                    "against": f.against,
                    "holds": f.holds,
                    "band": f.band,
                }
                for f in v.findings
            ],
        }
        for v in verdicts
    ]


def _rounded(value: float | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if float(value).is_integer() else round(value, 6)
