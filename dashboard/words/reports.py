"""Reports in words."""

from __future__ import annotations

from loaders.report import Finding


def finding_remedy(finding: Finding) -> str:
    """What was done about a finding, or what a person should do."""
    if finding.correction:
        return f"Corrected: {finding.correction}."
    return f"{finding.cause} Left as printed."
