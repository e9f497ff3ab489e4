"""The MkDocs plugin and the building with it: the only place that knows MkDocs."""

import os

# Before MkDocs or the theme are imported: the theme prints a notice at each build.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from generator.site.plugin.building import Config, Job, build, read_config
from generator.site.plugin.hooks import KamPlugin
from generator.site.plugin.kept import files_of

__all__ = ["Config", "Job", "KamPlugin", "build", "files_of", "read_config"]
