"""Import: reports typed in, or files as `sijill add` reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Router, get, post
from litestar.datastructures import UploadFile
from litestar.params import MultipartBody
from litestar.response import Redirect

from sijill.reading.fields import Defaults, published_day
from sijill.workbench.adding import Added, add_items, add_text, add_upload
from sijill.workbench.context import Asked, Notice, Page, Register, page
from sijill.workbench.example import example_item
from sijill.workbench.roles import Role, at_least

MOST_FILES = 20


@dataclass
class Import:
    """The form: words, or files; and what stands where a report doesn't say its own source, day and language."""

    text: str = ""
    source: str = ""
    published: str = ""
    language: str = ""
    files: Any = None  # one UploadFile or a list of them: the framework tells no union of the two


@get("/import", sync_to_thread=True)
def form(request: Asked) -> Page:
    """The form."""
    return _form(request)


def _form(request: Asked, added: Added | None = None, status: int = 200, wrong: str | None = None) -> Page:
    settings = request.app.state.settings
    said = [Notice("import.wrong", {"detail": wrong}, "error")] if wrong else []
    if added:
        said.append(Notice("import.added", {"n": added.added}))
        if added.known:
            said.append(Notice("import.known", {"n": added.known}))
    return page(
        request,
        "import.html",
        added=added,
        most=settings.upload_bytes // 1024 // 1024,
        messages=said,
        status=status,
    )


@post("/import", status_code=200, sync_to_thread=True)
def take(request: Asked, store: Register, data: MultipartBody[Import]) -> Page:
    """Code what was given into the register, and say what became of it."""
    source = data.source.strip() or None
    try:
        day = published_day(data.published) if data.published.strip() else None
    except ValueError as error:
        return _form(request, status=400, wrong=str(error))
    language = data.language if data.language in ("ar", "en") else None
    found: list[Added] = []
    if data.text.strip():
        found.append(add_text(store, data.text, source, day, language))
    given = data.files if isinstance(data.files, list) else [data.files]
    for file in given[:MOST_FILES]:
        if not isinstance(file, UploadFile):
            continue
        content = file.file.read()
        if content or file.filename:
            found.append(add_upload(store, content, file.filename, Defaults(day, source, language)))
    if not found:
        return _form(request, status=400, wrong="")
    return _form(request, _together(found))


def _together(found: list[Added]) -> Added:
    def all_of(name: str) -> list[Any]:
        return [value for added in found for value in getattr(added, name)]

    return Added(
        sum(added.added for added in found),
        sum(added.known for added in found),
        all_of("reports"),
        all_of("left_out"),
    )


@post("/import/example", sync_to_thread=True)
def take_example(store: Register) -> Redirect:
    """Add the report that ships, and open it."""
    added = add_items(store, [example_item()])
    return Redirect(f"/reports/{added.reports[0]}", status_code=303)


router = Router(
    path="/",
    route_handlers=[form, take, take_example],
    guards=[at_least(Role.coder)],
    include_in_schema=False,
)
