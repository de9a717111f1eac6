"""When reports are due: the public names of the modules that answer for each form.

`form_3_due`, `form_4_due` and `form_5_due` explain a day step by step; `exit_tail` and its neighbours say what is owed
around the time in office, `dues_of` a whole list of trades. The counting itself is `section16.law`.
"""

from section16.compliance.due_date import DueDate, Step, Until
from section16.compliance.due_dates_foreign import ForeignInsider
from section16.compliance.due_dates_form_3 import Registration, form_3_due
from section16.compliance.due_dates_form_4 import form_4_due
from section16.compliance.due_dates_form_5 import form_5_due, web_posting_due
from section16.compliance.due_dates_status import after_leaving, before_registration, exit_tail, reported_until

__all__ = [
    "DueDate",
    "ForeignInsider",
    "Registration",
    "Step",
    "Until",
    "after_leaving",
    "before_registration",
    "exit_tail",
    "form_3_due",
    "form_4_due",
    "form_5_due",
    "reported_until",
    "web_posting_due",
]
