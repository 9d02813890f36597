"""How all statements of the report fare: one bar a verdict."""

from collections import Counter

from analysis.audit import committed
from analysis.audit.verdicts import SUPPORTED, UNTESTABLE, VERDICTS
from analysis.charts.marks import Bars, Look, Numbers
from analysis.charts.sheet import Panel, Sheet, borne
from analysis.charts.style import ACCENT, CONTEXT
from analysis.data import registry
from analysis.tell.texts import Verdict, bare, say


def sheet() -> Sheet:
    """The statements by verdict; a list counts as many as it has members."""
    counts = Counter(verdict.verdict for verdict in committed())
    lists = {verdict.claim.member_of for verdict in committed()} - {""}
    shown_ = [name for name in VERDICTS if counts[name]]
    total = sum(counts.values())
    borne(
        counts[UNTESTABLE] > total / 2 and counts[SUPPORTED] > 0,
        "more than half of what the report states no number here can test",
    )
    shown = {"count": total, "untested": counts[UNTESTABLE], "tested": total - counts[UNTESTABLE], "lists": len(lists)}
    pairs = (pair for one in committed() for f in (*one.base, *one.laters) for pair in f.vintages.items())
    both = (Look(CONTEXT), Look(ACCENT))
    return Sheet(
        title=say("Of {count} statements in the report, {tested} can be tested with data", **shown),
        subtitle=say("Statements of the report by how they fare against data of the time"),
        alt=(
            say("Bars of the {count} statements by verdict; {untested} cannot be tested with the data here.", **shown),
            say("Causes, judgements and forecasts are among what cannot be tested."),
        ),
        panels=(
            Panel(
                (
                    Bars(
                        tuple(bare(Verdict(name)) for name in shown_),
                        (Numbers("statements", tuple(shown_), tuple(float(counts[name]) for name in shown_)),),
                        (both,),
                        tuple(bare(float(counts[name])) for name in shown_),
                        about=tuple(name for name in shown_ if name == SUPPORTED),
                    ),
                ),
            ),
        ),
        releases=tuple(dict.fromkeys(pair for pair in pairs if registry.unverified([pair]))),
        notes=(
            say("A list of countries or groups counts once for each member ({lists} lists).", **shown),
            say("Causes, judgements and forecasts are among what cannot be tested."),
        ),
        also=(say("the report and this audit"),),
    )
