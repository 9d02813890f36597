"""The commands: ``python -m analysis COMMAND``.

Exit status: 0 done, 1 a check failed, 2 bad input or usage, 3 newer data is known.
"""

import gc
import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.errors import InputError

if TYPE_CHECKING:
    from analysis.data.events import Answer


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show a traceback when something goes wrong.")
@click.pass_context
def main(context: click.Context, debug: bool) -> None:
    """Audit, in numbers, what a UN report says about mass violence and displacement."""
    context.obj = {"debug": debug}


@main.command()
@click.option("--lang", "languages", multiple=True, help="Language of the figures (repeat; `all` for all six).")
@click.option("--force", is_flag=True, help="Make everything anew, changed or not.")
@click.option("--why", default="", metavar="NAME", help="Say why a figure, notebook, ... is stale; make nothing.")
def build(languages: tuple[str, ...], force: bool, why: str) -> None:
    """Tables -> audit -> figures -> notebooks; only what changed."""
    from analysis.publish import build as building

    sys.exit(building.run(languages, force, why))


@main.command()
@click.argument("claims", nargs=-1, metavar="[CLAIM ...]")
@click.option("--json", "as_json", is_flag=True, help="Every claim with every finding, as JSON.")
@click.option("--report", default="", metavar="ID|DIR", help="Another report: its id, or a folder with its ledger.")
@click.option("--tidy", type=Path, help="The folder with the tidy tables.")
@click.option("--lang", "language", default="", help="Statement, verdict, reason and sentence to cite in a language.")
def audit(claims: tuple[str, ...], as_json: bool, report: str, tidy: Path | None, language: str) -> None:
    """Test the claims and say what follows; a CLAIM named is shown with its whole grid."""
    gc.disable()  # the command ends before there is anything to collect, and looking takes a sixth of its time
    from analysis import audit as auditing
    from analysis.audit import reports
    from analysis.data import registry
    from analysis.tell import report as telling
    from analysis.tell.languages import ENGLISH, words

    with registry.using(tidy):
        verdicts = auditing.audit(report or reports.FIRST, registry.in_use(), claims)
    if as_json:
        click.echo(
            json.dumps(telling.as_json(verdicts, words(language or ENGLISH.language)), ensure_ascii=False, indent=1)
        )
    elif language:
        say = words(language)
        click.echo("\n\n".join(telling.told(verdict, say) for verdict in verdicts))
    elif claims:
        click.echo("\n\n".join(telling.grid(verdict) for verdict in verdicts))
    else:
        click.echo(telling.summary(verdicts))


@main.command()
@click.argument("names", nargs=-1, metavar="[NAME ...]")
@click.option("--lang", "languages", multiple=True, default=("en",), help="Language (repeat; `all` for all six).")
@click.option(
    "--format", "formats", multiple=True, default=("svg", "png"), help="svg, png, pdf or csv (repeat; `all`)."
)
@click.option("--claim", default="", metavar="CLAIM", help="Of this claim, for figures of any (default: its curve).")
@click.option("--size", default="slide", help="slide, page or square.")
@click.option("--tidy", type=Path, help="The folder with the tidy tables (then --out is beside them by default).")
@click.option("--out", type=Path, help="Folder to write to (default: figures).")
def figures(
    names: tuple[str, ...],
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    claim: str,
    size: str,
    tidy: Path | None,
    out: Path | None,
) -> None:
    """Draw figures (all of them by default), or write the numbers that they show."""
    from analysis.data import registry
    from analysis.publish import export

    tell = partial(click.echo, err=True)
    with registry.using(tidy):
        for path in export.export(names, languages, formats, size, out, claim, progress=tell):
            click.echo(path)


