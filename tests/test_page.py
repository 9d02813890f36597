"""The companion page as files: what a reader can choose, what links lead to, what it weighs, the same bytes twice."""

import csv
import io
import itertools
import json
import math
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from sites import Page, kinds

from analysis import audit, paths
from analysis.audit import reports, verdicts
from analysis.audit.verdicts import Verdict, sides_of
from analysis.errors import InputError
from analysis.publish import page
from analysis.publish.page import fonts
from analysis.publish.page.choices import Choices, choices
from analysis.publish.page.curve import curve, line
from analysis.tell import sentences
from analysis.tell.languages import LANGUAGES, words

ALL = [verdict for report in reports.known() for verdict in audit.committed(report)]
FIRST_LOAD, WITH_FONTS, WHOLE = 60_000, 250_000, 60_000_000


@pytest.fixture(scope="session")
def written(site: Path) -> list[Page]:
    return [Page(path) for path in sorted(site.rglob("*.html"))]


def known(verdict: Verdict) -> Choices:
    found = choices(verdict)
    assert found is not None
    return found


def test_what_the_page_looks_up_is_the_audits_verdict_on_every_choice_of_every_claim() -> None:
    counted = 0
    for verdict in ALL:
        table = choices(verdict)
        assert table or not list(verdicts.choices(verdict)) or not verdict.findings
        for definitions, day, word in verdicts.choices(verdict) if table else ():
            assert table.at(definitions, day).verdict == word, (verdict.claim.id, definitions, day)
            counted += 1
    assert counted == sum(2 ** len(one.names) * len(one.days) for v in ALL if (one := choices(v)))
    assert counted > 12_000


def test_a_choice_gives_the_number_that_the_audit_cites_of_what_is_there() -> None:
    for verdict in ALL[:60]:
        table = choices(verdict)
        for definitions, day, _ in verdicts.choices(verdict) if table else ():
            some = verdicts.chosen(verdict, definitions, day)
            cited = verdicts.judge(verdict.claim, verdict.report, some).cited
            place = table.at(definitions, day).cited
            assert (place is None) == (cited is None)
            if cited is not None and place is not None:
                assert replace(verdict.findings[place], when=cited.when) == cited


@pytest.mark.parametrize("verdict", [v for v in ALL if choices(v)][::7], ids=lambda verdict: verdict.claim.id)
def test_without_a_choice_the_published_verdict_stands(verdict: Verdict) -> None:
    table = known(verdict)
    state = table.at(table.names, table.days[-1])
    assert state.verdict == verdict.verdict
    assert [verdict.findings[place] for place in state.base] == list(verdict.base)


def test_a_table_of_choices_that_is_wrong_is_found() -> None:
    verdict = audit.verdict_on("syria_killed")
    table = known(verdict)
    wrong = replace(table, table=(*table.table[:-1], table.table[-1][::-1]))
    assert any(
        wrong.at(some, day).verdict != word for some, day, word in verdicts.choices(verdict) if day == table.days[-1]
    )


def test_the_page_carries_the_choices_as_they_were_worked_out(site: Path) -> None:
    for verdict in ALL[::9]:
        table = choices(verdict)
        text = (site / "ru" / verdict.report.id / f"{verdict.claim.id}.html").read_text(encoding="utf-8")
        held = re.search(r'<script type="application/json" id="choices">(.*?)</script>', text)
        assert (held is None) == (table is None or curve(words("ru"), verdict) is None)
        if held and table:
            known_there = json.loads(held[1])
            assert known_there["table"] == list(table.table) and known_there["names"] == list(table.names)
            assert text.count('type="checkbox" class="scripted" value=') == len(table.names)


def test_the_line_that_a_choice_shows_is_that_of_the_verdict_that_the_audit_gives() -> None:
    counted = 0
    for verdict in ALL:
        table = choices(verdict)
        for definitions, day, _ in itertools.islice(verdicts.choices(verdict), 0, None, 7) if table else ():
            judged = verdicts.judge(verdict.claim, verdict.report, verdicts.chosen(verdict, definitions, day))
            shown = [verdict.findings[place] for place in table.at(definitions, day).shown]
            assert [replace(one, when="") for one in shown] == [
                replace(one, when="") for one in sides_of(judged.base)
            ], (verdict.claim.id, definitions, day)
            counted += len(shown)
    assert counted > 500


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_curve_is_a_file_of_its_own(site: Path, language: str) -> None:
    say = words(language)
    for verdict in ALL:
        path = site / "figures" / language / f"specification_curve.{verdict.claim.id}.svg"
        made = curve(say, verdict)
        assert path.is_file() == (made is not None)
        if made is None:
            continue
        root = ElementTree.parse(path).getroot()
        of = {
            name: root.findall(f"{{http://www.w3.org/2000/svg}}{name}") for name in ("title", "desc", "text", "circle")
        }
        assert of["title"][0].text and len(of["desc"][0].text or "") > 20
        points = [point for row in made.rows for point in row.points]
        ringed = [point for point in points if verdict.findings[point.finding] in verdict.base]
        assert len(of["circle"]) == len(points) + len(ringed)
        told = "".join(one.text or "" for one in of["text"])
        assert all(plain(row.label) in plain(told) and plain(row.reach) in plain(told) for row in made.rows)
        assert all(0 < float(one.get("y", "")) < float(root.get("height", "")) for one in of["text"])
        drawn = csv.DictReader(io.StringIO((site / f"data/figures/{path.stem}.csv").read_text(encoding="utf-8")))
        values = Counter(round(float(row["value"]), 6) for row in drawn if row["mark"] == "spread")
        assert sum(values.values()) == len(points), verdict.claim.id


