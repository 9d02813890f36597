"""A full disk, a folder that cannot be written, a killed run: one line, and what was there stays."""

import builtins
import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from looking import DEATHS
from test_commands import run

from analysis import paths
from analysis.data import files
from analysis.errors import InputError

KEN = "1,2,Kenya,2013,7,6,8,501\n"


@pytest.fixture
def addition(tmp_path: Path) -> str:
    path = tmp_path / "new.csv"
    path.write_text(DEATHS + KEN)
    return f"ucdp_battle_related_deaths:99.1:2031-06:{path}"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT])
def test_a_disk_that_takes_nothing_is_one_line(capsys, tmp_path: Path, addition: str, monkeypatch, number: int) -> None:
    out = tmp_path / "out"
    assert run(capsys, "tables", "--add", addition, "--out", str(out))[0] == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def refuse(path: Path, content: bytes) -> int:
        with builtins.open(path, "wb") as stream:
            stream.write(content[:10])
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    status, _, error = run(capsys, "tables", "--add", addition.replace("99.1", "99.2"), "--out", str(out))
    assert status == 2 and error.count("\n") == 1 and os.strerror(number) in error
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.parametrize("command", ["tables", "figures"])
def test_an_out_that_is_a_file_is_one_line(capsys, tmp_path: Path, addition: str, command: str) -> None:
    out = tmp_path / "out"
    out.write_text("a file")
    arguments = ("--add", addition) if command == "tables" else ("idps_by_release", "--format", "svg")
    status, _, error = run(capsys, command, *arguments, "--out", str(out))
    assert status == 2 and error.splitlines()[-1].startswith("error: ") and error.count("error: ") == 1
    assert out.read_text() == "a file"


def test_what_a_killed_run_left_is_swept_and_what_a_running_one_writes_is_not(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left, running = tmp_path / f".ucdp.csv.{ended.pid:08x}", tmp_path / f".ucdp.csv.{os.getppid():08x}"
    for path in (left, running):
        path.write_text("half")
    files.write(tmp_path / "ucdp.csv", "whole")
    assert not left.exists() and running.exists()
    assert (tmp_path / "ucdp.csv").read_text() == "whole"


WRITE = """
import sys; from pathlib import Path; from analysis.data import files
folder = Path(sys.argv[1])
while True:
    for turn in (b"a", b"b"):
        files.write_all({folder / f"{n}.csv": turn * 200_000 for n in range(5)})
"""


def test_a_run_killed_anywhere_leaves_whole_files(tmp_path: Path) -> None:
    for number in range(10):
        environment = {**os.environ, "PYTHONPATH": str(paths.ROOT)}
        process = subprocess.Popen([sys.executable, "-c", WRITE, str(tmp_path)], env=environment)
        while len(list(tmp_path.glob("*.csv"))) < 5:
            time.sleep(0.01)
        time.sleep(0.01 * number)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for path in tmp_path.glob("*.csv"):
            assert path.read_bytes() in (b"a" * 200_000, b"b" * 200_000)
        files.write(tmp_path / "0.csv", "a" * 200_000)
        assert list(tmp_path.glob(".*")) == []


WORK = """
import os, sys, time; from analysis.publish import processes
with processes.pool(2) as pool:
    print(*[pool.submit(os.getpid).result() for _ in range(4)], flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_processes_that_work_for_a_killed_one_end() -> None:
    environment = {**os.environ, "PYTHONPATH": str(paths.ROOT)}
    process = subprocess.Popen([sys.executable, "-c", WORK], env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    workers = {int(number) for number in process.stdout.readline().split()}
    assert workers and process.pid not in workers and all(map(is_running, workers))
    process.kill()
    process.wait()
    process.stdout.close()
    until = time.monotonic() + 20
    while any(map(is_running, workers)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(map(is_running, workers))


def is_running(process: int) -> bool:
    """Whether it is there, and not only waits to be taken note of."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_what_writes_by_itself_leaves_nothing_behind(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = tmp_path / f".sums.csv.{ended.pid:08x}"
    left.write_text("half")
    (tmp_path / "sums.csv").write_text("before")
    with pytest.raises(KeyError), files.staged(tmp_path / "sums.csv") as name:
        name.write_text("half")
        raise KeyError
    assert [path.name for path in tmp_path.iterdir()] == ["sums.csv"]
    assert (tmp_path / "sums.csv").read_text() == "before"
    with files.staged(tmp_path / "sums.csv") as name:
        name.write_text("after")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("sums.csv", "after")]


def test_an_error_hands_no_control_characters_to_the_terminal() -> None:
    assert str(InputError("\x1b[31mred\x07 \u202ename", where="a\x1b.csv")) == "a?.csv: ?[31mred? ?name"