@main.command()
@click.argument("claims", nargs=-1, metavar="[CLAIM ...]")
@click.option(
    "--report", default="", metavar="ID|DIR", help="Another report: its id, a folder with its ledger, or all."
)
@click.option("--lang", "languages", multiple=True, default=("en",), help="Language (repeat; `all` for all six).")
@click.option(
    "--format",
    "formats",
    multiple=True,
    default=("xlsx", "docx", "pptx", "pdf"),
    help="xlsx, docx, pptx, pdf or html (repeat; `all`).",
)
@click.option("--template", type=Path, metavar="FILE", help="Slides or a text of your own, to be filled.")
@click.option("--tidy", type=Path, help="The folder with the tidy tables (then --out is beside them by default).")
@click.option("--out", type=Path, help="Folder to write to (default: build/brief).")
def brief(
    claims: tuple[str, ...],
    report: str,
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    template: Path | None,
    tidy: Path | None,
    out: Path | None,
) -> None:
    """Write a report, or some of its claims, as documents to open before a meeting; or the site."""
    from analysis.data import registry
    from analysis.publish.brief import make

    tell = partial(click.echo, err=True)
    with registry.using(tidy):
        for path in make.write(claims, report, languages, formats, template, out, progress=tell):
            click.echo(path)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option(
    "--against", default="", metavar="REV", help="Show instead what changed since a commit, in build/ as well."
)
def check(as_json: bool, against: str) -> None:
    """Compare everything committed with what the data gives; one line each, exit 1 on any difference."""
    if against:
        from analysis.publish import changes

        found = changes.since(against)
        path = changes.write_page(found)
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1) if as_json else found.text())
        click.echo(f"figures side by side: {path}", err=True)
        return
    from analysis.publish import check as checking

    lines = checking.check()
    if as_json:
        click.echo(json.dumps([line.__dict__ for line in lines], ensure_ascii=False, indent=1))
    else:
        for line in lines:
            click.echo(line.text())
    failed = sum(not line.ok for line in lines)
    click.echo(f"{len(lines)} checked, {failed} failed", err=True)
    sys.exit(1 if failed else 0)


@main.command()
@click.argument("report", type=Path, metavar="REPORT.txt")
@click.option("--report", "which", default="", metavar="ID|DIR", help="Whose text it is: an id, or a report's folder.")
@click.option("--json", "as_json", is_flag=True, help="Every numeral, comparative and difference, as JSON.")
def census(report: Path, which: str, as_json: bool) -> None:
    """Account for every numeral and comparative of a report's text; exit 1 if one was added, changed or removed."""
    from analysis.audit import census as counting

    taken = counting.census(report, which or counting.FIRST)
    if as_json:
        click.echo(json.dumps(counting.as_json(taken), ensure_ascii=False, indent=1))
    else:
        click.echo(counting.text(taken))
    sys.exit(1 if any(result.differences for result in taken) else 0)


@main.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def sources(context: click.Context, as_json: bool) -> None:
    """Every release: registered, here, verified, newest known; exit 3 if a newer one is known."""
    if context.invoked_subcommand:
        return
    from analysis.data import registry, status

    found = status.status(tidy=registry.tables_folder())
    click.echo(status.as_json(found) if as_json else status.text(found))
    if newer := status.newer(found):
        click.echo(f"newer data is known: {', '.join(newer)}", err=True)
        sys.exit(3)


@sources.command()
@click.argument("old", metavar="SOURCE:VINTAGE")
@click.argument("new", metavar="SOURCE:VINTAGE")
@click.option("--tidy", type=Path, help="The folder with the tidy tables (default: what was added last, if anything).")
def diff(old: str, new: str, tidy: Path | None) -> None:
    """Show what moved between two releases of a source, and which verdicts that turns."""
    from analysis.data import registry, status, tables
    from analysis.publish import turns

    folder = tidy or registry.tables_folder()
    unverified = [name for name in (old, new) if name in {release.name for release in registry.added(folder)}]
    click.echo(status.difference_text(status.diff(old, new, tables.load(folder))), nl=False)
    click.echo(turns.text(turns.turned(old, new, folder)), nl=False)
    for name in unverified:
        click.echo(f"{name} is unverified")


