"""A server on this machine that serves files well or with a fault, and counts what it was asked."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler, bytes], None]


@dataclass
class Server:
    """``content`` by path, and by path how it is answered (``ANSWERS``) if not well."""

    address: str
    content: dict[str, bytes] = field(default_factory=dict)
    fault: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)


def _whole(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    first = int(handler.headers["Range"].removeprefix("bytes=").rstrip("-")) if "Range" in handler.headers else 0
    handler.send_response(206 if first else 200)
    handler.send_header("Content-Length", str(len(content) - first))
    handler.end_headers()
    handler.wfile.write(content[first:])


def _cut(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content[: len(content) // 2])


def _truncated(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(content[: len(content) // 2])


def _drip(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        for place in range(len(content)):
            handler.wfile.write(content[place : place + 1])
            handler.wfile.flush()
            time.sleep(0.02)
    except OSError:
        pass


def _endless(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(content)
    except OSError:
        pass


def _silent(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    time.sleep(1)


def _loop(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    handler.send_response(302)
    handler.send_header("Location", handler.path)
    handler.end_headers()


def _error(status: int) -> Answer:
    return lambda handler, content: handler.send_error(status)


def _page(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    text = b"<html>please log in</html>".ljust(len(content))
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(text)))
    handler.end_headers()
    handler.wfile.write(text)


ANSWERS: dict[str, Answer] = {
    "404": _error(404),
    "500": _error(500),
    "503": _error(503),
    "redirect loop": _loop,
    "time-out": _silent,
    "drip": _drip,
    "endless": _endless,
    "cut": _cut,
    "truncated": _truncated,
    "page": _page,
}


@contextmanager
def serving() -> Iterator[Server]:
    """A server for the time of the ``with``."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append((self.path, self.headers.get("Range", "")))
            fault = state.fault.get(self.path, "")
            once = fault.removesuffix(" once")
            if once != fault:
                del state.fault[self.path]
            ANSWERS.get(once, _whole)(self, state.content.get(self.path, b""))

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        state = Server(f"http://127.0.0.1:{http.server_address[1]}")
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield state
        finally:
            http.shutdown()
            thread.join()
