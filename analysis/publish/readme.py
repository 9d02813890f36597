"""The numbers in the README: written between markers, from the audit."""

import re
from collections import Counter
from collections.abc import Sequence

from analysis import audit
from analysis.audit.verdicts import VERDICTS, Verdict
from analysis.errors import InputError
from analysis.tell.languages import ENGLISH
from analysis.tell.sentences import number, vintage_text

CLAIMS = (
    "deaths_2014_over_100000",
    "deaths_2014_highest_since_1994",
    "civilians_targeted_more",
    "civilians_large_part",
    "syria_killed",
    "syria_displaced",
    "refugees_21_3_million",
    "idps_40_8_million",
    "highest_in_un_history",
)
"""Those that readers of a briefing ask about."""

MARK = "<!-- {name}: written by build -->"


def text(present: str) -> str:
    """The README with its computed parts as the data gives them.

    Args:
        present: the README as it is.

    Raises:
        InputError: a marker is missing.
    """
    verdicts = audit.committed()
    for name, content in (("verdicts", verdict_table(verdicts)), ("counts", counts(verdicts))):
        start, end = MARK.format(name=name), f"<!-- /{name} -->"
        pattern = re.compile(re.escape(start) + ".*?" + re.escape(end), re.DOTALL)
        if not pattern.search(present):
            raise InputError(f"the markers {start} ... {end} are missing", where="README.md", do="put them back")
        present = pattern.sub((f"{start}\n{content}\n{end}").replace("\\", "\\\\"), present)
    return present


def verdict_table(verdicts: Sequence[Verdict]) -> str:
    """One row a headline claim: paragraph, statement, verdict, the number it rests on, and what came later."""
    rows = [
        "| para. | the report says | verdict | the number it rests on | newest release |",
        "|---:|---|---|---|---|",
    ]
    for v in verdicts:
        if v.claim.id not in CLAIMS:
            continue
        rows.append(f"| {v.claim.paragraph} | {v.claim.about} | **{v.verdict}** | {_ground(v)} | {v.later} |")
    return "\n".join(rows)


def _ground(verdict: Verdict) -> str:
    cited = verdict.cited
    if cited is None:
        return "none"
    return f"{number(ENGLISH, cited.value, cited.unit)} ({vintage_text(ENGLISH, cited.vintages)})"


def counts(verdicts: Sequence[Verdict]) -> str:
    """How many claims, definitions and findings there are, and the verdicts on all of them."""
    findings = [f for v in verdicts for f in v.findings]
    definitions = {(f.claim, f.definition) for f in findings}
    by_verdict = Counter(v.verdict for v in verdicts)
    shares = ", ".join(f"{by_verdict[name]} {name}" for name in VERDICTS if by_verdict[name])
    return (
        f"In all {len(verdicts)} claims are in the ledger ({shares}), tested by {len(definitions)} definitions "
        f"in {len(findings)} findings; `python -m analysis audit` prints them with their reasons."
    )
