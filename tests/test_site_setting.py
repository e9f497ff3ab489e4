"""Which mkdocs.yml counts, which records are meant, and where the site lies."""

from pathlib import Path

import pytest

from generator.cli import main
from generator.pipeline import CannotJudge
from generator.site import build
from generator.site.setting import OWN_CONFIG, find_setting
from tests.cases_runner import BASE_DAY, lay_out


@pytest.mark.parametrize(
    ("here", "options", "configs", "records", "site"),
    [
        ("co", (), (), "co/records", "co/site"),
        ("co/records/clients", (), (), "co/records", "co/site"),
        ("co", (), ("co",), "co/records", "co/site"),
        ("", ("--records", "co/records"), (), "co/records", "co/site"),
        ("", ("--records", "co/records"), ("co",), "co/records", "co/site"),
        ("co/inner", (), ("co",), "co/inner/records", "co/site"),
        ("co", (), ("co", "."), "co/records", "co/site"),
    ],
)
def test_where_a_site_lies(
    here: str,
    options: tuple[str, ...],
    configs: tuple[str, ...],
    records: str,
    site: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The nearest records count, as for every command, and the site lies beside them or their mkdocs.yml:
    never among the program's own files."""
    for folder in ("co/records/clients", "co/inner/records"):
        (tmp_path / folder).mkdir(parents=True)
    for folder in configs:
        (tmp_path / folder / "docs").mkdir()
        (tmp_path / folder / "mkdocs.yml").write_text("site_name: x\nplugins: [kam]\n")
    monkeypatch.chdir(tmp_path / here)
    given = Path(options[1]) if options else None
    setting = find_setting(given)
    assert setting.records == tmp_path / records
    assert setting.target(None) == tmp_path / site
    assert setting.config_file == (tmp_path / configs[0] / "mkdocs.yml" if configs else OWN_CONFIG)
    assert setting.own_days == (bool(configs) and "inner" not in records)


def test_a_setting_that_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said once, in a line that names mkdocs.yml and the setting; what MkDocs says of it is kept."""
    (tmp_path / "records").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ndocs_dir: gone\nplugins: [kam]\n")
    assert main(["build", "--records", str(tmp_path / "records")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"kam: {tmp_path / 'mkdocs.yml'} 有误：docs_dir：")
    assert "gone" in line


def test_strict_refuses_what_mkdocs_warns_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A setting that nothing knows: a build goes on, a strict one does not."""
    (tmp_path / "docs").mkdir()
    lay_out(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ntheme: material\nplugins: [kam]\nunheard_of: 1\n")
    command = ["build", "--records", str(tmp_path / "records"), "--as-of", str(BASE_DAY)]
    assert main([*command, "--strict"]) == 2
    assert str(tmp_path / "mkdocs.yml") in capsys.readouterr().err
    assert not (tmp_path / "site").exists()
    assert main(command) == 0


def test_no_records_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither records nor a mkdocs.yml about: no site is made of the program's own sample."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CannotJudge, match="没有 records"):
        build.build_site(None, None, None, None)
    assert not [*tmp_path.iterdir()]
