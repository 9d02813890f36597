"""What several tests share."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from analysis import audit, paths
from analysis.audit.verdicts import Verdict

# The same examples every time: what is green here is green everywhere, and no time limit fails on a busy machine.
settings.register_profile("project", derandomize=True, database=None, deadline=None)
settings.load_profile("project")


@pytest.fixture(scope="session")
def mirror() -> Path:
    """The folder of publisher files; the test is skipped where there is none, and fails where there must be one."""
    folder = Path(os.environ.get("PUBLISHER_FILES") or paths.MIRROR)
    if not folder.is_dir():
        why = "publisher files are not here (they lie in ../shared/sources where CI runs)"
        if os.environ.get("REQUIRE_PUBLISHER_FILES"):
            pytest.fail(why)
        pytest.skip(why)
    return folder


@pytest.fixture(scope="session")
def verdicts() -> dict[str, Verdict]:
    """The verdict on each claim of the committed ledger, by its id."""
    return {verdict.claim.id: verdict for verdict in audit.committed()}


NEEDED = {"office": ("soffice", "LibreOffice"), "browser": ("chromium", "Chromium")}
"""Mark -> the program that a test needs, and what it is called."""

AWAY = pytest.StashKey[list[str]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that need a program which is not on this machine are left out, and a line says so."""
    away = config.stash.setdefault(AWAY, [])
    for mark, (program, name) in NEEDED.items():
        marked = [item for item in items if item.get_closest_marker(mark)]
        if not marked or shutil.which(program):
            continue
        if os.environ.get("REQUIRE_PROGRAMS"):
            raise pytest.UsageError(f"{name} ({program}) is not on this machine, and {len(marked)} tests need it here")
        away.append(f"left out: {len(marked)} tests that need {name} ({program}), which is not on this machine")
        config.hook.pytest_deselected(items=marked)
        items[:] = [item for item in items if item not in marked]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was left out."""
    for line in config.stash.get(AWAY, []):
        terminalreporter.write_line(line)


def _outlines(names: tuple[str, ...], languages: tuple[str, ...]) -> dict[tuple[str, str], bytes]:
    empty = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 9'/>"
    return {(name, language): empty for name in names for language in languages}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The companion page in six languages; the drawings themselves are other tests' business."""
    from analysis.publish import drawn, page

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawn, "svg", _outlines)
        out = tmp_path_factory.mktemp("site")
        page.write((), ("all",), out)
    return out
