"""What every sentence for people must have: Arabic and English."""

from engine.text import Text


def speaks_both(*texts: Text) -> None:
    """Fails where a text has no Arabic or no English letters."""
    for text in texts:
        assert any("\u0600" <= letter <= "\u06ff" for letter in text.ar), text
        assert any("a" <= letter <= "z" for letter in text.en), text
