"""What several repositories publish, joined into one overview; and what can be wrong with a file."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from generator.exports.facts_shape import Published
from generator.judging.store import FOLDER
from generator.site import cutting
from tests.cases_runner import BASE, BASE_DAY
from tests.html_reader import HOST, Page, read_html
from tests.site_builder import contents

DAYS = ("--as-of", str(BASE_DAY), "--today", str(BASE_DAY))
SCHEMA = Path(__file__).parents[1] / "docs" / "facts.schema.json"
NAMES = ("原料本部", "钢材本部", "贸易公司")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The facts of three repositories: the small company, one made by the demo, and one with few clients."""
    folder = tmp_path_factory.mktemp("three")
    shutil.copytree(BASE, folder / "a" / "records")
    command = ("demo", "--clients", "10", "--years", "2025-2026", "--seed", "5", "--out", str(folder / "b"))
    assert main([*command]) == 0
    shutil.copytree(BASE, folder / "c" / "records")
    for client in ("anping-tools", "tongda-foreign"):
        shutil.rmtree(folder / "c" / "records" / "clients" / client)
    found = []
    for part, name in zip("abc", NAMES, strict=True):
        file = folder / f"{part}.json"
        where = ("--site", f"https://{part}.example.com/kam/", "--name", name, "--output", str(file))
        assert main(["facts", "--records", str(folder / part / "records"), *DAYS, *where]) == 0
        found.append(file)
    return found


def joined(folder: Path, files: list[Path]) -> Path:
    """The overview of the files."""
    assert main(["overview", *map(str, files), "--output-dir", str(folder / "overview")]) == 0
    return folder / "overview"


def page(site: Path, url: str) -> Page:
    """One page of it."""
    return read_html(f"{url}index.html", (site / url / "index.html").read_text("utf-8"))


def told(capsys: pytest.CaptureFixture[str], *command: str) -> Any:
    """What a command says as JSON."""
    capsys.readouterr()
    main([*command, *DAYS, "--format", "json"])
    return json.loads(capsys.readouterr().out)


