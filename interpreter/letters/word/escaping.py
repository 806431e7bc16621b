"""Text made safe for Word's XML."""

from __future__ import annotations

import re
from html import escape

# what XML 1.0 has no way to write
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def safe(text: str) -> str:
    """The text as it may stand between tags and in attributes."""
    return escape(_UNWRITABLE.sub("", text))


def words(text: str, style: str = "", size: int = 0) -> str:
    """A run of text; a newline ends a line. Signs that both scripts have are set in the Chinese font. `size`, in half
    points, is only given where it is not the style's."""
    properties = (f'<w:rStyle w:val="{style}"/>' if style else "") + '<w:rFonts w:hint="eastAsia"/>'
    properties += f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{safe(line)}</w:t>' for line in text.replace("\t", " ").splitlines() or [""]
    )
    return f"<w:r><w:rPr>{properties}</w:rPr>{lines}</w:r>"
