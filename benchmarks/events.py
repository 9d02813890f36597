"""Sums of events by country, year and type: the command against what people write and against bare engines.

Each way is a process of its own, on files that ``generate_events.py`` made; what is measured is its CPU seconds (user
and system) and its peak memory. All of them write the same sums (low, best, high, civilians) to a csv.

    uv pip install --group benchmark && python benchmarks/events.py [--sizes 1 10 100] [--folder FOLDER] [--rounds 3]

100 times GED needs 30 GB of disk. The table in README.md is what it printed.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import generate_events

from analysis import paths

BY = "country,year,type"

HEADER = """
import csv, sys
path, out = sys.argv[1:]
"""

PANDAS = (
    HEADER
    + """
import pandas as pd
events = pd.read_csv(path)
sums = events.groupby(["country_id", "year", "type_of_violence"])[["low", "best", "high", "deaths_civilians"]].sum()
sums.to_csv(out)
"""
)

DUCKDB = (
    HEADER
    + """
import duckdb
if path.endswith(".parquet"):
    read = f"read_parquet('{path}')"
else:
    numbers = {"type_of_violence", "country_id", "year", "low", "best", "high", "deaths_civilians"}
    with open(path, newline="") as stream:
        names = next(csv.reader(stream))
    columns = ", ".join(f"'{name}': '{'BIGINT' if name in numbers else 'VARCHAR'}'" for name in names)
    form = "auto_detect = false, header = true, quote = '\\"', escape = '\\"'"
    read = f"read_csv('{path}', {form}, columns = {{{columns}}})"
sums = "sum(low), sum(best), sum(high), sum(deaths_civilians)"
query = f"SELECT country_id, year, type_of_violence, {sums} FROM {read} GROUP BY ALL"
duckdb.sql(f"COPY ({query}) TO '{out}' (HEADER)")
"""
)

POLARS = (
    HEADER
    + """
import polars as pl
scan = pl.scan_parquet(path) if path.endswith(".parquet") else pl.scan_csv(path)
sums = scan.group_by("country_id", "year", "type_of_violence").agg(
    pl.col("low").sum(), pl.col("best").sum(), pl.col("high").sum(), pl.col("deaths_civilians").sum()
)
sums.collect(engine="streaming").write_csv(out)
"""
)


def measured(command: list[str]) -> tuple[float, float]:
    """CPU seconds and peak memory in MB of a process."""
    child = subprocess.Popen(command, cwd=paths.ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert child.stderr is not None
    said = child.stderr.read().decode()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(said)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def median(rounds: int, command: Callable[[], list[str]]) -> tuple[float, float]:
    """The median CPU seconds and the largest peak of several runs."""
    found = [measured(command()) for _ in range(rounds)]
    return statistics.median(one for one, _ in found), max(one for _, one in found)


def ways(plain: Path, columns: Path, out: Path) -> dict[str, Callable[[], list[str]]]:
    """What is run, by its name."""

    def ours(path: Path, *options: str) -> list[str]:
        return [sys.executable, "-m", "analysis", "events", str(path), "--by", BY, "--out", str(out), *options]

    def script(code: str, path: Path) -> list[str]:
        return [sys.executable, "-c", code, str(path), str(out)]

    def first_time() -> list[str]:
        os.utime(plain)  # another time of change: the copy is made anew
        return ours(plain)

    return {
        "pandas, all columns": lambda: script(PANDAS, plain),
        "bare DuckDB, csv": lambda: script(DUCKDB, plain),
        "bare polars, csv": lambda: script(POLARS, plain),
        "events --no-copy": lambda: ours(plain, "--no-copy"),
        "events, first time": first_time,
        "events, from the copy": lambda: ours(plain),
        "bare DuckDB, parquet": lambda: script(DUCKDB, columns),
        "bare polars, parquet": lambda: script(POLARS, columns),
    }


def slim(plain: Path, columns: Path) -> None:
    """A parquet file with the columns that the bare engines sum, as a person would keep it."""
    import duckdb

    query = f"SELECT country_id, year, type_of_violence, low, best, high, deaths_civilians FROM read_csv('{plain}')"
    duckdb.sql("SET preserve_insertion_order = false")
    duckdb.sql(f"COPY ({query}) TO '{columns}' (FORMAT parquet)")


def main() -> None:
    """Make the files, measure, print a table in Markdown."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", nargs="+", type=int, default=[1, 10])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without", nargs="*", default=[], help="ways that a size of 10 and more leaves out")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as made:
        folder = Path(made)
        for size in asked.sizes:
            plain = folder / f"GEDEvent_v25_1_x{size}.csv"
            print(f"making {size} times GED", file=sys.stderr)
            generate_events.write(size * generate_events.GED, plain)
            columns = folder / "slim.parquet"
            slim(plain, columns)
            print(f"\n{size} times GED: {size * generate_events.GED:,} events, {plain.stat().st_size / 1e6:,.0f} MB\n")
            print("| way | CPU s | peak MB | CPU against pandas |\n|---|---:|---:|---:|")
            base = 0.0
            for name, command in ways(plain, columns, folder / "out.csv").items():
                if size > 1 and name in asked.without:
                    continue
                seconds, memory = median(asked.rounds if size == 1 else 1, command)
                base = base or (seconds if name.startswith("pandas") else 0.0)
                ratio = f"{seconds / base:.2f}" if base else ""
                print(f"| {name} | {seconds:.2f} | {memory:.0f} | {ratio} |", flush=True)
            plain.unlink()


if __name__ == "__main__":
    main()
