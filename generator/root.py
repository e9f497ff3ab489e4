"""Where the records lie."""

from pathlib import Path

from generator.refusal import CannotJudge

NAME = "records"


def find_records(records: Path | None) -> Path:
    """The records folder: as given, or `records` here or in the nearest parent that has one."""
    if records is not None:
        if not records.is_dir():
            raise CannotJudge(f"没有文件夹 {records}；请用 --records 指明记录所在的文件夹。")
        return records.resolve()
    found = nearest_records()
    if found is None:
        raise CannotJudge("当前文件夹和上级文件夹里都没有 records；请用 --records 指明记录所在的文件夹。")
    return found


def nearest_records() -> Path | None:
    """`records` here or in the nearest parent that has one."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / NAME).is_dir():
            return (folder / NAME).resolve()
    return None
