"""An invented council's report with every kind of block in it, for the tests of the formats and for the eye."""

from datetime import date
from decimal import Decimal

from highneeds.report.charts import (
    Band,
    Bar,
    ChartWords,
    Limits,
    Panel,
    Series,
    Step,
    bar_chart,
    fan_chart,
    line_chart,
    small_multiples,
    waterfall_chart,
)
from highneeds.report.document import (
    Align,
    AnswerBlock,
    Answers,
    BigFigure,
    Bullets,
    Cell,
    ChartBlock,
    DataTable,
    Figures,
    Heading,
    NoteBlock,
    NoteKind,
    PageBreak,
    Paragraph,
    ReportDocument,
    Row,
    Section,
    Span,
    TableColumn,
    Tag,
    Tags,
    Tone,
)
from highneeds.vocabulary.assurance_level import AssuranceLevel
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

MONTHS = Month(2024, 1).through(Month(2025, 1))
YEARS = ("2021-22", "2022-23", "2023-24", "2024-25", "2025-26", "2026-27", "2027-28")
INDICATORS = 44


def millions(*amounts: float | None) -> tuple[Cell, ...]:
    return tuple(
        Cell.gap(State.NOT_REPORTED) if amount is None else Cell.millions(int(Decimal(str(amount)) * 1_000_000))
        for amount in amounts
    )


def gain(amount: str) -> Cell:
    return Cell.millions(int(Decimal(amount) * 1_000_000), plus=True)


def monthly(indicator: int) -> tuple[Cell, ...]:
    """Thirteen months of an invented indicator; every seventh has gaps of each kind."""
    percent = indicator % 2 == 0
    cells = []
    for place in range(len(MONTHS)):
        step = Decimal((indicator * 7 + place * 3) % 11) / 10 - Decimal(place) / 5
        figure = Decimal(30 + indicator) + step - (Decimal("2.5") if place >= 8 else 0)
        if percent:
            cells.append(Cell.figure(figure, Unit.PERCENT, bare=True))
        else:
            cells.append(Cell.figure(int(figure * 97), Unit.COUNT))
    if indicator % 7 == 0:
        cells[10:] = [Cell.gap(State.NOT_REPORTED)] * 3
        cells[0] = Cell.gap(State.BLANK)
    if indicator % 11 == 0:
        cells = [Cell.gap(State.UNAVAILABLE, "The council has said that it does not report this")] * len(MONTHS)
    return tuple(cells)


def dashboard() -> DataTable:
    columns = (
        TableColumn("Indicator", width=4.6),
        TableColumn("Source", width=1.0),
        TableColumn("13 months", width=2.0),
        *(
            TableColumn(f"{month.label[:3]} {month.year % 100}", align=Align.RIGHT, of="month", key=str(month))
            for month in MONTHS
        ),
    )
    rows = []
    for indicator in range(INDICATORS):
        if indicator % 5 == 0:
            number = indicator // 5 + 1
            level = (AssuranceLevel.ON_TARGET, AssuranceLevel.OFF_TARGET_WITH_PLANS, AssuranceLevel.OFF_TARGET)
            rows.append(Row.group(f"Condition {number}: Support more children earlier", level=level[number % 3]))
        cells = monthly(indicator)
        points = [cell.value if cell.is_number else None for cell in cells]
        known = [cell.text for cell in cells if cell.is_number]
        words = f"{known[0]} to {known[-1]}" if known else "No figures"
        title = f"Indicator {indicator}: the share or number of young people with a plan, Year {indicator % 14}"
        rows.append(Row.of(title, "MI", Cell.spark(points, words=words, rollover=8), *cells))
    notes = ("The September roll-over moves every pupil up a year; the upright line in the thirteen months marks it.",)
    return DataTable(
        "dashboard",
        "Indicators by month, January 2024 to January 2025",
        columns,
        tuple(rows),
        notes,
        "Invented figures",
        landscape=True,
        group_name="Agreement condition",
        small=True,
    )