def plain(text: str) -> str:
    """A text without spaces, line ends and marks of direction."""
    return re.sub(r"[\s\u200e\u200f]", "", text)


def test_the_script_holds_no_verdict_and_no_rule() -> None:
    script = "".join(path.read_text(encoding="utf-8") for path in page.ASSETS.glob("*.js"))
    words_of_the_rule = (*verdicts.VERDICTS, "holds", "proxy", "direct", "alternative", "yes", "decides")
    assert [word for word in words_of_the_rule if re.search(rf"\b{word}\b", script)] == []


def test_every_point_of_a_curve_stands_where_its_number_is() -> None:
    for verdict in ALL:
        made = curve(words("en"), verdict)
        turned = curve(words("ar"), verdict)
        assert (made is None) == all(f.value is None for f in verdict.findings) or made is None
        for row, other in zip(made.rows, turned.rows, strict=True) if made and turned else ():
            values = [verdict.findings[point.finding].value for point in row.points]
            assert [verdict.findings[point.finding].definition for point in row.points] == [row.definition] * len(
                values
            )
            for point, mirrored in zip(row.points, other.points, strict=True):
                assert 0 <= point.at <= 100 and math.isclose(point.at + mirrored.at, 100, abs_tol=0.011)
                assert point.low is None or point.low <= point.at + 0.01 <= (point.high or 100) + 0.02


def test_the_line_shows_both_sides_of_a_contested_claim_and_the_cited_number_of_another() -> None:
    for verdict in ALL:
        shown = sides_of(verdict.base)
        assert {f.holds for f in shown} == ({"yes", "no"} if verdict.is_split else {f.holds for f in shown})
        assert verdict.is_split or shown == ([] if verdict.cited is None else [verdict.cited])
        drawn_line = line(words("en"), verdict, shown)
        for point, finding in zip(drawn_line.data, shown, strict=True) if drawn_line else ():
            inside = drawn_line.fits_from - 0.02 <= point.at <= drawn_line.fits_to + 0.02
            if finding.bound == "whole" and finding.value == finding.estimate.ceiling:
                assert inside == (finding.holds == "yes"), (verdict.claim.id, drawn_line)


def test_every_link_and_download_leads_to_a_file_of_the_site(site: Path, written: list[Page]) -> None:
    count = 0
    for one in written:
        for address in (*one.links, *one.loads):
            if address.startswith(("#", "data:")):
                assert address in ("data:,",) or address[1:] in one.ids, (one.path, address)
                continue
            if one.path.parent.name == "notebooks" and address.startswith("http"):
                continue  # a link that a notebook's author wrote
            assert "//" not in address, (one.path, address)
            target = one.target(address)
            assert target.is_file() and target.is_relative_to(site), (one.path, address)
            count += 1
    assert count > 15_000


def test_nothing_is_loaded_from_outside(site: Path, written: list[Page]) -> None:
    assert [(one.path, load) for one in written for load in one.loads if ":" in load and load != "data:,"] == []
    styles = "".join(path.read_text(encoding="utf-8") for path in (site / "assets").glob("*.css"))
    assert "//" not in styles and "@import" not in styles
    assert [path for path in (site / "assets").glob("*.js") if "fetch" in path.read_text(encoding="utf-8")] == []


def test_every_page_is_there_in_every_language(site: Path) -> None:
    of = {
        language: {p.relative_to(site / language) for p in (site / language).rglob("*.html")} for language in LANGUAGES
    }
    assert all(of[language] == of["en"] for language in LANGUAGES)
    assert len(of["en"]) == len(ALL) + len(reports.known()) + 4
    assert all((site / path).is_file() for language in LANGUAGES for path in kinds(language).values())


def test_an_id_stands_once_on_a_page(written: list[Page]) -> None:
    assert [one.path for one in written if len(one.ids) != len(set(one.ids))] == []


