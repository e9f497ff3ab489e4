"""The page of a rule or an obligation kind: why, an example that breaks it, how to mend it."""

from functools import cache
from importlib.resources import files


@cache
def rule_page(code: str) -> str:
    """The page of a rule as Markdown; nothing where nobody has written one."""
    return _page("generator.rules", code)


@cache
def kind_page(kind: str) -> str:
    """The page of an obligation kind as Markdown."""
    return _page("generator.obligations", kind)


def _page(package: str, name: str) -> str:
    file = files(package) / "pages" / f"{name}.md"
    return file.read_text("utf-8").strip() + "\n" if file.is_file() else ""
