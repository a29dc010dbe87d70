"""Bundles of signed entries, as other instances of the ledger take and bring them."""

import tempfile
from pathlib import Path
from typing import Any, Final

from django.http import FileResponse, HttpRequest
from ninja import Router, Schema

from synodos.web.accounts.audit import note
from synodos.web.api.access import needs_scope
from synodos.web.api.models import Scope
from synodos.web.api.problems import Problem, problem
from synodos.web.api.reading import REFUSALS

router: Final = Router(tags=["bundles"])
MEDIA: Final = "application/x-ndjson"
BROUGHT: Final = "application/octet-stream"
MOST_BYTES: Final = 512 * 1024 * 1024
PIECE: Final = 1024 * 1024


class MergedBundle(Schema):
    """What came of a bundle: how many of its entries were new, how many known; chains that grew, or stand still."""

    added: int
    known: int
    chains: list[str]
    forked: list[str]


@router.get(
    "",
    response={200: None, **REFUSALS},
    summary="Every chain that you may read",
    url_name="bundle",
    openapi_extra={"responses": {200: {"description": "A bundle", "content": {MEDIA: {"schema": {"type": "string"}}}}}},
)
@needs_scope(Scope.EXCHANGE)
def fetch(request: HttpRequest) -> FileResponse:
    """Give every chain that the token's agency may read, whole, as `synodos ledger merge` takes it."""
    from synodos.ledger import write_bundle

    viewer = request.table.viewer
    folder = tempfile.TemporaryDirectory(prefix="synodos-")
    try:
        path = Path(folder.name) / "bundle"
        write_bundle(viewer, path)
        response = FileResponse(
            path.open("rb"), as_attachment=True, filename=f"for-{viewer}.bundle", content_type=MEDIA
        )
    except BaseException:
        folder.cleanup()
        raise
    response._resource_closers.append(folder.cleanup)  # noqa: SLF001 - Django's own way for views to leave nothing behind
    response.headers["Cache-Control"] = "private, no-store"
    note(request, "exported", about=request.path)
    return response


@router.post(
    "",
    response={200: MergedBundle, 413: Problem, **REFUSALS},
    summary="Bring a bundle",
    url_name="bundle-brought",
    openapi_extra={
        "requestBody": {"required": True, "content": {BROUGHT: {"schema": {"type": "string", "format": "binary"}}}}
    },
)
@needs_scope(Scope.EXCHANGE)
def bring(request: HttpRequest) -> Any:
    """Take over what a bundle holds, all or nothing; merging it again changes nothing."""
    from synodos.ledger import merge_bundle

    with tempfile.TemporaryDirectory(prefix="synodos-") as folder:
        path = Path(folder) / "brought.bundle"
        if not _received(request, path):
            return problem(
                413, f"A bundle has at most {MOST_BYTES // PIECE} MB; bring a larger one on the command line."
            )
        merged = merge_bundle(path)
    note(request, "declared", about=f"{request.path}: {merged.added} entries")
    return {
        "added": merged.added,
        "known": merged.known,
        "chains": [_named(chain) for chain in merged.chains],
        "forked": [_named(chain) for chain in merged.forked],
    }


def _received(request: HttpRequest, path: Path) -> bool:
    """Write what is sent into a file, a piece at a time; return whether it was not too much."""
    size = 0
    with path.open("wb") as file:
        while piece := request.read(PIECE):
            size += len(piece)
            if size > MOST_BYTES:
                return False
            file.write(piece)
    return True


def _named(chain: Any) -> str:
    """Return a chain in words."""
    from synodos.ledger import audience_text

    return f"{chain.author}, for {audience_text(chain.audience)}"