def deficit_chart() -> ChartBlock:
    return fan_chart(
        ChartWords(
            "deficit",
            "The accumulated deficit is heading for £170m at the end of the agreement, not nil",
            "The agreement; outturn 2024-25; forecast of this run",
        ),
        periods=YEARS,
        lines=[
            Series("Promised", millions(97, 90, 88, 87.5, 60, 30, 0), dashed=True),
            Series("Achieved", millions(97, None, None, 97.5, None, None, None)),
            Series("Forecast", millions(None, None, None, 97.5, 136, 150, 170)),
        ],
        bands=[
            Band(50, millions(None, None, None, 97.5, 130, 140, 155), millions(None, None, None, 97.5, 140, 160, 185)),
            Band(80, millions(None, None, None, 97.5, 125, 132, 140), millions(None, None, None, 97.5, 147, 170, 205)),
            Band(95, millions(None, None, None, 97.5, 120, 122, 125), millions(None, None, None, 97.5, 155, 185, 225)),
        ],
        unit=Unit.GBP,
        chance="less than 1 in 100",
        height=150,
    )


def at_a_glance() -> Section:
    figures = Figures(
        (
            BigFigure(
                "In-year position 2024-25",
                Cell.millions(53_000_000, prefix="about"),
                "+£23.1m (+77%) on what was promised.",
                "Promised: £29.9m",
                "Worse",
                "#money",
            ),
            BigFigure(
                "Accumulated deficit, March 2025",
                Cell.millions(97_500_000),
                "+£10m on what was promised.",
                "Promised: £87.5m",
                "Worse",
            ),
            BigFigure(
                "Chance of in-year balance by 2027-28",
                Cell.words("under 1 in 100"),
                "No change since the last report.",
                "Promised: certain",
                "No clear change",
            ),
            BigFigure(
                "Plans, January 2025",
                Cell.figure(20_714, Unit.PLANS),
                "+6.2% on a year before.",
                "No target: a number of plans is neither good nor bad",
            ),
        )
    )
    answers = Answers(
        (
            AnswerBlock(
                "This year's projected deficit?",
                False,
                "About £53m against the £29.9m promised.",
                (Span("Section 3", href="#money"), ", line 1."),
            ),
            AnswerBlock(
                "Nil deficit by the end?", False, "At least £30m would remain in March 2028.", "Two figures disagree."
            ),
            AnswerBlock("The capital project?", False, "Two schools open three years late; a third was refused."),
        )
    )
    return Section(
        "glance",
        "Where we stand",
        (
            Paragraph(
                "The council will overspend its high needs grant by about £53m this year, £23.1m more than promised, "
                "and is not on course to repay its deficit by March 2028.",
                Tone.LEAD,
            ),
            figures,
            answers,
            deficit_chart(),
            Heading("What changed since the last report"),
            Bullets(
                (
                    (
                        "Overdue annual reviews rose for the third month, to 7,765 (37.5% of plans). ",
                        _link("dashboard"),
                    ),
                    ("The cost of a primary place in an independent school rose to £57,660. ", _link("money")),
                    "Nothing else moved by more than its usual swing.",
                )
            ),
            NoteBlock("What is asked of you.", "Agree the recovery actions of section 3 by 30 April.", NoteKind.ASK),
        ),
    )


def _link(section: str) -> Span:
    return Span(f"See {section}", href=f"#{section}")


