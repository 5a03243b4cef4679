"""The process that takes one message apart: bytes on standard input, JSON out."""

import json
import resource
import sys

from emnnet.documents.letters.plain import as_plain
from emnnet.documents.letters.reader import read_letter

MEMORY = 700 * 1024 * 1024  # bytes: a message of 25 MB several times over
CPU_SECONDS = 20


def main() -> None:
    """Read what comes in, answer in JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    letter = read_letter(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(as_plain(letter)).encode())


if __name__ == "__main__":
    main()
