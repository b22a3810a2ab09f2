"""Events."""
from __future__ import annotations


def events(scenes, text, lines, day):
    return []
