"""A build is whole or not there; and what a site is where records are few or broken."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from generator.cli import main
from generator.judging.store import FOLDER
from generator.pipeline import CannotJudge
from generator.site import build, pages, parts, swap
from generator.site.folder import MADE_HERE
from generator.site.templating import Templates
from generator.site.values import Page as SitePage
from tests.cases_runner import BASE, BASE_DAY, Changes, lay_out
from tests.html_reader import Page, path_of, read_html, read_site
from tests.site_builder import build_again, build_company, build_with_forge, configure, contents

PEOPLE = "organization/people.yml"
UNREADABLE: Changes = {PEOPLE: "- 编号: [\n"}
WITHOUT_CLIENTS: Changes = {
    path.relative_to(BASE).as_posix(): None
    for folder in ("clients", "ratings", "key-accounts")
    for path in (BASE / folder).rglob("*")
    if path.is_file()
}


def beside(folder: Path) -> list[str]:
    """What lies there; the store of facts may."""
    return sorted(path.name for path in folder.iterdir() if path.name != FOLDER)


def page_of(site: Path, url: str) -> Page:
    """One page of a site."""
    return read_html(f"{url}index.html", (site / url / "index.html").read_text("utf-8"))


# Whole or not there


def without_people(folder: Path, _: pytest.MonkeyPatch) -> None:
    """Records that nobody can judge."""
    (folder / "records" / PEOPLE).unlink()


def template_error(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A template that fails on one of the last pages, when most of the site is written."""
    made = Templates.page

    def failing(self: Templates, page: SitePage) -> str:
        if page.url == "policy/records/":
            raise ZeroDivisionError("a template's mistake")
        return made(self, page)

    monkeypatch.setattr(Templates, "page", failing)


