"""The Arabic catalogue says everything that the interface says, in all six plurals, and nothing else."""

import re

from tests.web.catalogue import extracted, translated


def test_no_sentence_is_missing_and_none_is_left_over() -> None:
    asked = {message.id for message in extracted() if message.id}
    kept = {message.id for message in translated() if message.id}
    assert asked - kept == set(), "run: python -m tests.web.catalogue, then translate"
    assert kept - asked == set(), "run: python -m tests.web.catalogue"


def test_no_translation_is_empty_or_doubtful() -> None:
    for message in translated():
        if message.id:
            words = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
            assert all(words), message.id
            assert not message.fuzzy, message.id


def test_plurals_have_six_forms() -> None:
    plural = [message for message in translated() if isinstance(message.id, (tuple, list))]
    assert plural
    assert all(isinstance(message.string, (tuple, list)) and len(message.string) == 6 for message in plural)


def test_placeholders_are_kept() -> None:
    placeholder = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
    for message in translated():
        if isinstance(message.id, str) and message.id:
            assert set(placeholder.findall(message.id)) == set(placeholder.findall(str(message.string))), message.id
