"""`kam`: the one command; thin over the library, with exit codes 0, 1 and 2 (interfaces.md)."""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click

from generator.exports.lines import printable
from generator.refusal import CannotJudge

_COMMANDS = ("check", "due", "new", "init", "rule", "build", "serve", "facts", "overview", "demo")
"""In the order in which they are shown."""
_ELSEWHERE = {"build": "site", "serve": "site"}
"""The modules of commands that do not stand in one of their own name."""


class _Commands(click.Group):
    """The commands, each loaded when it is asked for: what the others need takes half of a start."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order in which they are shown."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command; None where there is none of the name."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"generator.commands.{_ELSEWHERE.get(cmd_name, cmd_name)}")
        command: click.Command = getattr(module, cmd_name)
        return command


LOOKS_FOR_GARBAGE = (50_000, 20, 50)
"""After how many new objects, and how many looks at the younger ones."""


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def kam() -> None:
    """客户档案：检查记录、列出应办事项、生成网站。"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. What cannot be done is one line on standard error, exit 2."""
    # Reading makes many small objects that stay for a while: looking for garbage less often saves a tenth.
    gc.set_threshold(*LOOKS_FOR_GARBAGE)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = kam.main(list(arguments) if arguments is not None else None, "kam", standalone_mode=False)
        return int(code or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        click.echo("kam: 请写明要做什么。", err=True)
        return 2
    except click.exceptions.Abort:
        click.echo("已中断。", err=True)
        return 2
    except click.ClickException as error:
        click.echo(f"kam: {_usage(error)}", err=True)
        return 2
    except CannotJudge as error:
        click.echo(f"kam: {printable(str(error))}", err=True)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("KAM_DEBUG"):
            raise
        click.echo(
            f"kam: 程序出错（{printable(f'{type(error).__name__}: {error}')}）；"
            "请把命令和这一行交给维护人员，设环境变量 KAM_DEBUG=1 再运行可看到细节。",
            err=True,
        )
        return 2


def _usage(error: click.ClickException) -> str:
    """What is wrong with the arguments, in one Chinese line."""
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}；用 --help 可列出全部选项。"
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = "/".join(error.param.opts)
        if isinstance(error.param.type, click.Choice):
            return f"{name} 只能是：{'、'.join(map(str, error.param.type.choices))}。"
        return f"{name}：{error.message}"
    if isinstance(error, click.UsageError):
        return f"命令写法不对：{error.format_message()}；用 --help 可看用法。"
    return error.format_message()


def command() -> NoReturn:
    """The process of one command, from its start to its end."""
    code = main()
    # Python would look through all that is left for what could be freed: a twentieth of a build.
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    command()
