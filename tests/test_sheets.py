"""A figure made of marks: what is recorded is what is drawn, and what stands on a slide keeps to its contract."""

import ast
import math
import pkgutil
from dataclasses import replace
from typing import Any

import boxes
import pytest
from drawings import drawn, languages
from matplotlib.patches import Rectangle

from analysis import charts, paths
from analysis.audit.verdicts import Verdict
from analysis.charts import figures, gallery
from analysis.charts.contents import Content
from analysis.charts.marks import Columns, Look, Numbers, place, walked
from analysis.charts.sheet import Panel, Sheet, borne, breaches
from analysis.charts.style import SIZES
from analysis.data import registry
from analysis.errors import InputError
from analysis.publish import sidecars
from analysis.tell import LANGUAGES
from analysis.tell.languages import ENGLISH, words
from analysis.tell.sources import face_source
from analysis.tell.texts import Text, say

NAMES = tuple(module.name for module in pkgutil.iter_modules(figures.__path__))
CONTRADICTED = {
    "yes": ("not supported", "not borne out", "contested", "no longer supported", "not testable"),
    "no": ("supported", "consistent"),
    "open": (),
}
"""What a title says of a claim -> the verdicts that say otherwise, or less."""


def contradictions(sheet: Sheet, verdicts: dict[str, Verdict]) -> list[str]:
    """The claims of which a figure says what the ledger does not."""
    return [
        f"{claim}: the figure says {said}, the ledger {verdicts[claim].verdict}"
        for claim, said in sheet.claims
        if verdicts[claim].verdict in CONTRADICTED[said]
    ]


@pytest.mark.parametrize("name", NAMES)
def test_no_figure_contradicts_the_ledger(name: str, verdicts: dict[str, Verdict]) -> None:
    assert contradictions(gallery.sheet(name), verdicts) == []


def test_a_figure_that_contradicts_the_ledger_is_found(verdicts: dict[str, Verdict]) -> None:
    sheet = gallery.sheet("deaths_by_type")
    claim = sheet.claims[0][0]
    altered = verdicts | {claim: replace(verdicts[claim], verdict="not supported")}
    assert contradictions(sheet, altered) == [f"{claim}: the figure says yes, the ledger not supported"]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_short_and_named_as_its_figure(name: str) -> None:
    text = (paths.ROOT / "analysis" / "charts" / "figures" / f"{name}.py").read_text(encoding="utf-8")
    assert text.count("\n") <= 160 and name in charts.FIGURES


def test_what_figures_share_is_short_and_so_is_every_function() -> None:
    shared = (paths.ROOT / "analysis" / "charts").glob("*.py")
    assert sum(path.read_text(encoding="utf-8").count("\n") for path in shared) <= 1300
    for path in (paths.ROOT / "analysis").rglob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        assert [node.name for node in nodes if isinstance(node, ast.FunctionDef) and lines(node) > 60] == [], path


def lines(node: ast.FunctionDef) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_slide_keeps_to_its_contract(name: str, language: str) -> None:
    content = charts.content(name, language)
    assert breaches(content, language) == [] and content.page


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", NAMES)
def test_no_letter_on_a_slide_is_under_twelve_points(name: str, language: str) -> None:
    assert min(text.get_fontsize() for text in boxes.laid_out(drawn(name, language))) >= 12.0 - 1e-9


def saying(**changes: Any) -> Content:
    return replace(charts.content("deaths_by_type"), **changes)


@pytest.mark.parametrize(
    ("changes", "language", "found"),
    [
        ({"title": "word " * 15}, "en", "title of 15 words, at most 14"),
        ({"title": "数" * 31}, "zh", "title of 31 characters, at most 30"),
        ({"notes": ("word " * 41,)}, "en", "at most 40"),
        ({"notes": ("数" * 111,)}, "zh", "at most 110"),
        ({"subtitle": "as held in the data"}, "en", "'held' stands on a slide"),
        ({"subtitle": "the best of dyads"}, "en", "'best' stands on a slide"),
        ({"labels": {"a": "actors.one_sided in ucdp_one_sided"}}, "en", "'ucdp_one_sided' stands on a slide"),
        ({"labels": {"a": "UCDP 5.0-2015"}}, "en", "the release 5.0-2015 stands on a slide"),
    ],
)
def test_a_breach_of_the_contract_is_found(changes: dict[str, Any], language: str, found: str) -> None:
    assert any(found in one for one in breaches(saying(**changes), language))


def test_a_breach_stops_the_figure() -> None:
    sheet = replace(gallery.sheet("deaths_by_type"), title=say("deaths by dyads"))
    with pytest.raises(InputError, match="NAME in en: 'dyads' stands on a slide"):
        sheet.said(ENGLISH, "NAME")


