"""How long it takes to read claims: a page, and 200 pages of narrative.

Run: python benchmarks/claims.py [TEXT...]     (without texts, Kent's own narrative is repeated)
"""

import resource
import sys
import time
from pathlib import Path

from highneeds.claims import Reader, evidence_of
from highneeds.intake.text import read_text
from highneeds.intake.workspace import read_workspace

KENT = Path(__file__).parent.parent / "examples" / "kent"
WORDS_A_PAGE = 450
PAGES = 200


def main(paths: list[Path]) -> None:
    began = time.perf_counter()
    reader = Reader(evidence_of(read_workspace(KENT)))
    print(f"{'ready to read':<28}{time.perf_counter() - began:>8.2f} s")
    narrative = KENT / "programme" / "2025-04" / "narrative.md"
    texts = {path.name: read_text(path) for path in paths or [narrative]}
    timed("these texts", reader, texts)
    whole = "\n\n".join(texts.values())
    copies = PAGES * WORDS_A_PAGE // len(whole.split()) + 1
    timed(f"{PAGES} pages", reader, {"long.md": "\n\n".join([whole] * copies)})
    print(f"{'most memory':<28}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:>8.0f} MB")


def timed(words: str, reader: Reader, texts: dict[str, str]) -> None:
    """Elapsed time, and processor time: on a busy machine only the second says what the reading costs."""
    began, worked = time.perf_counter(), time.process_time()
    claims = reader.claims_of(texts)
    count = sum(len(text.split()) for text in texts.values())
    spent = f"{time.perf_counter() - began:>8.2f} s {time.process_time() - worked:>8.2f} s of the processor"
    print(f"{words:<28}{spent}   {count:,} words, {len(claims):,} claims")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
