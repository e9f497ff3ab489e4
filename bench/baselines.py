"""What the product is held against: MkDocs and Hugo on the same content, and two bare loops."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from bench import pages
from bench.content import Repository, Workplace, call, megabytes
from bench.measure import ROOT, Failed, NotMeasured, Usage, environment, run, say

_NAVIGATION = {
    "README.md": "总览",
    "clients.md": "客户",
    "overdue.md": "逾期",
    "due-soon.md": "即将到期",
    "people.md": "人员",
    "units.md": "部门",
    "ratings.md": "评级",
    "findings.md": "检查问题",
    "policy.md": "制度",
}
"""Nine short pages, so that all pages carry the navigation that ours do; README.md is MkDocs' front page."""

_LINKS = ("not_found", "absolute_links", "unrecognized_links", "anchors")
"""What MkDocs would look at in each link; it is spared that."""

_HUGO = {
    "baseURL": "/",
    "languageCode": "zh",
    "disablePathToLower": True,
    "disableKinds": ["home", "section", "taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"],
    "timeout": "600s",
    "markup": {"goldmark": {"renderer": {"unsafe": False}}},
}


def markdown_site(place: Workplace) -> Path:
    """The leaf pages of our site as Markdown, with what MkDocs and Hugo need to build them; made once."""
    folder = place.folder / "baseline"
    if "leaf pages" in place.sizes:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    docs, layouts = folder / "docs", folder / "hugo" / "layouts" / "_default"
    layouts.mkdir(parents=True)
    site = place.site
    say("converting the leaf pages to Markdown")
    place.sizes["leaf pages"] = pages.convert(site, docs, layouts)
    layout = next(layouts.iterdir()).stem
    for name, title in _NAVIGATION.items():
        (docs / name).write_text(f"---\ntitle: {title}\nlayout: {layout}\n---\n\n# {title}\n", "utf-8")
    # The theme's files are part of a site that can be read.
    shutil.copytree(site / "assets", folder / "hugo" / "static" / "assets")
    (folder / "hugo" / "config.json").write_text(json.dumps(_HUGO | {"contentDir": str(docs)}), "utf-8")
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(_mkdocs_config(), allow_unicode=True), "utf-8")
    return folder


def _mkdocs_config() -> dict[str, object]:
    """Our own mkdocs.yml without our plugin; no search on either side."""
    config: dict[str, object] = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    extensions = config.get("markdown_extensions") or []
    assert isinstance(extensions, list)
    return config | {
        "docs_dir": "docs",
        "plugins": [],
        "markdown_extensions": [*extensions, "def_list"],
        "nav": [{title: name} for name, title in _NAVIGATION.items()],
        "not_in_nav": "*",
        "validation": {"nav": {"omitted_files": "ignore"}, "links": dict.fromkeys(_LINKS, "ignore")},
    }


def mkdocs(place: Workplace) -> Usage:
    """Plain MkDocs with the Material theme."""
    folder, out = markdown_site(place), place.output("mkdocs")
    config = folder / "mkdocs.yml"
    command: list[str | Path] = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    command += ["--config-file", config, "--site-dir", out]
    return _checked(place, run(command, folder), out)


def hugo(place: Workplace) -> Usage:
    """Hugo with a shell made from ours, as parallel as it likes."""
    if shutil.which("hugo") is None:
        raise NotMeasured("hugo is missing (apt-get install hugo)")
    folder, out = markdown_site(place), place.output("hugo")
    source = folder / "hugo"
    config = source / "config.json"
    command: list[str | Path] = ["hugo", "--quiet", "--source", source, "--config", config]
    command += ["--destination", out]
    return _checked(place, run(command, folder), out)


def _checked(place: Workplace, usage: Usage, out: Path) -> Usage:
    """What a baseline used, if it built every page; its size is kept, its site is not."""
    count, size = megabytes(out, "index.html")
    wanted = page_count(place)
    if count < wanted:
        raise Failed(f"{out.name} built {count} pages of {wanted}")
    place.sizes[out.name] = size
    shutil.rmtree(out)
    return usage


def page_count(place: Workplace) -> int:
    """How many leaf pages the baselines build."""
    markdown_site(place)
    return int(place.sizes["leaf pages"])


def parse_loop(repository: Repository) -> Usage:
    """Only read every record and parse it with libyaml."""
    return run([sys.executable, "-m", "bench.parse_loop", repository.records], ROOT)


def render_loop(place: Workplace) -> Usage:
    """Only render and write: the same templates on page values that are ready."""
    out = place.output("loop")
    # Without the search, as the build that is held against it; no page is taken over from an earlier build.
    place.plain.forget()
    command = [sys.executable, "-m", "bench.render_loop", str(place.plain.records), str(out)]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"the render loop: {done.stderr.strip()[-1500:]}")
    shutil.rmtree(out)
    found = json.loads(done.stdout)
    place.sizes["loop pages"] = found["pages"]
    place.kept["making"] = Usage(found["cpu"] + found["making cpu"], found["wall"] + found["making wall"])
    return Usage(found["cpu"], found["wall"])


def making_loop(place: Workplace) -> Usage:
    """Make the values, too, of facts in memory: counted by the run of the render loop just before."""
    usage = place.kept.pop("making", None)
    if not isinstance(usage, Usage):
        raise NotMeasured("the render loop was not run before it")
    return usage


def hugo_version() -> str:
    """Which Hugo."""
    return call("hugo", "version").strip() if shutil.which("hugo") else "missing"
