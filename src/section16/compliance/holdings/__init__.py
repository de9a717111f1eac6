"""What a person holds, rolled forward from report to report, with the gaps and a draft of what closes them."""

from section16.compliance.holdings.corrections import Correction, corrections
from section16.compliance.holdings.roll_forward import Holdings, PositionHeld, RollForward, Step, roll_forward

__all__ = ["Correction", "Holdings", "PositionHeld", "RollForward", "Step", "corrections", "roll_forward"]
