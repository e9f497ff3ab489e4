"""What is run in turn: our own commands and the baselines, each a small function of the place."""

import shutil
from collections.abc import Callable

from bench import baselines
from bench.content import STORE, Repository, Workplace, megabytes
from bench.measure import NotMeasured, Usage

NO_CACHE = "--no-cache"
FRESH_PAGES = "--fresh-pages"


def build_from_nothing(place: Workplace) -> Usage:
    """Read, judge and write everything."""
    usage = _cold_build(place, place.cold, "nothing")
    place.kept["site"] = True
    return usage


def build_without_search(place: Workplace) -> Usage:
    """The same without the search, which the baselines do not have either."""
    return _cold_build(place, place.plain, "plain")


def build_other_size(place: Workplace) -> Usage:
    """The same at the other size of the growth."""
    return _cold_build(place, place.other, "other")


def _cold_build(place: Workplace, repository: Repository, name: str) -> Usage:
    repository.forget()
    return repository.build(place.output(name))


def build_from_facts(place: Workplace) -> Usage:
    """Facts from the store, and every page written anew; without the search."""
    options = place.options("build", FRESH_PAGES)
    if not options:
        raise NotMeasured(f"kam build has no {FRESH_PAGES} yet")
    _fill(place, place.warm)
    return place.warm.build(place.output("facts"), *options)


def _fill(place: Workplace, repository: Repository) -> None:
    """Let a build fill the store of facts, once."""
    if not repository.has_store:
        site = place.output("filling")
        repository.build(site)
        shutil.rmtree(site)
        # With what is kept of the site that is gone: to remove it is not the next build's work.
        shutil.rmtree(site.parent / STORE)
    if not repository.has_store:
        raise NotMeasured(f"kam build keeps no store of facts in {STORE} yet")


def rebuild(place: Workplace) -> Usage:
    """Change one record, and build over the last site."""
    site = place.live.folder / "site"
    if not site.exists():
        place.live.build(site)
    if not place.live.has_store:
        raise NotMeasured(f"kam build keeps no store of facts in {STORE} yet")
    place.change()
    return place.live.build(site)


def check_from_nothing(place: Workplace) -> Usage:
    """Read and judge everything."""
    return _cold_check(place, place.cold)


def check_filling(place: Workplace) -> Usage:
    """The same, and the store of facts is filled for the next one."""
    place.cold.forget()
    return place.cold.check()


def check_other_size(place: Workplace) -> Usage:
    """The same at the other size of the growth."""
    return _cold_check(place, place.other)


def _cold_check(place: Workplace, repository: Repository) -> Usage:
    repository.forget()
    return repository.check(*place.options("check", NO_CACHE))


def check_changed(place: Workplace) -> Usage:
    """Change one record, and check with the store of facts filled."""
    if not place.live.has_store:
        place.live.check()
    if not place.live.has_store:
        raise NotMeasured(f"kam check keeps no store of facts in {STORE} yet")
    place.change()
    return place.live.check()


def parse_loop(place: Workplace) -> Usage:
    """The loop that only reads and parses."""
    return baselines.parse_loop(place.cold)


SERIES: dict[str, Callable[[Workplace], Usage]] = {
    "build from facts": build_from_facts,
    "build from nothing": build_from_nothing,
    "build without search": build_without_search,
    "build at the other size": build_other_size,
    "rebuild": rebuild,
    "mkdocs": baselines.mkdocs,
    "hugo": baselines.hugo,
    "render loop": baselines.render_loop,
    "making loop": baselines.making_loop,
    "check from nothing": check_from_nothing,
    "check that fills the store": check_filling,
    "parse loop": parse_loop,
    "check at the other size": check_other_size,
    "check changed": check_changed,
}
"""All that is run in turn, in this order."""

SLOW = ("mkdocs",)
"""What is run fewer times on many clients."""


def site_sizes(place: Workplace) -> str:
    """Pages and megabytes of our site."""
    count, size = megabytes(place.site, "*.html")
    return f"{count:,} pages, {size:,.1f} MB of HTML"