@main.command()
@click.argument("names", nargs=-1, metavar="[SOURCE ...]")
def fetch(names: tuple[str, ...]) -> None:
    """Download publisher files, verify them and keep them; a download that was cut off goes on."""
    from analysis.data import download

    def received(name: str, here: int, whole: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{name}: {here / whole:.0%} of {whole / 1e6:.1f} MB\x1b[K", nl=here == whole, err=True)

    results = download.fetch(names, progress=lambda one: click.echo(str(one)), received=received)
    for command in download.take_in(results):
        click.echo(f"not used yet; to look at it: {command}")
    download.require(results)


@main.command()
@click.option("--mirror", type=Path, help="A folder that holds every registered publisher file.")
@click.option(
    "--add",
    "additions",
    multiple=True,
    metavar="SOURCE:VINTAGE:DATE:FILE",
    help="An unverified file to take in (repeat).",
)
@click.option("--encoding", default="", metavar="NAME", help="Encoding of the added files, where it is not UTF-8.")
@click.option("--out", type=Path, help="Folder for the tables (default: data/tidy; with --add, .cache/added).")
def tables(mirror: Path | None, additions: tuple[str, ...], encoding: str, out: Path | None) -> None:
    """Publisher files -> tidy tables."""
    from analysis.data import make, registry

    if mirror is not None and not mirror.is_dir():
        raise InputError("no such folder", where=str(mirror), do="name the folder that holds the publisher files")
    if encoding and not additions:
        raise InputError("--encoding is of an added file", expected="--add SOURCE:VINTAGE:DATE:FILE")
    added = [registry.parse_add(text, encoding) for text in additions]
    for path in make.write(mirror, added, out, report=click.echo):
        click.echo(path)


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE ...")
@click.option(
    "--by",
    multiple=True,
    default=("country,year,type",),
    help="country, year, month, type, actor, conflict, grid: several with commas, or repeat.",
)
@click.option("--since", default="", metavar="DATE", help="The first day that counts: 2013, 2013-03 or 2013-03-24.")
@click.option("--until", default="", metavar="DATE", help="The last day that counts.")
@click.option(
    "--country", multiple=True, metavar="AREA", help="A code or a name in any of the six languages (repeat; `all`)."
)
@click.option("--type", "types", multiple=True, help="state_based, non_state or one_sided (repeat; `all`).")
@click.option("--count", default="start", help="start: an event counts on its first day; spread: a share on each day.")
@click.option("--world", is_flag=True, help="Rows of the world as well, if the files hold it.")
@click.option("--engine", default="", metavar="URL", help="Another engine, through Ibis: pyspark://..., duckdb://...")
@click.option("--out", type=Path, help="A csv or parquet file (default: csv on the screen).")
@click.option("--no-copy", is_flag=True, help="Keep no copy of the columns that sums need, and use none.")
@click.option("--verify", is_flag=True, help="Compare the hash of the whole file with that of its copy.")
@click.option("--vintage", default="", help="The release, if the files' names do not tell it.")
@click.option("--as-published", is_flag=True, help="Take events with low, best and high out of order as they are.")
@click.option("--against", default="", metavar="VINTAGE", help="Compare with UCDP's country-year table of a release.")
def events(
    files: tuple[str, ...],
    by: tuple[str, ...],
    since: str,
    until: str,
    country: tuple[str, ...],
    types: tuple[str, ...],
    count: str,
    world: bool,
    engine: str,
    out: Path | None,
    no_copy: bool,
    verify: bool,
    vintage: str,
    as_published: bool,
    against: str,
) -> None:
    """Sum files of UCDP's events (GED, candidate events; csv, zip or parquet), of any size."""
    from analysis.data import events as summing

    if against and (engine or no_copy):
        raise InputError("--against reads the kept copy", do="leave out --engine and --no-copy")
    question = summing.ask(by, since, until, country, types, count, world)
    reading = summing.Reading(not no_copy, verify, engine, vintage, as_published)
    with summing.answered(files, question, reading, say=partial(click.echo, err=True)) as answer:
        if against:
            sys.exit(_compared(answer, against, out))
        if out:
            summing.write(answer, out)
            click.echo(out)
        else:
            summing.show(answer, sys.stdout)


def _compared(answer: "Answer", vintage: str, out: Path | None) -> int:
    """Print or write what events and the country-year table say; 1 if they differ."""
    import csv
    import io
    from dataclasses import asdict

    from analysis.data import files
    from analysis.data.events import yearly

    found = yearly.compare(answer.connection, answer.several, vintage)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(asdict(found[0])), lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(one) for one in found)
    if out:
        files.write(out, text.getvalue())
    click.echo(out or text.getvalue(), nl=bool(out))
    counts = {answer: sum(one.answer == answer for one in found) for answer in sorted({one.answer for one in found})}
    click.echo(", ".join(f"{count} {answer}" for answer, count in counts.items()), err=True)
    return 1 if yearly.DIFFERS in counts else 0


def run(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit status; an error that a person is meant to read is one line."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        main.main(args=arguments, prog_name="analysis", standalone_mode=False)
    except InputError as error:
        if "--debug" in arguments:
            raise
        click.echo(f"error: {error}", err=True)
        return 2
    except OSError as error:  # a full disk, a folder that is read-only or is a file
        if "--debug" in arguments:
            raise
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"error: {place}{error.strerror or error}; nothing was half-written", err=True)
        return 2
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        return 2
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


if __name__ == "__main__":
    sys.exit(run())
