"""Number words added up to a number."""

from __future__ import annotations

LARGEST = 1e18


class WordSum:
    """Number words added up from left to right: "sixty-five thousand", "tres mil millones"."""

    def __init__(self) -> None:
        self.total = 0.0
        self.current = 0.0
        self.largest = 1.0
        self.seen = False

    @property
    def value(self) -> float:
        return min(self.total + self.current, LARGEST)

    def take(self, role: str, value: float) -> bool:
        """Whether a word of this role goes on with the number; if so it is added."""
        taken = {"one": self._one, "ten": self._one, "hundred": self._hundred, "scale": self._scale}
        if role not in taken or not taken[role](value):
            return False
        self.seen = True
        return True

    def _one(self, value: float) -> bool:
        """A number below a hundred, unless one of its size was said: "twenty" takes "five", no "ten"."""
        room = 100.0 if value >= 10 else 10.0
        if self.current % room or (value < 10 and 10 <= self.current % 100 < 20):
            return False
        self.current += value
        return True

    def _hundred(self, value: float) -> bool:
        if not self.seen or self.current >= value:
            return False
        self.current = max(self.current, 1.0) * value
        return True

    def _scale(self, value: float) -> bool:
        if not self.seen:
            return False
        if value > self.largest:
            self.total = max(self.total + self.current, 1.0) * value
            self.largest = value
        elif self.current:
            self.total += self.current * value
        else:
            return False
        self.current = 0.0
        return self.total <= LARGEST

    def with_part(self, part: float, scale: float) -> float:
        """The sum with "and a half", of its own scale or of the scale word that follows."""
        if scale > 1:
            return min((self.value + part) * scale, LARGEST)
        return self.value + part * (self.largest if not self.current else 1.0)
