"""What a figure records of what it draws, for tests: the numbers of one name, by year, month or place."""

from analysis import charts


def numbers(figure: str, name: str, column: str = "value", **wanted: object) -> dict[str, float]:
    """The numbers drawn under a name; where a number stands twice it is the same."""
    data = charts.content(figure).data
    data = data[data["name"].eq(name)]
    for field, value in wanted.items():
        data = data[data[field].eq(value)]
    found = dict(zip(data["at"], data[column].astype(float), strict=True))
    assert found, f"{figure} draws no {name}"
    assert all(found[at] == number for at, number in zip(data["at"], data[column], strict=True) if number == number)
    return found


def plain(text: str) -> str:
    """A text without its unbreakable spaces."""
    return text.replace("\u00a0", " ")
