"""The companion page as the tests see it: built once a session, its links and letters read out of it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path


@dataclass
class Page(HTMLParser):
    """What a page refers to: links, sources and alt texts; the ids that it has, the pictures that wait."""

    path: Path
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    alts: list[tuple[str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    lazy: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found.get("href", ""))
        elif tag == "img":
            self.alts.append((found["src"], found.get("alt", "")))
            self.lazy |= {found["src"]} if found.get("loading") == "lazy" else set()
        loaded = found.get("href" if tag == "link" else "src", "")
        if tag in ("link", "script", "img", "source", "iframe") and loaded:
            self.loads.append(loaded)

    def target(self, address: str) -> Path:
        """The file that an address leads to from here."""
        return (self.path.parent / address.split("#")[0]).resolve()


def kinds(language: str) -> dict[str, str]:
    """One page of each kind in a language: its name, and its path."""
    return {
        "reports": f"{language}/index.html",
        "overview": f"{language}/a-70-999/index.html",
        "another report": f"{language}/global-trends-2015/index.html",
        "contested": f"{language}/a-70-999/syria_killed.html",
        "comparison": f"{language}/a-70-999/deaths_2014_highest_since_1994.html",
        "not testable": f"{language}/a-70-999/environment_more_challenging.html",
        "figures": f"{language}/figures.html",
        "tables": f"{language}/tables.html",
        "notebooks": f"{language}/notebooks.html",
    }
