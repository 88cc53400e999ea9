"""Writes what a package is made of as a CycloneDX list of parts (SBOM), the same bytes for the same parts."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from licences import Part
from packageurl import PackageURL


def write(parts: Iterable[Part], out: Path, epoch: int) -> None:
    """Write ``parts`` to ``out``; ``epoch`` is the time it is dated, in seconds since 1970."""
    parts = list(parts)
    own = next(part for part in parts if part.kind == "own")
    bom = Bom(components=[_component(part) for part in parts if part is not own])
    bom.metadata.timestamp = datetime.fromtimestamp(epoch, UTC)
    bom.metadata.component = _component(own)
    bom.register_dependency(bom.metadata.component, bom.components)
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, repr(parts))
    out.write_text(JsonV1Dot6(bom).output_as_string(indent=1) + "\n", "utf-8")


def _component(part: Part) -> Component:
    purl = PackageURL("pypi", None, part.name, part.version) if part.kind == "pypi" else None
    kind = ComponentType.APPLICATION if part.kind == "own" else ComponentType.LIBRARY
    licences = [DisjunctiveLicense(name=part.licence)]
    return Component(
        name=part.name,
        version=part.version or None,
        type=kind,
        purl=purl,
        licenses=licences,
        bom_ref=f"{part.kind}:{part.name}",
    )
