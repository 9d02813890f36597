"""Another ledger, without touching code: UCDP's own statements of June 2016 on 2014 and 2015."""

import json
from pathlib import Path

import pytest

from analysis import __main__ as commands

LEDGER = Path(__file__).parent / "data" / "right" / "claims_ucdp.csv"


@pytest.fixture(scope="module")
def audited() -> dict[str, dict]:
    import contextlib
    import io

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        assert commands.run(["audit", "--claims", str(LEDGER), "--json"]) == 0
    return {entry["claim"]: entry for entry in json.loads(printed.getvalue())}


def own(entry: dict) -> list[tuple[str, int]]:
    return [(f["when"], f["value"]) for f in entry["findings"] if f["role"] == "report"]


def test_the_conflicts_of_2014(audited):
    """The release that held 41 is not here: the one before has 40, the one after 42."""
    assert own(audited["conflicts_2014"])[0] == ("then", 40)
    assert ("later", 42) in own(audited["conflicts_2014"])
    assert audited["conflicts_2014"]["verdict"] == "not supported"


def test_the_conflicts_of_2015(audited):
    assert own(audited["conflicts_2015"])[0] == ("stand_in", 52)
    assert audited["conflicts_2015"]["verdict"] == "not supported"


def test_the_deaths_of_2014(audited):
    entry = audited["deaths_2014"]
    assert own(entry) == [("then", 126_059), ("later", 148_782)]
    assert (entry["verdict"], entry["later"], entry["flips"]) == ("not supported", "holds", ["all_dyads"])


def test_the_deaths_of_2015(audited):
    entry = audited["deaths_2015"]
    assert own(entry) == [("stand_in", 127_352)]
    assert (entry["verdict"], entry["faithful"]) == ("not supported", "yes")


def test_a_ledger_without_definitions_beside_it_is_refused(tmp_path, capsys):
    (tmp_path / "claims_mine.csv").write_bytes(LEDGER.read_bytes())
    assert commands.run(["audit", "--claims", str(tmp_path / "claims_mine.csv")]) == 2
    assert "definitions_mine.csv: file not found" in capsys.readouterr().err
