"""Files damaged at random: each is read, or refused in one line; nothing else happens, and nothing hangs.

What is read may be wrong all the same (a digit changed): that only the hash, or the release before, can tell.
More than the suite takes: ``FUZZ=1000 pytest tests/test_fuzz.py``.
"""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.data import registry
from analysis.data.readers import READERS, ucdp, unhcr
from analysis.errors import InputError

RIGHT = Path(__file__).parent / "data" / "right"
TIMES = int(os.environ.get("FUZZ", "50"))

UCDP = "low_fatality_estimate,best_fatality_estimate,high_fatality_estimate\n"
MADE = {
    "ucdp_one_sided": "actor_id,actor_name,is_government_actor,year,location,gwno_location,"
    + UCDP
    + "".join(f"{n},Group {n},{n % 2},{2000 + n},Kenya,501,{n},{n + 1},{n + 2}\n" for n in range(12)),
    "ucdp_non_state": "dyad_id,year,location,gwno_location,"
    + UCDP
    + "".join(f"{n},{2000 + n},Kenya,501,{n},{n + 1},{n + 2}\n" for n in range(12)),
    "ucdp_battle_related_deaths": "conflict_id,dyad_id,location_inc,year,bd_best,bd_low,bd_high,gwno_loc\n"
    + "".join(f'{n},{n},"Kenya, Haiti",{2000 + n},{n + 1},{n},{n + 2},"501, 41"\n' for n in range(12)),
    "ucdp_armed_conflict": "conflict_id,year,type_of_conflict,intensity_level,start_date,start_date2,gwno_a\n"
    + "".join(f"{n},{2000 + n},3,{1 + n % 2},1990-01-{n + 1:02d},1995-02-03,501\n" for n in range(12)),
    "idmc_displacement": "iso3,country_name,year,new_displacement,total_displacement\n"
    + "".join(f"KEN,Kenya,{2000 + n},{n * 10},{n * 1000}\n" for n in range(12)),
    "un_population": "Index,Variant,Country code,1950,2014,2015\n1,Estimates,900,2525149.312,7265785.946,7349472.099\n"
    + "".join(f"{n},Estimates,{4 * n},{n}7.118,{n}32.562,{n}33\n" for n in (1, 2, 3, 5, 6, 8, 9, 10)),
    "ucdp_country_year": ",".join(one for names in ucdp.COUNTRY_YEAR.values() for one in names)
    + "\n"
    + "".join(f"501,{2000 + n},{','.join([f'{n}'] * 18)}\n" for n in range(12)),
}
FILES = {
    "ucdp_events": "events.csv",
    "ucdp_external_support": "external_support.csv",
    "unhcr_population": "unhcr_api.csv",
    "unhcr_asylum_applications": "unhcr_applications.csv",
    "unhcr_demographics": "unhcr_ages.csv",
    "unhcr_syria_regional": "unhcr_region_egypt.csv",
    "unrwa_registered": "unrwa.csv",
    "vdc_syria": "vdc_cause.csv",
    "security_council": "vetoes.csv",
    "worldbank_indicators": "worldbank_years.csv",
}


def whole(source: str) -> bytes:
    """A file that is read as it is."""
    if source in MADE:
        return MADE[source].encode()
    some = lines((RIGHT / FILES[source]).read_bytes())
    return b"".join(some[:2] + some[3:] if source == "security_council" else some)  # a vote that stands twice


def parts(source: str, path: Path) -> dict[str, Path]:
    """The files of a release, of which the one at ``path`` is damaged."""
    if source != "unhcr_syria_regional":
        return {"": path}
    return {part: RIGHT / f"unhcr_region_{part}.csv" for part in unhcr.SYRIA_REGION} | {"egypt": path}


def lines(content: bytes) -> list[bytes]:
    return content.splitlines(keepends=True)


def a_byte(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def a_line_gone(content: bytes, chance: random.Random) -> bytes:
    some = lines(content)
    del some[chance.randrange(len(some))]
    return b"".join(some)


def a_line_twice(content: bytes, chance: random.Random) -> bytes:
    some = lines(content)
    some.insert(chance.randrange(len(some)), chance.choice(some))
    return b"".join(some)


def a_cell(content: bytes, chance: random.Random) -> bytes:
    some = [line.split(b",") for line in lines(content)]
    row = chance.choice(some)
    odd = (b"", b"-1", b"NaN", b"1e400", b"=1+1", b"\xff\xfe", b'"', b"9" * 40, b"1.5", b"\x00", b"None", b"-", b"0x10")
    row[chance.randrange(len(row))] = chance.choice(odd)
    return b"".join(b",".join(row) for row in some)


def two_cells(content: bytes, chance: random.Random) -> bytes:
    some = [line.rstrip(b"\n").split(b",") for line in lines(content)]
    row = chance.choice(some)
    one, other = (chance.randrange(len(row)) for _ in range(2))
    row[one], row[other] = row[other], row[one]
    return b"\n".join(b",".join(row) for row in some) + b"\n"


def a_column(content: bytes, chance: random.Random) -> bytes:
    some = [line.rstrip(b"\n").split(b",") for line in lines(content)]
    place = chance.randrange(len(some[0]))
    return b"\n".join(b",".join(row[:place] + row[place + 1 :]) for row in some) + b"\n"


def noise(content: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(chance.randrange(1, 400))


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(a_byte, cut, a_line_gone, a_line_twice),
    *(a_cell, two_cells, a_column, noise),
)


@pytest.mark.parametrize("source", [*MADE, *FILES])
def test_a_damaged_file_is_read_or_refused_in_one_line(source: str, tmp_path: Path) -> None:
    content = whole(source)
    chance = random.Random(source)
    path = tmp_path / ("population.csv" if source == "worldbank_indicators" else "file.csv")
    path.write_bytes(content)
    release = registry.parse_add(f"{source}:99.1:2031-06:{path}").release
    assert len(READERS[source].read(release, parts(source, path), []))
    outcomes = {"read": 0, "refused": 0}
    for _ in range(TIMES):
        damaged = content
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            damaged = chance.choice(DAMAGES)(damaged, chance) or b"x"
        path.write_bytes(damaged)
        release = registry.parse_add(f"{source}:99.1:2031-06:{path}").release
        try:
            READERS[source].read(release, parts(source, path), [])
            outcomes["read"] += 1
        except InputError as error:
            assert "\n" not in str(error) and len(str(error)) < 900, str(error)
            assert path.name in str(error), str(error)
            outcomes["refused"] += 1
    assert outcomes["refused"] > TIMES / 5, outcomes
    print(source, outcomes)
