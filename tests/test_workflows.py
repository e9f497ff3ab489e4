"""The workflows: valid by the published schemas, and what they promise holds."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.starting.repository import FORGES, workflow

ROOT = Path(__file__).parent.parent
SCHEMAS = {
    "github": "vendor.github-workflows",
    "gitea": "vendor.github-workflows",
    "gitlab": "vendor.gitlab-ci",
}
OWN = ROOT / ".github" / "workflows" / "ci.yml"
ACTIONS = ("github", "gitea")


def read(text: str) -> Any:
    """A workflow, with `on` as a word."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # text alone: nothing is built


def validate(schema: str, file: Path) -> None:
    """Hold a file against a schema that check-jsonschema carries."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("forge", FORGES)
def test_a_workflow_fits_its_schema(forge: str, tmp_path: Path) -> None:
    file = tmp_path / "workflow.yml"
    file.write_text(workflow(forge), encoding="utf-8")
    validate(SCHEMAS[forge], file)


def test_our_own_workflow_fits_and_runs_the_one_script() -> None:
    validate("vendor.github-workflows", OWN)
    own = read(OWN.read_text(encoding="utf-8"))
    assert own["permissions"] == {"contents": "read"}
    assert "bash .ci/run" in [step.get("run") for step in own["jobs"]["test"]["steps"]]


@pytest.mark.parametrize(
    ("begins", "schema"),
    [("on:", SCHEMAS["github"]), ("site:", SCHEMAS["gitlab"]), ("overview:", SCHEMAS["gitlab"])],
)
def test_what_the_documents_show_fits_as_well(begins: str, schema: str, tmp_path: Path) -> None:
    """Somebody will copy it."""
    text = (ROOT / "docs" / "several-companies.md").read_text("utf-8")
    (shown,) = re.findall(rf"```yaml\n({begins}\n.*?)```", text, re.DOTALL)
    file = tmp_path / "workflow.yml"
    file.write_text(shown, encoding="utf-8")
    validate(schema, file)


@pytest.mark.parametrize("forge", FORGES)
def test_no_secret_and_no_privileged_trigger(forge: str) -> None:
    text = workflow(forge)
    assert "secrets." not in text
    assert "TOKEN" not in text
    assert "pull_request_target" not in text


@pytest.mark.parametrize("forge", ACTIONS)
def test_a_proposal_is_checked_against_its_base(forge: str) -> None:
    found = read(workflow(forge))
    assert found["permissions"] == {"contents": "read"}
    assert "pull_request" in found["on"]
    job = found["jobs"]["check"]
    assert "permissions" not in job
    checkout, *steps = job["steps"]
    assert checkout["with"] == {"fetch-depth": "0", "persist-credentials": "false"}
    assert steps[-1]["run"] == 'kam check --since "$BASE" --format github'
    assert steps[-1]["env"] == {"BASE": "origin/${{ github.base_ref }}"}
    # What a proposal names reaches no shell but through the environment.
    assert all("${{" not in step.get("run", "") for step in job["steps"])


@pytest.mark.parametrize("forge", ACTIONS)
def test_the_site_is_built_on_main_and_each_morning(forge: str) -> None:
    found = read(workflow(forge))
    assert found["on"]["push"] == {"branches": ["main"]}
    assert found["on"]["schedule"] == [{"cron": "0 22 * * *"}]
    assert "06:00" in workflow(forge)
    assert "refs/heads/main" in found["jobs"]["site"]["if"]
    assert "pull_request" in found["jobs"]["site"]["if"]
    assert any("kam build" in step.get("run", "") for step in found["jobs"]["site"]["steps"])


def test_gitlab_checks_proposals_and_builds_main() -> None:
    found = read(workflow("gitlab"))
    assert found["variables"]["GIT_DEPTH"] == "0"
    assert found["check"]["script"] == ['kam check --since "$CI_MERGE_REQUEST_DIFF_BASE_SHA"']
    assert found["check"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    assert found["site"]["script"] == ["kam build --site-dir site"]
    assert "0 22 * * *" in workflow("gitlab")


def test_the_package_brings_the_workflows_along() -> None:
    patterns = json.dumps((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "**/*.yml" in patterns
    folder = ROOT / "generator" / "starting"
    for file in [*(folder / "workflows").iterdir(), *(folder / "skeleton").iterdir()]:
        assert file.suffix in (".yml", ".md", ".txt"), file
