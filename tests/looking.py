"""An added file as `tables --add` sees it, from a few lines of text."""

from pathlib import Path

import pandas as pd

from analysis.data import added, corrections, registry, tables
from analysis.data.added import Looked

DEATHS = "conflict_id,dyad_id,location_inc,year,bd_best,bd_low,bd_high,gwno_loc\n"
PEOPLE = "year,coo_iso,coa_iso,refugees,asylum_seekers,idps\n"
DISPLACED = "iso3,country_name,year,new_displacement,total_displacement\n"


def look(
    folder: Path, source: str, content: str | bytes, name: str = "file.csv", vintage: str = "99.1", encoding: str = ""
) -> Looked:
    """The file, held against the committed tables."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    addition = registry.parse_add(f"{source}:{vintage}:2031-06:{path}", encoding)
    return added.look(addition, corrections.load(), tables.committed())


def best(looked: Looked, series: str, area: str, year: int, role: str = "") -> float:
    """The one figure of a series, area and year."""
    rows: pd.DataFrame = looked.rows
    found = rows[(rows["series"] == series) & (rows["area"] == area) & (rows["year"] == year)]
    found = found[(found["role"] == role)] if role else found
    assert len(found) == 1, (series, area, year, len(found))
    return float(found["best"].item())
