"""Figure of where the displaced come from, and the share of the ten countries that the report names."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.audit import claims, verdict_on
from analysis.audit.findings import LATER
from analysis.audit.measures import parse_terms
from analysis.charts import ucdp
from analysis.charts.contents import Content, marked, source_line
from analysis.charts.displacement import YEAR
from analysis.charts.style import ACCENT, CONTEXT, GRID, INK, PALE, PAPER, SOFT, TINT, Chart, Frame, block, room
from analysis.data import registry
from analysis.data.query import table
from analysis.errors import InputError
from analysis.tell import frames
from analysis.tell.languages import MILLION, Words

MAJORITY = "ten_countries_majority"
BASE = "refugees_idps"
"""The definition whose two groups the bars show."""

TOP = 15
FACES = {True: (ACCENT, TINT), False: (CONTEXT, PALE)}
"""Whether the report names the country -> the faces of its internally displaced and of its refugees."""


def _named() -> list[str]:
    """The countries that the report names, from the definition that adds them up."""
    definition = next(one for one in claims.definitions() if (one.claim, one.definition) == (MAJORITY, BASE))
    return list(dict.fromkeys(term.area for term in parse_terms(definition.terms)))


def _origins() -> pd.DataFrame:
    """Refugees by origin and internally displaced by country in the newest releases, most first, with their rank."""
    parts = {}
    for series, source, role in (
        ("refugees", "unhcr_population", "origin"),
        ("idps", "idmc_displacement", "location"),
    ):
        rows = table(series, year=YEAR, role=role, source=source, vintage=ucdp.newest(source)[1])
        parts[series] = rows[rows["area"].ne("WLD")].set_index("area")["best"]
    data = pd.DataFrame(parts).fillna(0.0)
    data["all"] = data["refugees"] + data["idps"]
    data = data.sort_values("all", ascending=False, kind="stable").rename_axis("area").reset_index()
    return data.assign(rank=range(1, len(data) + 1), mark="origin", named=data["area"].isin(_named()))


def origins_of_the_displaced(words: Words) -> Content:
    """Where the displaced of the end of 2015 come from: most refugees and internally displaced, and the ten named.

    Bars: UNHCR's refugees by origin and IDMC's internally displaced in their newest releases, the only ones held with
    every country. Shares: the findings on the claim, by definition and release.
    """
    every = _origins()
    if set(_named()) - set(every["area"]):
        raise InputError(f"no row for {sorted(set(_named()) - set(every['area']))}", expected="all countries named")
    drawn = every[every["rank"].le(TOP) | every["named"]]
    unnamed = every[~every["named"]]
    least = every[every["named"]].iloc[-1]
    above = unnamed[unnamed["all"].gt(least["all"])]
    found = frames.findings(MAJORITY)
    shares = [
        {
            "mark": "share",
            "definition": line["definition"],
            "when": line["when"],
            "share": float(line["value"]),
            "source": line["data"],
        }
        for line in found[["definition", "when", "value", "data"]].to_dict("records")
    ]
    first = {line["definition"]: line for line in reversed(shares) if line["when"] != LATER}
    if set(first) != set(line["definition"] for line in shares):
        raise InputError("a definition has no first release", expected=f"one for each definition of {MAJORITY}")
    first = {name: first[name] for name in dict.fromkeys(line["definition"] for line in shares)}
    labels = _definitions(words)
    unknown = set(first) - set(labels)
    if unknown:
        raise InputError(f"no label for {sorted(unknown)} of {MAJORITY}", do="add one in analysis/charts/origins.py")
    values = [line["share"] for line in first.values()]
    unhcr, idmc = ucdp.newest("unhcr_population"), ucdp.newest("idmc_displacement")
    data = pd.concat(
        [
            drawn.assign(source="unhcr_population idmc_displacement", vintage=f"{unhcr[1]} {idmc[1]}"),
            pd.DataFrame([*shares, {"mark": "half", "share": 0.5}]),
        ],
        ignore_index=True,
    )
    shown: dict[str, Any] = {
        "year": YEAR,
        "ten": words.number(len(_named())),
        "counts": words.number(len(values)),
        "above": words.number(sum(value > 0.5 for value in values)),
        "low": words.percent(min(values)),
        "high": words.percent(max(values)),
        "base": words.percent(first[BASE]["share"]),
        "others": words.number(len(above)),
        "least": words.area(least["area"]),
        "some": words.enumerated(words.area(area) for area in above["area"].iloc[:4]),
        "unhcr": unhcr[1],
        "idmc": idmc[1],
    }
    releases = _releases()
    return Content(
        title=title_of(words, values, shown),
        subtitle=words(
            "Refugees by origin and internally displaced, end of {year}, in millions (UNHCR {unhcr}, IDMC {idmc}). "
            "Red: countries that the report names.",
            **shown,
        ),
        alt=words(
            "Bars of the countries with most refugees and internally displaced, end of {year}, in millions: {list}.",
            year=YEAR,
            list=words.listed(
                f"{words.area(row['area'])} {words.in_millions(row['all'], 1)}" for row in drawn.to_dict("records")
            ),
        )
        + words.space
        + words(
            "Beside them, the share of the {ten} countries named: {base} of refugees and internally displaced in the "
            "first releases held, and {low} to {high} by {counts} definitions, against a line at a half.",
            **shown,
        ),
        data=data[
            [
                "mark",
                "area",
                "rank",
                "named",
                "refugees",
                "idps",
                "all",
                "definition",
                "when",
                "share",
                "source",
                "vintage",
            ]
        ],
        releases=releases,
        source_line=source_line(words, releases),
        notes=(
            words(
                "The ten are examples, so their share is a floor for all countries with such violence. {others} "
                "others had more displaced than {least}, the least of the ten; most of all {some}.",
                **shown,
            ),
            words(
                "Shares: the first releases held that have {year}; short upright marks: later ones. Palestine refugees "
                "under UNRWA's mandate have no country of origin here.",
                **shown,
            ),
        ),
        claims=(MAJORITY,),
        labels={
            **{row["area"]: f"{row['rank']}. {words.area(row['area'])}" for row in drawn.to_dict("records")},
            **{f"{row['area']} value": words.in_millions(row["all"], 2) for row in drawn.to_dict("records")},
            **{name: labels[name] for name in first},
            **{f"{name} value": words.percent(line["share"]) for name, line in first.items()},
            "idps": words("internally displaced"),
            "refugees": words("refugees"),
            "shares": words("The ten named: their share of all"),
            "half": words("a half"),
        },
    )


def _definitions(words: Words) -> dict[str, str]:
    return {
        "refugees_idps": words("refugees and internally displaced"),
        "with_asylum_seekers": words("with asylum-seekers"),
        "with_palestine_refugees": words("with Palestine refugees in the whole"),
        "unhcr_idps": words("internally displaced by UNHCR's count"),
        "refugees_only": words("refugees only"),
    }


def _releases() -> tuple[tuple[str, str], ...]:
    """Every release that a finding is from, and those of the bars."""
    pairs = {ucdp.newest("unhcr_population"), ucdp.newest("idmc_displacement")}
    pairs.update(pair for finding in verdict_on(MAJORITY).findings for pair in finding.vintages.items())
    order = {(release.source, release.vintage): place for place, release in enumerate(registry.releases())}
    return tuple(sorted(pairs, key=lambda pair: order[pair]))


def title_of(words: Words, values: Sequence[float], shown: Mapping[str, Any]) -> str:
    """By how many of the counts the countries named have the majority."""
    if min(values) > 0.5:
        return words(
            "More than half of the displaced of {year} were from the {ten} countries named, by all {counts} counts: "
            "{low} to {high}",
            **shown,
        )
    return words(
        "More than half of the displaced of {year} were from the {ten} countries named by {above} of {counts} counts: "
        "{low} to {high}",
        **shown,
    )


def _draw_origins_of_the_displaced(content: Content, started: Frame) -> None:
    size = started.size
    names = [content.labels[row["area"]] for row in marked(content, "origin")]
    pad = min(0.3, room(started, names, 0.95 * size.small) + 0.015)
    head = 1.9 * size.small / 72 / size.height
    if size.width > size.height:
        bars, dots = started.axes(1, 2, pad_left=pad, pad_bottom=0.045, pad_top=head, width_ratios=[1.5, 1], wspace=0.1)
    else:
        bars, dots = started.axes(
            2, 1, pad_left=pad, pad_bottom=0.04, pad_top=head, height_ratios=[2.1, 1], hspace=0.26
        )
    _draw_bars(bars, content, started)
    _draw_shares(dots, content, started)


def _draw_bars(axes: Axes, content: Content, started: Frame) -> None:
    labels = content.labels
    rows = marked(content, "origin")
    pitch = axes.get_position().height * started.size.height * 72 / (len(rows) + 1.2)
    small = min(started.size.small, pitch / 1.3)
    reach = max(row["all"] for row in rows)
    gap = 0.0
    for place, row in enumerate(rows):
        # A gap where ranks are left out.
        gap += 0.4 if place and row["rank"] != rows[place - 1]["rank"] + 1 else 0.0
        y = place + gap
        idps, refugees = FACES[bool(row["named"])]
        axes.barh(y, row["idps"], height=0.74, color=idps)
        axes.barh(y, row["refugees"], left=row["idps"], height=0.74, color=refugees)
        colour = ACCENT if row["named"] else SOFT
        text: dict[str, Any] = {"textcoords": "offset points", "va": "center", "fontsize": 0.95 * small}
        axes.annotate(
            labels[row["area"]], (0, y), (-0.5 * small, 0), ha="right", color=colour, annotation_clip=False, **text
        )
        axes.annotate(labels[row["area"] + " value"], (row["all"], y), (0.5 * small, 0), color=colour, **text)
    axes.set_ylim(len(rows) - 0.4 + gap, -0.6)
    axes.set_xlim(0, 1.14 * reach)
    axes.set_yticks([])
    axes.grid(visible=False)
    axes.grid(axis="x", color=GRID)
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([2 * MILLION * step for step in range(int(reach // (2 * MILLION)) + 1)])
    started.numbers(axes, "x", millions=True)
    top = rows[0]
    for name, middle in (("idps", top["idps"] / 2), ("refugees", top["idps"] + top["refugees"] / 2)):
        axes.annotate(
            labels[name], (middle, -0.6), (0, 0.4 * small), textcoords="offset points", ha="center", va="bottom",
            fontsize=0.95 * small, color=SOFT, annotation_clip=False,
        )  # fmt: skip


def _draw_shares(axes: Axes, content: Content, started: Frame) -> None:
    """A row a definition: the first release as a bar with its number, later ones as marks."""
    labels = content.labels
    shares = marked(content, "share")
    half = float(marked(content, "half")[0]["share"])
    wide = started.size.width > started.size.height
    rows = len({share["definition"] for share in shares})
    pitch = axes.get_position().height * started.size.height * 72 / (rows + 0.3)
    # A label has up to two lines; where it stands above its bar, the bar needs room as well.
    small = min(started.size.small, pitch / (4.2 if wide else 2.8))
    plain = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.4}
    for row, name in enumerate(dict.fromkeys(share["definition"] for share in shares)):
        own = [share for share in shares if share["definition"] == name]
        first = next(share["share"] for share in own if share["when"] != LATER)
        axes.barh(row, first, height=0.34 if wide else 0.7, color=ACCENT if name == BASE else TINT)
        for share in own:
            if share["when"] == LATER:
                axes.plot([share["share"]] * 2, [row - 0.25, row + 0.25], color=INK, linewidth=1.0)
        axes.annotate(
            labels[f"{name} value"], (max(share["share"] for share in own), row), (0.6 * small, 0),
            textcoords="offset points", va="center", fontsize=1.1 * small, color=ACCENT if name == BASE else INK,
        )  # fmt: skip
        if wide:
            label = block(started, labels[name], 0.27, small)
            axes.text(0, row - 0.24, label, va="bottom", fontsize=small, bbox=plain, zorder=4)
        else:
            label = block(started, labels[name], axes.get_position().x0 - started.left - 0.01, 0.95 * small)
            axes.annotate(
                label, (0, row), (-0.5 * small, 0), textcoords="offset points", ha="right", va="center",
                fontsize=0.95 * small, annotation_clip=False,
            )  # fmt: skip
    axes.axvline(half, color=PAPER, linewidth=2.4)
    axes.axvline(half, color=INK, linewidth=1.2, linestyle=(0, (4, 2)))
    axes.set_ylim(rows - 0.55, -0.85)
    axes.set_xlim(0, 0.76)
    axes.set_yticks([])
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([0, 0.25, half], [started.words.percent(0, 0), started.words.percent(0.25, 0), labels["half"]])
    axes.set_title(labels["shares"], fontsize=small, color=INK, loc=started.start, pad=0.5 * small)


CHARTS = {"origins_of_the_displaced": Chart(content=origins_of_the_displaced, draw=_draw_origins_of_the_displaced)}
