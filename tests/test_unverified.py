"""What was added by `tables --add` is marked in every output, and stays out of all that is committed."""

import io
import json
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from test_commands import run

from analysis import audit, charts, findings, paths, table
from analysis.data import files, make, registry, tables
from analysis.errors import InputError
from analysis.publish import build, check, drawn
from analysis.publish.page import files as site_files
from analysis.tell import sentences
from analysis.tell.languages import ENGLISH, LANGUAGES, words

ADDED, CLAIM = "2027-06", "refugees_21_3_million"
MARK = "{source} (unverified)"


@pytest.fixture(scope="module")
def tidy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed tables, and UNHCR's newest release once more as an added one."""
    folder = tmp_path_factory.mktemp("added")
    for path in paths.TIDY.glob("*.csv"):
        if path.stem != "unhcr":
            (folder / path.name).symlink_to(path)
    rows = tables.load_one(paths.TIDY / "unhcr.csv")
    new = rows[(rows["source"] == "unhcr_population") & (rows["vintage"] == "2026-06")]
    new = new.assign(vintage=ADDED, note=(new["note"] + f" {tables.UNVERIFIED}").str.strip())
    files.write(folder / "unhcr.csv", "".join([tables.to_csv(rows), tables.to_csv(new).partition("\n")[2]]))
    given = folder / "new.csv"
    given.write_text("new\n")
    addition = registry.parse_add(f"unhcr_population:{ADDED}:{ADDED}:{given}")
    files.write(folder / registry.ADDED, registry.added_text([addition]))
    return folder


def test_the_audit_marks_the_verdict_and_the_finding(capsys: pytest.CaptureFixture[str], tidy: Path) -> None:
    status, printed, _ = run(capsys, "audit", CLAIM, "--tidy", str(tidy))
    assert status == 0 and "verdict: supported; later: holds (unverified)" in printed
    assert f"UNHCR {ADDED} (unverified) with UNRWA" in printed and "2026-06 (unverified)" not in printed
    status, printed, _ = run(capsys, "audit", "--tidy", str(tidy))
    assert any(line.startswith(CLAIM) and "holds (unverified)" in line for line in printed.splitlines())
    assert "supported            holds     " in printed  # what rests on none of it has no mark
    status, printed, _ = run(capsys, "audit", CLAIM, "--json", "--tidy", str(tidy))
    (one,) = json.loads(printed)
    assert one["verified"] is False
    doubtful = {tuple(found["vintages"].values()) for found in one["findings"] if not found["verified"]}
    assert doubtful == {(ADDED,), (ADDED, "2026-06")}
    status, printed, _ = run(capsys, "audit", CLAIM, "--lang", "en", "--tidy", str(tidy))
    assert "supported (unverified)" in printed
    assert "unverified" not in run(capsys, "audit", CLAIM)[1]


