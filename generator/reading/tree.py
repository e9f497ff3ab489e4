"""The path grammar of the records tree: which file is which record, and what has no place."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator.model.ids import is_id
from generator.model.periods import Kind, Place

_YEAR = re.compile(r"[12][0-9]{3}")
_QUARTER = re.compile(r"Q([1-4])")
_ANY_QUARTER = re.compile(r"Q[0-9]+")
_DATED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:-([2-9]|[1-9][0-9]+))?")

_IN_YEAR = {
    "team.yml": Kind.TEAM,
    "events.yml": Kind.EVENTS,
    "service-plan.md": Kind.SERVICE_PLAN,
    "satisfaction-plan.md": Kind.SATISFACTION_PLAN,
}
_IN_QUARTER = {"visit-plan.yml": Kind.VISIT_PLAN, "report.md": Kind.REPORT}
_HOMES = {
    "policy.yml": "policy.yml",
    "units.yml": "organization/units.yml",
    "people.yml": "organization/people.yml",
    "standard.md": "ratings/年度/standard.md",
    "archive.yml": "clients/客户编号/archive.yml",
    **{name: f"clients/客户编号/年度/{name}" for name in _IN_YEAR},
    **{name: f"clients/客户编号/年度/季度/{name}" for name in _IN_QUARTER},
}
"""Where a record of a fixed name belongs, for the message about one that lies elsewhere."""
_TOP_FOLDERS = {"organization", "ratings", "clients", "key-accounts", "calendar"}


@dataclass(frozen=True, slots=True)
class Stray:
    """A file or folder that is wrong by its name: F006, or F007 with what is wrong about it."""

    path: str
    client: str | None
    code: str
    message: str


@dataclass(slots=True)
class Tree:
    """What a records folder holds, sorted by path."""

    root: Path
    places: list[Place] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    attachments: dict[str, list[str]] = field(default_factory=dict)
    """For each client the files below attachments/, as paths inside the client's folder."""


def day_in_name(name: str) -> tuple[date, int] | None:
    """The date and number that a visit's or decision's file name says, or None."""
    found = _DATED.fullmatch(name)
    if not found:
        return None
    try:
        return date.fromisoformat(found[1]), int(found[2] or 1)
    except ValueError:
        return None


def walk_company(root: Path) -> Tree:
    """Every name below `root`, the clients' folders left out; raises OSError where it cannot be listed."""
    tree = Tree(root)
    _walk_folder(tree, ())
    tree.places.sort(key=lambda place: place.path)
    return tree


