"""`tables --add`: one report of all that is odd, nothing of it in what is committed, no extract as the world."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from looking import DEATHS, PEOPLE, look
from test_commands import run

from analysis import paths
from analysis.data import added, corrections, files, make, registry, tables
from analysis.data.corrections import Correction
from analysis.errors import InputError

ONE_SIDED, UNHCR = "ucdp_one_sided", "unhcr_population"


def remarks(looked: added.Looked, loud: bool = True) -> str:
    return "\n".join(remark.text for remark in looked.remarks if remark.loud == loud)


def whole_release(mirror: Path) -> str:
    """One-sided violence 25.1, as csv in the layout of the publisher's own."""
    return (mirror / "ucdp/one_sided/OneSided_v23_1.csv").read_text(encoding="utf-8")


def test_all_disorders_are_told_at_once_and_kept(tmp_path: Path) -> None:
    rows = "".join(f"{n},{n},Kenya,{1990 + n},7,6,8,501\n" for n in range(1, 20))
    odd = "98,1,Kenya,2013,7,-99,8,501\n99,1,Haiti,2013,7,9,8,41\n97,1,Haiti,2012,7,6,5,41\n"
    looked = look(tmp_path, "ucdp_battle_related_deaths", DEATHS + rows + odd)
    assert [entry.published for entry in looked.entries] == ["low=-99", "low=9;best=7;high=8", "low=6;best=7;high=5"]
    noted = looked.rows.set_index(["area", "year"])["note"]
    assert noted["KEN", 2013] == "U001 unverified" and noted["HTI", 2013] == "U002 unverified"


def test_an_entry_works_as_it_is_printed(tmp_path: Path) -> None:
    rows = "".join(f"{n},{n},Kenya,{1990 + n},7,6,8,501\n" for n in range(1, 20))
    text = DEATHS + rows + "98,1,Kenya,2013,7,-99,8,501\n99,1,Haiti,2013,7.0,9,8,41\n"
    looked = look(tmp_path, "ucdp_battle_related_deaths", text)
    report = looked.text(corrections.load())
    printed = [line for line in report.splitlines() if ",ucdp_battle_related_deaths,99.1," in line]
    assert len(printed) == 2
    ledger = tmp_path / "corrections.csv"
    ledger.write_text(corrections.CORRECTIONS.read_text(encoding="utf-8") + "\n".join(printed) + "\n", encoding="utf-8")
    entries = corrections.load(ledger)
    addition = looked.addition
    again = added.look(addition, entries, tables.committed())
    assert again.entries == () and set(again.rows["note"]) >= {f"{entries[-1].id} unverified"}


def test_the_report_names_what_is_missing_and_what_moved(tmp_path: Path, mirror: Path) -> None:
    lines = list(csv.reader(io.StringIO(whole_release(mirror))))
    head, body = lines[0], lines[1:]
    place = {name: head.index(name) for name in ("year", "location", "best_fatality_estimate")}
    high = next(name for name in head if name.startswith("high"))
    kept = []
    for row in body:
        if row[place["year"]] == "2022" or "Kenya" in row[place["location"]]:
            continue
        if row[place["year"]] == "2001":
            row[place["best_fatality_estimate"]] = str(int(row[place["best_fatality_estimate"]]) * 2)
            row[head.index(high)] = str(int(row[head.index(high)]) * 2)
        kept.append(row)
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([head, *kept])
    looked = look(tmp_path, ONE_SIDED, stream.getvalue(), vintage="23.1-mine")
    loud = remarks(looked)
    assert "the last year is 2021, and was 2024" in loud
    assert re.search("areas are gone: .*KEN", loud)
    assert "the world moved by more than a tenth: " in loud and "2001" in loud


def test_a_file_that_calls_itself_another_version_is_told(tmp_path: Path, mirror: Path) -> None:
    looked = look(tmp_path, ONE_SIDED, whole_release(mirror), vintage="26.1")
    assert "the file calls its version 23.1, and not 26.1" in remarks(looked)
    right = look(tmp_path, ONE_SIDED, whole_release(mirror), vintage="231-mine")
    assert "calls its version" not in remarks(right)
    assert right.addition.release.release_group == "23.1"


