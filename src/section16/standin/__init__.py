"""A local EDGAR to rehearse and test against: its indexes, feeds, lists and filings, with faults on demand.

It serves a folder of filings, or generated ones, on the loopback, under EDGAR's own addresses and rules of access.
"""

from section16.standin.fair_access import busiest_second
from section16.standin.faults import FAULTS, Fault, read_fault
from section16.standin.request_log import Request
from section16.standin.running import Manners, Standin, running

__all__ = ["FAULTS", "Fault", "Manners", "Request", "Standin", "busiest_second", "read_fault", "running"]
