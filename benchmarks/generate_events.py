"""Event files in the layout of UCDP's GED 25.1 (49 columns), with its skew, at any size.

What is drawn is calibrated on the real extracts (Syria 19.1, Central African Republic 23.1, Bangladesh and Myanmar
19.1; 21,608 events): quantiles of deaths, of days that an event lasts and of the length of its source, and shares of
types, of estimates that differ and of deaths of civilians. Countries with few events have them in few years, so that
there are some 3,800 cells of country, year and type with an event, as in UCDP's country-year table of 25.1 (3,834).
No text of the publisher is in it; names are made up. The
same arguments give the same file.

    python benchmarks/generate_events.py EVENTS FILE.csv|FILE.parquet
"""

import sys
from pathlib import Path

import duckdb

from analysis.data import areas, ledger

GED = 400_000
"""Events in a release of today."""

DEATHS = ((0, 0), (0.1, 1), (0.25, 1), (0.5, 2), (0.75, 4), (0.9, 11), (0.99, 63), (0.999, 330), (1, 8179))
DAYS = ((0, 0), (0.9, 0), (0.95, 7), (0.985, 30), (0.99, 60), (0.999, 300), (1, 364))
SOURCE = ((0, 20), (0.1, 70), (0.25, 100), (0.5, 150), (0.75, 230), (0.9, 330), (0.99, 700), (0.999, 1200), (1, 5000))
WORDS = ("troops", "village", "attack", "clash", "report", "killed", "road", "town", "market", "army", "group", "north")


def _drawn(quantiles: tuple[tuple[float, float], ...], salt: str) -> str:
    """SQL for a number drawn from quantiles, the same for the same event."""
    cases = "".join(
        f" WHEN {_share(salt)} <= {right}"
        f" THEN {low} + ({high} - {low}) * ({_share(salt)} - {left}) / ({right} - {left})"
        for (left, low), (right, high) in zip(quantiles, quantiles[1:], strict=False)
    )
    return f"CAST(floor(CASE{cases} END) AS INTEGER)"


def _share(salt: str) -> str:
    return f"(hash(id, '{salt}') % 1000000 / 1000000.0)"


def _text(length: str, salt: str) -> str:
    listed = ", ".join(f"'{word}'" for word in WORDS)
    word = f"[{listed}][1 + CAST(hash(id, k, '{salt}') % {len(WORDS)} AS BIGINT)]"
    return f"array_to_string(list_transform(range(CAST({length} / 8 AS BIGINT) + 1), lambda k: {word}), ' ')"


