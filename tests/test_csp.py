"""Nothing runs on the site but its own files and the theme's inline scripts, which are named by hashes."""

import re
import shutil
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.site import csp
from generator.site.output import DEPTHS
from generator.site.shell import ShellError, marker
from tests import hostile
from tests.browser import Watch, served
from tests.html_reader import read_html
from tests.site_builder import build_company, contents

_META = re.compile(r'<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_CLIENT = "clients/hengda-steel/"


def policy_of(html: str) -> dict[str, list[str]]:
    """The policy in a page, which nothing but the opening of its head precedes."""
    (found,) = _META.findall(html)
    parts = (part.strip().split(" ") for part in unescape(found).split(";"))
    return {name: sources for name, *sources in parts}


def source(script: str) -> str:
    """How a policy names an inline script."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def inline(html: str) -> set[str]:
    """The inline scripts of a page that run; a script with a file, and data, are empty or JSON."""
    return {text for text in read_html("", html).scripts if text and not text.startswith("{")}


def test_every_page_has_a_policy_of_its_own_scripts(mini_site: Path) -> None:
    """It lets just the inline scripts run that are there, at every depth, and nothing else that is inline."""
    depths = set()
    for file in mini_site.rglob("*.html"):
        html = file.read_text("utf-8")
        policy = policy_of(html)
        assert set(policy["script-src"]) == {"'self'", *map(source, inline(html))}, file
        assert len(inline(html)) >= 2, file
        assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == ["'none'"]
        assert not any("unsafe" in one for sources in policy.values() for one in sources), file
        page = read_html("", html)
        assert "style" not in page.tags | page.attributes, file
        depths.add(len(file.relative_to(mini_site).parts))
    assert depths == set(range(1, 8))


def test_widths_have_classes(mini_site: Path) -> None:
    """What a style attribute said is in the style sheet."""
    css = (mini_site / "assets" / "kam.css").read_text("utf-8")
    used = {
        name
        for file in mini_site.rglob("*.html")
        for name in re.findall(r'<col class="(kam-w\d+)', file.read_text("utf-8"))
    }
    assert used
    for name in used:
        assert f".{name} {{ width: {name.removeprefix('kam-w')}%; }}" in css


def nginx_policy(site: Path) -> Mapping[str, str]:
    """The headers of the lines for nginx."""
    lines = (site / csp.NGINX).read_text("utf-8").splitlines()
    headers = (re.fullmatch(r'add_header (\S+) "([^"]*)" always;', line) for line in lines if line[0] != "#")
    return {found[1]: found[2] for found in headers if found}


def test_lines_for_nginx(mini_site: Path) -> None:
    """One policy for all pages: every inline script of the site, and none else; no frames.

    Of the deepest pages there are none here (cutting.py): the theme's script has one more step up there.
    """
    headers = nginx_policy(mini_site)
    assert headers.keys() >= {"X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"}
    found = {script for file in mini_site.rglob("*.html") for script in inline(file.read_text("utf-8"))}
    up = "/".join([".."] * (max(DEPTHS) - 1))
    deepest = {script.replace(f'"{up}"', f'"{up}/.."') for script in found if f'"{up}"' in script}
    assert len(deepest) == 1
    scripts = {source(script) for script in found | deepest}
    wanted = "script-src 'self' " + " ".join(sorted(scripts)) + ";"
    assert wanted in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_records_change_no_policy(tmp_path: Path, mini_site: Path) -> None:
    """Scripts in records do not come into the policy: its hashes are the theme's."""
    site = build_company(tmp_path, hostile.changes())
    assert contents(site)[csp.NGINX] == contents(mini_site)[csp.NGINX]


def test_a_script_around_a_record_ends_the_build() -> None:
    """Whatever the theme would put a record's words into a script: the build fails and says so."""
    shell = f"<html><head><script>var title='{marker('title')}'</script></head></html>"
    with pytest.raises(ShellError, match="脚本"):
        csp.hashes(shell)
    with pytest.raises(ShellError, match="head"):
        csp.guarded("<html></html>", [])


@pytest.mark.browser
@pytest.mark.parametrize(
    "planted",
    [
        "<script>document.title = 'planted'</script>",
        "<img src=x onerror=\"document.title = 'planted'\">",
        "<style>h1 { display: none }</style>",
        '<p style="position: fixed">x</p>',
        '<script src="https://elsewhere.example/x.js"></script>',
        '<img src="https://elsewhere.example/x.png">',
    ],
)
def test_what_is_planted_is_stopped(planted: str, mini_site: Path, tmp_path: Path, browser: Browser) -> None:
    """The policy is in force: were there a hole in the pages, Chromium would still run and fetch nothing."""
    site = tmp_path / "site"
    shutil.copytree(mini_site, site)
    page_file = site / _CLIENT / "index.html"
    page_file.write_text(page_file.read_text("utf-8").replace("<h1>", f"{planted}<h1>", 1), "utf-8")
    with served(site) as base, browser.new_context() as context:
        watch = Watch(context.new_page(), base)
        page = watch.open(_CLIENT)
        assert page.title() != "planted"
        assert any("Content Security Policy" in fault for fault in watch.faults), watch.faults
        asked = {fault.rpartition(" ")[2] for fault in watch.faults if "another host" in fault}
        assert {f"failed: csp: {address}" for address in asked} <= {*watch.faults}
