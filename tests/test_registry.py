"""The registry: its own rules, and that it says of the files what they and their manifest say."""

import csv
import datetime
import hashlib
import json
import subprocess
import sys
import urllib.parse
import zipfile
from pathlib import Path

import pyreadr
import pytest
from registries import row, write

from analysis.data import registry
from analysis.data.registry import Addition, Release, SourceFile
from analysis.errors import InputError

RELEASES = registry.releases()
FILES = [(release, file) for release in RELEASES for file in release.files]
TEXT = {".csv", ".tsv", ".json", ".geojson", ".zip"}

REDATED = {
    "idmc/idmc_displacement_all_2019-09.xlsx": "the manifest infers 2019-05; the copy is of September",
    "ucdp/external_support/ucdp-esd-ay-181.xlsx": "the manifest infers 2018-06; the file was written in 2022",
    "ucdp/ged/ucdp_syria_df.rda": "the manifest infers 2019-06; the events run to the end of 2019",
}

LATER = "registered in a later step"

UNREGISTERED = {
    "MANIFEST.tsv": "the list of the mirror's files",
    "README.md": "about the mirror",
    "codes/": "names and codes of countries: data/areas.csv is typed from them",
    "idmc/DISPLACEMENT_QUOTED.tsv": "figures quoted in words: data/headlines.csv",
    "idmc/global-figures-2014/idmc2014.csv": "countries in the middle of 2014, which is no end of year",
    "syria/SYRIA_DEATH_TOLLS_QUOTED.tsv": "figures quoted in words: data/headlines.csv",
    "syria/unhcr-persons-of-concern-origin-syr-csv-1.csv": "one origin of what unhcr_population holds whole",
    "ucdp/actors/ucdp-actor-221.csv": "names and numbers of actors: data/actors.csv is typed from them",
    "ucdp/armed_conflict/124920_1ucdpprio-armed-conflict-dataset_v.4-2015.csv": "the .rdata in another format",
    "ucdp/armed_conflict/ucdp_acd_v20.1_peacesciencer.rda": "cross-check: derived from 20.1",
    "ucdp/armed_conflict/ucdp_acd_v25.1_peacesciencer.rda": "cross-check: derived from 25.1",
    "ucdp/derived/ucdp_brd_50_2016_year_sums_from_pinker_charts.csv": "cross-check: year sums of 5.0-2016",
    "ucdp/derived/ucdp_onesided_171_high_year_sums_from_pinker_charts.csv": "cross-check: high estimates only",
    "ucdp/ged/conflicts_summary.json": "cross-check: sums by conflict, without years",
    "ucdp/ged/ged191_excerpt_bangladesh_myanmar.zip": "an extract of two countries that no claim needs",
    "ucdp/official_hashes.tsv": "hashes of the publisher's downloads",
    "ucdp/one_sided/OneSided_v23_1.csv": "the member of the registered zip",
    "ucdp/owid_derived/": "cross-checks: what Our World in Data made of UCDP's data",
    "unsc/089_B02_-_SECURITY_COUNCIL_-_1st_Link.xlsx": "documents of the Council, which no table counts",
    "unsc/R2P_RESOLUTIONS_QUOTED_PARTIAL.tsv": "a partial list, quoted",
    "unsc/UNSC_Resolutions.csv": "resolutions, which no table counts",
    "unsc/cleaned_data_unsc.xlsx": "cross-check: drafts that were not adopted",
    "unsc/sample_1946_2019.xlsx": "meetings, which no table counts",
    "unsc/un_DPPADPOSS-PKO_2024-02-19.csv": LATER,
    "worldbank/Metadata_": "what the World Bank says about its indicators and countries",
}


def manifest(mirror: Path) -> dict[str, dict[str, str]]:
    with (mirror / "MANIFEST.tsv").open(encoding="utf-8", newline="") as stream:
        return {entry["path"]: entry for entry in csv.DictReader(stream, delimiter="\t", quotechar='"')}


# what the registry says, on any machine