def query(events: int, first_id: int = 1) -> str:
    """SQL that gives the events."""
    countries = [
        (code, row["en"])
        for row in ledger.rows(areas.TABLE, ("gleditsch_ward", "en"), key=("area",), exact=False)
        if row["kind"] == "country" and (code := row["gleditsch_ward"].split(";")[0])
    ]
    # Few countries have most events, as in GED: a Zipf law over a fixed shuffle.
    listed = ", ".join(
        f"({n}, {code}, '{name.replace(chr(39), chr(39) * 2)}')"
        for n, (code, name) in enumerate(sorted(countries, key=lambda one: hash_of(one[0]))[:120])
    )
    return f"""
WITH countries(n, country_id, country) AS (VALUES {listed}),
drawn AS (
  SELECT range + {first_id} AS id FROM range({events})
), basis AS (
  SELECT id, CAST(floor(pow(120.999, {_share("country")})) - 1 AS INTEGER) AS n,
    CASE WHEN {_share("type")} < 0.66 THEN 1 WHEN {_share("type")} < 0.82 THEN 2 ELSE 3 END AS type,
    CAST(floor(pow(40.999, {_share("dyad")})) AS INTEGER) AS dyad,
    1 + CAST(floor(35 * pow(1 - n / 120.0, 2.6)) AS INTEGER) AS years,
    1989 + CAST(floor((36 - years) * pow(hash(n, type, 'window') % 1000 / 1000.0, 0.6)) AS INTEGER) AS first_year,
    make_date(first_year, 1, 1) + CAST(floor(365.2 * years * pow({_share("start")}, 0.6)) AS INTEGER) AS start,
    {_drawn(DAYS, "days")} AS days, {_drawn(DEATHS, "deaths")} AS best, {_drawn(SOURCE, "source")} AS length
  FROM drawn
), full_rows AS (
  SELECT *, n * 1000 + type * 100 + dyad AS dyad_id, n * 100 + dyad AS side,
    -- GED's events end in the year in which they began
    least(start + days, make_date(year(start), 12, 31)) AS "end",
    CAST(floor(best * CASE WHEN type = 3 THEN 1 ELSE {_share("civilians")} * 0.5 END) AS INTEGER) AS civilians
  FROM basis JOIN countries USING (n)
)
SELECT id, id AS relid, year(start) AS year, {_share("active")} < 0.968 AS active_year,
  'Clear' AS code_status, type AS type_of_violence,
  CAST(n * 10 + type AS VARCHAR) AS conflict_dset_id, n * 10 + type AS conflict_new_id,
  country || CASE type WHEN 1 THEN ': Government' ELSE ' dispute ' || dyad END AS conflict_name,
  CAST(dyad_id AS VARCHAR) AS dyad_dset_id, dyad_id AS dyad_new_id,
  'Government of ' || country || ' - Group ' || side AS dyad_name,
  CAST(n + 1 AS VARCHAR) AS side_a_dset_id, CASE WHEN type = 2 THEN 50000 + side ELSE n + 2 END AS side_a_new_id,
  CASE WHEN type = 2 THEN 'Front ' || side ELSE 'Government of ' || country END AS side_a,
  CAST(side AS VARCHAR) AS side_b_dset_id, CASE WHEN type = 3 THEN 1 ELSE 100000 + side END AS side_b_new_id,
  CASE WHEN type = 3 THEN 'Civilians' ELSE 'Group ' || side END AS side_b,
  1 + hash(id, 'sources') % 4 AS number_of_sources,
  '"' || {_text("length", "article")} || CASE WHEN hash(id, 'line') % 200 = 0 THEN chr(10) ELSE '' END
    || ',' || start || '"' AS source_article,
  'Reuters' AS source_office, CAST(start AS VARCHAR) AS source_date,
  {_text("length * 0.6", "headline")} AS source_headline,
  {_text("16", "original")} AS source_original, 1 + hash(id, 'place') % 6 AS where_prec,
  'Town ' || hash(id, 'town') % 5000 AS where_coordinates, {_text("24", "where")} AS where_description,
  'Province ' || hash(id, 'province') % 300 AS adm_1, 'District ' || hash(id, 'district') % 2000 AS adm_2,
  round({_share("latitude")} * 70 - 30, 6) AS latitude, round({_share("longitude")} * 150 - 60, 6) AS longitude,
  'POINT (' || longitude || ' ' || latitude || ')' AS geom_wkt,
  100000 + n * 400 + CAST(floor(pow(300.999, {_share("grid")})) AS INTEGER) AS priogrid_gid,
  country, country_id, 'Region' AS region,
  1 + hash(id, 'clarity') % 2 AS event_clarity, 1 + hash(id, 'date') % 5 AS date_prec,
  strftime(start, '%Y-%m-%d 00:00:00.000') AS date_start, strftime("end", '%Y-%m-%d 00:00:00.000') AS date_end,
  CASE type WHEN 3 THEN 0 ELSE best - civilians END AS deaths_a, 0 AS deaths_b,
  civilians AS deaths_civilians, 0 AS deaths_unknown,
  best, best + CASE WHEN {_share("high")} < 0.11 THEN 1 + best // 2 ELSE 0 END AS high,
  best - CASE WHEN {_share("low")} < 0.03 THEN best // 3 ELSE 0 END AS low,
  CASE WHEN type = 2 THEN NULL ELSE country_id END AS gwnoa, CAST(NULL AS INTEGER) AS gwnob
FROM full_rows"""


def hash_of(code: str) -> int:
    """A fixed shuffle of country numbers."""
    return int(code) * 2654435761 % 2**32


def write(events: int, path: Path) -> Path:
    """Write that many events to ``path``, csv or parquet by its name, and return it."""
    form = "FORMAT parquet" if path.suffix == ".parquet" else "FORMAT csv, HEADER"
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '2GB'; SET enable_progress_bar = false")
        connection.execute(f"COPY ({query(events)}) TO '{path}' ({form})")
    return path


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
