"""What the setting `publish` holds back is nowhere on the site; what it names is there, and only that."""

from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest

from generator.pipeline import CannotJudge
from generator.site.build import build_site
from generator.site.published import NOT_SHOWN, STATEMENTS, WORDS
from generator.starting.missing import missing_record
from tests import hostile
from tests.cases_runner import BASE, BASE_DAY, lay_out, run_at
from tests.html_reader import read_html
from tests.search_index import Index
from tests.site_builder import build_company, configure, contents

CLIENT = "clients/hengda-steel/"
VISIT = f"{CLIENT}2026/Q2/visits/2026-05-28/"
LICENCE, STATEMENT = (
    f"{CLIENT}attachments/{name}" for name in ("business-licence.pdf", "statements-2025.csv")
)
ARCHIVE = f"{CLIENT}archive.yml"

CONTACTS = ("单于甲", "0315-555 0777", "0315-555 0778", "chanyu@example.com", "单于乙")
BODIES = ("磅单暗语", "水分暗语", "进度暗语", "时限暗语")
SERVICE_PLAN, REPORT = f"{CLIENT}2026/service-plan.md", f"{CLIENT}2026/Q1/report.md"
ANALYSIS = "key-accounts/2026/Q1.md"
VISIT_FILE = f"{VISIT[:-1]}.md"


def changes() -> dict[str, str | bytes | None]:
    """The small company with contacts and texts that stand nowhere else, not even in examples."""
    replaced = hostile.replaced
    return {
        ARCHIVE: replaced(
            ARCHIVE,
            ("联系人: 周敏", f"联系人: {CONTACTS[0]}"),
            ("0315-555 0134", CONTACTS[1]),
            ("0315-555 0135", CONTACTS[2]),
            ("hengda@example.com", CONTACTS[3]),
            ("business-licence.pdf", "single-licence.pdf"),
            ("statements-2025.csv", "single-statements.csv"),
        ),
        LICENCE: None,
        STATEMENT: None,
        f"{CLIENT}attachments/single-licence.pdf": b"%PDF-1.7",
        f"{CLIENT}attachments/single-statements.csv": b"a,b",
        VISIT_FILE: replaced(
            VISIT_FILE, ("姓名: 周敏", f"姓名: {CONTACTS[4]}"), ("核对五月到货的磅单", BODIES[0])
        ),
        REPORT: replaced(REPORT, ("两批货水分超标", BODIES[1])),
        SERVICE_PLAN: replaced(SERVICE_PLAN, ("每季度与客户核对一次供货质量和交货进度", BODIES[2])),
        ANALYSIS: replaced(ANALYSIS, ("质量异议七日内答复", BODIES[3])),
    }


def text(site: Path, url: str) -> str:
    """What a page says."""
    return read_html(url, (site / url / "index.html").read_text("utf-8")).text


def holding(site: Path, typed: str) -> list[str]:
    """The files of a site in which a text stands, as typed, in an address or in JSON."""
    forms = {typed.encode(), quote(typed).encode(), typed.encode("unicode_escape")}
    return [name for name, data in contents(site).items() if any(form in data for form in forms)]


def test_usual(mini_site: Path) -> None:
    """The licence is there byte for byte; of the statements only that they are filed, and since when."""
    assert (mini_site / LICENCE).read_bytes() == (BASE / LICENCE).read_bytes()
    assert not (mini_site / STATEMENT).exists()
    assert "statements-2025" not in "".join(holding(mini_site, "statements-2025"))
    shown = text(mini_site, CLIENT)
    assert f"财务报表2025 年度{NOT_SHOWN}2026-04-30" in shown.replace("\n", "")


def test_all_is_held_back(tmp_path: Path) -> None:
    """Neither pages nor the search nor addresses have any of it; with the setting they do."""
    forge = {"kind": "github", "url": "https://github.example/a/b"}
    hidden = build_company(tmp_path / "less", changes(), publish=[], forge=forge)
    shown = build_company(tmp_path / "all", changes(), publish=[*WORDS], forge=forge)
    for typed in (*CONTACTS, *BODIES, "single-licence", "single-statements"):
        assert holding(hidden, typed) == [], typed
        assert holding(shown, typed), typed
    for site, found in ((hidden, False), (shown, True)):
        index = Index(contents(site))
        for typed in (*CONTACTS, *BODIES):
            assert bool(index.find(typed)) is found, typed
        assert index.find("恒达钢铁")
    assert not list(hidden.glob("clients/*/attachments"))
    assert NOT_SHOWN in text(hidden, VISIT)
    assert "顺路停留时间短" in text(hidden, VISIT)


def test_drafts_name_contacts_where_they_may_be_shown(tmp_path: Path) -> None:
    """The ready text of a visit, which an address of the forge may carry, names whom the archive knows."""
    result = run_at(lay_out(tmp_path, changes()), BASE_DAY)
    drafts = [
        [draft[1] for one in result.obligations if (draft := missing_record(result, one, contacts=contacts))]
        for contacts in (True, False)
    ]
    assert [any(CONTACTS[0] in draft for draft in some) for some in drafts] == [True, False]
    assert len(drafts[0]) == len(drafts[1])


def without(*words: str) -> list[str]:
    """All that can be published, but for some."""
    return [word for word in WORDS if word not in words]


