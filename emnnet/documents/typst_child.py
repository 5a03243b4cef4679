"""Run alone by `response_pdf`: a typst template and JSON in, a PDF out.

It imports nothing of ours. What people wrote arrives in `data` as JSON and is never
typst source. Input: {"template", "fonts", "data", "moment"}; `moment` in Unix seconds.
"""

import json
import sys
from pathlib import Path


def main() -> None:
    """Read the order from standard input, write the PDF to standard output."""
    import typst  # noqa: PLC0415 -- slow import: only this process needs it

    order = json.load(sys.stdin.buffer)
    template = Path(order["template"])
    pdf = typst.compile(
        template,
        root=template.parent,
        font_paths=[order["fonts"]],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": order["data"]},
        pdf_standards=["ua-1"],
        timestamp=order["moment"],
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
