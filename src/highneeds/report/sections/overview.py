"""Programme overview: council, date, roles, signatures."""

from highneeds.report import document as doc
from highneeds.report.evidence import Evidence

SIGNING_ROLES = ("section_151", "director")


def section(evidence: Evidence) -> doc.Section:
    council, agreement = evidence.workspace.council, evidence.workspace.agreement
    rows = (
        doc.Row.of("Council", council.name),
        doc.Row.of("LA number", council.la_number),
        doc.Row.of("Report", f"Monitoring report {council.report.number}, {council.report.slot} update"),
        doc.Row.of("Date submitted", doc.long_date(council.report.submitted)),
        doc.Row.of(
            "Agreement", f"{agreement.programme.words or 'None'}, {agreement.first_year} to {agreement.last_year}"
        ),
        *([doc.Row.of("Conditions", str(len(agreement.conditions)))] if agreement.conditions else []),
        doc.Row.of("Figures", evidence_words(evidence)),
        *(doc.Row.of(f"'{name}' stands for", title) for name, title in agreement.documents.items()),
    )
    columns = (doc.Column("Programme", width=1.2), doc.Column("This report", width=4))
    return doc.Section(
        "overview",
        "Programme overview",
        (doc.DataTable("overview-programme", "The programme", columns, rows), _signatures(evidence), *_roles(evidence)),
        new_page=True,
    )


def evidence_words(evidence: Evidence) -> str:
    """Which figures this report rests on."""
    months = evidence.workspace.months
    span = f"{months[0].label} to {months[-1].label}" if months else "no months"
    return (
        f"{len(evidence.workspace.indicators)} indicators, {span}; {len(evidence.workspace.facts)} published figures, "
        "each with its source in the annex"
    )


def _signatures(evidence: Evidence) -> doc.DataTable:
    """Two roles sign one set of figures. Until they do, the cells say so."""
    columns = (
        doc.Column("Signed off by", width=2),
        doc.Column("Signature", width=3),
        doc.Column("Date", width=1.5),
    )
    roles = evidence.workspace.council.roles
    rows = tuple(
        doc.Row.of(roles.get(role, role.replace("_", " ").capitalize()), "Not yet signed", "Not yet signed")
        for role in SIGNING_ROLES
    )
    note = f"A signature holds for run {evidence.fingerprint[:12]} only; if a figure moves, it must be signed again."
    return doc.DataTable("overview-signatures", "Sign-off", columns, rows, notes=(note,))


def _roles(evidence: Evidence) -> tuple[doc.Paragraph, ...]:
    others = [words for role, words in evidence.workspace.council.roles.items() if role not in SIGNING_ROLES]
    if not others:
        return ()
    return (
        doc.Paragraph(f"Other key roles: {', '.join(others)}. Roles only; no names are published.", doc.Tone.SMALL),
    )
