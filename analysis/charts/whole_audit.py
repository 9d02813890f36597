"""The whole audit on one page: every statement that data can test, and what each period's releases say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from analysis import audit
from analysis.audit.claims import NO, UNKNOWN, YES
from analysis.audit.findings import Finding
from analysis.audit.verdicts import Verdict
from analysis.charts.answers import MIXED, answer_of, mark, origins
from analysis.charts.contents import Content, source_line
from analysis.charts.style import CONTEXT, GRID, INK, SOFT, Chart, Frame, width, wrap
from analysis.data import registry
from analysis.errors import InputError
from analysis.tell.languages import Words
from analysis.tell.sentences import publisher

BREAKS = (2018, 2021, 2023)
"""Last years of the periods after the report; the last period is open."""

PERIODS = len(BREAKS) + 2


def lists_in(words: Words) -> dict[str, str]:
    """Groups that are one statement about several places, each counted once -> the statement."""
    return {
        "six_countries": words("Civilians in six named countries suffered systematic violence"),
        "averted": words("Prevention averted atrocity crimes in Guinea and Kenya"),
        "no_recurrence": words("Widespread violence did not recur in four named countries"),
        "earlier_violence": words("Six named countries at risk had known such a risk before"),
    }


def audit_by_vintage(words: Words) -> Content:
    """What every statement's findings answer, by the period in which their releases came out; a list is one row.

    From the audit. A cell is yes or no where all findings that decide agree, and mixed where they do not.
    """
    verdicts = [v for v in audit.committed() if any(f.holds in (YES, NO) for f in v.findings)]
    rows = _grouped(verdicts, tuple(lists_in(words)))
    data = pd.DataFrame(
        [_cell(name, members, period) for name, members in rows.items() for period in range(PERIODS)]
    ).sort_values(["paragraph"], kind="stable", ignore_index=True)
    found = [finding for verdict in verdicts for finding in verdict.findings]
    releases, publishers = origins(words, found)
    whole = {name: _whole(members) for name, members in rows.items()}
    counts = {
        "count": words.number(len(rows)),
        "yes": words.number(sum(answer == YES for answer in whole.values())),
        "no": words.number(sum(answer == NO for answer in whole.values())),
        "both": words.number(sum(answer == MIXED for answer in whole.values())),
    }
    turned = sum(any(_turns(verdict) for verdict in members) for members in rows.values())
    untested = len(_grouped(audit.committed(), tuple(lists_in(words)))) - len(rows)
    labels = {name: lists_in(words).get(name) or words(members[0].claim.about) for name, members in rows.items()}
    notes = [
        words("Numbers beside a mark: how many findings say yes; in a list, of how many members all findings do."),
        words("Which definitions can be measured differs from period to period."),
        words.plural(
            "On {count} statement one definition changes its answer between releases.",
            "On {count} statements one definition changes its answer between releases.",
            turned,
        ),
        words.plural(
            "{count} more statement is not shown: no data held decides it.",
            "{count} more statements are not shown: no data held decides them.",
            untested,
        ),
    ]
    return Content(
        title=words("{count} statements: every finding says yes on {yes}, no on {no}; on {both} they differ", **counts),
        subtitle=words("What each statement's findings say, by when their releases came out; lists count once."),
        alt=words(
            "A table of {count} statements of the report by the period in which data came out, with a mark for what "
            "the findings of the period say. On {yes} statements every finding of every period says yes, on {no} every "
            "one says no, and on {both} they differ.",
            **counts,
        )
        + words.space
        + words("They differ on: {statements}.", statements=words.listed(_differing(data, labels, whole))),
        data=data,
        releases=releases,
        source_line=source_line(words, (), (_sources(words, releases), *publishers)),
        notes=(words.run(notes),),
        claims=tuple(verdict.claim.id for verdict in verdicts),
        labels={
            **{f"row {name}": label for name, label in labels.items()},
            **{f"period {period}": label for period, label in enumerate(_periods(words, found))},
            **_counted(words, data),
            "head": words("Para."),
            YES: words("yes"),
            NO: words("no"),
            MIXED: words("both"),
            UNKNOWN: words("undecided"),
        },
    )


def _sources(words: Words, releases: Sequence[tuple[str, str]]) -> str:
    """The publishers, each once: their releases are too many to be named."""
    names = dict.fromkeys(publisher(words, source) for source, _ in releases)
    return words("{publishers}, every release in data/sources.csv", publishers=words.enumerated(names))


def _grouped(verdicts: Sequence[Verdict], lists: Sequence[str]) -> dict[str, list[Verdict]]:
    """Row -> its verdicts: a list's members together, any other statement alone."""
    rows: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        rows.setdefault(verdict.claim.group if verdict.claim.group in lists else verdict.claim.id, []).append(verdict)
    return rows


