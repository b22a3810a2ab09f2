"""Parameters of a topic: what can be asked for, and what is shown instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence


def one(
    name: str,
    wanted: Mapping[str, str],
    options: Sequence[str],
    default: str,
    missed: list[str],
    words: Callable[[str], str] | None = None,
) -> str:
    """The option that is asked for; the default, with a sentence in `missed`, where there is no such option.

    With `words` the sentence calls both by name.
    """
    value = wanted.get(name, "")
    if value in options:
        return value
    if value:
        instead = f"; this is {words(default)}" if words else ""
        shown = words(value) if words else value
        missed.append(f"There is no {name} “{shown[:40]}” to choose here{instead}.")
    return default
