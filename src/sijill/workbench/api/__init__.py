"""The same things for programs: JSON under /api/v1, described by /api/v1/openapi.json."""

from litestar import Router
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

from sijill import __version__
from sijill.workbench.api import decisions, events, knowledge, people, reports
from sijill.workbench.roles import Role, at_least

router = Router(
    path="/api/v1",
    route_handlers=[events.router, reports.router, decisions.router, knowledge.router, people.router],
    guards=[at_least(Role.viewer)],
)

DESCRIPTION = OpenAPIConfig(
    title="Sijill",
    version=__version__,
    description="The register of reports of armed conflict: events with their claims and tolls, reports with the words "
    "behind every figure, and what people decided. Errors are problem details (RFC 9457).",
    path="/api/v1",
    render_plugins=[JsonRenderPlugin(path="/openapi.json")],
    use_handler_docstrings=True,
    components=Components(
        security_schemes={
            "token": SecurityScheme(
                type="http",
                scheme="bearer",
                description="A token, made on the page of people or by POST /tokens.",
            )
        }
    ),
    security=[{"token": []}, {}],
)
