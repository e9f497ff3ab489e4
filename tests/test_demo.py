"""`kam demo`: a valid, natural tree of any size; the same order gives the same bytes."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.demo.archives import credit_code
from generator.demo.clients import Client
from generator.demo.company import build
from generator.demo.diary import Diary
from generator.demo.make import cast, make, tell
from generator.demo.order import Order
from generator.demo.story import Tally
from generator.model.ratings import Level, Tier
from generator.obligations.kinds import ObligationKind
from generator.standing.credit_code import is_credit_code
from tests.commands import Run

DAY = date(2026, 11, 20)
SMALL = Order(40, 2025, 2026, 1, DAY)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree of forty clients over two years, only read."""
    folder = tmp_path_factory.mktemp("demo") / "small"
    make(SMALL, folder)
    return folder


def check(kam: Run, folder: Path, day: date) -> dict[str, Any]:
    """What `kam check` says of a tree as of its last day: no errors, whatever the year."""
    arguments = ("--records", str(folder / "records"), "--as-of", str(day), "--today", str(day))
    code, out, _ = kam("check", *arguments, "--all-years", "--format", "json")
    report: dict[str, Any] = json.loads(out)
    assert code == 0, [one for one in report["findings"] if one["severity"] == "error"][:3]
    return report


@cache
def clients_of(order: Order) -> tuple[Client, ...]:
    """The clients of an order, without their records."""
    return tuple(cast(order, Diary(order), build(order)))


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


# What it makes


def test_it_is_valid(small: Path, kam: Run) -> None:
    summary = check(kam, small, DAY)["summary"]
    assert summary["warnings"] <= 4
    assert (summary["errors"], summary["later"]) == (0, 0)


@pytest.mark.parametrize(
    "order",
    [
        Order(1, 2025, 2026, 2, DAY),
        Order(9, 2026, 2026, 3, date(2026, 1, 1)),
        Order(12, 2025, 2026, 4, date(2026, 12, 31)),
        Order(9, 2034, 2036, 5, date(2036, 4, 3)),
    ],
    ids=str,
)
def test_any_size_and_any_day(order: Order, tmp_path: Path, kam: Run) -> None:
    records = make(order, tmp_path)
    summary = check(kam, tmp_path, order.as_of)["summary"]
    assert (summary["records"], summary["later"]) == (records, 0)


KINDS = (
    "policy.yml",
    "organization/units.yml",
    "organization/people.yml",
    "calendar/2026.yml",
    "ratings/2026/standard.md",
    "ratings/2026/nominations/iron-ore.yml",
    "ratings/2026/decisions/*.yml",
    "key-accounts/2026/Q1.md",
    "clients/*/archive.yml",
    "clients/*/attachments/*",
    "clients/*/2026/team.yml",
    "clients/*/2026/events.yml",
    "clients/*/2026/service-plan.md",
    "clients/*/2025/satisfaction-plan.md",
    "clients/*/2026/Q1/visit-plan.yml",
    "clients/*/2026/Q1/report.md",
    "clients/*/2026/Q1/visits/*.md",
)


@pytest.mark.parametrize("pattern", KINDS)
def test_every_kind_of_record(small: Path, pattern: str) -> None:
    assert any((small / "records").glob(pattern))


def test_natural_shares(small: Path, kam: Run) -> None:
    """Of what is owed; and of every kind there is some, but for papers to renew, which few clients have."""
    arguments = ("--records", str(small / "records"), "--as-of", str(DAY), "--today", str(DAY))
    code, out, _ = kam("due", "--all", "--format", "json", *arguments)
    assert code == 0
    due = json.loads(out)
    shares = {status: count / len(due["obligations"]) for status, count in due["summary"].items()}
    assert 0.015 <= shares["overdue"] <= 0.06
    assert 0.03 <= shares["late"] <= 0.1
    assert 0.005 <= shares["due-soon"] <= 0.05
    assert shares["done"] > 0.75
    assert {one["kind"] for one in due["obligations"]} >= set(ObligationKind) - {"document-renewal"}


def test_texts_vary(small: Path) -> None:
    """No two visits say the same."""
    visits = [path.read_text(encoding="utf-8") for path in small.rglob("visits/*.md")]
    bodies = Counter(text.split("## 所处理的事宜")[1] for text in visits if "状态: 待填报" not in text)
    assert len(bodies) > 300
    assert max(bodies.values()) == 1


def test_nothing_real(small: Path) -> None:
    """Mail goes to example.com, telephones have 555."""
    text = "\n".join(
        data.decode() for path, data in contents(small / "records").items() if path.endswith(".yml")
    )
    mails = re.findall(r"电邮: (\S+)", text)
    assert mails
    assert all(mail.endswith(("@example.com", ".example.com")) for mail in mails)
    assert all("555" in phone for phone in re.findall(r'(?:电话|传真): "(.*)"', text))


def test_few_attachments(small: Path) -> None:
    attachments = list(small.rglob("attachments/*"))
    assert 0 < len(attachments) <= SMALL.clients
    assert all(path.read_bytes().startswith((b"%PDF-1.4\n", b"\xef\xbb\xbf")) for path in attachments)