def conditions() -> Section:
    levels = DataTable(
        "levels",
        "Assurance levels by slot of the year",
        (TableColumn("Condition", width=4), TableColumn("April"), TableColumn("July"), TableColumn("December")),
        (
            Row.of(
                "1 Inclusion in mainstream",
                Cell.tag(AssuranceLevel.ON_TARGET),
                Cell.tag(AssuranceLevel.NOT_YET),
                Cell.tag(AssuranceLevel.NOT_YET),
            ),
            Row.of(
                "2 Early years",
                Cell.tag(AssuranceLevel.OFF_TARGET_WITH_PLANS),
                Cell.tag(AssuranceLevel.UNKNOWN, note="The letter is lost where the page breaks"),
                Cell.tag(AssuranceLevel.NOT_YET),
            ),
            Row.of(
                "3 Assessment and review",
                Cell.tag(AssuranceLevel.OFF_TARGET),
                Cell.tag(AssuranceLevel.COMPLETE),
                Cell.tag(AssuranceLevel.NOT_YET),
            ),
        ),
        source="Conditions of the agreement",
    )
    mainstream = Series("Mainstream", tuple(Cell.figure(Decimal(n) / 10, Unit.PERCENT) for n in MAINSTREAM))
    return Section(
        "conditions",
        "Each condition in turn",
        (
            Heading("Condition 1: support in mainstream schools"),
            Tags(
                (
                    Tag("Level given by the owner, April 2025", AssuranceLevel.ON_TARGET),
                    Tag(
                        "Level the indicators suggest",
                        AssuranceLevel.OFF_TARGET_WITH_PLANS,
                        "because the mainstream share fell.",
                    ),
                )
            ),
            Paragraph(
                ("The share of pupils in mainstream fell ", Span("from 41.0% to 40.6%", bold=True), " over the year.")
            ),
            NoteBlock(
                "This claim does not hold.",
                "The text says “reducing”; the figure rose in 4 of 5 months.",
                NoteKind.CLAIM,
            ),
            line_chart(
                ChartWords(
                    "mainstream",
                    "The share in mainstream fell at the September roll-over and has not come back",
                    "Dashboard, condition 1",
                ),
                periods=MONTHS,
                series=[
                    mainstream,
                    Series("England", tuple(Cell.figure(Decimal("41.9"), Unit.PERCENT) for _ in MONTHS), context=True),
                ],
                unit=Unit.PERCENT,
                rollover=8,
            ),
            line_chart(
                ChartWords("overdue", "Overdue reviews are back above 7,700 after nine months of improvement"),
                periods=MONTHS,
                series=[Series("Overdue", tuple(Cell.figure(n, Unit.COUNT) for n in OVERDUE))],
                unit=Unit.COUNT,
                limits=Limits(
                    Cell.figure(8048, Unit.COUNT),
                    Cell.figure(7160, Unit.COUNT),
                    Cell.figure(8936, Unit.COUNT),
                    (0, 1, 2, 8, 9, 10),
                ),
            ),
            small_multiples(
                ChartWords("panels", "Six indicators, each on its own scale"),
                periods=MONTHS,
                panels=[
                    Panel(Series(f"Indicator {n}: young people with a plan in specialist provision", monthly(n)))
                    for n in (2, 4, 6, 7, 8, 11)
                ],
                rollover=8,
            ),
            levels,
        ),
        new_page=True,
    )


MAINSTREAM = (410, 412, 417, 419, 419, 421, 420, 419, 406, 407, 411, 410, 406)
OVERDUE = (9961, 9598, 9402, 8853, 8363, 7855, 7438, 7128, 6975, 6983, 7043, 7219, 7765)


