"""`kam new` with whatever name: quoted as it is, nothing followed out of the records, nothing overwritten."""

import threading
from pathlib import Path

import pytest

from generator.atomic import create
from generator.reading.nodes import parse
from generator.starting.text import clean, comment, line, scalar
from tests.test_new import TO_FILL, Company, codes, judged, new

HOSTILE = (
    "甲: 乙 # 丙",
    '"引号" 和 \\ 反斜杠',
    "- 列表 [a, b] {c: d}",
    "&锚 *别名 !标记 %指令 @ `",
    "null",
    "~",
    "'",
    "123",
    "---",
    "两行\n第二行: x",
    "\u2028\u202e\x07",
    "<!-- --> <script>",
    "🏭 钢铁",
    "",
)


def test_a_link_out_of_the_records_is_not_followed(company: Company, tmp_path: Path) -> None:
    records = company({})
    outside = tmp_path / "outside"
    outside.mkdir()
    (records / "calendar").symlink_to(outside, target_is_directory=True)
    assert new(records, "calendar") == 2
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_quoted(name: str) -> None:
    lines = [
        line("客户名称", name, name),
        line("名单", [name, "甲"]),
        comment(name),
        f"甲: {{乙: {scalar(name)}}}",
    ]
    nodes = parse("\n".join(lines) + "\n")
    assert not nodes.faults
    assert nodes.value == {"客户名称": name, "名单": [name, "甲"], "甲": {"乙": name}}
    assert "\n" not in clean(name)
    assert "--" not in clean(name)


@pytest.mark.parametrize("name", [one for one in HOSTILE if one.isprintable() and one not in ("", "~")])
def test_a_client_may_be_called_anything(company: Company, name: str) -> None:
    records = company({})
    assert new(records, "client", "--client", "xin-ke", "--name", name, "--division", "hot-rolled") == 0
    result = judged(records)
    assert set(codes(result.findings)) <= TO_FILL
    client = result.world.clients["xin-ke"]
    assert client.name == name
    for kind in ("team", "events", "service-plan", "visit-plan", "report", "satisfaction-plan"):
        assert new(records, kind, "--client", "xin-ke") == 0
    assert new(records, "visit", "--client", "xin-ke", "--type", "日常", "--traveller", "zhu-qiang") == 0
    assert new(records, "nomination", "--division", "hot-rolled", "--year", "2027") == 0
    assert set(codes(judged(records).findings)) <= TO_FILL | {"V105", "T104", "T105"}


def test_a_race_never_overwrites(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    won = []

    def attempt(number: int) -> None:
        try:
            create(file, str(number).encode() * 1000)
            won.append(number)
        except FileExistsError:
            pass

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert file.read_bytes() == str(won[0]).encode() * 1000
    assert list(tmp_path.iterdir()) == [file]


def test_without_hard_links_it_is_still_never_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", refuse)
    create(tmp_path / "a.yml", b"one")
    with pytest.raises(FileExistsError):
        create(tmp_path / "a.yml", b"two")
    assert (tmp_path / "a.yml").read_bytes() == b"one"
    assert len(list(tmp_path.iterdir())) == 1
