"""What a workspace that has just been made holds, and what is not published of the council."""

from collections.abc import Iterator, Sequence


def workspace_begun(
    council: str, files: int, figures: int, folder: object, unpublished: Sequence[str], agreed: str
) -> Iterator[str]:
    """What is there, what is not, and what to do next.

    agreed   the year of a Safety Valve agreement that nobody asked for; '' where there is none
    """
    yield f"{council}: {files} files are in {folder}, with {figures} published figures"
    yield from unpublished
    if agreed:
        yield (
            f"The published list names a Safety Valve agreement of {agreed}: for its conditions "
            "and instalments, begin again with --programme safety-valve"
        )
    yield f"Next: highneeds run {folder}"
