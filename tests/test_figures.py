"""Figures as files: the same bytes everywhere, words inside, and a sidecar that says what is drawn."""

import io
import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from hashlib import sha256

import pytest
from PIL import Image

from analysis import charts, paths
from analysis.charts import FIGURES, render
from analysis.publish import sidecars
from analysis.tell import COMMITTED

SVG = "{http://www.w3.org/2000/svg}"
SAMPLE = "deaths_by_type"
FORMATS = ("svg", "png", "pdf")
MANY = 20
"""Releases above which a source line points to the registry."""


@pytest.mark.parametrize("name", FIGURES)
def test_what_is_committed_is_what_the_data_gives(name):
    stored = (paths.FIGURES / f"{name}.json").read_text(encoding="utf-8")
    assert stored == sidecars.sidecar(name)
    shown = json.loads(stored)
    assert shown["data"]["rows"]
    assert shown["sources"] or not any(row[-1] for row in shown["data"]["rows"]), "counts of verdicts have no release"
    for language in COMMITTED:
        root = ET.parse(paths.FIGURES / language / f"{name}.svg").getroot()
        assert root.get("role") == "img"
        assert root.find(f"{SVG}title").text == shown["title"][language]
        assert root.find(f"{SVG}desc").text == shown["alt"][language]


def test_a_png_says_what_it_shows():
    with Image.open(io.BytesIO(render.rendered(SAMPLE, "zh", ("png",))["png"])) as picture:
        assert picture.info["Title"] == charts.content(SAMPLE, "zh").title
        assert picture.info["Description"] == charts.content(SAMPLE, "zh").alt
        assert picture.size == (1920, 1080)


SCRIPT = f"""
import hashlib
from analysis.charts import render
for name in {FIGURES!r}:
    for language in ("ar",):
        for form, content in render.rendered(name, language, ("svg", "png", "pdf")).items():
            print(name, language, form, hashlib.sha256(content).hexdigest())
"""


def test_bytes_do_not_depend_on_folder_process_locale_or_time_zone(tmp_path):
    printed = set()
    copy = tmp_path / "another folder"
    for part in ("analysis", "data"):
        shutil.copytree(paths.ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(paths.ROOT / "pyproject.toml", copy)
    settings = ((paths.ROOT, "C.UTF-8", "UTC", "1"), (copy, "de_DE.UTF-8", "Asia/Kathmandu", "2"))
    running = []
    for folder, locale, zone, seed in settings:
        environment = {
            "LANG": locale,
            "LC_ALL": locale,
            "TZ": zone,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": str(folder),
        }
        command = [sys.executable, "-c", SCRIPT]
        running.append(subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.PIPE, text=True))
    for process in running:
        printed.add(process.communicate()[0])
        assert process.returncode == 0
    assert len(printed) == 1
    assert printed.pop().count("\n") == 3 * len(FIGURES)


STRANGE = """
axes.facecolor: pink
axes.formatter.use_mathtext: True
axes.grid.which: minor
axes.prop_cycle: cycler(color=["lime", "gold"])
axes.titlelocation: right
axes.xmargin: 0.4
figure.autolayout: True
figure.dpi: 37
font.family: serif
font.size: 31
hatch.color: red
legend.loc: lower left
lines.linewidth: 9
patch.force_edgecolor: True
path.sketch: 5, 50, 9
savefig.bbox: tight
savefig.dpi: 33
savefig.transparent: True
svg.fonttype: none
text.usetex: True
timezone: Asia/Kathmandu
toolbar: toolmanager
xtick.direction: in
ytick.minor.visible: True
"""
STRANGER = """
import hashlib
import sys
import matplotlib
import matplotlib.pyplot as plt
from analysis.charts.render import rendered
plt.style.use("dark_background")
before = dict(matplotlib.rcParams)
for name in sys.argv[1:]:
    for form, content in rendered(name, "en", ("svg", "png", "pdf")).items():
        print(name, form, hashlib.sha256(content).hexdigest())
assert dict(matplotlib.rcParams) == before and before["figure.dpi"] == 37
"""


def test_what_a_user_sets_in_matplotlib_changes_nothing(tmp_path):
    (tmp_path / "matplotlibrc").write_text(STRANGE, encoding="utf-8")
    drawn = (SAMPLE, "idps_by_release", "syria_around_february_2012", "six_countries")
    environment = {"MATPLOTLIBRC": str(tmp_path), "MPLBACKEND": "svg", "PYTHONPATH": str(paths.ROOT)}
    command = [sys.executable, "-c", STRANGER, *drawn]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    usual = {(name, form): content for name in drawn for form, content in render.rendered(name, "en", FORMATS).items()}
    hashes = "".join(f"{name} {form} {sha256(content).hexdigest()}\n" for (name, form), content in usual.items())
    assert done.stdout == hashes


def test_the_committed_bytes_are_those_of_the_locked_versions():
    manifest = json.loads(paths.MANIFEST.read_text(encoding="utf-8"))
    if manifest["versions"] == dict(sidecars.versions()) and sys.version_info[:2] == (3, 11):
        drawn = render.rendered(SAMPLE, "en", ("svg",))["svg"]
        assert (paths.FIGURES / "en" / f"{SAMPLE}.svg").read_bytes() == drawn
    else:  # equal bytes are promised for the locked versions only; elsewhere the content is compared
        assert (paths.FIGURES / f"{SAMPLE}.json").read_text(encoding="utf-8") == sidecars.sidecar(SAMPLE)


def test_files_carry_no_date_and_no_version():
    made = render.rendered(SAMPLE, "en", ("svg", "pdf"))
    assert b"<dc:date>" not in made["svg"] and b"Matplotlib" not in made["svg"]
    assert b"CreationDate" not in made["pdf"] and b"Matplotlib" not in made["pdf"]


def test_a_missing_glyph_is_an_error():
    figure = charts.draw(SAMPLE)
    figure.text(0.1, 0.5, "\u0f00")
    with pytest.raises(UserWarning, match="Glyph .* missing"):
        render.png(figure)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_names_its_sources_with_release_and_licence(name):
    content = charts.content(name)
    said = " ".join(content.page) or content.source_line
    assert content.title and len(content.alt) > 80
    if not content.releases:
        assert set(content.data["source"]) == {""}, "counts of verdicts have no release"
        return
    if len(content.releases) > MANY:  # more than a line can name: the registry names them
        assert "every release in data/sources.csv" in said
        return
    form = r"Source: .+\. Licence: .+\. Data released up to .+; corrections: data/corrections\.csv\."
    assert re.search(form, said)
    for _, vintage in content.releases:
        assert vintage in said
