"""Sums of events by country, year and type: the command against what people write and against bare engines.

Each way is a process of its own, on files that ``generate_events.py`` made; what is measured is its CPU seconds (user
and system) and its peak memory. All of them write the same sums (low, best, high, civilians) to a csv.

    uv pip install --group benchmark && python benchmarks/events.py [--sizes 1 10 100] [--folder FOLDER] [--rounds 3]

100 times GED needs 30 GB of disk. The table in README.md is what it printed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from analysis import paths

BY = "country,year,type"
GED = 400_000
"""Events in a release of today."""

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
    # where it is set, every start of Python compiles its modules anew
    setting = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    child = subprocess.Popen(command, cwd=paths.ROOT, env=setting, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert child.stderr is not None
    said = child.stderr.read().decode()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(said)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def rounds(count: int, commands: dict[str, Callable[[], list[str]]]) -> dict[str, tuple[float, float]]:
    """The least CPU seconds (others only add to them) and the largest peak of each way; a round runs every way."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(count):
        for name, command in commands.items():
            found[name].append(measured(command()))
    return {name: (min(one for one, _ in some), max(one for _, one in some)) for name, some in found.items()}


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


SLIM = (
    HEADER
    + """
import duckdb
names = "country_id, year, type_of_violence, low, best, high, deaths_civilians"
duckdb.sql("SET preserve_insertion_order = false")
duckdb.sql(f"COPY (SELECT {names} FROM read_csv('{path}')) TO '{out}' (FORMAT parquet)")
"""
)
"""A parquet file with the columns that the bare engines sum, as a person would keep it."""


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
            # in processes of their own: a child's peak begins with that of its parent
            maker = Path(__file__).with_name("generate_events.py")
            subprocess.run([sys.executable, maker, str(size * GED), plain], check=True, cwd=paths.ROOT)
            columns = folder / "slim.parquet"
            subprocess.run([sys.executable, "-c", SLIM, plain, columns], check=True)
            print(f"\n{size} times GED: {size * GED:,} events, {plain.stat().st_size / 1e6:,.0f} MB\n")
            print("| way | CPU s | peak MB | CPU of pandas / CPU |\n|---|---:|---:|---:|")
            asked_for = {
                name: way
                for name, way in ways(plain, columns, folder / "out.csv").items()
                if size == 1 or not any(name.startswith(one) for one in asked.without)
            }
            measures = rounds(asked.rounds if size == 1 else 1, asked_for)
            base = measures.get("pandas, all columns", (0.0, 0.0))[0]
            for name, (seconds, memory) in measures.items():
                ratio = f"{base / seconds:.1f}" if base else ""
                print(f"| {name} | {seconds:.2f} | {memory:.0f} | {ratio} |", flush=True)
            plain.unlink()


if __name__ == "__main__":
    main()
