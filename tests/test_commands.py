"""The commands as a person types them: what they print, what they refuse, and their exit status."""

import json
from io import StringIO
from pathlib import Path

import checkout
import pandas as pd
import pytest

from analysis import __main__ as commands
from analysis import charts, paths
from analysis.data import tables

HEADER = "actor_id,actor_name,is_government_actor,year,location,gwno_location,low_fatality_estimate,"
NEW = f"{HEADER}best_fatality_estimate,high_fatality_estimate\n1,Government of A,1,2030,Haiti,41,30,40,50\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = commands.run(list(arguments))
    printed = capsys.readouterr()
    return status, printed.out, printed.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("audit", "no_such_claim"),
        ("audit", "--report", "no/such/report"),
        ("audit", "--tidy", "no/such/folder"),
        ("figures", "no_such_figure", "--out", "OUT"),
        ("figures", "--lang", "xx", "--out", "OUT"),
        ("figures", "--format", "gif", "--out", "OUT"),
        ("figures", "--size", "poster", "--out", "OUT"),
        ("figures", "who_hosts", "--claim", "syria_killed", "--out", "OUT"),
        ("figures", "--claim", "no_such_claim", "--out", "OUT"),
        ("sources", "diff", "ucdp_one_sided:1.4-2015", "ucdp_one_sided:0.0"),
        ("tables", "--mirror", "no/such/folder", "--out", "OUT"),
        ("tables", "--add", "ucdp_one_sided:1", "--out", "OUT"),
        ("tables", "--add", "ucdp_onesided:26.1:2026-06:x.csv", "--out", "OUT"),
        ("build", "--lang", "xx"),
        ("fetch", "no_such_source"),
    ],
)
def test_bad_usage_is_one_line_and_status_2(capsys, tmp_path, arguments):
    out = tmp_path / "out"
    status, printed, error = run(capsys, *(str(out) if a == "OUT" else a for a in arguments))
    assert status == 2
    assert printed == ""
    assert error.startswith("error: ") and error.count("\n") == 1
    assert not out.exists()


def test_debug_shows_where_an_error_comes_from():
    from analysis.errors import InputError

    with pytest.raises(InputError):
        commands.run(["--debug", "audit", "no_such_claim"])


def test_audit_prints_every_claim_and_one_in_full(capsys):
    from analysis.audit import reports

    status, printed, _ = run(capsys, "audit")
    assert status == 0
    for claim in reports.load().claims:
        assert claim.id in printed
    status, printed, _ = run(capsys, "audit", "refugees_21_3_million")
    assert status == 0
    assert "21,352,542" in printed and "stand-in" not in printed.splitlines()[0]


def test_sources_lists_every_release(capsys):
    from analysis.data import registry

    status, printed, told = run(capsys, "sources", "--json")
    assert status == 3 and "ucdp_one_sided:26.1" in told  # newer data is known
    assert len(json.loads(printed)) == len(registry.releases())


def test_sources_diff_names_what_moved(capsys):
    status, printed, _ = run(capsys, "sources", "diff", "ucdp_one_sided:1.4-2015", "ucdp_one_sided:25.1")
    assert status == 0
    assert "509,186" in printed and "779,683" in printed
    assert "verdicts that turn" in printed


def test_a_new_release_goes_through_to_the_audit(capsys, tmp_path):
    """An unverified file of a release that the code has never seen: read, registered as such, used."""
    new = tmp_path / "OneSided_v99_1.csv"
    new.write_text(NEW)
    out = tmp_path / "out"
    status, printed, error = run(capsys, "tables", "--add", f"ucdp_one_sided:99.1:2031-06:{new}", "--out", str(out))
    assert (status, error) == (0, "")
    assert "no total of the world for 2030" in printed  # one record is an extract, whatever it is called
    rows = tables.load(out)
    added = rows[rows["vintage"] == "99.1"]
    assert added[(added["series"] == "deaths.one_sided") & (added["actor_class"] == "") & (added["actor"] == "")][
        ["area", "best", "note"]
    ].values.tolist() == [["HTI", 40.0, "unverified"]]
    assert json.loads((out / "added.json").read_text())[0]["verified"] is False
    status, printed, _ = run(capsys, "audit", "--tidy", str(out), "--json", "idps_40_8_million")
    assert status == 0 and json.loads(printed)[0]["verdict"] == "no longer supported"


def test_bad_input_leaves_what_was_there(capsys, tmp_path):
    new = tmp_path / "bad.csv"
    new.write_text(NEW.replace(",40,", ",4o,"))
    out = tmp_path / "out"
    out.mkdir()
    (out / "ucdp.csv").write_text("what was there")
    status, _, error = run(capsys, "tables", "--add", f"ucdp_one_sided:99.1:2031-06:{new}", "--out", str(out))
    assert status == 2
    assert "bad.csv, row 2, column best: '4o' is not a whole number" in error
    assert {path.name: path.read_text() for path in out.iterdir()} == {"ucdp.csv": "what was there"}


def test_an_altered_publisher_file_is_refused(capsys, tmp_path, mirror: Path):
    import shutil

    copy = tmp_path / "mirror"
    shutil.copytree(mirror, copy)
    name = copy / "ucdp/one_sided/ucdp-onesided-14-2016.csv"
    name.chmod(0o644)
    content = name.read_bytes()
    name.write_bytes(content.replace(b"Haiti", b"Tahiti", 1))
    status, _, error = run(capsys, "tables", "--mirror", str(copy), "--out", str(tmp_path / "out"))
    assert status == 2
    assert "ucdp-onesided-14-2016.csv" in error and "sha256" in error
    assert not (tmp_path / "out").exists()


def test_figures_writes_what_is_asked(capsys, tmp_path):
    status, printed, _ = run(
        capsys,
        "figures",
        "idps_by_release",
        "--format",
        "svg",
        "--format",
        "pdf",
        "--size",
        "page",
        "--out",
        str(tmp_path),
    )
    assert status == 0
    assert sorted(path.name for path in (tmp_path / "en").iterdir()) == [
        "idps_by_release_page.pdf",
        "idps_by_release_page.svg",
    ]


def test_figures_of_a_claim_and_their_numbers(capsys, tmp_path):
    asked = ("--claim", "syria_killed", "--format", "csv", "--format", "svg", "--lang", "ar", "--out", str(tmp_path))
    status, printed, told = run(capsys, "figures", *asked)
    assert status == 0
    csv, drawing = tmp_path / "ar" / "specification_curve_syria_killed.csv", Path(printed.split()[1])
    assert printed.split()[0] == str(csv)
    shown = charts.content("specification_curve", "ar", "syria_killed")
    pd.testing.assert_frame_equal(pd.read_csv(csv, keep_default_na=False), as_read(shown.data))
    assert shown.title in told and shown.source_line in told
    assert shown.title in drawing.read_text(encoding="utf-8")


def as_read(frame: pd.DataFrame) -> pd.DataFrame:
    """A table as it comes back from csv."""
    return pd.read_csv(StringIO(frame.to_csv(index=False)), keep_default_na=False)


def test_help_names_every_command(capsys):
    status, printed, _ = run(capsys, "--help")
    assert status == 0
    for command in ("audit", "build", "check", "fetch", "figures", "sources", "tables"):
        assert command in printed


def test_the_package_is_run_as_a_module():
    done = checkout.run(paths.ROOT, "sources")
    assert done.returncode == 3 and "ucdp_one_sided" in done.stdout
