"""How much room words take in a diagram: an estimate, since no font is at hand."""

LINE, LETTER = 14, 6.0
"""Pixels of one line, and of an average letter, Arabic or Latin, at the size that bpmn-js uses for outside labels."""


def label_size(text: str, most: float) -> tuple[float, float]:
    """Width and height of a text broken at spaces into lines of at most `most` pixels (at least one word)."""
    widest, line, lines = 0.0, 0.0, 1
    for word in text.split():
        length = len(word) * LETTER
        if line and line + LETTER + length > most:
            lines, line = lines + 1, length
        else:
            line += length + (LETTER if line else 0)
        widest = max(widest, line)
    return max(widest + 4, 20), lines * LINE
