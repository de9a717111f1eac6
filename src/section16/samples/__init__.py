"""The generator of filings: fictional issuers and people, for trying things out, for tests and benches.

Shares of forms, codes, rows, footnotes, owners, editions and sizes are those of real filings; histories add up; some
filings are late or wrong on purpose, and listed.
"""

from section16.samples.faults import FAULTS
from section16.samples.generation import generate
from section16.samples.sample import Sample, Shape, sample_bytes
from section16.samples.sample_files import write_samples

__all__ = ["FAULTS", "Sample", "Shape", "generate", "sample_bytes", "write_samples"]
