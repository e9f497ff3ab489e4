"""A build that is killed, or finds the disk full, leaves the site that was there.

`make torture` does it some hundreds of times.
"""

from pathlib import Path

import pytest

from tests.torture import torture


@pytest.mark.parametrize("what", ["kill", "full"])
def test_the_site_stays_whole(tmp_path: Path, what: str) -> None:
    """And the next build heals what is left over."""
    assert torture(tmp_path, what, 20, seed=7) == []
