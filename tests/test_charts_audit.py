"""The figures of the audit draw what it says, and no figure contradicts the ledger."""

from dataclasses import replace

import pytest
from sheets import numbers
from tidy_rows import cell

from analysis import charts
from analysis.audit import reports
from analysis.audit.then_and_now import MEASURES_NOW, measured
from analysis.audit.verdicts import VERDICTS, committed, verdict_on
from analysis.charts.figures import (
    earlier_violence_and_recurrence,
    headline_figures,
    specification_curve,
    then_and_now,
    verdicts_at_a_glance,
)
from analysis.errors import InputError

SIX = ("CAF", "IRQ", "SSD", "SDN", "SYR", "YEM")


@pytest.mark.parametrize("kind", ["civilians", "one_sided"])
def test_the_six_are_the_tables(kind: str) -> None:
    shown = numbers("six_countries", f"deaths_all_dyads.{kind}")
    assert set(shown) == set(SIX)
    for area, value in shown.items():
        series = f"deaths_all_dyads.{kind}"
        years = [cell("ucdp", "best", series=series, area=area, vintage="25.1", year=year) for year in (2014, 2015)]
        assert value == sum(years)


def test_the_bars_of_the_verdicts_are_counts() -> None:
    shown = numbers("verdicts_at_a_glance", "statements")
    every = [verdict.verdict for verdict in committed()]
    assert shown == {name: every.count(name) for name in VERDICTS if name in every}
    assert sum(shown.values()) == len(every)
    tested = len(every) - every.count("not testable")
    title = f"Of {len(every)} statements in the report, {tested} can be tested with data"
    assert charts.content("verdicts_at_a_glance").title == title


def test_the_headline_figures_are_the_findings_over_what_is_stated() -> None:
    data = charts.content("headline_figures").data
    for claim in headline_figures.CLAIMS:
        verdict = verdict_on(claim)
        stated = verdict.claim.value or 0.0
        then = data[data["name"].eq("then") & data["at"].eq(claim)]["value"]
        assert set(then) <= {(finding.value or 0.0) / stated for finding in verdict.base}
        assert len(then) == len({finding.definition for finding in verdict.base})
        now = data[data["name"].eq("now") & data["at"].eq(claim)]["value"]
        assert verdict.newest is not None and list(now) == [(verdict.newest.value or 0.0) / stated]


def test_then_and_now_are_of_one_release_each() -> None:
    for one in measured():
        definition = reports.definition(one.measure.claim, one.measure.definition)
        assert one.now_year > one.then_year == definition.years[0]
    by_claim = {one.measure.claim: one for one in measured()}
    assert len(by_claim) == len(MEASURES_NOW)
    idps = by_claim["idps_40_8_million"]
    for year, value in ((idps.then_year, idps.then), (idps.now_year, idps.now)):
        cells = {"series": "idps", "area": "WLD", "source": "idmc_displacement", "year": year}
        assert value == cell("idmc", "best", vintage=idps.vintages["idmc_displacement"], **cells)
    shown = numbers("then_and_now", "now")
    assert shown == {claim: one.now for claim, one in by_claim.items()}


def test_cells_are_years_with_an_actor() -> None:
    data = charts.content("earlier_violence_and_recurrence").data
    kenya = {int(at): value for at, value in data[data["name"].eq("KEN")][["at", "value"]].itertuples(index=False)}
    assert {year: kenya[year] for year in range(2007, 2010)} == {2007: 1.0, 2008: 1.0, 2009: 1.0}
    assert {kenya[year] for year in range(2011, 2016)} == {0.5}, "Al-Shabaab's rows name other countries too"
    assert set(data[data["name"].eq("crisis")]["at"].astype(int)) == {2011, 2006, 2009, 2008}


@pytest.mark.parametrize("claim", ["civil_wars_third_party", "deaths_2014_highest_since_1994", "idps_40_8_million"])
def test_the_curve_of_a_claim_has_every_finding(claim: str) -> None:
    data = charts.content("specification_curve", claim=claim).data
    found = [f for f in verdict_on(claim).findings if specification_curve.measured_by(verdict_on(claim), f) and f.value]
    assert len(data[data["name"].isin(["then", "stand_in", "later"])]) == len(found)


def test_only_the_curve_takes_a_claim() -> None:
    with pytest.raises(InputError, match="six_countries does not take a claim"):
        charts.content("six_countries", claim="idps_40_8_million")
    with pytest.raises(InputError, match="no claim 'nothing'"):
        charts.content("specification_curve", claim="nothing")


def test_the_titles_stop_where_the_verdicts_do_not_bear_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Break what is checked: with the verdicts turned round, the figures stop the build."""
    turned = {"supported": "not supported", "consistent": "not borne out", "not borne out": "consistent"}
    altered = tuple(replace(v, verdict=turned.get(v.verdict, v.verdict)) for v in committed())
    by_id = {verdict.claim.id: verdict for verdict in altered}
    monkeypatch.setattr(headline_figures, "verdict_on", by_id.__getitem__)
    monkeypatch.setattr(verdicts_at_a_glance, "committed", lambda: altered)
    monkeypatch.setattr(earlier_violence_and_recurrence, "START", 1980)
    for module in (headline_figures, verdicts_at_a_glance, earlier_violence_and_recurrence):
        with pytest.raises(InputError, match="the numbers no longer bear a title"):
            module.sheet()


def test_other_numbers_do_not_bear_the_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    some = tuple(replace(one, now=3 * one.now) for one in measured())
    monkeypatch.setattr(then_and_now, "measured", lambda: some)
    with pytest.raises(InputError, match="risen by two thirds"):
        then_and_now.sheet()
