"""What stands beside the pages: notebooks rendered, tables to download."""

import base64
import json
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import paths
from analysis.data import datapackage, registry
from analysis.publish import notebooks

if TYPE_CHECKING:
    from nbconvert import HTMLExporter

LINK = re.compile(r'href="([^":#]+)\.ipynb"')
PICTURE = re.compile(r'src="data:image/png;base64,([^"]+)"')


@dataclass(frozen=True)
class Table:
    """A table to download: its path beside ``datapackage.json``, what it is, how many rows and kilobytes."""

    path: str
    title: str
    rows: int
    kilobytes: int


@dataclass(frozen=True)
class Book:
    """A notebook: its name, its first heading, its cells as HTML, and the pictures in it, in their order."""

    name: str
    title: str
    body: str
    pictures: tuple[bytes, ...] = ()

    def picture(self, number: int) -> str:
        """What the file of a picture is called."""
        return f"{self.name}_{number}.png"


def tables() -> tuple[Table, ...]:
    """The tables of the data package that are here, in its order."""
    found = []
    for resource in json.loads(package())["resources"]:
        path = place(resource["path"])
        if path.is_file():
            content = path.read_bytes()
            title = resource.get("title") or resource.get("description") or ""
            found.append(Table(resource["path"], title, content.count(b"\n") - 1, -(-len(content) // 1000)))
    return tuple(found)


def place(path: str) -> Path:
    """Where a table of the data package lies: those of the tables in use in their folder."""
    tidy = (paths.DATA / path).parent == paths.TIDY
    return registry.in_use() / Path(path).name if tidy else paths.DATA / path


def package() -> str:
    """The description of the tables, as JSON."""
    if registry.in_use() == paths.TIDY:
        return paths.DATAPACKAGE.read_text(encoding="utf-8")
    return datapackage.text()


def books() -> tuple[Book, ...]:
    """Every notebook as it was committed, rendered."""
    # A grammar of addresses that jsonschema can do without, and nothing here checks any: loading it takes a second.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    from nbconvert import HTMLExporter

    writer = HTMLExporter(template_name="basic")
    return tuple(_book(notebooks.path_of(name), writer) for name in notebooks.names())


def _book(path: Path, writer: "HTMLExporter") -> Book:
    import nbformat

    book = nbformat.read(path, as_version=4)
    heading = next(cell.source for cell in book.cells if cell.cell_type == "markdown").splitlines()[0]
    body, _ = writer.from_notebook_node(book)
    made = Book(path.stem, heading.lstrip("# "), "", tuple(map(base64.b64decode, PICTURE.findall(body))))
    for number in range(len(made.pictures)):
        body = PICTURE.sub(f'loading="lazy" src="{made.picture(number)}"', body, count=1)
    # What is wide is scrolled, by keyboard as well; a heading of nothing is none.
    for plain, better in (
        ('<table border="1" class="dataframe">', '<table class="dataframe" tabindex="0">'),
        ("<pre>", '<pre tabindex="0">'),
        ("<th></th>", "<td></td>"),
    ):
        body = body.replace(plain, better)
    return replace(made, body=LINK.sub(r'href="\1.html"', body))