def test_every_source_has_a_release_and_every_name_is_listed() -> None:
    assert {release.source for release in RELEASES} == set(registry.SOURCES)
    assert len({release.name for release in RELEASES}) == len(RELEASES)
    assert len({file.path for _, file in FILES}) == len(FILES)
    assert len({file.sha256 for _, file in FILES}) == len(FILES)


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.name)
def test_a_release_follows_the_rules_of_naming(release: Release) -> None:
    assert release.release_group == registry.release_group(release.source, release.vintage)
    assert release.published_basis.split(":")[0] in ("stated", "dated", "inferred")
    if not release.source.startswith("ucdp_"):
        # a vintage without a version is the month of release, or the year where no more is known
        assert release.published.startswith(release.vintage)
    words = {file.originality.split(":")[0] for file in release.files}
    assert words <= {"original", "likely original", "modified", "derived", "quoted"}
    # several parts have names; a lone file has one only if it is no whole dataset
    assert len(release.files) == 1 or all(file.part for file in release.files)
    assert all(words <= {"derived", "quoted"} for file in release.files if file.part and len(release.files) == 1)


def test_the_groups_that_hold_all_three_types() -> None:
    three = {"ucdp_battle_related_deaths", "ucdp_non_state", "ucdp_one_sided"}
    groups: dict[str, set[str]] = {}
    for release in RELEASES:
        if release.source in three:
            groups.setdefault(release.release_group, set()).add(release.source)
    assert [group for group, sources in groups.items() if sources == three] == ["2015", "2016", "23.1"]


def test_what_is_held_of_the_time() -> None:
    assert [release.name for release in RELEASES if release.of_the_time] == [
        "ucdp_battle_related_deaths:5.0-2015",
        "ucdp_battle_related_deaths:5.0-2016",
        "ucdp_non_state:2.5-2015",
        "ucdp_non_state:2.5-2016",
        "ucdp_one_sided:1.4-2015",
        "ucdp_one_sided:1.4-2016",
        "ucdp_armed_conflict:4.0-2014",
        "ucdp_armed_conflict:4.0-2015",
        "ucdp_armed_conflict:4.0-2016",
        "unhcr_population:2014-06",
        "unhcr_population:2015-09",
        "unhcr_population:2016-01",
        "unhcr_syria_regional:2014-02",
        "idmc_displacement:2014",
        "worldbank_indicators:2016-06",
        "un_population:2015-07",
    ]


@pytest.mark.parametrize(
    ("published", "by", "of_the_time"),
    [
        ("2015", datetime.date(2015, 12, 31), True),
        ("2016", datetime.date(2016, 12, 31), False),
        ("2016-06", datetime.date(2016, 6, 30), True),
        ("2016-07", datetime.date(2016, 7, 31), False),
        ("2016-07-22", datetime.date(2016, 7, 22), True),
        ("2016-07-23", datetime.date(2016, 7, 23), False),
        ("2016-02", datetime.date(2016, 2, 29), True),
    ],
)
def test_a_date_is_taken_at_its_latest(tmp_path: Path, published: str, by: datetime.date, of_the_time: bool) -> None:
    (release,) = registry.releases(write(tmp_path / "sources.csv", row(published=published)))
    assert (release.available_by, release.of_the_time) == (by, of_the_time)


def test_the_registry_is_read_without_pandas() -> None:
    """``build`` reads it each time; pandas alone would cost half a second."""
    code = "import sys; from analysis.data import registry, status; registry.releases(); print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


