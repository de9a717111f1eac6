"""What is wrong with a report: one rule, one small function; the checks that the field table implies; the catalogue."""

from section16.rules.between import Between, check_between
from section16.rules.checking import Judged, check

__all__ = ["Between", "Judged", "check", "check_between"]
