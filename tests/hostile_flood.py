"""Every text that others collected, and ours, in every field and body: a company of one client for each.

The fields are found in the models, so that a new one is flooded as well.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import generator.model.clients
import generator.model.organization
import generator.model.ratings
import generator.model.work  # noqa: F401 (all models are to be known)
from generator.model.base import Mapping_
from generator.model.leaves import to_text
from generator.starting.text import scalar
from tests.cases_runner import BASE
from tests.test_external import EXTERNAL, naughty, write, yaml_suite

RAN = "window.kamRan = (window.kamRan || 0) + 1"
"""What each of our own scripts does when it runs."""

OWN = (
    f"<script>{RAN}</script>",
    f"</script><script>{RAN}</script>",
    f"</title><script>{RAN}</script>",
    f"</textarea></style></noscript><script>{RAN}</script>",
    f'"><img src=x onerror="{RAN}">',
    f"'><svg onload='{RAN}'>",
    f"<svg><script>{RAN}</script></svg>",
    f"<math><mtext></p><style><!--</style><img title='--><img src=x onerror={RAN}>'>",
    f"<details open ontoggle='{RAN}'>",
    f"<iframe srcdoc='<script>parent.{RAN[7:]}</script>'></iframe>",
    f'" autofocus onfocus="{RAN}" x="',
    f"' style='animation: x' onanimationstart='{RAN}'",
    f"[a](javascript:{RAN}) [b]( javascript:{RAN}) [c](JAVASCRIPT&colon;{RAN}) [d](java\tscript:{RAN})",
    f"[e](vbscript:{RAN}) [f](data:text/html,<script>{RAN}</script>) <javascript:{RAN}>",
    f"[g]: javascript:{RAN}\n\n[g] ![h](javascript:{RAN})",
    "![i](https://elsewhere.example/i.png) ![j](//elsewhere.example/j.png) [k](//elsewhere.example)",
    '<link rel=stylesheet href="//elsewhere.example/l.css"><base href="https://elsewhere.example/">',
    '<meta http-equiv=refresh content="0;url=https://elsewhere.example/">',
    '<form action="https://elsewhere.example"><input name=x></form><object data="//elsewhere.example/o">',
    "<style>@import url(//elsewhere.example/s.css); *{background:url(//elsewhere.example/t.png)}</style>",
    '<p style="background:url(//elsewhere.example/u.png)">x</p>',
    "{{ constructor.constructor('kamRan=1')() }} ${kamRan=1} {% raw %} @@kam:content@@ @@kam:title@@",
    "<!--><script>kamRan=1</script>--> <![CDATA[<script>kamRan=1</script>]]> <?php kamRan ?>",
    "\u202e<script>kamRan=1</script>\u2066\u200b\ufeff\u2028",
    f"\uff1cscript\uff1e{RAN}\uff1c/script\uff1e &lt;script&gt;{RAN}&lt;/script&gt; &#60;script&#62;",
    f"```html\n<script>{RAN}</script>\n```\n\n~~~\n</code></pre><script>{RAN}</script>",
    f"| a | b |\n|---|:-:|\n| <script>{RAN}</script> | `</td><img src=x onerror={RAN}>` |",
    f"<x onclick='{RAN}' onmouseover='{RAN}' contenteditable autofocus tabindex=1 onfocus='{RAN}'>y</x>",
)  # fmt: skip
"""Payloads of our own: each would show itself by a script that runs or a request to another host."""


def texts() -> list[str]:
    """Ours, the naughty strings, formulas and YAML inputs, each once."""
    found = list(OWN)
    if EXTERNAL.is_dir():
        formulas = json.loads((EXTERNAL / "csv-injection" / "payloads.json").read_text("utf-8"))
        found += [*naughty(), *_strings(formulas), *yaml_suite()]
    return [*dict.fromkeys(text for text in found if text.strip())]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


@cache
def free_keys() -> frozenset[str]:
    """The keys under which a record may hold any text."""
    waiting, found = [Mapping_], set()
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        for field in model.model_fields.values():
            if field.alias and to_text.__name__ in repr((field.annotation, field.metadata)):
                found.add(field.alias)
    return frozenset(found)


def flooded(value: Any, text: str, key: str = "") -> Any:
    """A record's content with the text for every value that may be any text."""
    if isinstance(value, dict):
        return {name: flooded(one, text, name) for name, one in value.items()}
    if isinstance(value, list):
        return [flooded(one, text, key) for one in value]
    return text if key in free_keys() else value


