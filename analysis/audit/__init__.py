"""Tables + ledger -> findings -> verdicts, in no language.

``claims`` is what the report states and how that can be measured, ``measures`` arrives at numbers,
``findings`` holds them against the claims, ``verdicts`` decides.
"""

from analysis.audit.verdicts import audit, committed, under, verdict_on

__all__ = ["audit", "committed", "under", "verdict_on"]
