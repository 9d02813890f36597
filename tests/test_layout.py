"""How figures look in every language and format: no text cut off, none collides, bars from zero, logs announced."""

import boxes
import pytest
from matplotlib.container import BarContainer

from analysis import charts
from analysis.charts import FIGURES
from analysis.charts.style import SIZES
from analysis.tell.languages import LANGUAGES


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FIGURES)
def test_no_text_is_cut_off_or_runs_into_another(name: str, language: str, size: str) -> None:
    assert boxes.problems(charts.draw(name, language, size)) == []


@pytest.mark.parametrize("name", FIGURES)
def test_bars_start_at_zero_and_other_scales_are_announced(name: str) -> None:
    figure = charts.draw(name)
    said = " ".join([figure.content.subtitle, *figure.content.notes, *figure.content.labels.values()])
    for axes in figure.axes:
        for container in axes.containers:
            if isinstance(container, BarContainer):
                upright = container.orientation == "vertical"
                low, high = sorted(axes.get_ylim() if upright else axes.get_xlim())
                assert low <= 0 <= high
        if "log" in (axes.get_xscale(), axes.get_yscale()):
            assert "log" in said


@pytest.mark.parametrize("name", FIGURES)
def test_titles_and_notes_start_where_the_script_does(name: str) -> None:
    for language, side in (("ar", "right"), ("zh", "left")):
        figure = charts.draw(name, language)
        head = [text for text in figure.texts if text.get_fontsize() >= SIZES["slide"].text]
        assert head and {text.get_horizontalalignment() for text in head if len(text.get_text()) > 40} <= {side}


def test_what_is_drawn_needs_no_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures are drawn again if their content changes; so nothing may come from a catalogue after it."""
    for name in FIGURES:
        content = charts.content(name, "fr")
        with charts.applied("fr"):
            started = charts.frame(content, charts.words("fr"), "slide")
            with monkeypatch.context() as patched:
                patched.setattr("analysis.tell.languages._catalogue", None)
                charts.CHARTS[name].draw(content, started)
                assert started.figure.axes
