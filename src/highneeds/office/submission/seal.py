"""The PDF of what was signed, sealed: a changed byte breaks the seal, and the seal names both signatures."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from highneeds.office.evidence.bridge import InputError
from highneeds.office.files import write_secret

if TYPE_CHECKING:
    from highneeds.office.submission.models import Submission


def seal(submission: "Submission") -> str:
    """Write the sealed PDF and return its place in the office's folder; '' where the run wrote no PDF."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    name = report_pdf(submission)
    if not name:
        return ""
    place = f"sealed/{submission.council.la_number}/{submission.pk}-{Path(name).name}"
    target = Path(settings.OFFICE) / place
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    said = "; ".join(
        f"{one.words_of_role}, {one.at:%d %B %Y %H:%M}, content {one.content}" for one in submission.standing
    )
    meta = signers.PdfSignatureMetadata(field_name="Sealed", reason=said, name=submission.council.name)
    part = target.with_suffix(".part")
    with (Path(settings.OFFICE) / "runs" / submission.run.folder / name).open("rb") as file, part.open("wb") as out:
        # The library starts an event loop of its own, which it cannot where one is running already: a thread has none.
        writer = IncrementalPdfFileWriter(file, strict=False)
        with ThreadPoolExecutor(max_workers=1) as aside:
            aside.submit(signers.sign_pdf, writer, meta, signer=_signer(), output=out).result()
        out.flush()
        os.fsync(out.fileno())
    part.replace(target)
    return place


def report_pdf(submission: "Submission") -> str:
    """The report's PDF among the files of the run: the one that stands highest, by name."""
    names = [name for name in submission.run.files if name.endswith(".pdf")]
    return min(names, key=lambda name: ("submission" not in name.split("/")[0] and "/" in name, name), default="")


def _signer() -> Any:
    from pyhanko.sign import signers

    folder = Path(settings.OFFICE) / "keys"
    signer = signers.SimpleSigner.load(str(folder / "seal.key"), str(folder / "seal.pem"))
    if signer is None:
        raise InputError(
            "The office's seal cannot be read", where="keys/seal.key", remedy="Bring it back from a backup"
        )
    return signer


def make_key(folder: Path, now: datetime) -> None:
    """A key and a certificate of its own for this office. A council that has a qualified one puts it in their place."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "highneeds programme office seal")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now.astimezone(UTC) - timedelta(days=1))
        .not_valid_after(now.astimezone(UTC) + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    write_secret(folder / "seal.key", key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    write_secret(folder / "seal.pem", certificate.public_bytes(pem))
