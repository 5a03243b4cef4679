"""Run alone by `organogram_paper`: a typst template and JSON in, a PDF or a PNG out.

It imports nothing of ours. Names of bodies arrive in `data` as JSON and are never typst
source. Input: {"template", "fonts", "data", "format"}, and "moment" of a PDF
in Unix seconds, or the "dots" an inch of a PNG.
"""

import json
import sys
from pathlib import Path


def main() -> None:
    """Read the order from standard input, write the file to standard output."""
    import typst  # noqa: PLC0415 -- slow import: only this process needs it

    order = json.load(sys.stdin.buffer)
    template = Path(order["template"])
    if order["format"] == "pdf":
        kind = {"pdf_standards": ["ua-1"], "timestamp": order["moment"]}
    else:
        kind = {"ppi": order["dots"]}
    made = typst.compile(
        template,
        root=template.parent,
        font_paths=[order["fonts"]],
        ignore_system_fonts=True,
        format=order["format"],
        sys_inputs={"data": order["data"]},
        **kind,
    )
    sys.stdout.buffer.write(made if isinstance(made, bytes) else made[0])


if __name__ == "__main__":
    main()