def _period(finding: Finding) -> int:
    if finding.published[0] <= registry.REPORT_DATE.isoformat():
        return 0
    return 1 + sum(int(finding.published[0][:4]) > last for last in BREAKS)


def _periods(words: Words, found: Sequence[Finding]) -> list[str]:
    """The periods by the years in which releases came out."""
    labels = [words("by July 2016")]
    for period in range(1, PERIODS):
        years = sorted({finding.published[0][:4] for finding in found if _period(finding) == period})
        spanned = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}" if years else ""
        labels.append(spanned)
    return labels


def _cell(name: str, members: Sequence[Verdict], period: int) -> dict[str, object]:
    """What a row's findings of a period say, and how many of how many say yes."""
    said = [[f.holds for f in verdict.findings if _period(f) == period] for verdict in members]
    if len(members) == 1:
        units = [holds for holds in said[0] if holds in (YES, NO)]
    else:
        units = [answer for answer in (answer_of(some) for some in said if some) if answer != UNKNOWN]
    yes = sum(unit == YES for unit in units)
    if units:
        answer = YES if yes == len(units) else NO if all(unit == NO for unit in units) else MIXED
    else:
        answer = UNKNOWN if any(said) else ""
    vintages = {
        f"{source} {vintage}"
        for verdict in members
        for finding in verdict.findings
        if _period(finding) == period
        for source, vintage in finding.vintages.items()
    }
    return {
        "row": name,
        "paragraph": members[0].claim.paragraph,
        "period": period,
        "members": len(members),
        "answer": answer,
        "yes": yes,
        "of": len(units),
        "releases": "; ".join(sorted(vintages)),
    }


def _whole(members: Sequence[Verdict]) -> str:
    return answer_of([finding.holds for verdict in members for finding in verdict.findings])


def _turns(verdict: Verdict) -> bool:
    """Whether a definition answers one way on one release and the other on another."""
    answers: dict[str, set[str]] = {}
    for finding in verdict.findings:
        if finding.holds in (YES, NO):
            answers.setdefault(finding.definition, set()).add(finding.holds)
    return any(len(some) == 2 for some in answers.values())


def _differing(data: pd.DataFrame, labels: Mapping[str, str], whole: Mapping[str, str]) -> list[str]:
    return [labels[name] for name in data["row"].drop_duplicates() if whole[name] == MIXED]


def _counted(words: Words, data: pd.DataFrame) -> dict[str, str]:
    """The numbers that stand beside marks: of lists, and where findings differ."""
    texts = {}
    for row in data.itertuples():
        if row.of and (row.members > 1 or row.answer == MIXED):
            shown = {"yes": words.number(row.yes), "all": words.number(row.of)}
            texts[f"{row.row} {row.period}"] = words("{yes} of {all}", **shown)
    return texts


# The drawing: a table of marks

PARAGRAPH, CELL = 0.05, 0.088
"""The parts of the width of the paragraph's number and of a period; the statement takes the rest."""

LINE = 1.32


@dataclass(frozen=True)
class Table:
    """The statements' lines at a size of text."""

    points: float
    lines: Sequence[Sequence[str]]
    periods: Sequence[Sequence[str]]

    @property
    def heights(self) -> list[float]:
        """Of the rows, in points."""
        return [(LINE * len(some) + 0.22) * self.points for some in self.lines]

    @property
    def head(self) -> float:
        """Height of the line of periods, in points."""
        return (1.2 + max(len(some) for some in self.periods)) * LINE * self.points


