"""Make the pack that ships with the package from a folder of published CSV files.

python -m highneeds.intake.published.build FOLDER [PACK]
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from highneeds.intake.published import PACK, open_pack
from highneeds.intake.published.schema import TABLES

LICENCE = "Open Government Licence v3.0"


def build(folder: Path, pack: Path = PACK) -> list[dict[str, Any]]:
    """Write one Parquet file per table to `pack`, with where each came from in provenance.json."""
    pack.mkdir(parents=True, exist_ok=True)
    for old in pack.glob("*.parquet"):
        old.unlink()
    published = open_pack(folder)
    made = [_pack_one(name, published.files[name], pack) for name in sorted(published.files)]
    (pack / "provenance.json").write_text(json.dumps({"files": made}, indent=1) + "\n", encoding="utf-8")
    return made


def _pack_one(name: str, path: Path, pack: Path) -> dict[str, Any]:
    table = open_pack(path.parent).table(name)
    table.write_parquet(pack / f"{name}.parquet", compression="zstd", compression_level=19, statistics=False)
    return {
        "table": name,
        "file": path.name,
        "title": TABLES[name].title,
        "rows": table.height,
        "source": TABLES[name].source,
        "licence": LICENCE,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


if __name__ == "__main__":
    for file in build(Path(sys.argv[1]), *(Path(argument) for argument in sys.argv[2:])):
        print(f"{file['table']}: {file['rows']} rows")
