"""`kam facts`: what is published leads to pages that are there, and the command's names and exit codes."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cases_runner import BASE_DAY
from tests.commands import AN_ERROR, BASE_RECORDS, DAYS, Company, Run, edited
from tests.html_reader import read_html

SCHEMA = Path(__file__).parents[1] / "docs" / "facts.schema.json"


def facts(kam: Run, *arguments: str) -> dict[str, Any]:
    """What the command publishes."""
    code, out, _ = kam("facts", *DAYS, *arguments)
    assert code == 0
    published: dict[str, Any] = json.loads(out)
    return published


def test_the_small_company_fits_the_schema(kam: Run, tmp_path: Path) -> None:
    """As any tool that knows JSON Schema sees it."""
    file = tmp_path / "facts.json"
    assert kam("facts", *BASE_RECORDS, *DAYS, "--output", str(file))[0] == 0
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(SCHEMA), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_page_is_there(kam: Run, mini_site: Path) -> None:
    """In the site of the same records, with the place in it."""
    published = facts(kam, *BASE_RECORDS)
    listed = (*published["units"], *published["clients"], *published["obligations"])
    addresses = {one["page"] for one in listed if one["page"]} | set(published["pages"].values())
    assert len(addresses) > 10
    for address in addresses:
        url, _, anchor = address.partition("#")
        page = read_html(url, (mini_site / url / "index.html").read_text("utf-8"))
        assert not anchor or anchor in page.ids, address


def test_clients_are_sorted_and_counted(kam: Run) -> None:
    """What a client has is what the list has of it; a code that cannot be right is not published."""
    published = facts(kam, *BASE_RECORDS)
    ids = [client["id"] for client in published["clients"]]
    assert ids == sorted(ids)
    for client in published["clients"]:
        owed = [one["status"] for one in published["obligations"] if one["client"] == client["id"]]
        assert (client["overdue"], client["due-soon"]) == (owed.count("overdue"), owed.count("due-soon"))
    codes = {client["id"]: client["credit_code"] for client in published["clients"]}
    assert codes["hengda-steel"]
    assert not codes["tongda-foreign"]


def test_a_wrong_code_joins_nobody(kam: Run, company: Company) -> None:
    """Two slips that are alike must not make one client of two."""
    archive = "clients/hengda-steel/archive.yml"
    code = next(
        client["credit_code"]
        for client in facts(kam, *BASE_RECORDS)["clients"]
        if client["id"] == "hengda-steel"
    )
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    published = facts(kam, "--records", str(company({archive: edited(archive, code, wrong)})))
    assert [c["credit_code"] for c in published["clients"] if c["id"] == "hengda-steel"] == [None]


def test_names_and_sites(kam: Run, company: Company) -> None:
    """The folder's name where none is given."""
    records = ("--records", str(company(AN_ERROR)))
    published = facts(kam, *records)
    assert (published["name"], published["site"]) == (Path(records[1]).parent.name, None)
    published = facts(kam, *records, "--name", "钢材本部", "--site", "../steel/")
    assert (published["name"], published["site"]) == ("钢材本部", "../steel/")
    assert published["summary"]["findings"]["errors"] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--site", "javascript:alert(1)"),
        ("--site", "//elsewhere.example/"),
        ("--site", "https://x.example/?a=1"),
        ("--site", "https://x.example/#a"),
        ("--site", "https://x.example/\x1b[2J"),
        ("--site", "ftp://x.example/"),
        ("--site", ""),
        ("--name", " "),
        ("--name", "a\nb"),
        ("--name", "长" * 201),
        ("--output", "no-such-folder/facts.json"),
        ("--as-of", "2026-02-30"),
    ],
)
def test_what_cannot_be_done_is_one_line(kam: Run, arguments: tuple[str, ...]) -> None:
    """Exit code 2, and nothing on standard output."""
    code, out, err = kam("facts", *BASE_RECORDS, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("kam: ")
    assert err.count("\n") == 1
    assert "\x1b" not in err


def test_people_that_cannot_be_read(kam: Run, company: Company) -> None:
    """The facts are published and say that nothing was judged; the exit code tells it too."""
    root = company({"organization/people.yml": "- {编号: ["})
    code, out, _ = kam("facts", "--records", str(root), *DAYS)
    published = json.loads(out)
    assert code == 1
    assert published["judged"] is False
    assert published["obligations"] == []
    assert published["as_of"] == str(BASE_DAY)


def test_same_bytes_twice(kam: Run, company: Company) -> None:
    """With the store of facts and without."""
    command = ("facts", "--records", str(company(AN_ERROR)), *DAYS)
    assert kam(*command) == kam(*command) == kam(*command, "--no-cache")
