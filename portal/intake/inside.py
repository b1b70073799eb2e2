"""What one look inside a file brings back: facts, problems that refuse it, warnings that do not."""

from __future__ import annotations

from dataclasses import dataclass, field

# Text beyond these caps is of no use to a cross-check and of much use to an attacker.
PAGES_READ = 500
CHARACTERS_PER_PAGE = 100_000
CHARACTERS_IN_ALL = 5_000_000


@dataclass
class Inside:
    """What was found in one file.

    Units: page sizes in points (1/72 inch), width then height; pictures in pixels.
    """

    media_type: str
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    features: list[str] = field(default_factory=list)
    page_count: int = 0
    page_texts: list[str] = field(default_factory=list)
    page_sizes: list[tuple[float, float]] = field(default_factory=list)
    signatures: list[dict] = field(default_factory=list)
    carried: list[dict] = field(default_factory=list)

    def refuse(self, feature: str, sentence: str) -> None:
        self._note(feature)
        self.problems.append(sentence)

    def warn(self, feature: str, sentence: str) -> None:
        if feature not in self.features:
            self.warnings.append(sentence)
        self._note(feature)

    def _note(self, feature: str) -> None:
        if feature not in self.features:
            self.features.append(feature)

    def keep_text(self, text: str) -> None:
        """Keep one page's text within the caps."""
        room = CHARACTERS_IN_ALL - sum(len(kept) for kept in self.page_texts)
        kept = text[: max(0, min(CHARACTERS_PER_PAGE, room))]
        if len(kept) < len(text):
            self.warn("cut", "The file holds more text than is searched. The original is kept whole.")
        self.page_texts.append(kept)
