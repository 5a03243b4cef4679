"""What the code of a bounce says: is it the address, or this one mail?"""

import re

ABOUT_THE_MAIL = re.compile(r"\b5\.(?:[67]\.\d+|2\.[234]|3\.4)\b")
"""Content, policy, a full mailbox, too big. RFC 3463, sections 3.3, 3.4, 3.7, 3.8."""


def is_about_the_address(status: str) -> bool:
    """Is nobody under this address, for good? Without a code we believe it."""
    if not status:
        return True
    return status.startswith("5") and not ABOUT_THE_MAIL.search(status)
