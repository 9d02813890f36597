"""The one kind of error that a person is meant to read."""

from pathlib import Path


class InputError(Exception):
    """Bad input, told in one line: what, where, what was expected, what to do.

    ``where`` is a file, with ``row`` (1 is the first line of the file, as an editor counts) and
    ``column`` where they are known.
    """

    def __init__(
        self,
        what: str,
        *,
        where: Path | str = "",
        row: int | str | None = None,
        column: str | None = None,
        expected: str = "",
        do: str = "",
    ) -> None:
        place = ", ".join(
            part
            for part in (
                Path(where).name if where else "",
                f"row {row}" if row is not None else "",
                f"column {column}" if column else "",
            )
            if part
        )
        text = f"{place}: {what}" if place else what
        if expected:
            text += f"; expected {expected}"
        if do:
            text += f"; {do}"
        super().__init__("".join(sign if sign.isprintable() else "?" for sign in " ".join(text.split())))