def test_a_whole_release_is_the_world_and_half_of_it_is_not(tmp_path: Path, mirror: Path) -> None:
    text = whole_release(mirror)
    whole = look(tmp_path, ONE_SIDED, text, vintage="23.1-mine")
    assert ((whole.rows["area"] == "WLD") & (whole.rows["year"] == 2014)).any()
    lines = text.splitlines(keepends=True)
    half = look(tmp_path, ONE_SIDED, "".join(lines[: len(lines) // 2]), vintage="23.1-half")
    assert not (half.rows["area"] == "WLD").any()
    assert "no total of the world" in remarks(half)


@pytest.mark.parametrize("part", [0.2, 0.5, 0.8, 0.9, 0.95, 0.99])
def test_rows_cut_off_anywhere_are_seen(tmp_path: Path, mirror: Path, part: float) -> None:
    lines = whole_release(mirror).splitlines(keepends=True)
    looked = look(tmp_path, ONE_SIDED, "".join(lines[: int(len(lines) * part)]), vintage="23.1-cut")
    full = look(tmp_path, ONE_SIDED, "".join(lines), vintage="23.1-whole")
    told = [remark.text for remark in looked.remarks if remark not in full.remarks]
    assert told, part


def test_an_extract_turns_no_verdict(tmp_path: Path) -> None:
    from analysis import audit

    looked = look(tmp_path, UNHCR, PEOPLE + "2014,SYR,TUR,15,0,0\n2015,SYR,TUR,2500,0,0\n2015,SYR,LBN,1,0,0\n")
    assert not (looked.rows["area"] == "WLD").any()
    assert '"given":1,"all":' in looked.rows["coverage"].iloc[0]
    import pandas as pd

    rows = pd.concat([tables.committed(), looked.rows], ignore_index=True)
    contents: dict[Path, bytes | str] = {tmp_path / "out/unhcr.csv": tables.to_csv(rows[rows["source"] == UNHCR])}
    contents[tmp_path / "out/added.json"] = registry.added_text([looked.addition])
    files.write_all(contents)
    for path in paths.TIDY.glob("*.csv"):
        if path.name != "unhcr.csv":
            (tmp_path / "out" / path.name).symlink_to(path)
    others = rows[(rows["source"] != UNHCR) & rows["source"].str.startswith("unhcr")]
    files.write(tmp_path / "out/unhcr.csv", tables.to_csv(pd.concat([rows[rows["source"] == UNHCR], others])))
    with_it = {one.claim.id: one.verdict for one in audit.audit(tidy=tmp_path / "out")}
    assert with_it == {one.claim.id: one.verdict for one in audit.committed()}


def test_nothing_unverified_enters_the_committed_tables(capsys, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(paths, "ADDED", tmp_path / "added")
    before = {path.name: files.sha256(path) for path in paths.TIDY.iterdir()}
    new = tmp_path / "new.csv"
    new.write_text(PEOPLE + "2013,SOM,KEN,40,0,0\n")
    told = f"{UNHCR}:2027-06:2027-06:{new}"
    status, printed, error = run(capsys, "tables", "--add", told)
    assert (status, error) == (0, "") and "unverified" in printed
    assert {path.name: files.sha256(path) for path in paths.TIDY.iterdir()} == before
    assert json.loads((tmp_path / "added/added.json").read_text())[0]["vintage"] == "2027-06"
    from analysis import table

    row = table("refugees", "SOM", year=2013, role="origin", vintage="2027-06", tidy=tmp_path / "added")
    assert row["best"].item() == 40 and row["note"].item() == "unverified"
    status, printed, _ = run(capsys, "sources", "diff", f"{UNHCR}:2026-06", f"{UNHCR}:2027-06")
    assert status == 0 and "is unverified" in printed and "verdicts" in printed
    status, _, error = run(capsys, "tables", "--add", told, "--out", str(paths.TIDY))
    assert status == 2 and "take in nothing unverified" in error


@pytest.mark.parametrize(("odd", "status"), [("", 0), ("2013,SOM,KEN,4o,0,0\n", 2)])
def test_of_several_files_each_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str, status: int
) -> None:
    """An odd one does not hide what is to be said of the next, and then none of them is written."""
    monkeypatch.setattr(paths, "ADDED", tmp_path / "added")
    monkeypatch.setattr(paths, "DOWNLOADS", tmp_path)  # nothing there, so the committed rows stand in
    (tmp_path / "a.csv").write_text(PEOPLE + "2013,SOM,KEN,40,0,0\n" + odd)
    (tmp_path / "b.csv").write_text(PEOPLE + "2013,HTI,DOM,7,0,0\n")
    (tmp_path / "c.csv").write_text("not,what,was\n1,2,3\n" if odd else DEATHS + "1,1,Kenya,2013,7,6,8,501\n")
    names = (f"{UNHCR}:2027-01:2027-01", f"{UNHCR}:2027-02:2027-02", "ucdp_battle_related_deaths:99.1:2031-06")
    asked = [f"{name}:{tmp_path / file}.csv" for name, file in zip(names, "abc", strict=True)]
    found, printed, error = run(capsys, "tables", *(part for one in asked for part in ("--add", one)))
    told = re.findall(r"^\S+(?=, unverified: )", printed, flags=re.MULTILINE)
    assert (found, told) == (status, [name.rpartition(":")[0] for name in names])
    assert ("2 of 3 added files cannot be read, so nothing was written" in error) == bool(odd)
    assert printed.count("cannot be read") == (2 if odd else 0) and ("a.csv, row 3" in printed) == bool(odd)
    assert (tmp_path / "added").exists() == (not odd)
    if not odd:
        assert [one.name for one in registry.added(tmp_path / "added")] == [name.rpartition(":")[0] for name in names]


def test_the_next_plain_tables_takes_it_away(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(paths, "ADDED", tmp_path / "added")
    monkeypatch.setattr(make, "recompute", lambda *_, **__: {"ucdp.csv": "text"})
    (tmp_path / "added").mkdir()
    out = tmp_path / "out"
    out.mkdir()
    (out / registry.ADDED).write_text("[]")
    make.write(None, out=out)
    assert sorted(path.name for path in out.iterdir()) == ["ucdp.csv"]


@pytest.mark.parametrize(
    ("vintage", "group"),
    [("5.0-2016-mine", "2016"), ("v25.1", "25.1"), ("251", "25.1"), ("25_1", "25.1"), ("1.4-2015", "2015")],
)
def test_a_version_by_another_name_keeps_its_group(vintage: str, group: str) -> None:
    assert registry.release_group("ucdp_non_state", vintage) == group


def test_a_declaration_of_a_registered_release_stops_it() -> None:
    release = registry.find(ONE_SIDED, "23.1")
    place = {"place": 7, "column": "low", "what": "odd", "expected": "even"}
    with pytest.raises(
        InputError, match="x.csv, row 7, column low: odd; expected even, or a declared exception"
    ) as error:
        corrections.declare(release, "year=2010", "low=1", Path("x.csv"), **place)  # type: ignore[arg-type]
    line = str(error.value).rpartition("corrections.csv: ")[2]
    (values,) = csv.reader([line])
    assert Correction(*values).action == "flag" and Correction(*values).id not in {one.id for one in corrections.load()}


def test_every_registered_file_reads_under_another_name(mirror: Path, tmp_path: Path) -> None:
    """With the entries that are in the ledger for its bytes, and those that the report prints; no other hand."""
    entries, known = corrections.load(), tables.committed()
    for release in registry.releases():
        if release.source in ("ucdp_country_year", "ucdp_external_support", "unhcr_syria_regional"):
            continue  # a lone release, with which nothing can be compared; and one of five files
        for file in release.files:
            if file.part in ("months", "province") or release.source == "unhcr_population":
                continue
            name = f"{release.name}-mine:{release.published}:{mirror / file.path}"
            looked = added.look(registry.parse_add(name, file.encoding), entries, known)
            assert len(looked.rows) and not looked.text(entries).startswith("error")
