"""`kam new`: a record at its place, with all that is known filled in, ready to be completed."""

import click

from generator.commands import new_client, new_company


@click.group(short_help="新建一份记录，填好已知的内容。")
def new() -> None:
    """在规定的位置新建一份记录，已知的内容都已填好；已有的文件不会被覆盖。

    在终端里会逐项询问；在脚本里用选项写明。
    """


for command in (
    new_client.new_client,
    new_client.new_team,
    new_client.new_events,
    new_client.new_service_plan,
    new_client.new_visit_plan,
    new_client.new_visit,
    new_client.new_report,
    new_client.new_satisfaction_plan,
    new_company.new_analysis,
    new_company.new_nomination,
    new_company.new_standard,
    new_company.new_decision,
    new_company.new_calendar,
):
    new.add_command(command)
