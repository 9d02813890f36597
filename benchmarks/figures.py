"""The whole set of figures, cold, against the bare time of the same ``savefig`` calls shared among the cores.

Run it by hand: ``python benchmarks/figures.py``; nothing depends on its figures.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time

from analysis import charts, paths
from analysis.charts import render
from analysis.tell.languages import LANGUAGES


def whole_set() -> tuple[float, float]:
    """Seconds that the command takes for all figures, languages and formats, and the peak memory of a process in MB."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "analysis", "figures", "--lang", "all", "--format", "all", "--out", folder]
        start = time.perf_counter()
        subprocess.run(command, cwd=paths.ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        taken = time.perf_counter() - start
    return taken, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def bare() -> float:
    """Seconds that the same figures take to be saved, once they are drawn."""
    taken = 0.0
    for language in LANGUAGES:
        for name in charts.FIGURES:
            figure = charts.draw(name, language)
            for write in render.WRITERS.values():
                start = time.perf_counter()
                write(figure)
                taken += time.perf_counter() - start
    return taken


def main() -> None:
    """Measure and print."""
    count = len(charts.FIGURES) * len(LANGUAGES) * len(render.WRITERS)
    seconds, memory = whole_set()
    saving = bare() / (os.cpu_count() or 1)
    print(f"{count} files: {seconds:.1f} s, at most {memory:.0f} MB in a process")
    print(f"saving alone, shared among the cores: {saving:.1f} s; ratio {seconds / saving:.2f}")


if __name__ == "__main__":
    main()
