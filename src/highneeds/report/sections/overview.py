"""Programme overview: council, date, roles, signatures."""

from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.words import overview as words

SIGNING_ROLES = ("section_151", "director")


def section(evidence: Evidence) -> doc.Section:
    council, agreement = evidence.workspace.council, evidence.workspace.agreement
    rows = (
        doc.Row.of(words.COUNCIL, council.name),
        doc.Row.of(words.LA_NUMBER, council.la_number),
        doc.Row.of(words.REPORT, words.report(council.report.number, council.report.slot)),
        doc.Row.of(words.SUBMITTED, doc.long_date(council.report.submitted)),
        doc.Row.of(
            words.AGREEMENT, words.agreement(agreement.programme.words, agreement.first_year, agreement.last_year)
        ),
        *([doc.Row.of(words.CONDITIONS, str(len(agreement.conditions)))] if agreement.conditions else []),
        doc.Row.of(words.FIGURES, evidence_words(evidence)),
        *(doc.Row.of(words.stands_for(name), title) for name, title in agreement.documents.items()),
    )
    columns = (doc.TableColumn(words.PROGRAMME, width=1.2), doc.TableColumn(words.THIS_REPORT, width=4))
    return doc.Section(
        "overview",
        words.TITLE,
        (doc.DataTable("overview-programme", words.TABLE, columns, rows), _signatures(evidence), *_roles(evidence)),
        new_page=True,
    )


def evidence_words(evidence: Evidence) -> str:
    """Which figures this report rests on."""
    months = evidence.workspace.months
    span = (months[0].label, months[-1].label) if months else None
    return words.rests_on(len(evidence.workspace.indicators), span, len(evidence.workspace.facts))


def _signatures(evidence: Evidence) -> doc.DataTable:
    """Two roles sign one set of figures. Until they do, the cells say so."""
    columns = (
        doc.TableColumn(words.SIGNED_BY, width=2),
        doc.TableColumn(words.SIGNATURE, width=3),
        doc.TableColumn(words.DATE, width=1.5),
    )
    roles = evidence.workspace.council.roles
    rows = tuple(
        doc.Row.of(roles.get(role, role.replace("_", " ").capitalize()), words.NOT_YET, words.NOT_YET)
        for role in SIGNING_ROLES
    )
    note = words.signature_note(evidence.fingerprint[:12])
    return doc.DataTable("overview-signatures", words.SIGN_OFF, columns, rows, notes=(note,))


def _roles(evidence: Evidence) -> tuple[doc.Paragraph, ...]:
    others = [title for role, title in evidence.workspace.council.roles.items() if role not in SIGNING_ROLES]
    if not others:
        return ()
    return (doc.Paragraph(words.other_roles(others), doc.Tone.SMALL),)
