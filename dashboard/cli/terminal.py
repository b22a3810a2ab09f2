"""What a terminal shows of a text, and what the command tells the shell; light, since each start needs it."""

from __future__ import annotations

import re

BAD_DATA = 1
INTERRUPTED = 130
"""Exit codes, beside 0 and the 2 of a command that is not understood."""


def seen(text: str) -> str:
    """The text with what a terminal obeys and does not show written out: escapes, line ends, directions."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
