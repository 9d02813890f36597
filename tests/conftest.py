"""What several tests share."""

import os
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
