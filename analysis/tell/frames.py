"""The audit as DataFrames, for notebooks: ids, units and vintages as columns beside the words."""

from collections.abc import Iterable

import pandas as pd

from analysis import audit
from analysis.audit import reports as ledgers
from analysis.audit.verdicts import Verdict
from analysis.tell import sentences
from analysis.tell.coverage import compared, left_out
from analysis.tell.languages import ENGLISH, words
from analysis.tell.sentences import number, vintage_text

Ids = str | Iterable[str] | None


def reports() -> pd.DataFrame:
    """The reports that are audited, the first audited first.

    Returns:
        One row a report: ``report`` (its id), ``symbol``, ``title``, ``publisher``, ``date``, ``language``
        (of the text audited), and how many ``claims`` it has and how many ``definitions`` test them.

    Source: ``data/reports``.

    >>> reports()["report"].tolist()[:2]
    ['a-70-999', 'global-trends-2015']
    """
    found = [ledgers.committed(name) for name in ledgers.known()]
    return pd.DataFrame(
        [
            {
                "report": one.id,
                "symbol": one.symbol,
                "title": one.title,
                "publisher": one.publisher,
                "date": one.date.isoformat(),
                "language": one.language,
                "claims": len(one.claims),
                "definitions": sum(len(claim.definitions) for claim in one.claims),
            }
            for one in found
        ]
    )


def ledger(report: str = ledgers.FIRST) -> pd.DataFrame:
    """What a report states, one row a claim.

    Args:
        report: its id.

    Returns:
        ``claim``, ``report``, ``member_of`` and ``group`` (lists), ``area`` (empty for the world or
        several), ``paragraph``, ``words`` (its phrase in the language audited), ``about``,
        ``printed`` (the figure as printed), ``value`` (in ``unit``; NaN for a comparison),
        ``relation``, ``unit``, ``as_of``, ``cited`` and ``note``.

    Raises:
        InputError: no such report.

    Source: ``data/reports``.

    >>> float(ledger().set_index("claim").loc["refugees_21_3_million", "value"])
    21300000.0
    """
    rows = pd.DataFrame([vars(claim) for claim in ledgers.committed(report).claims]).rename(columns={"id": "claim"})
    return rows.drop(columns=["headline", "last_digit", "parts", "measure", "event", "definitions"])


def verdicts(claim: Ids = None, language: str = "en", report: str = ledgers.FIRST) -> pd.DataFrame:
    """The verdict on each claim, with its reason.

    Args:
        claim: ids of claims or of lists, of any report.
        language: of ``about``, ``reason`` and ``sentence``: ar, en, es, fr, ru or zh.
        report: whose claims, where none is named: all of them.

    Returns:
        One row a claim: ``claim``, ``report``, ``group``, ``area``, ``paragraph``, ``about``, ``verdict``;
        ``number`` (in ``unit``), ``source`` and ``vintage`` of the finding that it rests on;
        ``rests_on`` (the days by which its data was out), ``flips`` (alternatives of the time that
        answer otherwise), ``later``, ``firmness``, ``faithful``, ``moves_most`` (the choice that moves
        the answer most), ``reason`` and ``sentence`` (to cite).

    Raises:
        InputError: an unknown claim, language or report.

    Source: computed from ``data/tidy`` under the definitions of ``data/reports``.

    >>> verdicts("deaths_2014_over_100000")[["verdict", "unit", "vintage"]].iloc[0].tolist()
    ['supported', 'deaths', '5.0-2015 2.5-2015 1.4-2015']
    """
    say = words(language)
    return pd.DataFrame(
        [
            {
                "claim": v.claim.id,
                "report": v.report.id,
                "group": v.claim.group,
                "area": v.claim.area,
                "paragraph": v.claim.paragraph,
                "about": sentences.statement(say, v.claim),
                "verdict": v.verdict,
                "number": None if v.cited is None else v.cited.value,
                "unit": v.claim.unit if v.cited is None else v.cited.unit,
                "source": "" if v.cited is None else " ".join(v.cited.vintages),
                "vintage": "" if v.cited is None else " ".join(v.cited.vintages.values()),
                "rests_on": ", ".join(v.rests_on),
                "flips": ", ".join(v.flips),
                "later": v.later,
                "firmness": v.firmness,
                "faithful": v.faithful,
                "moves_most": "" if v.moves_most is None else v.moves_most.choice,
                "reason": sentences.reason(say, v),
                "sentence": sentences.sentence(say, v),
            }
            for v in _chosen(claim, report)
        ]
    )


def findings(claim: Ids = None, report: str = ledgers.FIRST) -> pd.DataFrame:
    """What each definition says under each release.

    Args:
        claim: ids of claims or of lists, of any report.
        report: whose findings, where no claim is named: all of them.

    Returns:
        One row a specification: ``claim``, ``definition``, ``label``, ``role``, ``fit``,
        ``bound``, ``decides``, ``source`` and ``vintage`` (several stand between spaces), ``data`` (the same in words),
        ``verified`` (False if a release is an added file), ``published`` (when the last part was out),
        ``when`` (then, stand_in, later), ``low``, ``value``, ``high`` (in ``unit``, NaN when not
        given; a share is a fraction of 1), ``shown`` (the value in words), ``reference`` and
        ``against`` (what a comparison is made with), ``coverage`` (what the number leaves out, in
        words), ``holds`` and ``band``.

    Raises:
        InputError: no such claim, with the nearest, or no such report.

    >>> found = findings("deaths_2014_over_100000").set_index(["definition", "vintage"])
    >>> found.loc[("all", "5.0-2015 2.5-2015 1.4-2015"), ["shown", "holds"]].tolist()
    ['126,059', 'yes']
    """
    return pd.DataFrame(
        [
            {
                "claim": f.claim,
                "definition": f.definition,
                "label": f.label,
                "role": f.role,
                "fit": f.fit,
                "bound": f.bound,
                "decides": f.decides,
                "source": " ".join(f.vintages),
                "vintage": " ".join(f.vintages.values()),
                "data": vintage_text(ENGLISH, f.vintages),
                "verified": f.is_verified,
                "published": f.published[0] if f.published else "",
                "when": f.when,
                "low": f.low,
                "value": f.value,
                "high": f.high,
                "unit": f.unit,
                "shown": number(ENGLISH, f.value, f.unit),
                "reference": f.compared_with,
                "against": compared(ENGLISH, f.reference),
                "coverage": ENGLISH.listed(left_out(ENGLISH, f.coverage)),
                "holds": f.holds,
                "band": f.band,
            }
            for v in _chosen(claim, report)
            for f in v.findings
        ]
    )


def _chosen(claim: Ids, report: str) -> list[Verdict]:
    """The committed verdicts on some claims, in the order of reports and ledgers."""
    if claim is None:
        return list(audit.committed(report))
    wanted = {claim} if isinstance(claim, str) else set(claim)
    every = [one for name in ledgers.known() for one in ledgers.committed(name).claims]
    for name in wanted - {one.member_of for one in every}:
        ledgers.claim(name)
    homes = dict.fromkeys(one.report for one in every if {one.id, one.member_of} & wanted)
    return [v for home in homes for v in audit.committed(home) if {v.claim.id, v.claim.member_of} & wanted]
