"""What the pages of the small company say, compared with what someone has read and blessed."""

import difflib
import os
import re
from pathlib import Path

import pytest

from tests.blessed_text import blessed_text
from tests.cases_runner import Changes
from tests.hostile import VISIT, replaced
from tests.site_builder import build_company

BLESSED = Path(__file__).parent / "blessed"
BLESSING = os.environ.get("KAM_BLESS") == "1"

HENGDA = "clients/hengda-steel/"
PAGES = (
    "",
    "clients/",
    HENGDA,
    f"{HENGDA}2026/Q1/report/",
    f"{HENGDA}2026/Q2/visit-plan/",
    f"{HENGDA}2026/Q2/visits/2026-05-12/",
    f"{HENGDA}2026/service-plan/",
    "clients/anping-tools/",
    "clients/yongtai-joint/",
    "due-soon/by-person/",
    "overdue/",
    "overdue/by-division/",
    "people/zhao-min/",
    "policy/rules/V104/",
    "ratings/",
    "units/iron-ore/",
    "units/key-accounts/",
)
FILES = ("overdue/overdue.csv", "search/names.json")

FAULTY: Changes = {
    VISIT: replaced(VISIT, ("填报日期: 2026-05-29", "填报日期: 2026-05-27")),
    f"{HENGDA}archive.yml": replaced(f"{HENGDA}archive.yml", ("传真:", "传 真:")),
    "clients/jinshan-steel/2026/team.yml": "聘任日期: [2025-12-20\n",
}
"""An error, an error of form and a file that cannot be read."""


def compare(name: str, text: str) -> None:
    """Fails where a text is not the blessed one; writes it where it is to be blessed."""
    file = BLESSED / f"{name}.txt"
    if BLESSING:
        BLESSED.mkdir(exist_ok=True)
        file.write_bytes(text.encode())
    was = file.read_bytes().decode() if file.is_file() else ""
    if text != was:
        lines = difflib.unified_diff(
            was.splitlines(), text.splitlines(), f"blessed/{file.name}", "built now", "", "", 1, ""
        )
        told = "If this is what it should say, bless it: make bless, then read the diff in Git."
        pytest.fail("\n".join([*lines, "", told]), pytrace=False)


def name_of(url: str) -> str:
    """The name of a page's blessed file."""
    return url.strip("/").replace("/", "-") or "overview"


@pytest.mark.parametrize("url", PAGES, ids=name_of)
def test_page(url: str, mini_site: Path) -> None:
    """A page says what it said when it was read."""
    compare(name_of(url), blessed_text((mini_site / url / "index.html").read_text("utf-8")))


@pytest.mark.parametrize("path", FILES)
def test_file(path: str, mini_site: Path) -> None:
    """So does a file that lies beside the pages."""
    text = (mini_site / path).read_bytes().decode()
    compare(Path(path).name, re.sub('([]}]),"', '\\1,\n"', text))


def test_findings(tmp_path: Path) -> None:
    """The page of findings, where there are some."""
    site = build_company(tmp_path, FAULTY)
    compare("findings", blessed_text((site / "findings" / "index.html").read_text("utf-8")))


def test_nothing_else_is_blessed() -> None:
    """No file is left of a page that is not compared any more."""
    names = {*map(name_of, PAGES), *(Path(path).name for path in FILES), "findings"}
    assert {file.stem for file in BLESSED.iterdir()} == names
