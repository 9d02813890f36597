import boxes
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


@pytest.fixture
def figure() -> Figure:
    made = Figure(figsize=(4, 3), dpi=100)
    FigureCanvasAgg(made)
    return made


def test_texts_that_stand_apart_are_no_problem(figure: Figure) -> None:
    figure.text(0.1, 0.2, "one")
    figure.text(0.1, 0.6, "two")
    assert boxes.problems(figure) == []


def test_an_overlap_is_found(figure: Figure) -> None:
    figure.text(0.1, 0.2, "one")
    figure.text(0.12, 0.21, "two")
    assert boxes.problems(figure) == ["'one' runs into 'two'"]


@pytest.mark.parametrize(("x", "y"), [(0.95, 0.5), (-0.05, 0.5), (0.4, 0.99), (0.4, -0.04)])
def test_a_text_beyond_any_edge_is_found(figure: Figure, x: float, y: float) -> None:
    figure.text(x, y, "a longer text")
    assert boxes.problems(figure) == ["'a longer text' runs out of the figure"]


def test_what_is_not_drawn_does_not_count(figure: Figure) -> None:
    figure.text(0.1, 0.2, "one")
    figure.text(0.1, 0.2, "two", visible=False)
    figure.text(0.1, 0.2, " ")
    hidden = figure.add_axes((0.1, 0.1, 0.3, 0.3))
    hidden.set_axis_off()
    assert [text for text, _ in boxes.texts(figure)] == ["one"]


def test_only_ticks_in_view_count(figure: Figure) -> None:
    axes = figure.add_axes((0.2, 0.2, 0.6, 0.6))
    axes.set_yticks([0, 1, 9], ["zero", "one", "nine"])
    axes.set_xticks([])
    axes.set_ylim(0, 1)
    assert sorted(text for text, _ in boxes.texts(figure)) == ["one", "zero"]


def test_an_arrow_is_not_a_part_of_its_text(figure: Figure) -> None:
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.annotate("here", (0.9, 0.9), (0.1, 0.1), arrowprops={"arrowstyle": "-"})
    axes.text(0.5, 0.5, "between")
    assert boxes.problems(figure) == []
