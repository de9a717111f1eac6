"""Official lists with their source and the day they were true, each a TOML file beside its small reader.

Nothing is read before it is asked for. A code that no list has gives None: documents hold all kinds of texts.
"""

from section16.codes.document_types import DocumentType, document_type, document_types, is_ownership_type
from section16.codes.forms import Form, form, forms
from section16.codes.official_list import OfficialList
from section16.codes.places import Place, PlaceKind, is_place, place, places
from section16.codes.transaction_codes import TransactionCode, transaction_code, transaction_codes

__all__ = [
    "DocumentType",
    "Form",
    "OfficialList",
    "Place",
    "PlaceKind",
    "TransactionCode",
    "document_type",
    "document_types",
    "form",
    "forms",
    "is_ownership_type",
    "is_place",
    "place",
    "places",
    "transaction_code",
    "transaction_codes",
]
