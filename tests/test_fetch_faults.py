"""Downloads that go wrong: what was there stays, one line says why, and the next run gives the right bytes."""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from registries import row, write
from servers import Server, serving

from analysis import paths
from analysis.data import download
from analysis.data.download import DOWNLOADED, FAILED, HERE, Fetched

GOOD = b"year,best\n2014,11848\n" * 1000


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(download, "PAUSE", 0.001)
    monkeypatch.setattr(download, "SILENCE", 0.3)
    with serving() as state:
        state.content["/one.csv"] = GOOD
        yield state


@pytest.fixture
def registered(tmp_path: Path, server: Server) -> Path:
    return write(tmp_path / "sources.csv", row(GOOD, address=f"{server.address}/one.csv"))


def kept(folder: Path) -> dict[str, bytes]:
    """Every file in the cache but those that a later run takes up."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(download.PART)]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("before", [{}, {"ucdp/one.csv": b"altered"}], ids=["nothing there", "a file there"])
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("404", "404 Not Found"),
        ("500", "500 Internal Server Error, 3 times"),
        ("redirect loop", "more than 5 redirects"),
        ("time-out", "ReadTimeout"),
        ("drip", "slower than"),
        ("endless", "served more than the 21,000 bytes"),
        ("cut", "3 times"),
        ("truncated", "ended after"),
        ("page", "a web page; nothing was kept"),
        ("wrong hash of the right size", "served other bytes"),
        ("wrong hash and too long", "served more than"),
    ],
)
def test_a_fault_leaves_what_was_there_and_the_next_run_is_right(
    tmp_path: Path, registered: Path, server: Server, fault: str, told: str, before: dict[str, bytes], monkeypatch
) -> None:
    cache = tmp_path / "cache"
    for name, content in before.items():
        (cache / name).parent.mkdir(parents=True)
        (cache / name).write_bytes(content)
    server.fault["/one.csv"] = fault
    if fault.startswith("wrong hash"):
        wrong = GOOD.replace(b"11848", b"11849", 1) + b"1" * fault.endswith("long")
        server.content["/one.csv"] = wrong
    if fault == "drip":
        monkeypatch.setattr(download, "SLOWEST", 10_000_000)
    began = time.monotonic()
    (result,) = download.fetch([], cache, registered=registered)
    assert time.monotonic() - began < 20
    assert result.outcome == FAILED and told in result.reason and "\n" not in str(result)
    assert kept(cache) == before
    server.fault.clear()
    server.content["/one.csv"] = GOOD
    (result,) = download.fetch([], cache, registered=registered)
    assert result.outcome == DOWNLOADED
    assert kept(cache) == {"ucdp/one.csv": GOOD}
    assert list(cache.rglob(f"*{download.PART}")) == []


def test_what_fails_once_is_asked_again(tmp_path: Path, registered: Path, server: Server) -> None:
    server.fault["/one.csv"] = "503 once"
    (result,) = download.fetch([], tmp_path / "cache", registered=registered)
    assert result.outcome == DOWNLOADED and len(server.asked) == 2


def test_a_download_goes_on_where_it_was_cut(tmp_path: Path, registered: Path, server: Server) -> None:
    server.fault["/one.csv"] = "cut once"
    (result,) = download.fetch([], tmp_path / "cache", registered=registered)
    assert result.outcome == DOWNLOADED and kept(tmp_path / "cache") == {"ucdp/one.csv": GOOD}
    assert [wanted for _, wanted in server.asked] == ["", f"bytes={len(GOOD) // 2}-"]


def test_another_address_is_tried(tmp_path: Path, server: Server) -> None:
    server.fault["/gone.csv"] = "404"
    both = f"{server.address}/gone.csv {server.address}/one.csv"
    registered = write(tmp_path / "sources.csv", row(GOOD, address=both))
    (result,) = download.fetch([], tmp_path / "cache", registered=registered)
    assert result.outcome == DOWNLOADED


def test_what_killed_runs_left_of_other_files_is_swept(tmp_path: Path, registered: Path) -> None:
    left = tmp_path / "cache/ucdp" / f".old.csv.0123456789abcdef{download.PART}"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    download.fetch([], tmp_path / "cache", registered=registered)
    assert not left.exists()


def test_a_part_of_other_bytes_is_not_taken_for_the_beginning(tmp_path: Path, registered: Path, server: Server) -> None:
    """A part that was damaged on the disk ends in a wrong hash, and the next run begins anew."""
    cache = tmp_path / "cache"
    part = download.Wanted(cache / "ucdp/one.csv", (), f"sha256:{hashlib.sha256(GOOD).hexdigest()}", len(GOOD)).part
    part.parent.mkdir(parents=True)
    part.write_bytes(b"x" * 100)
    outcomes = [download.fetch([], cache, registered=registered)[0].outcome for _ in range(2)]
    assert [wanted for _, wanted in server.asked] == ["bytes=100-", ""]
    assert outcomes == [FAILED, DOWNLOADED] and kept(cache) == {"ucdp/one.csv": GOOD}


def test_a_release_that_is_not_used_yet_is_fetched_and_told(tmp_path: Path, server: Server, registered: Path) -> None:
    newest = tmp_path / "newest.csv"
    digest = hashlib.md5(GOOD, usedforsecurity=False).hexdigest()
    newest.write_text(
        "source,vintage,published,address,hash,bytes,citation\n"
        f"ucdp_one_sided,27.1,2027-06,{server.address}/one.csv,md5:{digest},{len(GOOD)},a test\n"
    )
    results = download.fetch([], tmp_path / "cache", registered=registered, newest=newest)
    assert [(one.vintage, one.outcome) for one in results] == [("23.1", DOWNLOADED), ("27.1", DOWNLOADED)]
    (command,) = download.take_in(results, newest)
    assert command.startswith("python -m analysis tables --add ucdp_one_sided:27.1:2027-06:")
    assert Path(command.split(":")[-1]).read_bytes() == GOOD


def test_a_read_only_folder_is_one_line(tmp_path: Path, registered: Path, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "somewhere")

    monkeypatch.setattr("os.replace", full)
    (result,) = download.fetch([], tmp_path / "cache", registered=registered)
    assert result.outcome == FAILED and "No space left on device" in result.reason


RUN = """
import sys; from pathlib import Path; from analysis.data import download
(result,) = download.fetch([], Path(sys.argv[1]), registered=Path(sys.argv[2]))
print(result.outcome)
"""


def start(folder: Path, registered: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", RUN, str(folder), str(registered)]
    environment = {**os.environ, "PYTHONPATH": str(paths.ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def test_two_runs_at_once_give_the_right_bytes(tmp_path: Path, registered: Path) -> None:
    runs = [start(tmp_path / "cache", registered) for _ in range(2)]
    outcomes = {run.communicate(timeout=60)[0].strip() for run in runs}
    assert outcomes <= {DOWNLOADED, HERE} and DOWNLOADED in outcomes
    assert kept(tmp_path / "cache") == {"ucdp/one.csv": GOOD}
    assert list((tmp_path / "cache").rglob(f"*{download.PART}")) == []


def test_a_killed_run_leaves_nothing_in_the_way(tmp_path: Path, registered: Path, server: Server) -> None:
    server.fault["/one.csv"] = "drip"
    for _ in range(3):
        run = start(tmp_path / "cache", registered)
        for _ in range(300):
            if len(list((tmp_path / "cache").rglob(f"*{download.PART}"))):
                break
            time.sleep(0.02)
        run.kill()
        run.communicate(timeout=60)
        assert kept(tmp_path / "cache") == {}
    server.fault.clear()
    (result,) = download.fetch([], tmp_path / "cache", registered=registered)
    assert result == Fetched("ucdp_one_sided", "23.1", "", tmp_path / "cache/ucdp/one.csv", DOWNLOADED)
    assert kept(tmp_path / "cache") == {"ucdp/one.csv": GOOD}
