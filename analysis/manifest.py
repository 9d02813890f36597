"""The manifest: the hash of everything committed, the verdicts, and the versions that drew."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from analysis import audit, committed, figures, paths, report
from analysis.files import sha256
from analysis.outcomes import Verdict


def files() -> dict[str, str]:
    """Path from the checkout -> SHA-256, for all that ``build`` answers for."""
    return {path.relative_to(paths.ROOT).as_posix(): sha256(path) for path in committed.outputs()}


def claims(verdicts: Sequence[Verdict]) -> dict[str, dict[str, Any]]:
    """Claim -> its verdict and a hash over all of its findings."""
    return {
        entry["claim"]: {
            "verdict": entry["verdict"],
            "findings": len(entry["findings"]),
            "sha256": hashlib.sha256(json.dumps(entry, ensure_ascii=False).encode("utf-8")).hexdigest(),
        }
        for entry in report.as_json(verdicts)
    }


def text(steps: dict[str, dict[str, str]]) -> str:
    """The manifest as JSON.

    Args:
        steps: what each output was made from (``build.records``); an output whose inputs have
            changed since is stale.
    """
    content = {
        "versions": dict(figures.versions()),
        "claims": claims(audit.committed()),
        "files": files(),
        "steps": steps,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