def _fitting(content: Content, started: Frame, height: float) -> Table:
    """The table at the largest size of text at which it fits into the height (in points)."""
    part = 1 - PARAGRAPH - PERIODS * CELL
    pixels = (part * (started.right - started.left) - 0.01) * started.figure.bbox.width
    names = content.data["row"].drop_duplicates()
    for step in range(20):
        points = started.size.small * (1.0 - 0.03 * step)
        texts = [content.labels[f"row {name}"] for name in names]
        cell = 0.94 * CELL * (started.right - started.left) * started.figure.bbox.width
        heads = [content.labels[f"period {period}"] for period in range(PERIODS)]
        table = Table(
            points,
            [wrap(started.figure, text, points, pixels, started.words) for text in texts],
            [wrap(started.figure, text, 0.92 * points, cell, started.words) for text in heads],
        )
        if sum(table.heights) + table.head <= height:
            return table
    raise InputError(f"{len(names)} rows do not fit this size", do="draw a larger size")


def _draw_audit_by_vintage(content: Content, started: Frame) -> None:
    figure, data, labels = started.figure, content.data, content.labels
    box = (started.left, started.bottom, started.right - started.left, started.top - started.bottom)
    axes = figure.add_axes(box)
    axes.set_axis_off()
    height = box[3] * started.size.height * 72
    table = _fitting(content, started, height)
    points = table.points
    spare = min((height - sum(table.heights) - table.head) / len(table.heights), 0.6 * points)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, height)
    statement = 1 - PARAGRAPH - PERIODS * CELL
    starts = [PARAGRAPH + statement + period * CELL for period in range(PERIODS)]
    y = height - table.head + 1.2 * LINE * points
    _key(axes, started, labels, y, points)
    _text(axes, started, 0.0, y, labels["head"], points, SOFT)
    for lines, x in zip(table.periods, starts, strict=True):
        for number, line in enumerate(reversed(lines)):
            _text(axes, started, x, y + number * LINE * points, line, 0.92 * points, SOFT)
    y -= 0.7 * LINE * points
    paragraph = None
    names = list(data["row"].drop_duplicates())
    for name, lines, tall in zip(names, table.lines, table.heights, strict=True):
        some = data[data["row"].eq(name)]
        new = int(some["paragraph"].iloc[0]) != paragraph
        paragraph = int(some["paragraph"].iloc[0])
        axes.axhline(y, color=CONTEXT if new else GRID, linewidth=0.06 * points)
        middle = y - (tall + spare) / 2
        if new:
            _text(axes, started, 0.0, middle, started.words.number(paragraph), points, SOFT)
        for number, line in enumerate(lines):
            _text(axes, started, PARAGRAPH, middle + (len(lines) / 2 - 0.5 - number) * LINE * points, line, points, INK)
        for row, x in zip(some.itertuples(), starts, strict=True):
            if row.answer:
                mark(axes, _x(started, x + 0.008 * 12.8 / started.size.width), middle, str(row.answer), points)
            text = labels.get(f"{name} {row.period}", "")
            _text(axes, started, x + 0.02 * 12.8 / started.size.width, middle, text, 0.92 * points, SOFT)
        y -= tall + spare


def _x(started: Frame, x: float) -> float:
    """A place along the width; mirrored where the script runs from right to left."""
    return 1 - x if started.words.right_to_left else x


def _text(axes: Axes, started: Frame, x: float, y: float, text: str, points: float, colour: str) -> None:
    if text:
        side = "right" if started.words.right_to_left else "left"
        # A little under the middle stands the baseline of letters that are centred on it.
        axes.text(_x(started, x), y - 0.33 * points, text, fontsize=points, color=colour, ha=side, va="baseline")


def _key(axes: Axes, started: Frame, labels: Mapping[str, str], y: float, points: float) -> None:
    """What the marks mean, above the statements."""
    whole = axes.get_window_extent().width
    x = PARAGRAPH
    for answer in (YES, NO, MIXED, UNKNOWN):
        mark(axes, _x(started, x + 0.5 * points / 72 * started.figure.dpi / whole), y, answer, points)
        x += 1.3 * points / 72 * started.figure.dpi / whole
        _text(axes, started, x, y, labels[answer], points, SOFT)
        x += (width(started.figure, labels[answer], points) + 1.6 * points / 72 * started.figure.dpi) / whole


CHARTS = {"audit_by_vintage": Chart(content=audit_by_vintage, draw=_draw_audit_by_vintage)}
