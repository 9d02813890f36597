"""Downloads, from a real server on this machine: real connections, real hashes, real failures."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from registries import row, write

from analysis.data import download
from analysis.data.download import DOWNLOADED, FAILED, HERE, SKIPPED, Fetched
from analysis.errors import InputError

GOOD = b"year,best\n2014,11848\n" * 1000


@dataclass
class Server:
    """A server that gives ``content`` by path, stops half way for ``cut``, and counts what it was asked."""

    address: str
    content: dict[str, bytes] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append(self.path)
            content = state.content.get(self.path)
            if content is None:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: len(content) // 2] if self.path in state.cut else content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        state = Server(f"http://127.0.0.1:{http.server_address[1]}")
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield state
        http.shutdown()
        thread.join()


@pytest.fixture
def registered(tmp_path: Path, server: Server) -> Path:
    """A registry of one file that the server has."""
    server.content["/one.csv"] = GOOD
    return write(tmp_path / "sources.csv", row(GOOD, address=f"{server.address}/one.csv"))


def kept(folder: Path) -> dict[str, bytes]:
    """Every file in the cache."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_file_is_downloaded_to_its_place_in_a_mirror(tmp_path: Path, registered: Path) -> None:
    told: list[Fetched] = []
    results = download.fetch([], tmp_path / "cache", told.append, registered)
    assert results == told
    assert results == [Fetched("ucdp_one_sided", "23.1", "", tmp_path / "cache/ucdp/one.csv", DOWNLOADED)]
    assert kept(tmp_path / "cache") == {"ucdp/one.csv": GOOD}
    download.require(results)


def test_a_file_that_is_there_is_not_asked_for(tmp_path: Path, registered: Path, server: Server) -> None:
    download.fetch([], tmp_path / "cache", registered=registered)
    (result,) = download.fetch(["all"], tmp_path / "cache", registered=registered)
    assert result.outcome == HERE
    assert server.asked == ["/one.csv"]


def test_an_altered_file_is_replaced(tmp_path: Path, registered: Path) -> None:
    cache = tmp_path / "cache"
    (cache / "ucdp").mkdir(parents=True)
    (cache / "ucdp/one.csv").write_bytes(b"altered")
    (result,) = download.fetch([], cache, registered=registered)
    assert result.outcome == DOWNLOADED
    assert kept(cache) == {"ucdp/one.csv": GOOD}


@pytest.mark.parametrize("before", [{}, {"ucdp/one.csv": b"altered"}], ids=["nothing there", "a file there"])
@pytest.mark.parametrize("fault", ["other bytes", "interrupted", "not found", "no server"])
def test_a_failure_leaves_what_was_there(
    tmp_path: Path, registered: Path, server: Server, fault: str, before: dict[str, bytes]
) -> None:
    cache = tmp_path / "cache"
    for name, content in before.items():
        (cache / name).parent.mkdir(parents=True)
        (cache / name).write_bytes(content)
    if fault == "other bytes":
        server.content["/one.csv"] = GOOD.replace(b"11848", b"11849", 1)
    elif fault == "interrupted":
        server.cut.add("/one.csv")
    elif fault == "not found":
        del server.content["/one.csv"]
    else:
        registered = write(registered, row(GOOD, address="http://127.0.0.1:9/one.csv"))
    (result,) = download.fetch([], cache, registered=registered)
    assert result.outcome == FAILED
    assert {"other bytes": "served other bytes", "not found": "404"}.get(fault, "/one.csv") in result.reason
    assert kept(cache) == before
    with pytest.raises(
        InputError, match="one.csv: ucdp_one_sided:23.1: failed .*; expected the registered file"
    ) as error:
        download.require([result])
    assert "\n" not in str(error.value)


def test_one_failure_does_not_stop_the_others(tmp_path: Path, server: Server) -> None:
    server.content["/good.csv"] = GOOD
    registered = write(
        tmp_path / "sources.csv",
        row(GOOD, vintage="22.1", path="a.csv", address=f"{server.address}/missing.csv"),
        row(GOOD, vintage="23.1", path="b.csv", address=f"{server.address}/good.csv"),
        row(GOOD, vintage="24.1", path="c.csv", address=f"{server.address}/missing.csv"),
    )
    results = download.fetch([], tmp_path / "cache", registered=registered)
    assert [result.outcome for result in results] == [FAILED, DOWNLOADED, FAILED]
    assert kept(tmp_path / "cache") == {"b.csv": GOOD}
    with pytest.raises(InputError, match=r"a.csv: ucdp_one_sided:22.1: failed .*, and 1 more"):
        download.require(results)


def test_what_no_address_serves_is_skipped_with_the_publishers_address(tmp_path: Path, server: Server) -> None:
    registered = write(
        tmp_path / "sources.csv",
        row(GOOD, obtain="no", address=f"{server.address}/one.csv", publisher_address="https://example.org/its-own"),
    )
    (result,) = download.fetch([], tmp_path / "cache", registered=registered)
    assert result.outcome == SKIPPED
    assert "https://example.org/its-own" in result.reason
    assert str(result).startswith("ucdp_one_sided:23.1: skipped (")
    assert server.asked == []
    assert not (tmp_path / "cache").exists()
    download.require([result])


def test_only_the_sources_asked_for(tmp_path: Path, server: Server) -> None:
    server.content |= {"/one.csv": GOOD, "/two.csv": GOOD + b"\n"}
    registered = write(
        tmp_path / "sources.csv",
        row(GOOD, address=f"{server.address}/one.csv"),
        row(
            GOOD + b"\n",
            source="vdc_syria",
            vintage="2019-06",
            part="cause",
            path="two.csv",
            address=f"{server.address}/two.csv",
        ),
    )
    (result,) = download.fetch(["vdc_syria"], tmp_path / "cache", registered=registered)
    assert str(result) == "vdc_syria:2019-06 cause: downloaded"
    assert server.asked == ["/two.csv"]


def test_an_unknown_source_is_named_before_anything_is_asked_for(
    tmp_path: Path, registered: Path, server: Server
) -> None:
    with pytest.raises(InputError, match="no source 'ucdp'; expected one of ucdp_battle_related_deaths"):
        download.fetch(["ucdp_one_sided", "ucdp"], tmp_path / "cache", registered=registered)
    assert server.asked == []
