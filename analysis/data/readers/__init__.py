"""Which function reads a source's releases, and into which tidy table its rows go."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.data.corrections import Correction
from analysis.data.readers import (
    idmc,
    security_council,
    ucdp,
    ucdp_events,
    ucdp_external_support,
    un_population,
    unhcr,
    unhcr_demographics,
    unrwa,
    vdc,
    worldbank,
)
from analysis.data.registry import Release


@dataclass(frozen=True)
class Reader:
    """A source's tidy table, and the function from a release's files to its rows."""

    table: str
    read: Callable[[Release, Mapping[str, Path], Sequence[Correction]], pd.DataFrame]


READERS: dict[str, Reader] = {
    "ucdp_battle_related_deaths": Reader("ucdp", ucdp.battle_related_deaths),
    "ucdp_non_state": Reader("ucdp", ucdp.non_state),
    "ucdp_one_sided": Reader("ucdp", ucdp.one_sided),
    "ucdp_armed_conflict": Reader("ucdp", ucdp.armed_conflict),
    "ucdp_country_year": Reader("ucdp", ucdp.country_year),
    "ucdp_external_support": Reader("ucdp", ucdp_external_support.support),
    "ucdp_events": Reader("ucdp", ucdp_events.monthly),
    "unhcr_population": Reader("unhcr", unhcr.population),
    "unhcr_syria_regional": Reader("unhcr", unhcr.syria_regional),
    "unhcr_asylum_applications": Reader("unhcr", unhcr.asylum_applications),
    "unhcr_demographics": Reader("unhcr", unhcr_demographics.ages),
    "unrwa_registered": Reader("unrwa", unrwa.registered),
    "idmc_displacement": Reader("idmc", idmc.displacement),
    "worldbank_indicators": Reader("worldbank", worldbank.indicators),
    "un_population": Reader("un_population", un_population.population),
    "vdc_syria": Reader("vdc", vdc.documented_deaths),
    "security_council": Reader("security_council", security_council.vetoes),
}
