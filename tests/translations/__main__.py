"""Brings catalogues up to date: ``make words`` after sentences changed, or a catalogue did."""

from __future__ import annotations

import argparse

from tests.translations.catalogues import catalogue, codes, shares, update, write_compiled
from tests.translations.pseudo import PSEUDO, pseudo


def main() -> None:
    """Update, compile and count all languages, or begin one; or make the pseudo-language."""
    parser = argparse.ArgumentParser(prog="python -m tests.translations", description=main.__doc__)
    parser.add_argument("code", nargs="?", help="a language that is new, such as fr or pt_BR")
    parser.add_argument(
        "--pseudo", action="store_true", help=f"make the pseudo-language, to be tried: {PSEUDO}"
    )
    options = parser.parse_args()
    if options.pseudo:
        write_compiled(PSEUDO, pseudo())
        return
    for code in [options.code] if options.code else codes():
        update(code)
        write_compiled(code, catalogue(code))
        for part, (n, n_all) in sorted(shares(code).items()):
            print(f"{code}  {n:5,} of {n_all:5,}  {part}")


if __name__ == "__main__":
    main()
