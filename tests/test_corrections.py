"""Known disorders: applied where they fit, expired where the publisher's value has moved."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.data import corrections
from analysis.data.corrections import Correction
from analysis.errors import InputError

FRAME = pd.DataFrame({"id": ["1", "2"], "year": ["2010", "2010"], "low": ["9", "3"], "best": ["5", "4"]}, index=[2, 3])
PATH = Path("some.csv")


def entry(action: str, row: str = "id=1;year=2010", published: str = "low=9;best=5", value: str = "") -> Correction:
    return Correction("C1", "ucdp_non_state", "1", row, published, action, value, "because")


def test_a_flag_keeps_the_record_and_marks_it():
    result = corrections.repair(FRAME, [entry("flag")], PATH)
    assert result.note.tolist() == ["C1", ""]
    assert result.low.tolist() == ["9", "3"]


def test_a_repair_replaces_what_it_names():
    assert corrections.repair(FRAME, [entry("repair", value="low=5")], PATH).low.tolist() == ["5", "3"]


def test_a_drop_leaves_the_record_out():
    assert corrections.repair(FRAME, [entry("drop")], PATH).id.tolist() == ["2"]


def test_a_lost_record_is_added():
    result = corrections.repair(FRAME, [entry("add", row="id=3;year=2010", published="", value="low=1;best=2")], PATH)
    assert result.iloc[-1][["id", "low", "best", "note"]].tolist() == ["3", "1", "2", "C1"]


@pytest.mark.parametrize(
    "stale",
    [
        entry("flag", published="low=8"),
        entry("flag", row="id=7;year=2010"),
        entry("add", published="", value="low=1"),
        entry("repair", row="year=2010", value="low=5"),
    ],
)
def test_an_entry_expires_when_the_publisher_has_moved(stale):
    with pytest.raises(InputError, match="correction C1 .* has expired"):
        corrections.repair(FRAME, [stale], PATH)


def test_the_file_has_a_reason_for_everything_and_known_releases_only():
    from analysis.data import registry

    known = {(release.source, release.vintage) for release in registry.releases()}
    for one in corrections.load():
        assert one.reason, one.id
        assert (one.source, one.vintage) in known, one.id


def test_an_unknown_action_is_refused(tmp_path):
    path = tmp_path / "corrections.csv"
    path.write_text("id,source,vintage,row,published,action,value,reason\nC1,s,1,a=1,b=2,bend,,why\n")
    with pytest.raises(InputError, match="corrections.csv, row 2, column action: 'bend'"):
        corrections.load(path)


def test_an_id_stands_once(tmp_path):
    path = tmp_path / "corrections.csv"
    path.write_text("id,source,vintage,row,published,action,value,reason\n" + "C1,s,1,a=1,b=2,flag,,why\n" * 2)
    with pytest.raises(InputError, match="corrections.csv, row 3, column id: C1 stands twice"):
        corrections.load(path)