def test_a_notebook_sees_it(tidy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = findings(CLAIM)
    monkeypatch.setenv(registry.TIDY_TABLES, str(tidy))
    found = findings(CLAIM)
    assert not found.loc[found["vintage"].str.contains(ADDED), "verified"].any()
    assert found.loc[~found["vintage"].str.contains(ADDED), "verified"].all()
    assert table("refugees", "WLD", year=2015, vintage=ADDED)["note"].item() == tables.UNVERIFIED
    monkeypatch.delenv(registry.TIDY_TABLES)
    assert findings(CLAIM).equals(before) and before["verified"].all()
    with pytest.raises(InputError, match=ADDED):
        table("refugees", "WLD", year=2015, vintage=ADDED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_is_marked_on_its_face_and_in_its_numbers(tidy: Path, language: str) -> None:
    say = words(language)
    mark = say(MARK, source="").strip()
    for name in charts.FIGURES:
        with registry.using(tidy):
            shown = charts.content(name, language)
        doubtful = registry.unverified(shown.releases)
        assert (mark in shown.source_line) == doubtful == any(ADDED in text for text in map(str, shown.releases)), name
        numbers = shown.data[shown.data["source"].astype(bool)]
        assert doubtful or not numbers["vintage"].str.contains(tables.UNVERIFIED).any()
    with registry.using(tidy):
        hosts, glance = (charts.content(name, language) for name in ("who_hosts", "verdicts_at_a_glance"))
    assert mark in hosts.source_line and mark in glance.source_line and mark in " ".join(hosts.page)
    assert hosts.data["vintage"].str.contains(f"{ADDED} {tables.UNVERIFIED}").any()
    assert mark not in charts.content("who_hosts", language).source_line


def test_figures_go_beside_the_tables(capsys: pytest.CaptureFixture[str], tidy: Path) -> None:
    asked = ("figures", "who_hosts", "--format", "csv", "--tidy", str(tidy))
    status, printed, told = run(capsys, *asked)
    assert status == 0 and printed.strip() == str(tidy / "figures/en/who_hosts.csv")
    assert "(unverified)" in told and f"{ADDED} {tables.UNVERIFIED}" in (tidy / "figures/en/who_hosts.csv").read_text()
    status, _, told = run(capsys, *asked, "--out", str(paths.FIGURES))
    assert status == 2 and "unset TIDY_TABLES" in told


def test_documents_are_marked(capsys: pytest.CaptureFixture[str], tidy: Path) -> None:
    status, printed, _ = run(capsys, "brief", CLAIM, "--tidy", str(tidy))
    made = {Path(line).suffix: Path(line) for line in printed.splitlines()}
    assert status == 0 and set(made) == {".xlsx", ".docx", ".pptx", ".pdf"}
    where = {".xlsx": "xl/sharedStrings.xml", ".docx": "word/document.xml", ".pptx": "ppt/slides/slide1.xml"}
    for suffix, part in where.items():
        assert made[suffix].is_relative_to(tidy)
        text = zipfile.ZipFile(io.BytesIO(made[suffix].read_bytes())).read(part).decode()
        assert "nobody has verified; they are marked" in text, suffix
        assert suffix == ".pptx" or "(unverified)" in text
    from pypdf import PdfReader

    text = " ".join("".join(page.extract_text() for page in PdfReader(made[".pdf"]).pages).split())
    assert "nobody has verified; they are marked" in text and "(unverified)" in text


def test_the_site_gives_the_tables_that_it_was_made_from(tidy: Path) -> None:
    with registry.using(tidy):
        package = json.loads(site_files.package())
        assert site_files.place("tidy/unhcr.csv").read_bytes() == (tidy / "unhcr.csv").read_bytes()
        (figure,) = drawn.svg(["who_hosts"], ["en"]).values()
    (unhcr,) = (one for one in package["resources"] if one["name"] == "tidy-unhcr")
    assert unhcr["hash"] == f"sha256:{files.sha256(tidy / 'unhcr.csv')}"
    assert f"unhcr_population {ADDED}, an unverified file, {ADDED}" in [one["title"] for one in unhcr["sources"]]
    assert figure != drawn.svg(["who_hosts"], ["en"])["who_hosts", "en"]
    assert site_files.package() == paths.DATAPACKAGE.read_text(encoding="utf-8")


def test_what_is_committed_is_made_from_the_committed_tables(tidy: Path) -> None:
    with registry.using(tidy):
        for refused in (build.run, check.check):
            with pytest.raises(InputError, match="is of the committed tables, and others are in use"):
                refused()
    assert registry.TIDY_TABLES not in os.environ and audit.verdict_on(CLAIM).is_verified


def test_what_was_drawn_goes_with_the_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tidy: Path) -> None:
    monkeypatch.setattr(paths, "ADDED", tmp_path / "added")
    monkeypatch.setattr(paths, "TIDY", tmp_path / "tidy")
    monkeypatch.setattr(paths, "DATAPACKAGE", tmp_path / "datapackage.json")
    monkeypatch.setattr(make, "recompute", lambda *_, **__: {"ucdp.csv": "text"})
    monkeypatch.setattr(make.datapackage, "text", lambda _: "{}")
    (tmp_path / "added/figures").mkdir(parents=True)
    given = tidy / "new.csv"
    make.write(None, [registry.parse_add(f"unhcr_population:{ADDED}:{ADDED}:{given}")])
    assert [path.name for path in (tmp_path / "added").iterdir()] == ["ucdp.csv"]
    (tmp_path / "added/brief").mkdir()
    make.write(None)
    assert not (tmp_path / "added").exists()


def test_a_reason_marks_the_number_that_it_names() -> None:
    newest = audit.verdict_on(CLAIM).newest
    assert newest is not None
    assert "unverified" not in sentences.dated(ENGLISH, newest)
    added = replace(newest, vintages={**newest.vintages, "unhcr_population": ADDED})
    assert sentences.dated(ENGLISH, added).endswith(" 2026 (unverified)")
