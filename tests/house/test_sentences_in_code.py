"""What is said where it is known, before a document is made of it, is on file. Write it: scripts/write_sentences.py"""

import ast
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from write_sentences import SENTENCES, said_in, sentences

from golden import known_to_readers, odd_cells


def test_every_sentence_in_the_code_is_on_file():
    """A reason that was meant to change: python scripts/write_sentences.py, and read the difference."""
    assert SENTENCES.read_text(encoding="utf-8") == sentences(), "stale: python scripts/write_sentences.py"


def test_what_the_readers_of_files_know_is_on_file():
    """A word or a limit that was meant to change: python tests/golden/known_to_readers.py, and read the difference."""
    assert known_to_readers.FILE.read_text(encoding="utf-8") == known_to_readers.known(), "stale"
    assert odd_cells.LAYOUTS.read_text(encoding="utf-8") == odd_cells.layouts(), "stale: tests/golden/odd_cells.py"


def test_what_is_said_is_found_and_what_is_declared_elsewhere_is_not():
    code = '''
"""A docstring is no sentence of ours."""
WHY = "because it is so"
KNOWN = Definition(title="said in the reference", ask=lambda row: "said by the rule")

@rule("A-01", fix="also in the reference")
def asked(row: "a note on a type") -> str:
    """Nor is this one."""
    raise InputError(f"{row} is refused", remedy="as the reference says")
    return f"{row} stands {'on the left' if row else 'nowhere'}" or "code"
'''
    assert said_in(ast.parse(code)) == ["because it is so", "said by the rule", "… stands …", "on the left"]
    assert said_in(ast.parse(code), constants=False) == ["… stands …", "on the left"]
