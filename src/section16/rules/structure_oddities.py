"""What a record holds beyond the official form, judged: unknown and doubled elements, attributes, text, order.

The reader keeps all of it word for word (`section16.form.cells.Extra`). Comments and processing instructions are no
matter of structure; attributes that belong to XML itself (declared prefixes, schema locations) are legal anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import count
from typing import Final

from section16.edgar.kept_markup import KeptElement, kept_element
from section16.errors import excerpt
from section16.form.cells import Extra, Other
from section16.rules.structure_faults import Fault, Spot
from section16.rules.structure_guesses import guess
from section16.rules.structure_ids import ATTRIBUTE, DOUBLED, ORDER, STRAY_TEXT, UNKNOWN

_INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
_LEGAL: Final = frozenset({"schemaLocation", "noNamespaceSchemaLocation"})
_NAME: Final = re.compile(r"<(?:[^\s/>:]+:)?([^\s/>]+)")
_REFERENCE: Final = "footnoteId"


class Oddities:
    """The faults of what stands in one element beyond the form.

    `position` gives the official order of the known children. `names` are known elements that are there but could not
    be read, so that nobody calls them missing; `references` are footnote references with a comment inside them.
    """

    def __init__(
        self,
        extra: Extra,
        spot: Spot,
        position: Mapping[str, int],
        prefixes: set[str],
        absent: Collection[str] = (),
    ) -> None:
        """Judge `extra` of the element at `spot`. `prefixes` are those known to mean XML Schema's own attributes.

        `absent` are the known children that could still stand there: one of them may be meant by an unknown one.
        """
        self.faults: list[Fault] = []
        self.names: set[str] = set()
        self.references: list[str] = []
        self._spot = spot
        self._position = position
        self._absent = absent
        self._odd: dict[int, str] = {}
        self._attributes(extra.attributes, prefixes)
        for other in extra.other:
            self._other(other)
        if extra.order is not None:
            self._order(extra.order)

    def in_order(self, known: Sequence[str], others: Iterable[Other]) -> None:
        """Judge the order of `known` children with the odd references between them."""
        if not self.references:
            return
        taken = {other.at for other in others if other.of is None}
        free = (at for at in count() if at not in taken)
        by_place = dict(zip(free, known, strict=False)) | self._odd
        self._order([by_place[at] for at in sorted(by_place)])

    def _fault(self, kind: str, message: str, mend: str, name: str = "") -> None:
        self.faults.append(Fault(kind, self._spot, message, mend, name))

    def _attributes(self, attributes: Iterable[tuple[str, str]], prefixes: set[str]) -> None:
        for name, value in attributes:
            prefix, _, local = name.rpartition(":")
            if prefix == "xmlns":
                if value == _INSTANCE:
                    prefixes.add(local)
            elif name == "xmlns":
                if value:
                    self._namespace(self._spot.element, value)
            elif prefix not in prefixes or local not in _LEGAL:
                self._attribute(name, self._spot.element)

    def _attribute(self, name: str, element: str, at: str = "") -> None:
        message = f"{element} has an attribute that the form does not know: {excerpt(name)}"
        self._fault(ATTRIBUTE, message, "Remove the attribute", at)

    def _namespace(self, element: str, uri: str, at: str = "") -> None:
        message = f"{element} stands in the namespace '{excerpt(uri)}'; the form has none"
        self._fault(ATTRIBUTE, message, "Remove the namespace", at)

    def _other(self, other: Other) -> None:
        if not other.xml.startswith("<"):
            self._stray(excerpt(other.xml.strip()))
            return
        if other.of is not None:
            self._inside(other.of, kept_element(other.xml))
            return
        found = _NAME.match(other.xml)
        if found is None or other.xml.startswith(("<!", "<?")):
            return
        name = found[1]
        if name == _REFERENCE and name in self._position:
            self._reference(other)
        elif name in self._position:
            if name not in self.names:
                message = f"{name} stands more than once in {self._spot.element}"
                self._fault(DOUBLED, message, "Keep the one that is true", name)
            self.names.add(name)
        else:
            meant = guess(name, self._spot.element, self._absent)
            self.names.update({meant.name} if meant.name else ())
            message = f"{self._spot.element} has no element {excerpt(name)}"
            self._fault(UNKNOWN, message, meant.mend, excerpt(name))

    def _stray(self, text: str) -> None:
        """Text beside elements: in a cell without a value, most likely the value."""
        element = self._spot.element
        if "value" in self._absent:
            self.names.add("value")
            message = f"'{text}' stands in {element} without the value element around it"
            self._fault(STRAY_TEXT, message, f"Write <value>{text}</value>")
        else:
            message = f"the text '{text}' stands between the elements of {element}"
            self._fault(STRAY_TEXT, message, "Remove it, or move it into the element it belongs to")

    def _inside(self, name: str, kept: KeptElement | None) -> None:
        """A known element whose text was read, but which is more than its text."""
        if kept is None:
            return
        self._judge_attributes(name, kept, "id" if name == "footnote" else "")
        if kept.has_elements:
            message = f"there are elements inside the text of {name}"
            self._fault(UNKNOWN, message, "Write text only: no markup is allowed inside it", name)

    def _judge_attributes(self, name: str, kept: KeptElement, own: str) -> None:
        if kept.namespace:
            self._namespace(name, kept.namespace, name)
        for attribute, _ in kept.attributes:
            uri, _, local = attribute.removeprefix("{").rpartition("}")
            if attribute != own and not (uri == _INSTANCE and local in _LEGAL):
                self._attribute(local, name, name)

    def _reference(self, other: Other) -> None:
        """A footnote reference that is more than its id."""
        kept = kept_element(other.xml)
        if kept is None:
            return
        self._odd[other.at] = _REFERENCE
        note = dict(kept.attributes).get("id")
        if note is None:
            self._fault(ATTRIBUTE, "a footnoteId names no footnote", 'Write <footnoteId id="F1"/>', _REFERENCE)
        else:
            self.references.append(note)
        self._judge_attributes(_REFERENCE, kept, "id")
        if kept.text or kept.has_elements:
            message = f"something stands inside the footnoteId of {excerpt(note or '')}; blanks count, too"
            self._fault(STRAY_TEXT, message, 'Write <footnoteId id="F1"/> and nothing in it', _REFERENCE)

    def _order(self, order: Sequence[str]) -> None:
        latest = ""
        for name in order:
            if latest and self._position.get(name, 0) < self._position.get(latest, 0):
                message = f"{name} stands after {latest}"
                self._fault(ORDER, message, f"Move {name} before {latest}: the order is fixed", name)
                return
            latest = name