# bad registries


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"source": "ucdp_onesided"}, "row 2, column source: 'ucdp_onesided'; expected ucdp_battle"),
        ({"vintage": ""}, "row 2, column vintage: ''; expected a value"),
        ({"obtain": "maybe"}, "column obtain: 'maybe'; expected publisher, public copy, no"),
        ({"sha256": "ABC"}, "column sha256: 'ABC'; expected 64 hexadecimal digits"),
        ({"bytes": "1.5"}, "column bytes: '1.5' is not a whole number; expected digits"),
        ({"published": "2016-13"}, "column published: '2016-13'; expected a date"),
        ({"published": "2016-6"}, "column published: '2016-6'; expected a date"),
        ({"published": "2015-02-29"}, "column published: '2015-02-29'; expected a date"),
        ({"path": "../one.csv"}, "column path: '../one.csv'; expected a path inside the mirror"),
        ({"path": "/one.csv"}, "column path: '/one.csv'; expected a path inside the mirror"),
        ({"path": ""}, "column path: ''; expected a path inside the mirror"),
        ({"address": "file:///one.csv"}, "column address: 'file:///one.csv'; expected an address"),
        ({"citation": ""}, "column citation: ''; expected a value"),
        ({"publisher_address": "example.org"}, "column publisher_address: 'example.org'; expected an address"),
    ],
)
def test_a_bad_value_is_named(tmp_path: Path, values: dict[str, str], message: str) -> None:
    with pytest.raises(InputError) as error:
        registry.releases(write(tmp_path / "sources.csv", row(b"a\n1\n", **values)))
    assert message in str(error.value)
    assert str(error.value).startswith("sources.csv, row 2, column ")


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("hash", "", "md5:"),
        ("hash", "md5:ABC", "md5:"),
        ("hash", "sha256:" + 32 * "0", "md5:"),
        ("hash", "crc32:" + 32 * "0", "md5:"),
        ("source", "ucdp", "ucdp_battle"),
    ],
)
def test_a_newer_release_that_is_not_well_told_is_named(tmp_path: Path, column: str, value: str, expected: str) -> None:
    head, first, *_ = csv.reader(registry.NEWEST.read_text(encoding="utf-8").splitlines())
    first[head.index(column)] = value
    with (tmp_path / "newest.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, first])
    with pytest.raises(InputError, match=f"row 2, column {column}: '{value}'; expected {expected}"):
        registry.newest(tmp_path / "newest.csv")


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "sources.csv", row())
    path.write_text(path.read_text().replace("sha256", "md5", 1))
    with pytest.raises(InputError, match="row 1, column sha256: the column is missing; expected source, vintage,"):
        registry.releases(path)


def test_a_row_with_a_value_too_many_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "sources.csv", row(), row(vintage="24.1"))
    path.write_text(path.read_text().rstrip("\n") + ",x\n")
    with pytest.raises(InputError, match="row 3: the row has too few or too many fields; expected 18"):
        registry.releases(path)


def test_the_files_of_a_release_agree_on_the_release(tmp_path: Path) -> None:
    path = write(tmp_path / "sources.csv", row(part="a"), row(part="b", published="2023-07"))
    with pytest.raises(
        InputError, match="row 3, column published: ucdp_one_sided 23.1 has both '2023-06' and '2023-07'"
    ):
        registry.releases(path)


def test_a_part_stands_once(tmp_path: Path) -> None:
    path = write(tmp_path / "sources.csv", row(), row(path="ucdp/two.csv"))
    with pytest.raises(InputError, match="row 3, column part: ucdp_one_sided 23.1 stands twice"):
        registry.releases(path)


# find, locate, verify


def test_find() -> None:
    assert registry.find("ucdp_one_sided", "1.4-2015").published == "2015-09"


def test_find_lists_what_there_is() -> None:
    with pytest.raises(InputError, match=r"no release '24.1' of ucdp_one_sided; expected one of 1.4-2015, 1.4-2016"):
        registry.find("ucdp_one_sided", "24.1")
    with pytest.raises(InputError, match="no source 'ucdp_onesided'.*did you mean ucdp_one_sided?"):
        registry.find("ucdp_onesided", "23.1")


@pytest.fixture
def two_parts(tmp_path: Path) -> tuple[Release, Path]:
    """A release of two files, and a mirror that holds them."""
    first, second = b"a\n1\n", b"a\n2\n"
    (release,) = registry.releases(
        write(
            tmp_path / "sources.csv",
            row(first, part="one", path="x/one.csv"),
            row(second, part="two", path="x/two.csv"),
        )
    )
    (tmp_path / "x").mkdir()
    (tmp_path / "x/one.csv").write_bytes(first)
    (tmp_path / "x/two.csv").write_bytes(second)
    return release, tmp_path


def test_locate_and_verify(two_parts: tuple[Release, Path]) -> None:
    release, folder = two_parts
    expected = {"one": folder / "x/one.csv", "two": folder / "x/two.csv"}
    assert registry.locate(release, folder) == expected
    assert registry.verify(release, folder) == expected
    assert registry.is_complete(release, folder)