def as_yaml(value: Any, indent: int = 0) -> str:
    """Block style; every text quoted where it has to be."""
    lead = "  " * indent
    if isinstance(value, dict):
        return "".join(f"{lead}{name}:{_below(one, indent)}" for name, one in value.items())
    return "".join(f"{lead}-{_below(one, indent)}" for one in value)


def _below(value: Any, indent: int) -> str:
    if isinstance(value, dict | list) and value:
        return "\n" + as_yaml(value, indent + 1)
    return f" {scalar(value)}\n" if isinstance(value, str) else f" {json.dumps(value)}\n"


@cache
def _taken_apart(source: Path) -> tuple[Any, list[str] | None]:
    """The content of a record, and the headings of its body where it has one."""
    typed = source.read_text("utf-8")
    if source.suffix == ".yml":
        return yaml.load(typed, yaml.BaseLoader), None
    _, front, body = typed.split("---\n", 2)
    return yaml.load(front, yaml.BaseLoader), re.findall(r"^## .*$", body, re.MULTILINE)


def record(source: Path, text: str) -> str:
    """A record of the small company, flooded: its fields, and what stands below each heading of its body."""
    content, headings = _taken_apart(source)
    front = as_yaml(flooded(content, text))
    if headings is None:
        return front
    return f"---\n{front}---\n" + "".join(f"\n{heading}\n\n{text}\n" for heading in headings)


_CLIENT = BASE / "clients" / "hengda-steel"
_RECORDS = (
    "archive.yml",
    "2026/team.yml",
    "2026/events.yml",
    "2026/service-plan.md",
    "2026/Q1/report.md",
    "2026/Q2/visit-plan.yml",
    "2026/Q2/visits/2026-05-28.md",
)
PAGES = ("", "2026/service-plan/", "2026/Q1/report/", "2026/Q2/visit-plan/", "2026/Q2/visits/2026-05-28/")
"""The pages of each client."""


def client(number: int) -> str:
    """The client of a text."""
    return f"flood-{number}"


def person(number: int) -> str:
    """The person of a text."""
    return f"person-{number}"


def lay_flood(root: Path, flood: list[str]) -> None:
    """Below `root`, where the small company lies: a client, a person and a division for each text."""
    people, units = root / "organization" / "people.yml", root / "organization" / "units.yml"
    staff = yaml.load(people.read_text("utf-8"), yaml.BaseLoader)
    tree = yaml.load(units.read_text("utf-8"), yaml.BaseLoader)
    divisions = tree["业务本部"][0]["事业部"]
    for number, text in enumerate(flood):
        for name in _RECORDS:
            write(root / "clients" / client(number) / name, record(_CLIENT / name, text))
        named = re.sub(r"[/\0]", "-", text).encode("utf-8", "replace")[:150].decode("utf-8", "ignore")
        write(root / "clients" / client(number) / "attachments" / f"{named}.csv", text)
        staff.append(flooded(staff[0], text) | {"编号": person(number)})
        divisions.append({"编号": f"unit-{number}", "名称": text})
    people.write_text(as_yaml(staff), "utf-8")
    units.write_text(as_yaml(tree), "utf-8")
    for name in ("key-accounts/2026/Q1.md", "ratings/2026/standard.md", "policy.yml"):
        write(root / name, record(BASE / name, flood[0]))
