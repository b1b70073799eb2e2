"""Parts lists of assemblies, and what is built into their lots."""

from __future__ import annotations

from django.http import Http404

from routes.component_forms import BuildInForm, ComponentForm, TakeOutForm
from routes.domain import component_uses, components
from routes.models import Component, Traveler
from routes.permissions import FLOOR
from routes.views.pages import ShopVerb
from routes.views.parts import RevisionPage


class ComponentAdd(RevisionPage, ShopVerb):
    """Put a part on the parts list."""

    form_class = ComponentForm
    heading = "Add a component of {record}"
    lead = "A part made here, or one that is bought. Every lot names from where its pieces came."
    submit_label = "Add the component"
    done = "Item {result.item_number}, {result.part_number}, is on the parts list of {record}."

    def act(self, record, data, *, by, token=None):
        return components.add_component(by=by, assembly=record, **data)

    def success_url(self, result):
        return self.cancel_url()


class ComponentRemove(ShopVerb):
    """Take a part off the parts list."""

    model = Component
    lookup = {
        "number": "assembly__part__number",
        "revision": "assembly__revision",
        "item": "item_number",
    }
    heading = "Take item {record.item_number}, {record.part_number}, off the parts list"
    lead = "Possible until a route of {record.assembly} is released."
    submit_label = "Take it off"
    done = "Item {record.item_number} is off the parts list."
    is_danger = True

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("assembly__part", "made", "specification")

    def form_kwargs(self):
        return {}

    def act(self, record, data, *, by, token=None):
        return components.remove_component(by=by, component=record)

    def get_crumbs(self):
        return [{"label": str(self.record.assembly), "url": self.cancel_url()}]

    def cancel_url(self):
        return self.record.assembly.get_absolute_url()


class OfLotComponent(ShopVerb):
    """An act on one item of the parts list for one lot."""

    roles = FLOOR
    model = Traveler

    def queryset_for(self, person):
        return (
            super().queryset_for(person).select_related("route_revision__part_revision__part", "order_line")
        )

    def get_record(self, person):
        record = super().get_record(person)
        found = Component.objects.filter(
            assembly=record.route_revision.part_revision_id, item_number=self.kwargs["item"]
        )
        self.component = found.select_related(
            "assembly__part", "made__part__customer", "specification"
        ).first()
        if self.component is None:
            raise Http404("The parts list of this lot has no such item.")
        return record

    def form_kwargs(self):
        return super().form_kwargs() | {"component": self.component}

    def get_heading(self):
        return self.heading.format(record=self.record, component=self.component)

    def get_lead(self):
        count = component_uses.count_of(self.record, self.component)
        return (
            f"{self.component.name}, {count.wanted}: {count.quantity_each} for each assembly. Lot "
            f"{self.record.number} needs {count.needed} and has {count.recorded}."
        )

    def named(self, data) -> dict:
        """Return the arguments with the source under the name of its kind."""
        source = data.pop("source")
        return {"source_lot" if isinstance(source, Traveler) else "material_lot": source, **data}

    def cancel_url(self):
        return f"{self.record.get_absolute_url()}#components"

    def success_url(self, result):
        return self.cancel_url()


class ComponentBuildIn(OfLotComponent):
    """Record pieces as built in."""

    form_class = BuildInForm
    heading = "Build item {component.item_number}, {component.part_number}, into lot {record}"
    submit_label = "Record it"
    done = "{result.quantity} pieces of item {result.component.item_number} are in lot {record}."

    def act(self, record, data, *, by, token=None):
        return component_uses.build_in(by=by, traveler=record, component=self.component, **self.named(data))


class ComponentTakeOut(OfLotComponent):
    """Record that pieces came out again."""

    form_class = TakeOutForm
    heading = "Take item {component.item_number}, {component.part_number}, out of lot {record}"
    submit_label = "Take it out"
    done = "The pieces of item {result.component.item_number} are out of lot {record} and back where they came from."
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return component_uses.take_out(by=by, traveler=record, component=self.component, **self.named(data))
