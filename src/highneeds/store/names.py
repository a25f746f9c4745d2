"""The names that documents may have."""

from highneeds.store.protocol import StoreError

RECORD = "record.jsonl"


def checked(name: str) -> str:
    """The name itself, or a StoreError: no name leads out of the store or into what the store keeps for itself."""
    parts = name.split("/")
    wrong = "\\" in name or "\0" in name or any(not part or part.startswith(".") for part in parts)
    if wrong or name == RECORD:
        raise StoreError(
            "This cannot be the name of a document",
            where=name.replace("\0", " ") or "''",
            remedy="Name it by its place in the workspace, such as registers/risks.csv",
        )
    return name


def is_under(name: str, folder: str) -> bool:
    """Whether a name lies in a folder or in a folder of it; everything lies in ''."""
    return not folder or name.startswith(folder.rstrip("/") + "/")


def is_wording(name: str) -> bool:
    """Text that people write for a report: programme/<report>/...md. All else is, or leads to, figures."""
    return name.startswith("programme/") and name.endswith(".md")