def money() -> Section:
    account = DataTable(
        "account",
        "The account, read from top to bottom",
        (
            TableColumn("Line", width=4),
            *(TableColumn(year, unit="£m", align=Align.RIGHT, of="financial year", key=year) for year in YEARS[2:5]),
        ),
        (
            Row.group("Promised"),
            Row.of("Opening deficit", *millions(90, 88, 87.5)),
            Row.of(
                "In-year position",
                *millions(None, 29.9),
                Cell.millions(25_000_000, note="Read from a chart, to the nearest million"),
            ),
            Row.of("Contributions", *millions(-20, -30.4, -52.5)),
            Row.total("Closing deficit", *millions(88, 87.5, 60)),
            Row.group("Achieved"),
            Row.of("Opening deficit", *millions(None, None, 97.5)),
            Row.of("Closing deficit", Cell.suppressed(), *millions(97.5), Cell.not_applicable()),
        ),
        ("Parts may not add to totals because each is rounded once, at the end.",),
        "The agreement; outturn",
        group_name="Position",
    )
    return Section(
        "money",
        "The money",
        (
            Paragraph("Prices, not numbers, explain most of the gap."),
            account,
            waterfall_chart(
                ChartWords(
                    "bridge", "The price of independent places is the largest single reason", "The agreement; outturn"
                ),
                start=Step("Promised in-year position", millions(29.9)[0]),
                steps=[
                    Step("Independent schools: average cost", gain("9.2")),
                    Step("Mainstream top-ups: number and amount", gain("7.1")),
                    Step("Special schools that have not opened", gain("1.9")),
                    Step("Fees negotiated down", gain("-1")),
                ],
                remainder=Step("Not explained by published figures", gain("5.9")),
                end=Step("Forecast in-year position", millions(53)[0]),
            ),
            bar_chart(
                ChartWords(
                    "neighbours",
                    "More of the council's children have a plan than of its neighbours'",
                    "Published statistics, January 2025",
                ),
                bars=[
                    Bar("This council", Cell.figure(Decimal("45.3"), Unit.PER_1000), own=True),
                    Bar("England", Cell.figure(Decimal("38.1"), Unit.PER_1000)),
                    Bar("Neighbour A", Cell.figure(Decimal("33.9"), Unit.PER_1000)),
                    Bar("Neighbour B", Cell.figure(Decimal("40.2"), Unit.PER_1000)),
                ],
                name_head="Council",
                value_head="Plans per 1,000 aged 0 to 25",
            ),
        ),
        new_page=True,
    )


def risks() -> Section:
    register = DataTable(
        "risk-register",
        "Risk register",
        (
            TableColumn("Risk", width=3),
            TableColumn("Level", width=1.4),
            TableColumn("Mitigation", width=4),
            TableColumn("Progress", width=4),
        ),
        (
            Row.of(
                "1 The financial targets are missed",
                Cell.tag(AssuranceLevel.OFF_TARGET),
                "Mediation capacity tripled; better evidence for tribunals.",
                "Lost saving of £1.9m this year; =SUM(A1) & <b>10%</b> of *text* is #not mark-up.",
            ),
            Row.of(
                "2 Confidence of schools and parents",
                Cell.tag(AssuranceLevel.OFF_TARGET_WITH_PLANS),
                "Regular meetings.",
                Cell.words("Pages published.", href="https://www.example.org/pages"),
            ),
        ),
    )
    return Section(
        "risks",
        "Risks",
        (
            register,
            PageBreak(),
            Heading("How to read this register", id="how-to-read"),
            Heading("What each level means", 2, id="level-words"),
            Bullets(("Complete", "On target", "Off target with plans", "Off target"), numbered=True),
            Paragraph("Every level is the owner's own judgement.", Tone.SMALL),
        ),
    )


def worked_example() -> ReportDocument:
    sections = (
        at_a_glance(),
        Section(
            "dashboard-section",
            "The dashboard",
            (Paragraph("44 indicators, 13 months."), dashboard()),
            landscape=True,
        ),
        money(),
        conditions(),
        risks(),
    )
    return ReportDocument(
        title="Safety Valve monitoring report",
        council="Sandbourne Council",
        period="April 2025",
        date=date(2025, 4, 2),
        version="0.1.0",
        fingerprint="3f2a9c04d1e85b6677aa01",
        synthetic=True,
        sections=sections,
        stem="sandbourne-safety-valve-2025-04-report",
        summary="Where an invented council stands against its Safety Valve agreement in April 2025.",
    )