def test_findings_quote_nothing_that_is_held_back(tmp_path: Path) -> None:
    """A message quotes what was typed: on the site not where that is a contact's."""
    changes = {
        ARCHIVE: hostile.replaced(ARCHIVE, ("传真:", '"张密 0315-555 0199”": 1\n传真:')),
        f"{CLIENT}2026/Q1/report.md": hostile.replaced(
            f"{CLIENT}2026/Q1/report.md", ("提交日期: 2026-04-08", "提交日期: 四月八日机密")
        ),
    }
    shown = build_company(tmp_path / "all", changes, publish=[*WORDS])
    assert holding(shown, "张密")
    assert holding(shown, "四月八日机密")
    hidden = build_company(tmp_path / "less", changes, publish=without("联系方式", "报告正文"))
    assert holding(hidden, "张密") == holding(hidden, "0199") == holding(hidden, "机密") == []
    assert "没有“……”这一项" in text(hidden, "findings/")


def test_statements_where_they_are_wanted(tmp_path: Path) -> None:
    """The word in the setting brings them."""
    site = build_company(tmp_path, publish=[*WORDS])
    assert (site / STATEMENT).read_bytes() == (BASE / STATEMENT).read_bytes()


def test_file_of_two_kinds_is_held_back(tmp_path: Path) -> None:
    """Statements do not come onto the site under another name."""
    line = "{类别: 营业执照, 文件: attachments/business-licence.pdf"
    changes = {
        ARCHIVE: hostile.replaced(ARCHIVE, (line, "{类别: 营业执照, 文件: attachments/statements-2025.csv"))
    }
    site = build_company(tmp_path, changes)
    assert not list(site.glob(f"{CLIENT}attachments/*"))


def _link(root: Path, file: Path) -> None:
    file.unlink()
    file.symlink_to("/etc/passwd")


def _folder_link(root: Path, file: Path) -> None:
    file.parent.rename(root / "elsewhere")
    file.parent.symlink_to(root / "elsewhere")


def _bytes(data: bytes) -> Callable[[Path, Path], None]:
    return lambda root, file: file.write_bytes(data) and None


@pytest.mark.parametrize(
    "change",
    [
        _link,
        _folder_link,
        _bytes(b"<html><script>alert(1)</script>"),
        _bytes(b""),
        lambda _, file: file.unlink(),
    ],
)
def test_what_is_not_a_good_file_is_not_copied(change: Callable[[Path, Path], None], tmp_path: Path) -> None:
    """Links, files of another kind than their names say, and what is not there."""
    root = lay_out(tmp_path)
    change(root, root / LICENCE)
    configure(tmp_path)
    build_site(root, None, None, tmp_path / "site", strict=True)
    assert not list((tmp_path / "site").glob(f"{CLIENT}attachments/*"))
    assert "文件不可用" in text(tmp_path / "site", CLIENT)


@pytest.mark.parametrize("name", ["../huadong-auto/archive.yml", "attachments/../../x.pdf", "/etc/passwd"])
def test_nothing_from_elsewhere(name: str, tmp_path: Path) -> None:
    """What an archive names outside the client's folder is not copied, wherever it would land."""
    old = "attachments/business-licence.pdf"
    changes: Mapping[str, str] = {ARCHIVE: hostile.replaced(ARCHIVE, (old, hostile.quoted(name)))}
    before = set(contents(build_company(tmp_path / "plain")))
    after = {file for file in contents(build_company(tmp_path / "other", changes)) if file[-4:] != ".csv"}
    assert after == {file for file in before if file[-4:] != ".csv"} - {LICENCE}


@pytest.mark.parametrize("name", ["执照 #1?&\"'<b>%41.pdf", "注意.PDF", "-rf.txt", "a;b|c`d`$(e).csv"])
def test_odd_names(name: str, tmp_path: Path) -> None:
    """The address of an attachment is that of the very file, whatever its name."""
    file = f"attachments/{name}"
    old = "attachments/business-licence.pdf"
    changes: dict[str, str | bytes | None] = {
        ARCHIVE: hostile.replaced(ARCHIVE, (old, hostile.quoted(file))),
        CLIENT + old: None,
        CLIENT + file: b"%PDF-1.7",
    }
    site = build_company(tmp_path, changes)
    assert (site / CLIENT / file).read_bytes() == b"%PDF-1.7"
    page = read_html(CLIENT, (site / CLIENT / "index.html").read_text("utf-8"))
    assert [link for _, link in page.links if link.endswith(quote(file))]


def test_the_next_build_follows_the_setting(tmp_path: Path) -> None:
    """What was published is taken away again, where all else is kept, too; and what has changed is new."""
    root = lay_out(tmp_path)
    for publish in (None, [], [*WORDS], None):
        configure(tmp_path, **({} if publish is None else {"publish": publish}))
        build_site(root, None, None, tmp_path / "site")
        build_site(root, None, None, tmp_path / "anew", fresh_pages=True, cached=False)
        assert contents(tmp_path / "site") == contents(tmp_path / "anew")
    (root / LICENCE).write_bytes(b"%PDF-1.7 other")
    build_site(root, None, None, tmp_path / "site")
    assert (tmp_path / "site" / LICENCE).read_bytes() == b"%PDF-1.7 other"


@pytest.mark.parametrize("given", [["合同"], ["财务报表", "statements"], [["联系方式"]]])
def test_unknown_words(given: list[object], tmp_path: Path) -> None:
    """A word that means nothing ends the build: nobody may think that something is held back."""
    root = lay_out(tmp_path)
    configure(tmp_path, publish=given)
    with pytest.raises(CannotJudge, match="publish"):
        build_site(root, None, None, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_words_are_told_in_the_setting() -> None:
    """The sample's mkdocs.yml names all words but the one that is held back as a rule."""
    told = (BASE.parents[2] / "mkdocs.yml").read_text("utf-8")
    (line,) = (line for line in told.splitlines() if "publish: [" in line)
    assert line.strip(" #") == f"publish: [{', '.join(without(STATEMENTS))}]"