def test_every_picture_has_words_that_are_not_its_name(written: list[Page]) -> None:
    pictures = [(source, alt) for one in written for source, alt in one.alts]
    assert len(pictures) > 100
    assert [source for source, alt in pictures if len(alt) < 20 or Path(source).stem in alt] == []


def test_what_pages_weigh(site: Path, written: list[Page]) -> None:
    """Every page with what it asks for at once: pictures are asked for when they are looked at."""
    loads = {}
    for one in written:
        asked = {one.target(address) for address in one.loads if address.endswith((".css", ".js"))}
        loads[one.path] = sum(path.stat().st_size for path in {one.path, *asked})
        assert not [source for source, _ in one.alts if source not in one.lazy], one.path
    # A notebook is as long as whoever wrote it made it.
    of_the_site = {path: size for path, size in loads.items() if path.parent.name != "notebooks"}
    over = {path.relative_to(site).as_posix(): size for path, size in of_the_site.items() if size > FIRST_LOAD}
    assert len(of_the_site) > 900 and over == {}
    every_font = sum(path.stat().st_size for path in site.glob("assets/*.woff2"))
    assert max(of_the_site.values()) + every_font <= WITH_FONTS
    figures = [paths.FIGURES / "zh" / f"{name}.svg" for name in page.FIGURES]
    pictures = len(LANGUAGES) * sum(path.stat().st_size for path in figures if path.is_file())
    assert sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) + pictures <= WHOLE


def test_fonts_have_every_arabic_and_chinese_letter_of_the_pages(site: Path) -> None:
    have = {
        name: set(TTFont(site / "assets" / f"{name}.woff2").getBestCmap()) for name in ("arabic", "chinese", "quoted")
    }
    letters = {letter for path in site.rglob("*.html") for letter in path.read_text(encoding="utf-8")}
    chinese = {ord(letter) for letter in letters if fonts.is_chinese(letter)}
    assert len(chinese) > 500 and chinese <= have["chinese"] | have["quoted"]
    assert {ord(letter) for letter in letters if fonts.is_arabic(letter)} <= have["arabic"]
    quoted = {ord(letter) for v in ALL for letter in v.claim.words if fonts.is_chinese(letter)}
    assert quoted <= have["quoted"] and not have["quoted"] & have["chinese"] - {0x20}


def test_a_claims_findings_are_those_of_the_audit(site: Path) -> None:
    for verdict in ALL[::11]:
        if not verdict.findings:
            continue
        text = (site / "data" / "findings" / f"{verdict.claim.id}.csv").read_text(encoding="utf-8")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert [row["definition"] for row in rows] == [f.definition for f in verdict.findings]
        assert [float(row["value"]) if row["value"] else None for row in rows] == [f.value for f in verdict.findings]
        assert [row["holds"] for row in rows] == [f.holds for f in verdict.findings]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claims_page_says_what_the_audit_says(site: Path, language: str) -> None:
    say = words(language)
    for verdict in ALL[::13]:
        text = (site / language / verdict.report.id / f"{verdict.claim.id}.html").read_text(encoding="utf-8")
        shown = text.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")
        assert f'<html lang="{language}" dir="{"rtl" if say.right_to_left else "ltr"}">' in text
        for said in (sentences.statement(say, verdict.claim), sentences.reason(say, verdict)):
            assert say.typeset(said) in shown, (verdict.claim.id, said)
        phrase = re.search(r"<q [^>]*>(.*?)</q>", text)
        assert (re.sub("</?mark>", "", phrase[1]) if phrase else "") == verdict.claim.words


AGAIN = """
import sys
from pathlib import Path
from analysis.publish import drawn, page
drawn.svg = lambda names, languages: {(n, l): b"<svg/>" for n in names for l in languages}
page.write(["global-trends-2015"], ["ar"], Path(sys.argv[1]))
"""


def test_the_same_bytes_twice(tmp_path: Path) -> None:
    """In two processes that put sets in another order, in two time zones and locales."""
    trees = []
    for seed, zone, locale in (("1", "Asia/Tokyo", "C"), ("2", "America/Lima", "C.UTF-8")):
        out = tmp_path / seed
        settings = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        subprocess.run([sys.executable, "-c", AGAIN, str(out)], env=settings, cwd=tmp_path, check=True)
        trees.append({path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()})
    assert len(trees[0]) > 100 and trees[0].keys() == trees[1].keys()
    assert [path for path in trees[0] if trees[0][path] != trees[1][path]] == []


def test_what_is_not_of_the_ledger_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no report 'a-71-1'"):
        page.write(("a-71-1",), ("en",), tmp_path)
    with pytest.raises(InputError, match="no language 'de'"):
        page.write((), ("de",), tmp_path)
    assert list(tmp_path.iterdir()) == []