# The same order, the same bytes


def test_made_twice(small: Path, tmp_path: Path) -> None:
    make(SMALL, tmp_path)
    assert contents(tmp_path / "records") == contents(small / "records")


def test_another_seed(small: Path, tmp_path: Path) -> None:
    make(Order(40, 2025, 2026, 2, DAY), tmp_path)
    assert contents(tmp_path / "records").keys() != contents(small / "records").keys()


# Many clients


def test_records_of_a_client() -> None:
    order = Order(300, 2025, 2026, 1, DAY)
    diary, company = Diary(order), build(order)
    told = [tell(order, diary, company, client, Tally()) for client in cast(order, diary, company)]
    records = sum(isinstance(data, str) for files in told for _, data in files)
    assert 18 <= records / order.clients <= 22


MANY = Order(10_000, 2025, 2026, 1, DAY)


def _names(clients: tuple[Client, ...]) -> Iterator[list[str]]:
    yield [one.id for one in clients]
    yield [one.name for one in clients]
    yield [credit_code(one.number, "130200") for one in clients]


def test_names_and_codes_are_unique() -> None:
    for values in _names(clients_of(MANY)):
        assert len(set(values)) == MANY.clients
    assert all(is_credit_code(credit_code(number, "652301")) for number in range(0, 50_000, 997))


def test_shares_of_clients() -> None:
    clients = clients_of(MANY)
    tiers = Counter(one.rating(date(2025, 2, 1)).tier for one in clients)
    assert 0.025 <= tiers[Tier.STRATEGIC] / MANY.clients <= 0.035
    assert 0.35 <= tiers[Tier.KEY] / MANY.clients <= 0.4
    levels = {one.rating(date(2025, 2, 1)).level for one in clients}
    assert levels == {None, Level.COMPANY, Level.GROUP}
    assert any(one.integrated for one in clients)
    assert any(one.is_joint(one.rating(DAY)) and not one.integrated for one in clients)
    assert 0.02 <= sum(one.abroad for one in clients) / MANY.clients <= 0.1
    assert 0.005 <= sum(one.ended is not None for one in clients) / MANY.clients <= 0.03
    risen = [one for one in clients if len(one.ratings.get(2026, [])) > 1]
    assert 0.01 <= len(risen) / MANY.clients <= 0.03


def test_the_company_grows_along() -> None:
    company = build(MANY)
    assert len(company.groups) == 6
    assert all(60 <= one.clients <= 150 for one in company.divisions)
    desks = Counter((one.division.id, one.desk) for one in clients_of(MANY))
    assert min(desks.values()) >= 8
    assert max(desks.values()) <= 15


def test_forty_clients_have_what_matters(small: Path) -> None:
    """Every tier, a joint team, a change in mid-year, a supplier and user in one, a change of hands."""
    clients = clients_of(SMALL)
    assert {one.rating(DAY).tier for one in clients} == set(Tier)
    assert any(one.is_joint(one.rating(DAY)) for one in clients)
    assert any(len(held) > 1 for one in clients for held in one.ratings.values())
    assert any(len(one.sides) == 2 for one in clients)
    assert ", 结束: 202" in (small / "records/organization/people.yml").read_text(encoding="utf-8")


# Where it cannot work


def test_a_full_folder_is_refused(kam: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    code, out, err = kam("demo", "--clients", "3", "--out", str(tmp_path))
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "不会覆盖" in err
    assert contents(tmp_path) == {"notes.txt": b"mine"}


def test_an_empty_folder_is_taken(kam: Run, tmp_path: Path) -> None:
    target = tmp_path / "里面"
    target.mkdir()
    code, out, err = kam("demo", "--clients", "3", "--years", "2026", "--out", str(target))
    assert (code, err) == (0, "")
    assert "3 个客户" in out
    assert [path.name for path in target.iterdir()] == ["records"]
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kam: Run) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "disk")

    monkeypatch.setattr("generator.demo.make.archive", fail)
    code, out, err = kam("demo", "--clients", "3", "--out", str(tmp_path / "demo"))
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--clients", "0"),
        ("--clients", "9999999"),
        ("--clients", "many"),
        ("--years", "2026-2025"),
        ("--years", "26"),
        ("--years", "2001-2026"),
        ("--seed", "-1"),
        ("--as-of", "2025-11-20"),
        ("--as-of", "2026-02-30"),
    ],
    ids=" ".join,
)
def test_bad_arguments(kam: Run, tmp_path: Path, arguments: tuple[str, str]) -> None:
    code, out, err = kam("demo", "--out", str(tmp_path / "demo"), *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("kam: ")
    assert err.count("\n") == 1
    assert not re.search(r"Error|Invalid|not a", err)
    assert not (tmp_path / "demo").exists()


def test_a_folder_has_to_be_named(kam: Run) -> None:
    code, out, err = kam("demo")
    assert (code, out) == (2, "")
    assert "--out" in err