def broken_link(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is not where the others say it is."""
    made = parts.overview.recent_page
    monkeypatch.setattr(parts.overview, "recent_page", lambda facts: replace(made(facts), url="elsewhere/"))


def full_disk(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be written."""

    def failing(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parts.search, "names", failing)


def refuse_to_move(monkeypatch: pytest.MonkeyPatch, refused: Callable[[Path, Path], bool]) -> None:
    """Where two folders cannot change places at one moment: the first move of a kind is refused."""
    made, left = Path.rename, [1]
    monkeypatch.setattr(swap, "_exchanged", lambda *_: False)

    def failing(self: Path, target: Path) -> Path:
        if refused(self, target) and left:
            left.pop()
            raise OSError(13, "Permission denied")
        return made(self, target)

    monkeypatch.setattr(Path, "rename", failing)


def stuck_old_site(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An old site that cannot be moved away: on Windows, one of its files is open."""
    refuse_to_move(monkeypatch, lambda old, new: old.name == "site")


def stuck_new_site(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new site that cannot be moved to its place once the old one has left it."""
    refuse_to_move(monkeypatch, lambda old, new: new.name == "site")


Break = Callable[[Path, pytest.MonkeyPatch], None]


@pytest.mark.parametrize(
    ("breaking", "error", "says"),
    [
        (without_people, CannotJudge, "people.yml"),
        (template_error, ZeroDivisionError, "mistake"),
        (broken_link, CannotJudge, "警告"),
        (full_disk, CannotJudge, "磁盘已满"),
        (stuck_old_site, CannotJudge, "没有权限"),
        (stuck_new_site, CannotJudge, "没有权限"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_failed_build_leaves_the_old_site(
    breaking: Break,
    error: type[Exception],
    says: str,
    mini_site: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The old site stays as it was, byte for byte, and nothing is left beside it."""
    lay_out(tmp_path)
    configure(tmp_path)
    before = contents(shutil.copytree(mini_site, tmp_path / "site"))
    neighbours = beside(tmp_path)
    with monkeypatch.context() as patched:
        breaking(tmp_path, patched)
        with pytest.raises(error, match=says):
            build_again(tmp_path)
    assert contents(tmp_path / "site") == before
    assert beside(tmp_path) == neighbours


def test_failed_first_build_leaves_nothing(tmp_path: Path) -> None:
    """Where there was no site there is none after a build that fails."""
    with pytest.raises(CannotJudge):
        build_company(tmp_path, {PEOPLE: None})
    assert beside(tmp_path) == ["mkdocs.yml", "records"]


def test_new_site_takes_the_place_of_the_old(mini_site: Path, tmp_path: Path) -> None:
    """Pages of records that are gone are gone."""
    shutil.copytree(mini_site, tmp_path / "site")
    site = build_company(tmp_path, {"clients/anping-tools/archive.yml": None})
    assert (site / "clients/tongda-foreign/index.html").is_file()
    assert not (site / "clients/anping-tools").exists()
    assert beside(tmp_path) == ["mkdocs.yml", "records", "site"]


@pytest.mark.parametrize("is_folder", [True, False])
def test_what_is_no_site_is_not_overwritten(is_folder: bool, tmp_path: Path) -> None:
    """A folder with other files, or a file, in the place of the site."""
    site = tmp_path / "site"
    precious = site / "年度总结.docx" if is_folder else site
    precious.parent.mkdir(exist_ok=True)
    precious.write_bytes(b"precious")
    with pytest.raises(CannotJudge, match="--site-dir"):
        build_company(tmp_path)
    assert precious.read_bytes() == b"precious"
    assert beside(tmp_path) == ["mkdocs.yml", "records", "site"]


def test_empty_folder_is_taken(tmp_path: Path) -> None:
    """An empty folder holds nothing that could be lost."""
    (tmp_path / "site").mkdir()
    assert (build_company(tmp_path) / MADE_HERE).is_file()


def test_command_builds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`kam build` with its options; a failure is one line and exit code 2."""
    site, days = tmp_path / "out", ("--as-of", str(BASE_DAY), "--today", str(BASE_DAY))
    assert main(["build", "--records", str(BASE), "--site-dir", str(site), "--strict", *days]) == 0
    assert capsys.readouterr().out == f"网站已写好：{site}\n"
    assert (site / "index.html").is_file()
    (site / MADE_HERE).unlink()
    assert main(["build", "--records", str(BASE), "--site-dir", str(site), *days]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


# Few records, broken records


def test_unreadable_people_stop_the_judging_only(tmp_path: Path) -> None:
    """The site is there, and each page says that no more was judged."""
    site = build_company(tmp_path, UNREADABLE)
    for url, page in read_site(site).items():
        assert pages.NOT_JUDGED in page.text or url == "404.html", url
    assert "people.yml" in page_of(site, "findings/").text


def test_company_without_clients(tmp_path: Path) -> None:
    """On the first day there are units and people, and nothing else."""
    site = build_company(tmp_path, WITHOUT_CLIENTS)
    for url in pages.IN_NAVIGATION:
        assert f"截至 {BASE_DAY}" in page_of(site, url).text, url
    assert "还没有客户" in page_of(site, "clients/").text


def test_company_begun_with_init(tmp_path: Path) -> None:
    """What `kam init` writes can be built as it is."""
    folder = tmp_path / "company"
    assert main(["init", str(folder), "--today", str(BASE_DAY)]) == 0
    build.build_site(folder / "records", None, BASE_DAY, None, strict=True)
    page = page_of(folder / "site", "")
    assert f"截至 {BASE_DAY}" in page.text
    assert any(address.endswith("kam.css") for _, address in page.links)


def test_client_with_an_archive_only(mini_site: Path) -> None:
    """Its page says of each part that there is nothing yet."""
    text = page_of(mini_site, "clients/anping-tools/").text
    for said in ("没有团队", "没有应办事项", "没有访问计划", "还没有拜访记录", "没有附件", "没有检查问题"):
        assert said in text, said


def test_client_folder_without_archive(tmp_path: Path) -> None:
    """A client of whom only a visit is written has a page too, which says what is missing."""
    visit = (BASE / "clients/hengda-steel/2026/Q2/visits/2026-05-28.md").read_bytes()
    site = build_company(tmp_path, {"clients/newcomer/2026/Q2/visits/2026-05-28.md": visit})
    assert "请先建档" in page_of(site, "clients/newcomer/").text


def test_person_with_nothing(mini_site: Path) -> None:
    """Their page says so."""
    text = page_of(mini_site, "people/wu-lei/").text
    for said in ("没有待完成的事项", "没有担任客户经理", "还没有拜访记录", "还没有完成的事项"):
        assert said in text, said


# Links to the forge

VISIT = "records/clients/hengda-steel/2026/Q2/visits/2026-05-12.md"
MISSING = "records/clients/jinshan-steel/2026/service-plan.md"


@pytest.mark.parametrize(
    ("kind", "opens", "edits", "begins"),
    [
        ("github", "blob/main/{}", "edit/main/{}", "new/main/{}?filename={}"),
        ("gitlab", "-/blob/main/{}", "-/edit/main/{}", "-/new/main/{}?file_name={}"),
        ("gitea", "src/branch/main/{}", "_edit/main/{}", "_new/main/{}?filename={}"),
    ],
)
def test_links_to_the_forge(kind: str, opens: str, edits: str, begins: str, tmp_path: Path) -> None:
    """A record can be opened and changed, a missing one begun, as each forge has it."""
    base = f"https://{kind}.example/sales/records/"
    site = build_with_forge(tmp_path, kind)
    read = page_of(site, "clients/hengda-steel/2026/Q2/visits/2026-05-12/")
    addresses = {address for _, address in read.links}
    assert {base + opens.format(VISIT), base + edits.format(VISIT)} <= addresses
    lacking = {address for _, address in page_of(site, "clients/jinshan-steel/").links}
    beginning = base + begins.format(*MISSING.rsplit("/", 1))
    started = next(address for address in sorted(lacking) if address.startswith(beginning))
    carried = parse_qs(urlsplit(started).query).get("value", [""])[0]
    assert ("## 服务方案" in carried) == (kind == "github"), (
        "the parts stand ready where the address takes them"
    )
    for page in (read, page_of(site, "overdue/"), page_of(site, "policy/records/")):
        away = {target for _, target, _ in page.leads_to() if path_of(target) is None}
        assert [target for target in away if not target.startswith(base)] == []


def test_forge_with_a_branch_and_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Branch names are quoted, and the records may lie below the repository's top."""
    lay_out(tmp_path / "data")
    configure(
        tmp_path,
        records="data/records",
        forge={"kind": "github", "url": "https://github.example/a/b/", "branch": "定稿/2026"},
    )
    monkeypatch.chdir(tmp_path)
    build.build_site(None, None, None, tmp_path / "site", strict=True)
    addresses = {
        address
        for _, address in page_of(tmp_path / "site", "clients/hengda-steel/2026/Q2/visits/2026-05-12/").links
    }
    branch = "%E5%AE%9A%E7%A8%BF/2026"
    assert f"https://github.example/a/b/blob/{branch}/data/{VISIT}" in addresses


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("clients/hengda-steel/2026/Q2/visits/拜访.md", "clients/hengda-steel/2026/Q2/visits/2026-05-28.md"),
        ("ratings/2026/decisions/决定.yml", "ratings/2026/decisions/2025-12-15.yml"),
    ],
)
def test_record_whose_name_has_no_day(name: str, like: str, tmp_path: Path) -> None:
    """Nobody knows when it was: it has no page, no link leads to one, and what is wrong is said."""
    site = build_company(tmp_path, {name: (BASE / like).read_text("utf-8")})
    assert name.rpartition("/")[2] in (site / "findings" / "index.html").read_text("utf-8")
