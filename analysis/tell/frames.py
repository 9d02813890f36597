"""The audit as DataFrames, for notebooks."""

import pandas as pd

from analysis import audit
from analysis.audit import claims
from analysis.errors import InputError
from analysis.tell import sentences
from analysis.tell.coverage import compared
from analysis.tell.languages import ENGLISH, words
from analysis.tell.sentences import number, vintage_text


def ledger() -> pd.DataFrame:
    """What the report states, as ``analysis.ledger`` promises it."""
    return pd.DataFrame(
        [
            (c.id, c.paragraph, c.about, c.printed, c.value, c.relation, c.unit, c.as_of, c.cited, c.note)
            for c in claims.claims()
        ],
        columns=["claim", "paragraph", "about", "printed", "value", "relation", "unit", "as_of", "cited", "note"],
    )


def verdicts(language: str = "en") -> pd.DataFrame:
    """The verdict on each claim, as ``analysis.verdicts`` promises it."""
    say = words(language)
    return pd.DataFrame(
        [
            {
                "claim": v.claim.id,
                "group": v.claim.group,
                "paragraph": v.claim.paragraph,
                "about": say(v.claim.about),
                "verdict": v.verdict,
                "flips": ", ".join(v.flips),
                "later": v.later,
                "firmness": v.firmness,
                "faithful": v.faithful,
                "reason": sentences.reason(say, v),
                "sentence": sentences.sentence(say, v),
            }
            for v in audit.committed()
        ]
    )


def findings(claim: str | None = None) -> pd.DataFrame:
    """What each definition says under each release, as ``analysis.findings`` promises it."""
    known = {v.claim.id: v for v in audit.committed()}
    if claim is not None and claim not in known:
        raise InputError(f"no claim {claim!r}", expected=", ".join(known))
    return pd.DataFrame(
        [
            {
                "claim": f.claim,
                "definition": f.definition,
                "label": f.label,
                "role": f.role,
                "fit": f.fit,
                "source": " ".join(f.vintages),
                "vintage": " ".join(f.vintages.values()),
                "data": vintage_text(ENGLISH, f.vintages),
                "when": f.when,
                "low": f.low,
                "value": f.value,
                "high": f.high,
                "reference": f.compared_with,
                "against": compared(ENGLISH, f.reference),
                "holds": f.holds,
                "band": f.band,
                "shown": number(ENGLISH, f.value, known[f.claim].claim.unit),
            }
            for v in audit.committed()
            if claim in (None, v.claim.id)
            for f in v.findings
        ]
    )
