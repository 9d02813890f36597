"""Another ledger, without touching code: UCDP's own statements of June 2016 on 2014 and 2015."""

import json
from pathlib import Path

import pytest

from analysis import __main__ as commands

LEDGER = Path(__file__).parent / "data" / "right" / "ucdp_2016"


@pytest.fixture(scope="module")
def audited() -> dict[str, dict]:
    import contextlib
    import io

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        assert commands.run(["audit", "--report", str(LEDGER), "--json"]) == 0
    return {entry["claim"]: entry for entry in json.loads(printed.getvalue())}


def own(entry: dict) -> list[tuple[str, int]]:
    return [(f["when"], f["value"]) for f in entry["findings"] if f["role"] == "report"]


# UCDP's releases of June 2016 give every figure that it stated on the 14th of that month; others do not.


def test_the_conflicts_of_2014(audited):
    entry = audited["conflicts_2014"]
    assert own(entry)[:2] == [("then", 40), ("then", 41)]
    assert (entry["verdict"], entry["later"]) == ("contested", "fails")


def test_the_conflicts_of_2015(audited):
    entry = audited["conflicts_2015"]
    assert own(entry)[:2] == [("then", 50), ("later", 52)]
    assert (entry["verdict"], entry["later"]) == ("no longer supported", "fails")


def test_the_deaths_of_2014(audited):
    entry = audited["deaths_2014"]
    assert own(entry) == [("then", 126_059), ("then", 130_564), ("later", 148_782)]
    assert (entry["verdict"], entry["later"], entry["flips"]) == ("contested", "holds", [])


def test_the_deaths_of_2015(audited):
    entry = audited["deaths_2015"]
    assert own(entry) == [("then", 117_818), ("later", 127_352)]
    assert (entry["verdict"], entry["later"], entry["faithful"]) == ("no longer supported", "fails", "yes")
