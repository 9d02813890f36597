"""The kernel of whoever imports us is left alone: their outputs stay theirs, and our figures show themselves in it."""

import base64
import io
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient
from PIL import Image

from analysis import charts
from analysis.charts.style import SHOWN

FIGURE = "deaths_by_type"

OURS = f'from analysis import charts, table\nfigure, rows = charts.{FIGURE}(), table("vetoed_drafts")'
THEIRS = (
    "import matplotlib, pandas as pd\nfrom matplotlib.figure import Figure",
    "long = pd.DataFrame({'year': [2014, 2015] * 2, 'area': list('aabb'), 'best': [1234.57, 0.5, None, 2e7]})\nlong",
    "long.pivot(index='area', columns='year', values='best')",
    "long.describe()",
    "long.groupby('area')['best'].sum()",
    "pd.DataFrame({'month': pd.to_datetime(['2012-01-31', '2012-02-29']), 'best': [1234.57, 1e-9]})",
    "pd.DataFrame({'n': range(100), 'text': ['x' * 80] * 100})",
    "bare = Figure(); bare.subplots().plot([1, 2]); bare",
    "print(bare.bbox, matplotlib.rcParams['font.family'], matplotlib.rcParams['figure.dpi'])",
    "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2], label='kept'); plt.legend(); plt.title('Mine');",
    "bare",
)


def outputs(*sources: str) -> list[list[dict]]:
    """What the cells of a notebook show in a real kernel."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    NotebookClient(book, timeout=120, kernel_name="python3").execute()
    return [[{**output, "execution_count": 0} for output in cell.outputs] for cell in book.cells]


@pytest.mark.enable_socket
def test_a_notebook_of_someone_else_shows_the_same_with_us_and_without() -> None:
    alone = outputs("", *THEIRS)
    assert outputs(OURS, *THEIRS) == alone
    assert [len(shown) for shown in alone] == [0, 0, *[1] * (len(THEIRS) - 1)]


@pytest.mark.enable_socket
def test_a_figure_shows_itself_whatever_pyplot_has_set_up() -> None:
    draw = f"charts.{FIGURE}()"
    shown = outputs(
        *("from analysis import charts", draw, "import matplotlib.pyplot as plt", draw),
        *("%matplotlib inline\nplt.style.use('dark_background'); plt.rcParams['figure.dpi'] = 30", draw),
        *("%config InlineBackend.figure_formats = ['svg', 'retina']", draw),
    )
    alt = charts.content(FIGURE).alt
    seen = [shown[cell] for cell in (1, 3, 5, 7)]
    assert seen == [seen[0]] * 4
    (output,) = seen[0]
    assert output["data"].keys() == {"image/png", "text/plain"} and output["data"]["text/plain"] == alt
    assert output["metadata"] == {"image/png": {"alt": alt}}
    picture = Image.open(io.BytesIO(base64.b64decode(output["data"]["image/png"])))
    assert picture.size == (SHOWN, SHOWN * 9 // 16)


def test_a_figure_in_a_terminal_is_named() -> None:
    assert repr(charts.draw(FIGURE, "fr")) == f"<Figure (fr): {charts.content(FIGURE, 'fr').title}>"


def test_an_import_loads_nothing_heavy() -> None:
    code = "import analysis, sys\nfrom analysis import charts\ndir(analysis)\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "analysis.charts" in loaded
    assert {"numpy", "pandas", "matplotlib", "babel", "IPython"}.isdisjoint(loaded)
    assert not [name for name in loaded if name.startswith("analysis.") and name != "analysis.charts"]
