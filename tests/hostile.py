"""The small company with hostile texts in the places where people write freely."""

import json

from tests.cases_runner import BASE

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(1)>'
TEMPLATE = "{{7*7}}{% include 'x' %}@@kam:content@@"
LINK = "[x](javascript:alert(1))"
FORMULA = "=cmd|' /C calc'!A0"
ALL = " ".join((FORMULA, SCRIPT, IMAGE, TEMPLATE, LINK))

IN_BODY = ("<script>body()</script>", "[body](javascript:alert(1))", "<b onclick=alert(1)>数量</b>")
BODY = f"""
{IN_BODY[0]} {IN_BODY[1]}

{IMAGE} {TEMPLATE} {LINK} [y](JaVaScRiPt:alert(1)) [z](data:text/html;base64,PHNjcmlwdD4=) {FORMULA}

<a href="javascript:alert(1)" onclick="alert(1)">raw</a> <javascript:alert(1)> ![i](https://elsewhere.example/i.png)

[r]: javascript:alert(1)

[r] <svg onload=alert(1)><style>*{{display:none}}</style><iframe src=//elsewhere.example></iframe>

| 品种 | {IN_BODY[2]} |
|---|---:|
| 铁精粉 | {SCRIPT} |
"""

CLIENT = "jinshan-steel"
VISITED = "hengda-steel"
PERSON = "lin-yuan"
VISIT = f"clients/{VISITED}/2026/Q2/visits/2026-05-28.md"


def quoted(text: str) -> str:
    """A text as YAML has it: JSON's strings are."""
    return json.dumps(text, ensure_ascii=False)


def replaced(path: str, *changes: tuple[str, str]) -> str:
    """A file of the small company with texts replaced, each of which stands in it once."""
    text = (BASE / path).read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, f"{path}: {old}"
        text = text.replace(old, new)
    return text


def changes() -> dict[str, str | bytes | None]:
    """Names of a client, a person and a unit, what is typed in fields and bodies, and names of files."""
    archive, plan = f"clients/{CLIENT}/archive.yml", f"clients/{VISITED}/2026/Q2/visit-plan.yml"
    people, units = "organization/people.yml", "organization/units.yml"
    visited = f"clients/{VISITED}/archive.yml"
    return {
        archive: replaced(archive, ("客户名称: 金山钢构有限公司", f"客户名称: {quoted(ALL)}")),
        people: replaced(
            people, ("姓名: 林远", f"姓名: {quoted(ALL)}"), ("姓名: 周平", f"姓名: {quoted('＝1+1')}")
        ),
        units: replaced(units, ("名称: 热轧事业部", f"名称: {quoted('@' + SCRIPT)}")),
        plan: replaced(plan, ("目的: 质量回访", f"目的: {quoted(ALL)}")),
        VISIT: replaced(
            VISIT,
            ("姓名: 周敏", f"姓名: {quoted(IMAGE)}"),
            ("未开展原因: 顺路停留时间短，没有看生产现场", f"未开展原因: {quoted(ALL)}"),
            ("内容: 寄送新的取样规程", f"内容: {quoted('+' + ALL)}"),
            ("\n核对五月到货的磅单。\n", BODY),
        ),
        visited: replaced(
            visited,
            ("联系人: 周敏", f"联系人: {quoted(SCRIPT)}"),
            ("职务: 董事长", f"职务: {quoted(IMAGE)}"),
            ("attachments/statements-2025.csv", quoted(f"attachments/{IMAGE}.csv")),
            ("传真:", f"{quoted(SCRIPT)}: 1\n传真:"),
        ),
        f"clients/{VISITED}/attachments/{IMAGE}.csv": "a,b\n",
        f"clients/{SCRIPT.replace('/', '-')}/{IMAGE}.yml": "x: 1\n",
        f"clients/{CLIENT}/2026/team.yml": f"聘任: [{SCRIPT}\n{IMAGE}",
    }
