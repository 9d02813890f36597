"""How figures look in every language and format: no text cut off, none collides, bars from zero, logs announced."""

import boxes
import pytest
from drawings import drawn, languages
from matplotlib.container import BarContainer

from analysis import charts
from analysis.charts import FIGURES, gallery
from analysis.charts.style import FAMILIES, SIZES, TALL, applied, frame
from analysis.tell import COMMITTED, LANGUAGES
from analysis.tell.languages import words

LONG = 40
"""Letters from which on a text is no label."""

every_drawing = pytest.mark.parametrize(
    ("name", "language", "size"),
    [(name, language, size) for name in FIGURES for language in languages() for size in SIZES],
    scope="module",  # one drawing after the other, each with all tests that look at it
)


@every_drawing
def test_no_text_is_cut_off_or_runs_into_another(name: str, language: str, size: str) -> None:
    assert boxes.problems(drawn(name, language, size)) == []


@every_drawing
def test_bars_start_at_zero_and_other_scales_are_announced(name: str, language: str, size: str) -> None:
    english = charts.content(name)
    said = " ".join([english.subtitle, *english.notes, *english.labels.values()])
    for axes in drawn(name, language, size).axes:
        for container in axes.containers:
            if isinstance(container, BarContainer):
                upright = container.orientation == "vertical"
                low, high = sorted(axes.get_ylim() if upright else axes.get_xlim())
                assert low <= 0 <= high
        if "log" in (axes.get_xscale(), axes.get_yscale()):
            assert "log" in said


@every_drawing
def test_titles_and_notes_start_where_the_script_does(name: str, language: str, size: str) -> None:
    side = "right" if words(language).right_to_left else "left"
    large = SIZES[size].text * TALL.get(language, 1.0) - 0.01
    head = [text for text in drawn(name, language, size).texts if text.get_fontsize() >= large]
    assert head and {text.get_horizontalalignment() for text in head if len(text.get_text()) > LONG} <= {side}


def test_every_script_is_looked_at_and_every_language_if_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANGUAGES", raising=False)
    assert set(languages()) >= {*FAMILIES, *COMMITTED}
    monkeypatch.setenv("LANGUAGES", "all")
    assert languages() == LANGUAGES
    monkeypatch.setenv("LANGUAGES", "french")
    with pytest.raises(ValueError, match="LANGUAGES=french: expected all"):
        languages()


def test_what_is_drawn_needs_no_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures are drawn again if their content changes; so nothing may come from a catalogue after it."""
    for name in FIGURES:
        content = charts.content(name, "fr")
        with applied("fr"):
            started = frame(content, words("fr"), "slide")
            with monkeypatch.context() as patched:
                patched.setattr("analysis.tell.languages.catalogue", None)
                gallery.sheet(name).draw(started)
                assert started.figure.axes
