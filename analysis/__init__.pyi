"""The public face, for editors and type checkers; ``__init__.py`` finds the same names when asked for them."""

from analysis import charts as charts
from analysis.data.areas import names as areas
from analysis.data.events import events as events
from analysis.data.query import holdings as holdings
from analysis.data.query import series as series
from analysis.data.query import table as table
from analysis.tell.frames import findings as findings
from analysis.tell.frames import ledger as ledger
from analysis.tell.frames import reports as reports
from analysis.tell.frames import verdicts as verdicts

__all__ = ["areas", "charts", "events", "findings", "holdings", "ledger", "reports", "series", "table", "verdicts"]
