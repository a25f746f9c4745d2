"""The words of the field, each once: screens, reports and GLOSSARY.md take them from here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """word: as we write it; meaning: one sentence; also: what others call it."""

    word: str
    meaning: str
    also: tuple[str, ...] = ()


GLOSSARY: tuple[Word, ...] = (
    Word(
        "Accumulated deficit", "What the dedicated schools grant account owes at 31 March, all earlier years included."
    ),
    Word("Annual review", "The yearly review of a plan, which ends in keeping, changing or ending it.", ("AR",)),
    Word(
        "Assurance level",
        "How a condition stands, as its owner sees it: complete, on target, off target with plans, off target.",
        ("RAG",),
    ),
    Word(
        "Before contributions", "A year's position without payments from the Department for Education or the council."
    ),
    Word("Block transfer", "Money moved from the schools block of the grant to the high needs block."),
    Word("Children and young people", "Everyone up to 25, the oldest age at which a plan may be held.", ("CYP",)),
    Word("Commissioned place", "A place that the council has agreed to fund at a school, filled or not."),
    Word(
        "Communities of Schools", "Groups of schools that decide together on money for support in their area.", ("CoS",)
    ),
    Word("Condition", "One of the numbered undertakings of the agreement."),
    Word(
        "Dedicated schools grant",
        "The government's grant for schools, early years and high needs, in four blocks.",
        ("DSG",),
    ),
    Word("Early years and key stage 1", "Children up to Year 2.", ("EY/KS1",)),
    Word("Education other than at school", "Education a council arranges outside any school.", ("EOTAS",)),
    Word(
        "Education, health and care plan",
        "The legal document that says what support a child or young person up to 25 must have.",
        ("EHCP", "EHC plan", "plan"),
    ),
    Word("Fill rate", "Pupils over commissioned places, in percent; more than 100 means over-full."),
    Word("Further education", "Colleges for those past compulsory school age.", ("FE",)),
    Word(
        "High needs block",
        "The part of the dedicated schools grant for children with special educational needs.",
        ("HNB",),
    ),
    Word("Independent or non-maintained", "Run neither by a council nor as an academy; places are bought one by one."),
    Word("In-year position", "What a financial year adds to or takes from the account."),
    Word("Integrated care board", "The NHS body that plans and pays for health care in an area.", ("ICB",)),
    Word(
        "No current placement",
        "A child with a plan who has no school or other place; some councils count them with those unknown.",
        ("NCP",),
    ),
    Word("Key performance indicator", "A figure that a programme is steered by; here: an indicator.", ("KPI",)),
    Word("Phase transfer", "The move from one phase of education to the next, such as primary to secondary.", ("PT",)),
    Word("Pupil referral unit", "A school for children who cannot attend another.", ("PRU",)),
    Word("Request", "A request that the council assess a child for a plan."),
    Word(
        "Resourced provision",
        "Places for children with a particular need inside a mainstream school.",
        ("SRP", "specialist resource provision"),
    ),
    Word("Roll-over", "The day on which children move up a school year; figures across it are not like for like."),
    Word(
        "Safety Valve agreement",
        "An agreement by which the Department for Education pays off part of a deficit in return for reform.",
    ),
    Word("Section 151 officer", "The officer responsible for a council's finances; signs every report.", ("S151",)),
    Word("SEN coordinator", "The teacher who coordinates a school's support for special needs.", ("SENCO",)),
    Word("SEN2", "The yearly return of every council to the department on every child with a plan."),
    Word("Social, emotional and mental health", "One of the primary needs.", ("SEMH",)),
    Word("Special post-16 institution", "A college only for young people with special needs.", ("SPI",)),
    Word(
        "Specialist setting",
        "State, non-maintained and independent special schools, and mainstream independent schools.",
    ),
    Word("Statutory override", "The rule that keeps the deficit of the grant off a council's own books."),
    Word("Top-up", "Money for one child above the funding of the place.", ("element 3",)),
    Word("Tribunal", "The First-tier Tribunal that decides appeals about plans.", ("SENDIST",)),
)
