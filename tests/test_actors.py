"""The typed list of actors agrees with UCDP's own list of them."""

import csv
from functools import cache
from pathlib import Path

import pytest

from analysis.data import actors
from analysis.data.areas import plain

NAMES = (
    *("NameData", "NameOrig", "NameOrigFull", "NameOrigFullEng"),
    *("NewName", "NewNameFullMotherTongue", "NewNameFullEng"),
)
"""The columns of UCDP's list that name an actor."""

SPELT_OTHERWISE = {"776": "Mara 18 (Guatemala)", "6684": "CNRD", "8104": "G Pep"}
"""Actors whose name in the one-sided data the list of 22.1 does not have, and the name that it has."""

SHARED = {
    ("234", "Islamic State"): {"217"},  # an English name of Darul Islam in Indonesia, too
    ("1159", "Seleka"): {"554"},  # release 18.1 has a number of its own for it
}
"""A number and a name of ours, and the other actors that the list has under the name."""


@cache
def ours() -> dict[str, list[str]]:
    with actors.TABLE.open(encoding="utf-8", newline="") as stream:
        return {record["actor_id"]: record["names"].split("|") for record in csv.DictReader(stream)}


@pytest.fixture(scope="module")
def listed(mirror: Path) -> dict[str, set[str]]:
    """UCDP's list of 22.1: the names of each number."""
    with (mirror / "ucdp/actors/ucdp-actor-221.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {
            record["ActorId"]: {plain(record[column]) for column in NAMES if record[column]}
            for record in csv.DictReader(stream)
        }


def test_an_actor_of_the_list_has_a_name_that_the_list_has(listed: dict[str, set[str]]) -> None:
    known = {number: names for number, names in ours().items() if number in listed}
    assert len(known) == 300
    without = {number for number, names in known.items() if not listed[number] & {plain(name) for name in names}}
    assert without == set(SPELT_OTHERWISE)
    assert all(plain(name) in listed[number] for number, name in SPELT_OTHERWISE.items())


def test_a_name_is_no_other_actors_in_the_list(listed: dict[str, set[str]]) -> None:
    numbers: dict[str, set[str]] = {}
    for number, names in listed.items():
        for name in names:
            numbers.setdefault(name, set()).add(number)
    others = {
        (number, name): numbers[plain(name)]
        for number, names in ours().items()
        for name in names
        if plain(name) in numbers and number not in numbers[plain(name)]
    }
    assert others == SHARED
