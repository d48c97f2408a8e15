"""DOCX and PDF, made by the libraries and read back."""

from __future__ import annotations

import io
import zipfile

import docx
import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from sijill.reading.documents import read_docx, read_pdf

WORDS = "قُتل ثلاثة جنود في هجوم قرب الموصل."


def a_docx(*paragraphs: str, table: list[list[str]] | None = None) -> bytes:
    document = docx.Document()
    document.core_properties.title = "تقرير"
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        made = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, text in zip(made.add_row().cells, row, strict=True):
                cell.text = text
    document.add_paragraph("The end.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_pdf(*pages: str, title: str | None = None, password: str | None = None) -> bytes:
    writer = pypdf.PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for words in pages:
        page = writer.add_blank_page(300, 300)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 200 Td ({words}) Tj ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    if title:
        writer.add_metadata({"/Title": title})
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_docx() -> None:
    cells = read_docx(a_docx(WORDS, "Second.", table=[["place", "killed"], ["Mosul", "3"]]))
    assert cells == {"text": f"{WORDS}\nSecond.\nplace\tkilled\nMosul\t3\nThe end.", "title": "تقرير"}


def test_pdf() -> None:
    assert read_pdf(a_pdf("Three soldiers were killed.", "Near Mosul.", title="Report")) == {
        "text": "Three soldiers were killed.\n\nNear Mosul.",
        "title": "Report",
    }


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 broken", b"%PDF-1.7 broken", a_docx("x")[:400], b"\x00" * 100]
)
def test_damaged_files_are_said(data: bytes) -> None:
    for read in (read_docx, read_pdf):
        with pytest.raises(ValueError, match=r"."):
            read(data)


def test_a_pdf_of_pictures_is_said() -> None:
    with pytest.raises(ValueError, match="no text layer"):
        read_pdf(a_pdf(""))


def test_a_locked_pdf_is_said() -> None:
    with pytest.raises(ValueError, match=r"password|locked|read"):
        read_pdf(a_pdf("secret", password="hush"))


def test_a_docx_that_unpacks_to_too_much() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", b"\0" * 300_000_000)
    with pytest.raises(ValueError, match="more than is read"):
        read_docx(out.getvalue())
