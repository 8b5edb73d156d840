"""All content out and in: one YAML document, a workbook for people, and back into the files of git."""

from bot.gateways.content_out.either import from_file, is_workbook, to_file
from bot.gateways.content_out.write_back import write_back
from bot.gateways.content_out.xlsx_in import from_xlsx
from bot.gateways.content_out.xlsx_out import to_xlsx
from bot.gateways.content_out.yaml_in import from_yaml
from bot.gateways.content_out.yaml_out import to_yaml

__all__ = ["from_file", "from_xlsx", "from_yaml", "is_workbook", "to_file", "to_xlsx", "to_yaml", "write_back"]
