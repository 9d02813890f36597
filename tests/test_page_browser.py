"""The companion page in a real browser: no error, nothing from outside, no number cut, everything by keyboard."""

import functools
import http.server
import itertools
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sites import kinds

from analysis import audit
from analysis.audit.verdicts import Verdict
from analysis.publish.page.choices import choices
from analysis.publish.page.curve import line
from analysis.tell import sentences
from analysis.tell.languages import LANGUAGES, Words, words

pytestmark = pytest.mark.browser

FLAGS = [
    f"--{flag}"
    for flag in (
        "no-sandbox",
        "disable-gpu",
        "disable-background-networking",
        "disable-component-update",
        "disable-sync",
        "no-first-run",
    )
]
CHROMIUM = shutil.which("chromium")
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
STRICT = {
    "preload": False,  # else it asks for the stylesheet itself, which a page from a folder may not
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
}

CUT = """() => {
  const cut = [];
  const text = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (text.nextNode()) {
    const node = text.currentNode, parent = node.parentElement;
    if (!/[0-9]/.test(node.data) || parent.closest("script, .skip, thead, .notebook")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (!box.width) continue;
      if (box.left < -0.5 || box.right > document.documentElement.clientWidth + 0.5) cut.push(node.data.trim());
      for (let up = parent; up && up !== document.body; up = up.parentElement) {
        if (getComputedStyle(up).overflowX === "visible") continue;
        const around = up.getBoundingClientRect();
        if (box.left < around.left - 0.5 || box.right > around.right + 0.5) cut.push(node.data.trim());
      }
    }
  }
  return [...new Set(cut)];
}"""
"""Every number that is not wholly inside the window, and inside whatever cuts what goes beyond it."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


class Watched:
    """A page of the site in a window, with everything that it asked for and complained about."""

    def __init__(self, browser: Browser, width: int = 1280, scheme: str = "light", script: bool = True) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=script,
        )
        self.page: Page = self.context.new_page()
        self.asked: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfailed", lambda request: self.errors.append(request.url))
        self.page.on(
            "console", lambda said: self.errors.append(said.text) if said.type in ("error", "warning") else None
        )
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, site: Path, path: str) -> Page:
        address = (site / path.split("#")[0]).as_uri() + ("#" + path.split("#")[1] if "#" in path else "")
        # Away first, since only another choice behind the same address would not load the page anew.
        self.page.goto("about:blank")
        self.asked.clear()
        self.page.goto(address)
        return self.page

    def __enter__(self) -> "Watched":
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_each_kind_is_without_fault(site: Path, browser: Browser, language: str) -> None:
    for turn, (width, scheme) in enumerate(((1280, "light"), (320, "dark"))):
        with Watched(browser, width, scheme) as watched:
            for number, (kind, path) in enumerate(kinds(language).items()):
                shown = watched.open(site, path)
                shown.evaluate("() => document.fonts.ready")
                assert shown.evaluate("() => document.documentElement.scrollWidth") <= width, (kind, width)
                assert shown.evaluate(CUT) == [], (kind, width)
                assert all(address.startswith(("file:", "data:")) for address in watched.asked)
                if (number + LANGUAGES.index(language) + turn) % 2:
                    continue  # each page once: in light or in the dark
                shown.evaluate(AXE)
                found = shown.evaluate("options => axe.run(document, options)", STRICT)["violations"]
                told = [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
                assert told == [], (kind, width, scheme)
            assert watched.errors == []


@pytest.mark.parametrize("language", ("ar", "en", "ru", "zh"))
def test_no_number_is_cut_at_four_times_the_size(site: Path, browser: Browser, language: str) -> None:
    """What a window of 1280 pixels shows at 400 % is laid out as in one of 320, with letters as large as asked for."""
    with Watched(browser, 320) as watched:
        for path in kinds(language).values():
            shown = watched.open(site, path)
            shown.add_style_tag(content="html { font-size: 150%; }")
            assert shown.evaluate(CUT) == [], path


def test_a_number_that_is_cut_is_found(site: Path, browser: Browser) -> None:
    with Watched(browser, 320) as watched:
        shown = watched.open(site, kinds("ar")["contested"])
        shown.add_style_tag(content=".cards { overflow: hidden; } .cards td, .cards th { white-space: nowrap; }")
        assert shown.evaluate(CUT)


def choose(shown: Page, verdict: Verdict, definitions: tuple[str, ...], day: str) -> None:
    """By keyboard: go to each definition that is to be turned, and to the list of dates."""
    for box in shown.locator("input.scripted").all():
        if box.is_checked() != (box.get_attribute("value") in definitions):
            box.focus()
            shown.keyboard.press("Space")
    until = shown.locator("select[name=until]")
    days = [day.isoformat() for day in (choices(verdict) or pytest.fail()).days]
    until.focus()
    shown.keyboard.press("Home")
    for _ in range(days.index(day)):
        shown.keyboard.press("ArrowDown")
    assert until.input_value() == day


MARKS = """() => [...document.querySelectorAll(".line svg :is(rect, line, circle):not([hidden], .axis)")].map((one) => {
  const places = ["x", "width", "x1", "x2", "cx"].filter((name) => one.hasAttribute(name));
  return [one.getAttribute("class"), ...places.map((name) => parseFloat(one.getAttribute(name)))];
})"""


def marks(shown: Page) -> list[list[object]]:
    """Every mark of the line of two numbers that is seen: its class, and where it stands."""
    found: list[list[object]] = shown.evaluate(MARKS)
    return found


def assert_line(shown: Page, say: Words, verdict: Verdict, places: tuple[int, ...], own: bool) -> None:
    """The line of two numbers is that of these findings, in marks and in words, and says whose choice it is."""
    findings = [verdict.findings[place] for place in places]
    expected = line(say, verdict, findings)
    assert shown.locator(".line").is_visible() == (expected is not None)
    if expected is None:
        return
    bands = [["band", point.low, point.high] for point in expected.data if point.low is not None]
    assert sorted(marks(shown), key=str) == sorted(
        [
            ["fits", expected.fits_from, expected.fits_width],
            ["stated", expected.stated, expected.stated],
            *bands,
            *(["data", point.at] for point in expected.data),
        ],
        key=str,
    )
    said = shown.locator(".line figcaption").inner_text()
    assert (say("With your choice:") in said) == own
    numbers = [say.typeset(sentences.stated_amount(say, finding)) for finding in findings]
    told = shown.locator(".data-key:visible").all_inner_texts()
    assert len(told) == len(numbers) and all(
        number.strip("\u200f") in text for number, text in zip(numbers, told, strict=True)
    )
    assert shown.locator(".ends span").all_inner_texts() == [say.typeset(expected.first), say.typeset(expected.last)]


@pytest.mark.parametrize("language", ("en", "ar"))
@pytest.mark.parametrize("claim", ("syria_killed", "civil_wars_third_party", "displaced_65_3_million"))
def test_a_choice_made_by_keyboard_shows_what_the_audit_says(
    site: Path, browser: Browser, claim: str, language: str
) -> None:
    verdict, say = audit.verdict_on(claim), words(language)
    table = choices(verdict) or pytest.fail()
    path = f"{language}/{verdict.report.id}/{claim}.html"
    some = [table.names[:1], table.names[1:], table.names[::2], ()]
    with Watched(browser) as watched:
        shown = watched.open(site, path)
        first = marks(shown)
        for definitions, day in itertools.product(some, (table.days[len(table.days) // 2], table.days[-1])):
            choose(shown, verdict, definitions, day.isoformat())
            state = table.at(definitions, day)
            told = shown.locator("#chosen")
            assert told.locator("b").inner_text() == say.typeset(sentences.verdict_names(say)[state.verdict])
            number = "" if state.cited is None else sentences.stated_amount(say, verdict.findings[state.cited])
            assert told.locator("span").text_content() == say.typeset(number)
            seen = shown.eval_on_selector_all("tr[data-f]:not([hidden])", "rows => rows.map(row => +row.dataset.f)")
            there = [
                place
                for place, (definition, out) in enumerate(table.findings)
                if table.names[definition] in definitions and out <= table.days.index(day)
            ]
            assert sorted(seen) == there
            points = shown.eval_on_selector_all("g.base:not([hidden])", "all => all.map(one => +one.dataset.f)")
            assert set(points) <= set(state.base)
            assert_line(shown, say, verdict, state.shown, own=(definitions, day) != (table.names, table.days[-1]))
            # The address holds the choice: opened anew, and in another language, the same is chosen.
            address = shown.evaluate("() => location.hash")
        again = watched.open(site, path + (address or "#"))
        assert again.locator("#chosen b").inner_text() == told.locator("b").inner_text()
        assert shown.locator(".languages a[lang=fr]").get_attribute("href").endswith(address)  # type: ignore[union-attr]
        shown.locator("#choice button").focus()
        shown.keyboard.press("Enter")
        assert_line(shown, say, verdict, table.at(table.names, table.days[-1]).shown, own=False)
        assert marks(shown) == first
        assert shown.locator("#chosen b").inner_text() == say.typeset(sentences.verdict_names(say)[verdict.verdict])
        assert shown.evaluate("() => location.hash") == ""
        assert watched.errors == []


def test_every_verdict_of_a_claim_is_reached_in_the_browser(site: Path, browser: Browser) -> None:
    """All choices of a claim, through the address."""
    verdict = audit.verdict_on("deaths_2014_highest_since_1994")
    table = choices(verdict) or pytest.fail()
    say, counted = words("en"), 0
    with Watched(browser) as watched:
        shown = watched.open(site, f"en/{verdict.report.id}/{verdict.claim.id}.html")
        for size, day in itertools.product(range(len(table.names) + 1), table.days):
            for definitions in itertools.combinations(table.names, size):
                without = ",".join(name for name in table.names if name not in definitions)
                hash_ = f"#without={without}&until={day.isoformat()}"
                word = shown.evaluate(
                    """hash => new Promise(resolve => {
                        const told = () => resolve(document.querySelector("#chosen b").textContent);
                        addEventListener("hashchange", told, { once: true });
                        location.hash = hash;
                    })""",
                    hash_,
                )
                assert word == sentences.verdict_names(say)[table.at(definitions, day).verdict], hash_
                counted += 1
    assert counted == 2 ** len(table.names) * len(table.days)


def test_the_list_is_filtered_by_keyboard_and_the_filter_is_in_the_address(site: Path, browser: Browser) -> None:
    with Watched(browser) as watched:
        shown = watched.open(site, "en/a-70-999/index.html")
        assert shown.locator(".filters output").inner_text() == "111 of 111 statements shown"
        shown.locator("select[name=verdict]").focus()
        shown.keyboard.press("ArrowDown")
        supported = sum(v.verdict == "supported" for v in audit.committed())
        assert shown.locator(".filters output").inner_text() == f"{supported} of 111 statements shown"
        assert shown.locator("tr[data-k]:visible").count() == supported
        assert shown.locator(".marks i:not(.out)").count() == supported
        again = watched.open(site, "en/a-70-999/index.html#verdict=0")
        assert again.locator("tr[data-k]:visible").count() == supported
        assert watched.errors == []


def test_findings_are_sorted_by_keyboard(site: Path, browser: Browser) -> None:
    verdict = audit.verdict_on("syria_killed")
    with Watched(browser) as watched:
        shown = watched.open(site, "en/a-70-999/syria_killed.html")
        button = shown.locator(".sortable thead button").nth(1)
        button.focus()
        order = "rows => rows.map(row => +row.dataset.f)"
        for key, sign, said in (("Enter", 1, "ascending"), ("Space", -1, "descending")):
            shown.keyboard.press(key)
            places = shown.eval_on_selector_all("tr[data-f]", order)
            values = [verdict.findings[place].value for place in places]
            known = [value for value in values if value is not None]
            assert known == sorted(known, key=lambda value: sign * value) and values[: len(known)] == known
            assert shown.locator(".sortable th[aria-sort]").get_attribute("aria-sort") == said


@pytest.mark.parametrize("language", ("en", "ar"))
def test_without_scripts_the_published_verdict_and_the_table_stand(site: Path, browser: Browser, language: str) -> None:
    verdict, say = audit.verdict_on("syria_killed"), words(language)
    with Watched(browser, script=False) as watched:
        shown = watched.open(site, f"{language}/a-70-999/syria_killed.html")
        assert shown.locator("p.verdict b").inner_text() == say.typeset(sentences.verdict_names(say)[verdict.verdict])
        assert shown.locator(".sortable tbody tr:visible").count() == len(verdict.findings)
        assert shown.locator("g[data-f]:visible").count() == sum(f.value is not None for f in verdict.findings)
        assert shown.locator(".scripted:visible").count() == 0
        watched.open(site, f"{language}/a-70-999/index.html")
        assert shown.locator("tr[data-k]:visible").count() == 111


def test_the_skip_link_and_the_language_switch_work_by_keyboard(site: Path, browser: Browser) -> None:
    with Watched(browser) as watched:
        shown = watched.open(site, "en/a-70-999/syria_killed.html")
        shown.keyboard.press("Tab")
        assert shown.evaluate("() => document.activeElement.className") == "skip"
        shown.locator(".languages a[lang=zh]").focus()
        shown.keyboard.press("Enter")
        shown.wait_for_url("**/zh/a-70-999/syria_killed.html")
        assert shown.evaluate("() => document.documentElement.lang") == "zh"


def test_on_paper_the_findings_stand_and_the_controls_do_not(site: Path, browser: Browser) -> None:
    with Watched(browser) as watched:
        shown = watched.open(site, "en/a-70-999/syria_killed.html")
        shown.emulate_media(media="print")
        assert shown.locator(".scripted:visible").count() == 0
        assert shown.locator("tr[data-f]:visible").count() == len(audit.verdict_on("syria_killed").findings)


def test_from_a_server_a_page_loads_what_it_needs_and_no_more(site: Path, browser: Browser) -> None:
    """Bytes as they are sent, unpacked: those of the first load, and with fonts."""
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(quiet, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        for language, fonts in (("en", {"quoted.woff2"}), ("ar", {"arabic.woff2", "quoted.woff2"})):
            with Watched(browser) as watched:
                sizes: dict[str, int] = {}
                watched.page.on("response", lambda got, s=sizes: s.update({got.url: len(got.body())}))
                watched.page.goto(f"http://127.0.0.1:{server.server_port}/{language}/a-70-999/syria_killed.html")
                watched.page.evaluate("() => document.fonts.ready")
                watched.page.wait_for_load_state("networkidle")
                names = {Path(address).name: size for address, size in sizes.items()}
                wanted = {"syria_killed.html", "page.css", "page.js", "claim.css", "claim.js"}
                languages_fonts = {name for name in names if name.endswith(".woff2")}
                assert names.keys() - languages_fonts == wanted
                assert fonts <= languages_fonts and "chinese.woff2" not in languages_fonts
                assert sum(names[name] for name in wanted) <= 60_000 and sum(names.values()) <= 250_000
                assert watched.errors == []
        server.shutdown()
        thread.join()
