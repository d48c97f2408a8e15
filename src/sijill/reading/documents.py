"""DOCX documents and PDFs with a text layer, as the text that is in them."""

from __future__ import annotations

import io
import logging
import zipfile

from sijill.reading.fields import MAX_TEXT_BYTES

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
MAX_PAGES = 2000
_MAX_PARTS = 2000
_MAX_UNPACKED = 4 * MAX_TEXT_BYTES


def read_docx(data: bytes) -> dict[str, str | None]:
    """The paragraphs and tables of a DOCX document in their order, and its title.

    Raises `ValueError` that says why it can't be read.
    """
    import docx
    from docx.table import Table

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            sizes = [part.file_size for part in parts.infolist()]
        if len(sizes) > _MAX_PARTS or sum(sizes) > _MAX_UNPACKED:
            raise ValueError("the document unpacks to more than is read")
        document = docx.Document(io.BytesIO(data))
        blocks = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                blocks += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
            else:
                blocks.append(block.text)
        title = document.core_properties.title
    except ValueError:
        raise
    except Exception as error:  # python-docx and lxml raise what they like on damaged files
        raise ValueError(f"not a DOCX document that can be read ({error})") from error
    text = "\n".join(blocks).strip()
    if not text:
        raise ValueError("the document holds no text")
    return {"text": text, "title": title or None}


def read_pdf(data: bytes) -> dict[str, str | None]:
    """The text layer of a PDF, page by page, and its title.

    Raises `ValueError` that says why it can't be read: pictures of text have no text layer.
    """
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ValueError("the PDF is locked with a password")
        if len(reader.pages) > MAX_PAGES:
            raise ValueError(f"the PDF has more than {MAX_PAGES} pages")
        pages = [page.extract_text() for page in reader.pages]
        title = reader.metadata.title if reader.metadata else None
    except ValueError:
        raise
    except Exception as error:  # pypdf raises errors of many kinds on damaged files
        raise ValueError(f"not a PDF that can be read ({error})") from error
    text = "\n\n".join(page.strip() for page in pages).strip()
    if not text:
        raise ValueError("the PDF has no text layer (pages that are pictures need text recognition first)")
    return {"text": text, "title": title or None}