def test_the_facts_are_those_of_the_other_commands(
    published: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """The sums of check and due, and the same obligations."""
    for file in published:
        facts = json.loads(file.read_bytes())
        records = str(file.with_suffix("") / "records")
        found, owed = told(capsys, "check", "--records", records), told(capsys, "due", "--records", records)
        assert facts["summary"]["obligations"] == owed["summary"]
        assert facts["summary"]["findings"] == {
            name: found["summary"][name] for name in ("errors", "warnings", "waived")
        }
        keys = ("kind", "client", "unit", "period", "number", "due", "status", "days_overdue")
        assert [[one[key] for key in keys] for one in facts["obligations"]] == [
            [one[key] for key in keys] for one in owed["obligations"]
        ]
        assert sum(one["overdue"] for one in facts["clients"]) <= owed["summary"]["overdue"]


def test_the_schema_is_the_shape(published: list[Path]) -> None:
    """What is written down for others is what the program reads and writes."""
    shape = Published.model_json_schema(by_alias=True)
    assert json.loads(SCHEMA.read_text("utf-8")) == shape
    for file in published:
        Published.model_validate_json(file.read_bytes())


def test_three_repositories_are_joined(tmp_path: Path, published: list[Path]) -> None:
    """Sums, a line for each, all that is overdue, and clients that several know."""
    site = joined(tmp_path, published)
    facts = [json.loads(file.read_bytes()) for file in published]
    overdue = sum(one["summary"]["obligations"]["overdue"] for one in facts)
    first = page(site, "")
    for name in NAMES:
        assert name in first.text
    assert f"各单位合计 {overdue} 项" in page(site, "overdue/").text
    shared = page(site, "shared/")
    assert "恒达钢铁有限公司" in shared.text
    assert all(name in shared.text for name in (NAMES[0], NAMES[2]))
    abroad = {target for _, target, _ in first.leads_to() if target.startswith("http")}
    assert {f"https://{part}.example.com/kam/" for part in "abc"} <= abroad
    assert any(target.endswith("/kam/overdue/") for target in abroad)


def test_twice_the_same_bytes(tmp_path: Path, published: list[Path]) -> None:
    """In whatever order the files are named; the second takes the place of the first."""
    first = contents(joined(tmp_path, published))
    assert contents(joined(tmp_path, published[::-1])) == first
    assert {path.name for path in tmp_path.iterdir()} == {"overview", FOLDER}


def test_long_lists_are_cut(tmp_path: Path, published: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """As everywhere else."""
    monkeypatch.setattr(cutting, "MOST_ROWS", 10)
    site = joined(tmp_path, published)
    assert (site / "overdue/_2/index.html").is_file()


def test_days_that_differ_are_told(tmp_path: Path, published: list[Path]) -> None:
    """On every page."""
    other = tmp_path / "late.json"
    facts = json.loads(published[0].read_bytes())
    other.write_text(json.dumps(facts | {"as_of": "2026-01-31", "name": "迟到的"}), "utf-8")
    site = joined(tmp_path, [other, *published[1:]])
    for url in ("", "overdue/", "shared/"):
        assert "迟到的（2026-01-31）" in page(site, url).text


Change = Callable[[dict[str, Any]], object]
WRONG: tuple[tuple[str, str | Change, str], ...] = (
    ("no JSON", "{", "不是 JSON"),
    ("a list", "[]", "汇总数据"),
    ("another version", lambda facts: facts.update(version=2), "第 1 版"),
    ("something missing", lambda facts: facts.pop("clients"), "clients"),
    ("a wrong number", lambda facts: facts["summary"]["obligations"].update(overdue=-1), "overdue"),
    ("a wrong page", lambda facts: facts["clients"][0].update(page="javascript:alert(1)"), "page"),
    ("deeply nested", "[" * 100_000, "不是 JSON"),
)


@pytest.mark.parametrize(("change", "says"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG])
def test_what_is_wrong_with_a_file_is_told(
    tmp_path: Path,
    published: list[Path],
    capsys: pytest.CaptureFixture[str],
    change: str | Change,
    says: str,
) -> None:
    """In one line that names the file; the last overview stays."""
    site = joined(tmp_path, published)
    before = contents(site)
    file = tmp_path / "wrong.json"
    if isinstance(change, str):
        file.write_text(change, "utf-8")
    else:
        facts = json.loads(published[0].read_bytes())
        change(facts)
        file.write_text(json.dumps(facts), "utf-8")
    capsys.readouterr()
    assert main(["overview", str(file), str(published[1]), "--output-dir", str(site)]) == 2
    error = capsys.readouterr().err
    assert "wrong.json" in error
    assert says in error
    assert len(error.strip().splitlines()) == 1
    assert contents(site) == before


def test_two_of_one_name_and_a_file_that_is_not_there(
    tmp_path: Path, published: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Who is who could not be told."""
    for files, says in (([published[0]] * 2, "重复"), ([tmp_path / "none.json"], "none.json")):
        assert main(["overview", *map(str, files), "--output-dir", str(tmp_path / "o")]) == 2
        assert says in capsys.readouterr().err
    assert not (tmp_path / "o").exists()


def test_hostile_facts_are_shown_as_text(tmp_path: Path, published: list[Path]) -> None:
    """No markup comes of a name, and no address that is none leads anywhere."""
    hostile = '<img src=x onerror="alert(1)">'
    facts = json.loads(published[0].read_bytes())
    facts |= {"name": hostile, "site": "javascript:alert(1)//"}
    for client in facts["clients"]:
        client["name"] = hostile
    file = tmp_path / "hostile.json"
    file.write_text(json.dumps(facts), "utf-8")
    site = joined(tmp_path, [file, *published[1:]])
    for html in site.rglob("*.html"):
        text = html.read_text("utf-8")
        assert "<img src=x" not in text
        assert "javascript:alert" not in text


SITES = [
    ("https://steel.example.com/kam", "https://steel.example.com/kam/overdue/"),
    ("../steel/", "http://site.invalid/steel/overdue/"),
    ("/steel", "http://site.invalid/steel/overdue/"),
    ("//elsewhere.example/steel/", None),
    ("HTTPS://steel.example.com/", None),
    ("data:text/html,x", None),
    (" https://steel.example.com/", None),
    ("", None),
    (None, None),
]
"""What a file can name as its site, and where its list of what is overdue is then thought to lie."""


@pytest.mark.parametrize(("address", "target"), SITES)
def test_where_links_lead(
    tmp_path: Path, published: list[Path], address: str | None, target: str | None
) -> None:
    """Into the site that a file names, where its address is of http(s) or relative; else nowhere."""
    file = tmp_path / "one.json"
    file.write_text(json.dumps(json.loads(published[0].read_bytes()) | {"site": address}), "utf-8")
    site = joined(tmp_path, [file])
    there = {found for _, found, _ in page(site, "").leads_to() if found.endswith("/overdue/")}
    assert there - {f"{HOST}overdue/"} == ({target} if target else set())
    subjects = [found for _, found, anchor in page(site, "overdue/").leads_to() if anchor == "duties"]
    assert bool(subjects) == bool(target)
    assert all(target and found.startswith(target.removesuffix("overdue/")) for found in subjects)


def test_no_other_folder_is_written_over(
    tmp_path: Path, published: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """A company's own site least of all; the line names the option that helps."""
    for name in (".kam-site", "report.docx"):
        folder = tmp_path / name.strip(".")
        folder.mkdir()
        (folder / name).touch()
        assert main(["overview", str(published[0]), "--output-dir", str(folder)]) == 2
        assert "--output-dir" in capsys.readouterr().err
        assert [file.name for file in folder.iterdir()] == [name]


def test_nothing_to_join(capsys: pytest.CaptureFixture[str]) -> None:
    """A line that says what is missing."""
    assert main(["overview"]) == 2
    assert "kam overview" in capsys.readouterr().err


def test_a_name_cannot_steer_a_terminal(
    tmp_path: Path, published: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Control characters of a file are shown, not obeyed."""
    file = tmp_path / "odd.json"
    file.write_text(json.dumps(json.loads(published[0].read_bytes()) | {"name": "a\x1b[2Jb\u202e"}), "utf-8")
    assert main(["overview", str(file), str(file), "--output-dir", str(tmp_path / "o")]) == 2
    error = capsys.readouterr().err
    assert "a\\u{1b}[2Jb\\u{202e}" in error


def test_what_was_not_judged_has_no_numbers(tmp_path: Path, published: list[Path]) -> None:
    """None overdue would be believed; every page says what is missing."""
    file = tmp_path / "blind.json"
    facts = json.loads(published[0].read_bytes()) | {"judged": False, "name": "看不见的"}
    nothing = dict.fromkeys(facts["summary"]["obligations"], 0)
    facts["summary"]["obligations"], facts["obligations"] = nothing, []
    file.write_text(json.dumps(facts), "utf-8")
    site = joined(tmp_path, [file, published[1]])
    for url in ("", "overdue/", "shared/"):
        assert "没有算出应办事项的单位：看不见的" in page(site, url).text
    row = page(site, "").text.partition("提示")[2].partition("看不见的")[2].partition(NAMES[1])[0]
    assert row.split()[:5] == [str(BASE_DAY), str(len(facts["clients"])), "—", "—", "—"]


def test_the_longest_overdue_come_first(tmp_path: Path, published: list[Path]) -> None:
    """Also where the days of the files differ; any period is shown."""
    late = tmp_path / "late.json"
    facts = json.loads(published[0].read_bytes()) | {"name": "迟到的"}
    for one in facts["obligations"]:
        one["days_overdue"], one["period"] = (one["days_overdue"] and 1), "2026-Q9"
    late.write_text(json.dumps(facts), "utf-8")
    text = page(joined(tmp_path, [late, published[1]]), "overdue/").text
    days = [int(found) for found in re.findall("已逾期 ([0-9]+) 天", text)]
    assert days
    assert days == sorted(days, reverse=True)
    assert "2026-Q9" in text
    assert re.search("2026 年[一二三四]季度", text)


def test_ratings_that_differ_are_marked(tmp_path: Path, published: list[Path]) -> None:
    """A client of two, which one of them rates otherwise; one with which the business has ended."""
    other = tmp_path / "other.json"
    facts = json.loads(published[0].read_bytes()) | {"name": "另一家"}
    known = {client["id"]: client for client in facts["clients"]}
    known["hengda-steel"] |= {"tier": "一般", "level": None}
    known["huadong-auto"]["ended_on"] = "2026-01-31"
    other.write_text(json.dumps(facts), "utf-8")
    text = page(joined(tmp_path, [published[0], other]), "shared/").text
    assert text.count("各单位等级不同") == 2
    assert "已终止（2026-01-31）" in text
