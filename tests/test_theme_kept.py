"""The theme is rendered once: the next build has MkDocs' shells at hand, and its site is the same."""

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment
from mkdocs.commands import build as mkdocs_build

from generator.site import templating
from generator.site.build import build_site
from generator.site.plugin import kept
from tests.cases_runner import lay_out
from tests.site_builder import REPOSITORY, configure, contents

Count = Callable[[], int]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small company, with a mkdocs.yml of its own that leads to files of its own."""
    lay_out(tmp_path)
    config = configure(tmp_path)
    docs = tmp_path / "docs"
    (docs / "assets").mkdir(parents=True)
    (docs / "robots.txt").write_bytes((REPOSITORY / "site_templates" / "docs" / "robots.txt").read_bytes())
    change(config, docs_dir=str(docs))
    return tmp_path


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Count:
    """How often MkDocs has rendered the theme."""
    real, times = mkdocs_build.build, []

    def counted(*arguments: object) -> None:
        times.append(arguments)
        real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(mkdocs_build, "build", counted)
    return lambda: len(times)


def change(config: Path, **values: object) -> None:
    """Other values in a mkdocs.yml."""
    content = yaml.safe_load(config.read_text("utf-8")) | values
    config.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


def build(folder: Path, *, strict: bool = False) -> dict[str, bytes]:
    """The files of the site."""
    build_site(folder / "records", None, None, folder / "site", strict=strict)
    return dict(contents(folder / "site"))


def anew(folder: Path) -> dict[str, bytes]:
    """The files of the site without any cache."""
    build_site(folder / "records", None, None, folder / "anew", cached=False)
    return dict(contents(folder / "anew"))


def test_rendered_once(folder: Path, rendered: Count) -> None:
    """Also where records have changed; the site is the one that MkDocs gives."""
    first = build(folder)
    assert rendered() == 1
    assert build(folder) == first
    visit = folder / "records" / "clients" / "hengda-steel" / "2026" / "Q2" / "visits" / "2026-05-28.md"
    visit.write_text(visit.read_text("utf-8") + "\n又一句。\n", "utf-8")
    changed = build(folder)
    assert rendered() == 1
    assert changed != first
    assert changed == anew(folder)


def test_templates_are_compiled_once(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While they are the same; one that was changed is compiled, and its pages are as without a cache."""
    pages = tmp_path / "templates"
    shutil.copytree(templating.TEMPLATES / "pages", pages / "pages")
    monkeypatch.setattr(templating, "TEMPLATES", pages)
    compiled = []
    real = Environment.compile

    def noted(self: Environment, source: str, name: str, filename: str) -> object:
        compiled.append(name)
        return real(self, source, name, filename)

    monkeypatch.setattr(Environment, "compile", noted)
    first = build(folder)
    assert {"page.html", "parts.html"} <= set(compiled)
    compiled.clear()
    assert build(folder) == first
    assert not {"page.html", "parts.html"} & set(compiled)
    parts = pages / "pages" / "parts.html"
    parts.write_text(parts.read_text("utf-8").replace("<th", "<th lang=zh"), "utf-8")
    assert (changed := build(folder)) != first
    assert "parts.html" in compiled
    assert "page.html" not in compiled
    assert changed == anew(folder)


def _site_name(folder: Path) -> None:
    change(folder / "mkdocs.yml", site_name="另一家公司")


def _file(folder: Path) -> None:
    (folder / "docs" / "robots.txt").write_text("User-agent: *\n", "utf-8")


def _another_file(folder: Path) -> None:
    (folder / "docs" / "assets" / "note.css").write_text("p { color: inherit }\n", "utf-8")


def _version(folder: Path) -> None:
    """What is kept by another program is not in its store any more: here it is thrown away."""
    shutil.rmtree(folder / ".kam-cache")


@pytest.mark.parametrize("edit", [_site_name, _file, _another_file, _version])
def test_what_changes_the_theme_renders_it(
    folder: Path, rendered: Count, edit: Callable[[Path], None]
) -> None:
    """Once more, and only then."""
    before = build(folder)
    edit(folder)
    after = build(folder)
    assert rendered() == 2
    assert build(folder) == after
    assert rendered() == 2
    assert after == anew(folder)
    assert (after == before) is (edit is _version)


def test_another_library_renders_it(folder: Path, rendered: Count, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell of an older theme is not poured into."""
    build(folder)
    monkeypatch.setattr(kept, "version", lambda name: f"{name} 0")
    build(folder)
    assert rendered() == 2


def _page(folder: Path) -> None:
    (folder / "docs" / "about.md").write_text("# 关于\n", "utf-8")


def _hook(folder: Path) -> None:
    (folder / "hook.py").write_text("def on_page_context(context, **_):\n    return context\n", "utf-8")
    change(folder / "mkdocs.yml", hooks=[str(folder / "hook.py")])


def _environment(folder: Path) -> None:
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "site_description: !ENV [KAM_NOT_SET, x]\n", "utf-8")


def _plugin(folder: Path) -> None:
    config = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
    change(folder / "mkdocs.yml", plugins=[*config["plugins"], "material/tags"])


@pytest.mark.parametrize("edit", [_page, _hook, _environment, _plugin])
def test_what_is_not_known_is_rendered_each_time(
    folder: Path, rendered: Count, edit: Callable[[Path], None]
) -> None:
    """Pages, hooks, plugins of a company's own, and what stands elsewhere than in the mkdocs.yml."""
    edit(folder)
    first = build(folder)
    assert build(folder) == first
    assert rendered() == 2


def test_what_is_warned_of_is_said_each_time(
    folder: Path, rendered: Count, caplog: pytest.LogCaptureFixture
) -> None:
    """A theme that came with a warning is not kept, so nobody misses it."""
    change(
        folder / "mkdocs.yml", extra_css=["assets/gone.css"], nav=[{"首页": "index.md"}, {"无": "gone.md"}]
    )
    for time in (1, 2):
        caplog.clear()
        with caplog.at_level(logging.WARNING, "mkdocs"):
            build(folder)
        assert "gone.md" in caplog.text
        assert rendered() == time


def test_strict_is_always_rendered(folder: Path, rendered: Count) -> None:
    """Its warnings fail the build, so MkDocs has to see everything."""
    build(folder)
    build(folder, strict=True)
    assert rendered() == 2
