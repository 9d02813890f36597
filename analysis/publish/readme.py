"""The numbers in the README: written between markers, from the audit."""

import re
from collections import Counter
from collections.abc import Sequence

from analysis import audit
from analysis.audit import reports
from analysis.audit.findings import Finding
from analysis.audit.verdicts import UNTESTABLE, VERDICTS, Verdict
from analysis.data import registry
from analysis.errors import InputError
from analysis.tell.languages import ENGLISH
from analysis.tell.sentences import dated, publisher, stated_amount

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
    parts = {"finding": finding(), "verdicts": verdict_table(audit.committed()), "newest": newer_known()}
    for name, content in parts.items():
        start, end = MARK.format(name=name), f"<!-- /{name} -->"
        pattern = re.compile(re.escape(start) + ".*?" + re.escape(end), re.DOTALL)
        if not pattern.search(present):
            raise InputError(f"the markers {start} ... {end} are missing", where="README.md", do="put them back")
        present = pattern.sub((f"{start}\n{content}\n{end}").replace("\\", "\\\\"), present)
    return present


def finding() -> str:
    """What the audit comes to: of the headline claims, and a line a report."""
    headlines = [v for v in audit.committed() if v.claim.id in CLAIMS]
    lines = [f"**Of the {len(headlines)} headline statements below {_counted(headlines)}.**", ""]
    return "\n".join([*lines, *(f"- {_outcome(audit.committed(report))}" for report in reports.known())])


def _counted(verdicts: Sequence[Verdict]) -> str:
    """How many of each verdict but those that cannot be tested: ``6 are supported, 1 is contested``."""
    counted = Counter(v.verdict for v in verdicts)
    return ", ".join(
        f"{counted[name]} {'is' if counted[name] == 1 else 'are'} {name}"
        for name in VERDICTS
        if counted[name] and name != UNTESTABLE
    )


def _outcome(verdicts: Sequence[Verdict]) -> str:
    report = verdicts[0].report
    tested = sum(v.verdict != UNTESTABLE for v in verdicts)
    found = [f for v in verdicts for f in v.findings]
    definitions = {(f.claim, f.definition) for f in found}
    return (
        f"*{report.title}* ({report.symbol}, {ENGLISH.date(report.date.isoformat())}): of {len(verdicts)} statements "
        f"{tested} can be tested with the data here: {_counted(verdicts)}. "
        f"({len(definitions)} definitions, {len(found)} findings.)"
    )


def verdict_table(verdicts: Sequence[Verdict]) -> str:
    """One row a headline claim: paragraph, statement, verdict, the number it rests on, and what came later."""
    rows = [
        "| para. | the report says | verdict | data of the time | newest data used |",
        "|---:|---|---|---|---|",
    ]
    for v in verdicts:
        if v.claim.id not in CLAIMS:
            continue
        later = f"{v.later}: {_number(v.newest)}" if v.newest else "none"
        rows.append(f"| {v.claim.paragraph} | {v.claim.about} | **{v.verdict}** | {_ground(v)} | {later} |")
    return "\n".join(rows)


def _ground(verdict: Verdict) -> str:
    """The number that a verdict rests on; one on each side where they disagree."""
    if verdict.is_split:
        return "; ".join(f"{side.holds}: {_number(side)}" for side in verdict.sides)
    return _number(verdict.cited) if verdict.cited else "none"


def _number(one: Finding) -> str:
    return f"{stated_amount(ENGLISH, one)} ({dated(ENGLISH, one)})"


def newer_known() -> str:
    """The releases that publishers are known to have put out and that nothing here uses."""
    missing: dict[str, list[str]] = {}
    for source in registry.SOURCES:
        held = [release for release in registry.releases() if release.source == source]
        known = held[-1].newest_known
        if known and known != registry.CONTINUOUS and known not in {release.vintage for release in held}:
            name = publisher(ENGLISH, source)
            missing.setdefault(f"{name} {known}", []).append(held[-1].vintage)
    told = "; ".join(f"{name} (used: up to {', '.join(dict.fromkeys(some))})" for name, some in missing.items())
    if not told:
        return "No release is known that is newer than those used."
    return f"The newest data used is named with its date. Newer releases are known and not used yet: {told}."
