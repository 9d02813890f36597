"""What the tidy tables hold: the main series of each, in its newest release."""

import pandas as pd

from analysis.charts.contents import Content, source_line
from analysis.charts.style import ACCENT, SOFT, Chart, Frame, block
from analysis.data.query import table
from analysis.data.tables import TABLES
from analysis.tell.languages import MILLION, Words

SHOWN = (
    ("ucdp", "deaths_all_dyads.state_based", "ucdp_country_year", "25.1", "WLD", None),
    ("unhcr", "refugees", "unhcr_population", "2026-06", "WLD", None),
    ("unrwa", "palestine_refugees", "unrwa_registered", "2026-06", "WLD", None),
    ("idmc", "idps", "idmc_displacement", "2026-06", "WLD", None),
    ("worldbank", "refugees_including_palestine", "worldbank_indicators", "2023-10", "WLD", None),
    ("un_population", "population", "un_population", "2015-07", "WLD", None),
    ("vdc", "deaths.documented", "vdc_syria", "2019-06", "SYR", "month"),
    ("security_council", "vetoed_drafts", "security_council", "2023-09", "WLD", None),
)
"""Table, series, source, vintage and area of each panel, and whether it is by month."""


def _rows() -> pd.DataFrame:
    parts = []
    for name, series, source, vintage, area, by in SHOWN:
        rows = table(series, area, by=by, source=source, vintage=vintage).assign(table=name)
        rows["when"] = rows["year"] + (rows["month"].astype(float).fillna(1) - 1) / 12
        parts.append(rows[["table", "series", "area", "when", "best", "unit", "source", "vintage"]])
    return pd.concat(parts, ignore_index=True)


def tables_at_a_glance_content(words: Words) -> Content:
    """Show one series of each tidy table: the world by year, and Syria's documented deaths by month."""
    data = _rows()
    releases = tuple((source, vintage) for _, _, source, vintage, _, _ in SHOWN)
    panels = {
        "ucdp": words("UCDP: deaths in state-based conflict, a year"),
        "unhcr": words("UNHCR: refugees, end of year"),
        "unrwa": words("UNRWA: Palestine refugees, end of year"),
        "idmc": words("IDMC: internally displaced, end of year"),
        "worldbank": words("World Bank: refugees, both mandates"),
        "un_population": words("UN Population Division: people, mid-year"),
        "vdc": words("VDC: documented deaths in Syria, a month"),
        "security_council": words("Security Council: drafts vetoed, a year"),
    }
    spans = {name: (int(rows["when"].min()), int(rows["when"].max())) for name, rows in data.groupby("table")}
    return Content(
        title=words.plural("One table, one shape", "{count} tables, one shape", len(SHOWN)),
        subtitle=words("One series of each table in the newest release that holds it; each panel has its own scale."),
        alt=words(
            "Small charts, one for each table: {panels}.",
            panels=words.listed(
                words("{value} ({against})", value=text, against="–".join(str(year) for year in spans[name]))
                for name, text in panels.items()
            ),
        ),
        data=data,
        releases=releases,
        source_line=source_line(words, releases),
        notes=(words("Stocks, flows and counts are not comparable between panels."),),
        labels={**panels, "millions": words("{count} m", count="{count}")},
    )


def _draw_tables_at_a_glance(content: Content, frame: Frame) -> None:
    panels = frame.axes(2, 4, pad_left=0.05, pad_top=0.07 * 7.2 / frame.size.height, wspace=0.42, hspace=0.62)
    for axes, name in zip(panels, TABLES, strict=False):
        rows = content.data[content.data["table"] == name]
        axes.plot(rows["when"], rows["best"], color=ACCENT, linewidth=1.4)
        axes.set_ylim(0, rows["best"].max() * 1.08)
        axes.set_xlim(rows["when"].min(), rows["when"].max())
        start, end = int(rows["when"].min()), int(rows["when"].max())
        first, last = axes.set_xticks([start, end], [str(start), str(end)])
        first.label1.set_horizontalalignment("left")
        last.label1.set_horizontalalignment("right")
        top = rows["best"].max()
        millions = top >= MILLION
        step = 10 ** (len(str(int(top))) - 1)
        most = int(top // step) * step
        axes.set_yticks([0, most])
        axes.set_yticklabels(
            [
                "0",
                content.labels["millions"].format(count=frame.words.in_millions(most))
                if millions
                else frame.words.number(most),
            ]
        )
        lines = block(frame, content.labels[name], 0.2)
        axes.set_title(lines, fontsize=frame.size.small, color=SOFT, loc=frame.start, pad=6)


CHARTS = {"tables_at_a_glance": Chart(content=tables_at_a_glance_content, draw=_draw_tables_at_a_glance)}
