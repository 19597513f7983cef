"""Texts that a file of an experiment may have for names."""

from __future__ import annotations

from hypothesis import strategies as st

from model.files.reading import is_seen

# All but control characters, and those that turn the direction of what follows them.
LETTERS = st.characters(
    exclude_categories=("Cc", "Cs", "Zl", "Zp"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
NAMES = st.text(LETTERS, min_size=1, max_size=60).filter(is_seen)