def test_a_missing_file_is_named(two_parts: tuple[Release, Path]) -> None:
    release, folder = two_parts
    (folder / "x/two.csv").unlink()
    assert not registry.is_complete(release, folder)
    for check in (registry.locate, registry.verify):
        with pytest.raises(InputError, match="two.csv: ucdp_one_sided:23.1 is not in .*analysis fetch ucdp_one_sided"):
            check(release, folder)


def test_an_altered_file_is_named(two_parts: tuple[Release, Path]) -> None:
    release, folder = two_parts
    (folder / "x/two.csv").write_bytes(b"a\n3\n")
    registry.locate(release, folder)
    with pytest.raises(InputError, match=f"two.csv: not the registered.*expected {release.files[1].sha256}; download"):
        registry.verify(release, folder)


# tables --add


def test_parse_add(tmp_path: Path) -> None:
    file = tmp_path / "a:b.csv"
    file.write_bytes(b"x")
    addition = registry.parse_add(f"ucdp_non_state:2.5-2016:2016-06-14:{file}")
    release = addition.release
    assert addition.file == file
    assert (release.source, release.vintage, release.published) == ("ucdp_non_state", "2.5-2016", "2016-06-14")
    assert release.release_group == "2016"
    assert release.of_the_time
    assert not release.verified
    assert release.newest_known == "26.1"
    assert release.files == (
        SourceFile("", "a:b.csv", "", "no", hashlib.sha256(b"x").hexdigest(), 1, "utf-8", "not checked"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ucdp_one_sided:26.1:2026-06", "has 3 of 4 parts; expected SOURCE:VINTAGE:DATE:FILE"),
        ("ucdp:26.1:2026-06:FILE", "no source 'ucdp'; expected one of ucdp_battle_related_deaths, ucdp_non_state"),
        ("ucdp_one_sided::2026-06:FILE", "the vintage is ''"),
        ("ucdp_one_sided:26,1:2026-06:FILE", "the vintage is '26,1'"),
        ("ucdp_one_sided:26.1:June 2026:FILE", "'June 2026' is not a date; expected when it was published"),
        ("ucdp_one_sided:26.1:2026-02-30:FILE", "'2026-02-30' is not a date"),
        ("ucdp_one_sided:26.1:2026-06:nowhere.csv", "nowhere.csv: --add"),
    ],
)
def test_a_bad_addition_is_named(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "one.csv"
    file.write_bytes(b"x")
    with pytest.raises(InputError) as error:
        registry.parse_add(text.replace("FILE", str(file)))
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def addition(folder: Path, name: str) -> Addition:
    file = folder / "one.csv"
    file.write_bytes(b"x")
    return registry.parse_add(f"{name}:2026-06:{file}")


def test_additions_are_kept_beside_the_tables(tmp_path: Path) -> None:
    new = addition(tmp_path, "ucdp_one_sided:26.1")
    text = registry.added_text([new])
    assert json.loads(text) == [
        {
            "source": "ucdp_one_sided",
            "vintage": "26.1",
            "published": "2026-06",
            "file": "one.csv",
            "sha256": hashlib.sha256(b"x").hexdigest(),
            "bytes": 1,
            "verified": False,
        }
    ]
    assert registry.added(tmp_path) == []
    (tmp_path / registry.ADDED).write_text(text, encoding="utf-8")
    assert registry.added(tmp_path) == [new.release]


@pytest.mark.parametrize("text", ["", "{", '{"source": 1}', '[{"source": "ucdp_one_sided"}]', "[1]"])
def test_a_broken_list_of_additions_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / registry.ADDED).write_text(text)
    with pytest.raises(InputError, match="added.json: not a list of added releases"):
        registry.added(tmp_path)


def test_an_addition_has_a_vintage_of_its_own(tmp_path: Path) -> None:
    new = addition(tmp_path, "ucdp_one_sided:26.1").release
    assert registry.with_added(RELEASES, [new]) == [*RELEASES, new]
    with pytest.raises(InputError, match="ucdp_one_sided:23.1 is registered already"):
        registry.with_added(RELEASES, [addition(tmp_path, "ucdp_one_sided:23.1").release])
    with pytest.raises(InputError, match="ucdp_one_sided:26.1 is added twice"):
        registry.with_added(RELEASES, [new, new])


# against the publisher files


