"""How long our steps take against what a user would do instead: ratios of medians, measured in one run.

Run it by hand: ``python benchmarks/ratios.py [MIRROR]``; nothing depends on its figures.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyreadr

from analysis import audit, charts, paths
from analysis.charts import render
from analysis.data import corrections, registry, tables
from analysis.data.readers import READERS

ROUNDS = 5


def seconds(step: Callable[[], object]) -> float:
    """The median of several runs, after one that is not counted."""
    step()
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        step()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def compare(what: str, ours: Callable[[], object], instead: str, theirs: Callable[[], object]) -> None:
    """Print one ratio."""
    mine, other = seconds(ours), seconds(theirs)
    print(f"{what}: {mine:.2f} s, {mine / other:.1f} times {instead} ({other:.2f} s)")


def read_plainly() -> list[pd.DataFrame]:
    """The tidy tables without types or checks."""
    return [pd.read_csv(path) for path in sorted(paths.TIDY.glob("*.csv"))]


def main(mirror: Path) -> None:
    """Measure and print."""
    compare("load the tidy tables", tables.load, "pandas.read_csv", read_plainly)
    tables.committed()
    compare("audit every claim", audit.audit, "pandas.read_csv of the tables", read_plainly)
    figure = charts.draw("deaths_by_type")
    compare("write a figure as SVG", lambda: render.svg(figure), "writing it as PNG", lambda: render.png(figure))
    if mirror.is_dir():
        release = registry.find("ucdp_one_sided", "25.1")
        found = registry.locate(release, mirror)
        entries = corrections.of(release, corrections.load())
        compare(
            "read, check and sum a UCDP release",
            lambda: READERS[release.source].read(release, found, entries),
            "pyreadr alone",
            lambda: pyreadr.read_r(found[""]),
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else paths.MIRROR)
