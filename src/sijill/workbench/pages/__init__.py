"""The pages, a module each. What is in `ROUTERS` is served."""

from litestar import Router

from sijill.workbench.pages import (
    agreement,
    atlas,
    control,
    event,
    exporting,
    figures,
    history,
    importing,
    lists,
    login,
    names,
    people,
    queue,
    report,
)

ROUTERS: list[Router] = [
    part.router
    for part in (
        login,
        queue,
        report,
        event,
        names,
        atlas,
        control,
        figures,
        lists,
        importing,
        exporting,
        history,
        people,
        agreement,
    )
]