def test_every_registered_file_is_what_the_registry_says(mirror: Path) -> None:
    for release in RELEASES:
        for file in release.files:
            assert (mirror / file.path).stat().st_size == file.bytes, file.path
        registry.verify(release, mirror)


def test_the_encoding_is_given_for_text_and_decodes_it(mirror: Path) -> None:
    for _, file in FILES:
        path = mirror / file.path
        assert bool(file.encoding) == (path.suffix.lower() in TEXT), file.path
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                archive.read(archive.namelist()[0]).decode(file.encoding)
        elif file.encoding:
            path.read_bytes().decode(file.encoding)


def test_dates_agree_with_the_manifest(mirror: Path) -> None:
    listed = manifest(mirror)
    differ = set()
    for release, file in FILES:
        entry = listed[file.path]
        basis = release.published_basis.split(":")[0]
        assert (basis == "inferred") == entry["published_basis"].startswith("inferred"), file.path
        if release.published != entry["published"]:
            differ.add(file.path)
    assert differ == set(REDATED)


def test_why_dates_differ_from_the_manifest(mirror: Path) -> None:
    with zipfile.ZipFile(mirror / "ucdp/external_support/ucdp-esd-ay-181.xlsx") as workbook:
        assert {member.date_time[:3] for member in workbook.infolist()} == {(2022, 4, 21)}
    assert "2019-09-11" in manifest(mirror)["idmc/idmc_displacement_all_2019-09.xlsx"]["published_basis"]
    (events,) = pyreadr.read_r(mirror / "ucdp/ged/ucdp_syria_df.rda").values()
    assert str(max(events["date_end"]))[:10] == "2019-12-01"


def test_the_address_is_the_copy_that_the_manifest_names(mirror: Path) -> None:
    listed = manifest(mirror)
    for _, file in FILES:
        entry = listed[file.path]
        if file.obtain == "publisher":
            continue
        repository, path = entry["copied_from"].split(":", 1)
        expected = f"https://raw.githubusercontent.com/{repository}/{entry['commit']}/{path}"
        assert urllib.parse.unquote(file.address) == expected
        assert len(entry["commit"]) == 40
        assert " " not in file.address


def test_only_proven_bytes_are_said_to_come_from_the_publisher(mirror: Path) -> None:
    with (mirror / "ucdp/official_hashes.tsv").open(encoding="utf-8", newline="") as stream:
        official = {entry["url"]: entry for entry in csv.DictReader(stream, delimiter="\t")}
    publisher = [file for _, file in FILES if file.obtain == "publisher"]
    assert publisher
    for file in publisher:
        entry = official[file.address]
        assert entry["algorithm"] == "md5"
        assert hashlib.md5((mirror / file.path).read_bytes()).hexdigest() == entry["hash"], file.path
    assert not any(file.obtain == "no" for _, file in FILES)


def test_the_newest_version_known_is_the_newest_recorded(mirror: Path) -> None:
    folders = {
        "ucdp_battle_related_deaths": "/brd/",
        "ucdp_non_state": "/ucdp-nonstate-",
        "ucdp_one_sided": "/ucdp-onesided-",
        "ucdp_armed_conflict": "/ucdpprio/",
        "ucdp_events": "/ged/",
    }
    with (mirror / "ucdp/official_hashes.tsv").open(encoding="utf-8", newline="") as stream:
        official = [(entry["url"], entry["version"].split()[-1:]) for entry in csv.DictReader(stream, delimiter="\t")]
    for source, folder in folders.items():
        versions = [float(version[0].lstrip("v")) for url, version in official if folder in url and "-50-" not in url]
        known = {release.newest_known for release in RELEASES if release.source == source}
        assert known == {str(max(versions))}, source


def test_every_other_file_of_the_mirror_is_left_out_for_a_reason(mirror: Path) -> None:
    registered = {file.path for _, file in FILES}
    present = {path.relative_to(mirror).as_posix() for path in mirror.rglob("*") if path.is_file()}
    left_out = present - registered
    unexplained = {path for path in left_out if not any(path.startswith(known) for known in UNREGISTERED)}
    assert unexplained == set()
    for known in UNREGISTERED:
        assert any(path.startswith(known) for path in left_out), f"{known} explains no file"
        assert not any(path.startswith(known) for path in registered), f"{known} is registered"
