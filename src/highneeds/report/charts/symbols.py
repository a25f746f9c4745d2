"""Drawings beside the sentences of an easy-read page: one line weight, two colours, plain shapes."""

from highneeds.report.charts.style import COLOURS, TINTS

SIDE = 96
INK, FILL = COLOURS[0], TINTS[95]

_SHEET = '<path class="f" d="M24 10h36l14 14v62H24z"/><path d="M60 10v14h14"/>'
_CHILD = '<circle class="f" cx="{x}" cy="30" r="13"/><path class="f" d="M{a} 84V64a18 18 0 0 1 36 0v20z"/>'

SHAPES = {
    "plan": f'{_SHEET}<path d="M34 40h30M34 53h30M34 66h20"/>',
    "children": _CHILD.format(x=28, a=10) + _CHILD.format(x=68, a=50),
    "calendar": '<rect class="f" x="12" y="18" width="72" height="66" rx="4"/><path d="M12 36h72M32 10v16M64 10v16"/>'
    '<path d="M30 60l12 12 24-24"/>',
    "school": '<path class="f" d="M10 84V44l38-26 38 26v40z"/><path d="M40 84V62h16v22M48 18V6h14v8H48"/>'
    '<path d="M22 54h10v10H22zM64 54h10v10H64z"/>',
    "late": '<circle class="f" cx="48" cy="48" r="38"/><path d="M48 24v26l18 12"/>',
    "money": '<circle class="f" cx="48" cy="48" r="38"/>'
    '<path d="M62 34a13 13 0 0 0-24 7c0 8 4 12 4 18 0 5-3 9-7 11h28M34 52h20"/>',
    "better": '<path class="f" d="M48 10l30 34H62v42H34V44H18z"/>',
    "talk": '<path class="f" d="M10 14h76v50H46L28 82V64H10z"/><path d="M26 32h44M26 46h30"/>',
}


def symbol_svg(name: str) -> str:
    """One drawing; its words stand beside it."""
    look = f'fill="none" stroke="{INK}" stroke-width="4" stroke-linejoin="round" stroke-linecap="round"'
    shape = SHAPES[name].replace('class="f"', f'fill="{FILL}"')
    size = f'width="{SIDE}" height="{SIDE}" viewBox="0 0 {SIDE} {SIDE}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} aria-hidden="true"><g {look}>{shape}</g></svg>'