def client_folders(root: Path) -> list[str]:
    """The clients that have a folder, in order; raises OSError where they cannot be listed."""
    if (root / "clients").is_symlink():
        return []
    try:
        with os.scandir(root / "clients") as listing:
            folders = [entry.name for entry in listing if entry.is_dir(follow_symlinks=False)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(name for name in folders if is_id(name))


def walk_client(root: Path, client: str) -> Tree:
    """Every name in a client's folder; raises OSError where a folder cannot be listed."""
    tree = Tree(root)
    _walk_folder(tree, ("clients", client))
    tree.places.sort(key=lambda place: place.path)
    return tree


def _entries(tree: Tree, parts: tuple[str, ...]) -> Iterator[os.DirEntry[str]]:
    with os.scandir(os.path.join(tree.root, *parts)) as listing:
        found = sorted(listing, key=lambda entry: entry.name)
    for entry in found:
        if entry.is_symlink() or not (entry.name.startswith(".") or entry.name == "README.md"):
            yield entry


def printable(name: str) -> str:
    """A file name that can be written out, whatever bytes it has."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _walk_folder(tree: Tree, parts: tuple[str, ...]) -> None:
    for entry in _entries(tree, parts):
        inner = (*parts, entry.name)
        if entry.is_dir(follow_symlinks=False):
            if len(inner) == 3 and inner[0] == "clients" and inner[2] == "attachments" and is_id(inner[1]):
                tree.attachments[inner[1]] = sorted(_files_below(tree, inner))
            elif len(inner) == 2 and inner[0] == "clients" and is_id(inner[1]):
                continue
            elif _is_folder(inner):
                _walk_folder(tree, inner)
            else:
                tree.strays.append(_stray(tree, inner))
        elif entry.is_symlink():
            tree.strays.append(_stray(tree, inner, "这是符号链接；请放入文件或文件夹本身，或删除它。"))
        elif (place := _place(tree, inner)) and entry.is_file(follow_symlinks=False):
            tree.places.append(place)
        else:
            tree.strays.append(_stray(tree, inner))


def _files_below(tree: Tree, parts: tuple[str, ...]) -> Iterator[str]:
    for entry in _entries(tree, parts):
        inner = (*parts, entry.name)
        if entry.is_dir(follow_symlinks=False):
            yield from _files_below(tree, inner)
        else:
            yield "/".join(inner[2:])


def _is_folder(parts: tuple[str, ...]) -> bool:
    match parts:
        case (top,):
            return top in _TOP_FOLDERS
        case ("ratings" | "key-accounts", year):
            return _YEAR.fullmatch(year) is not None
        case ("ratings", _, "nominations" | "decisions"):
            return True
        case ("clients", _, year):
            return _YEAR.fullmatch(year) is not None
        case ("clients", _, _, quarter):
            return _QUARTER.fullmatch(quarter) is not None
        case ("clients", _, _, _, "visits"):
            return True
    return False


def _place(tree: Tree, parts: tuple[str, ...]) -> Place | None:
    path = "/".join((tree.root.name, *parts))
    match parts:
        case ("policy.yml",):
            return Place(Kind.POLICY, path)
        case ("organization", "units.yml"):
            return Place(Kind.UNITS, path)
        case ("organization", "people.yml"):
            return Place(Kind.PEOPLE, path)
        case ("calendar", name) if _YEAR.fullmatch(name.removesuffix(".yml")) and name.endswith(".yml"):
            return Place(Kind.CALENDAR, path, year=int(name[:4]))
        case ("key-accounts", year, name) if re.fullmatch(r"Q[1-4]\.md", name):
            return Place(Kind.ANALYSIS, path, year=int(year), quarter=int(name[1]))
        case ("ratings", year, *rest):
            return _rating_place(path, int(year), rest)
        case ("clients", client, *rest) if rest:
            return _client_place(path, client, rest)
    return None


def _rating_place(path: str, year: int, rest: list[str]) -> Place | None:
    match rest:
        case ["standard.md"]:
            return Place(Kind.STANDARD, path, year=year)
        case ["nominations", name] if name.endswith(".yml") and is_id(name[:-4]):
            return Place(Kind.NOMINATION, path, year=year, unit=name[:-4])
        case ["decisions", name] if name.endswith(".yml"):
            dated = day_in_name(name[:-4])
            day = dated[0] if dated and dated[1] == 1 else None
            return Place(Kind.DECISION, path, year=year, day=day)
    return None


def _client_place(path: str, client: str, rest: list[str]) -> Place | None:
    match rest:
        case ["archive.yml"]:
            return Place(Kind.ARCHIVE, path, client=client)
        case [year, name] if name in _IN_YEAR:
            return Place(_IN_YEAR[name], path, client=client, year=int(year))
        case [year, quarter, name] if name in _IN_QUARTER:
            return Place(_IN_QUARTER[name], path, client, int(year), int(quarter[1]))
        case [year, quarter, "visits", name] if name.endswith(".md"):
            day, number = day_in_name(name[:-3]) or (None, 1)
            return Place(Kind.VISIT, path, client, int(year), int(quarter[1]), day=day, number=number)
    return None


def _stray(tree: Tree, parts: tuple[str, ...], hint: str = "") -> Stray:
    path = printable("/".join((tree.root.name, *parts)))
    client = parts[1] if len(parts) > 2 and parts[0] == "clients" else None
    quarter = parts[-1].removesuffix(".md")
    in_year = (parts[0], len(parts)) in (("clients", 4), ("key-accounts", 3))
    if not hint and in_year and _ANY_QUARTER.fullmatch(quarter) and not _QUARTER.fullmatch(quarter):
        return Stray(path, client, "F007", f"一年只有四个季度，没有“{quarter}”；请改名为 Q1 到 Q4 之一。")
    return Stray(
        path, client, "F006", f"这里不该有“{printable(parts[-1])}”，它不会被读取；{hint or _hint(parts)}"
    )


def _hint(parts: tuple[str, ...]) -> str:
    name = parts[-1]
    if name.endswith(".yaml"):
        return f"扩展名请改为 .yml，即 {printable(name[:-5])}.yml。"
    if name in _HOMES:
        return f"它应放在 {_HOMES[name]}，并且是文件本身，不是文件夹或链接。"
    if parts[0] == "clients" and name.endswith(".md") and day_in_name(name[:-3]):
        return "拜访报告应放在 clients/客户编号/年度/季度/visits 文件夹内。"
    if len(parts) == 2 and parts[0] == "clients":
        return "客户文件夹的名字就是客户编号，只用小写字母、数字和连字符，如 hengda-steel。"
    if len(parts) > 2 and parts[0] == "clients":
        return "附件请放进该客户的 attachments 文件夹；记录请按规定的文件名放在年度或季度文件夹内。"
    return "请核对文件名和所在文件夹；不是记录的文件请移出。"