def test_a_title_that_is_not_borne_stops_the_figure() -> None:
    borne(True, "it holds")
    with pytest.raises(InputError, match="the numbers no longer bear a title: it holds; write the one"):
        borne(False, "it holds")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_recorded_is_every_number_of_the_marks(name: str) -> None:
    sheet = gallery.sheet(name)
    held = [value for shown in walked(sheet.panels, Numbers) for value in shown.value]
    data = charts.content(name).data
    assert list(data["value"]) == held
    assert set(data["panel"]) == set(range(1, len(sheet.panels) + 1))


@pytest.mark.parametrize("name", NAMES)
def test_bars_are_as_long_as_what_is_recorded(name: str) -> None:
    for panel, axes in zip(gallery.sheet(name).panels, drawn(name).axes, strict=True):
        bars = {round(size, 6) for box in axes.patches if isinstance(box, Rectangle) for size in sizes_of(box)}
        for mark in panel.marks:
            parts = mark.parts if isinstance(mark, Columns) and math.isinf(mark.cut) else ()
            for value in (value for part in parts for value in part.value):
                assert round(value, 6) in bars


def sizes_of(box: Rectangle) -> tuple[float, float]:
    return abs(box.get_width()), abs(box.get_height())


def test_columns_stack_and_end_at_the_cut() -> None:
    low, high = (Numbers(name, (2014, 2015), values) for name, values in (("a", (10.0, 30.0)), ("b", (5.0, 40.0))))
    look = (Look("#000000"), Look("#ffffff"))
    sheet = replace(
        gallery.sheet("deaths_by_type"), panels=(Panel((Columns((low, high), (look, look), (2015,), cut=50.0),)),)
    )
    content = sheet.said(ENGLISH)
    with charts.applied("en"):
        started = charts.frame(content, ENGLISH, "slide")
        sheet.draw(started)
        boxes_ = [box for box in started.figure.axes[0].patches if isinstance(box, Rectangle)]
    found = sorted((round(box.get_x() + box.get_width() / 2), box.get_y(), box.get_height()) for box in boxes_)
    assert found == [(2014, 0.0, 10.0), (2014, 10.0, 5.0), (2015, 0.0, 30.0), (2015, 30.0, 20.0)]


def test_places_of_years_months_and_days() -> None:
    assert place(2014) == 2014.0
    assert place("2014-07") == pytest.approx(2014 + 6.5 / 12)
    assert place("2014-07-02") == pytest.approx(2014.5, abs=0.003)


@pytest.mark.parametrize("name", NAMES)
def test_every_number_has_a_source_that_the_figure_names(name: str) -> None:
    content = charts.content(name)
    named = {source for source, _ in content.releases} | {"headline", ""}
    for source in content.data["source"]:
        assert set(source.split(" ")) <= named, source


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_what_a_slide_leaves_out(name: str) -> None:
    shown = sidecars.shown(name)
    assert shown["face"]["en"].endswith(face_source(ENGLISH, charts.content(name).releases, also(name)))
    page = " ".join(shown["page"]["en"])
    assert ("Licence:" in page) == bool(charts.content(name).releases)
    assert registry.REPORT in page or not charts.content(name).claims
    assert all(vintage in page for _, vintage in charts.content(name).releases)


def also(name: str) -> tuple[str, ...]:
    return tuple(text.said(ENGLISH) for text in gallery.sheet(name).also)


def test_a_page_has_more_below_its_plot_than_a_slide() -> None:
    small = {size: [text.get_text() for text in drawn("deaths_by_type", "en", size).texts] for size in SIZES}
    assert any("Licence" in text for text in small["page"])
    assert not any("Licence" in text for size in ("slide", "square") for text in small[size])


def test_texts_are_said_in_a_language_when_it_is_known() -> None:
    text = say("{year}: {value}", year=2014, value=126059.0)
    assert [text.said(words(language)) for language in ("en", "fr")] == ["2014: 126,059", "2014\u00a0: 126\u202f059"]
    assert isinstance(text, Text) and text.key != say("{year}: {value}", year=2015, value=126059.0).key


def test_lying_bars_and_panels_start_where_the_script_does() -> None:
    english, arabic = (drawn("civilians_share", language).axes for language in ("en", "ar"))
    assert all(axes.get_xlim()[0] < axes.get_xlim()[1] for axes in english)
    assert all(axes.get_xlim()[0] > axes.get_xlim()[1] for axes in arabic)
    counts = [max(abs(end) for end in axes.get_xlim()) > 1000 for axes in (*english, *arabic)]
    assert counts == [True, False, False, True]  # drawn from left to right; "How many" comes first in either script
    assert english[0].get_position().x0 < english[1].get_position().x0
    assert arabic[0].get_position().x0 < arabic[1].get_position().x0
