"""What PostgreSQL itself refuses of sampling rules, growths, windows and series."""

from decimal import Decimal

from django.utils import timezone

from inspection.models import SamplingState
from routes.models import FinishFeature, PlannedCheck
from tests.factories.finish import draft_growth, make_finish_draft, name_feature
from tests.routes.test_constraints import refused, save


def again(record):
    return type(record).objects.get(pk=record.pk)


def test_a_check_holds_the_figures_of_its_rule_and_no_others(cast):
    check = PlannedCheck.objects.filter(operation__route_revision=make_finish_draft(cast)).first()
    risk = {"ltpd_percent": Decimal(10), "beta_percent": Decimal(10)}
    table = {"inspection_level": "II", "aql_percent": "1.0"}
    refused("risk_with_rules_of_finding_nothing", lambda: save(again(check), sampling_rule="c0"))
    refused("risk_with_rules_of_finding_nothing", lambda: save(again(check), **risk))
    refused(
        "risk_with_rules_of_finding_nothing",
        lambda: save(again(check), sampling_rule="c0", **risk | {"ltpd_percent": Decimal(0)}),
    )
    refused(
        "level_and_aql_with_z14_rule", lambda: save(again(check), sampling_rule="z14", inspection_level="II")
    )
    refused("level_and_aql_with_z14_rule", lambda: save(again(check), **table))
    refused("fraction_with_skip_lot_rule", lambda: save(again(check), sampling_rule="skip_lot", **risk))
    refused(
        "fraction_with_skip_lot_rule",
        lambda: save(again(check), sampling_rule="skip_lot", skip_one_in=6, **risk),
    )
    save(again(check), sampling_rule="skip_lot", skip_one_in=5, **risk)
    assert again(check).skip_one_in == 5


def test_growths_and_windows_are_in_order(cast):
    growth = draft_growth(cast)
    refused("growth_figures_in_order", lambda: save(again(growth), thickness_min=Decimal(1)))
    refused("growth_figures_in_order", lambda: save(again(growth), ratio_max=Decimal("1.1")))
    refused("growth_in_force_is_signed", lambda: save(again(growth), state="in_force"))
    twin = again(growth)
    twin.pk, twin.number = None, "CG-9"
    refused("one_growth_of_any_vendor", twin.save)
    growth.vendor = twin.vendor = cast.vendor_organization
    growth.save()
    refused("one_growth_a_vendor", twin.save)
    feature = name_feature(cast, make_finish_draft(cast))
    refused("window_in_order", lambda: save(again(feature), window_lower=2, window_upper=1))
    other = FinishFeature(
        route_revision=feature.route_revision, characteristic=feature.characteristic, kind="masked"
    )
    refused("feature_once_a_route_revision", other.save)


def test_one_series_a_part_vendor_and_class(cast):
    part = make_finish_draft(cast).part_revision.part
    facts = {"part": part, "defect_class": "major", "since_at": timezone.now()}
    own = SamplingState.objects.create(number="SS-1", **facts)
    SamplingState.objects.create(number="SS-2", vendor=cast.vendor_organization, **facts)
    refused("one_series_of_the_house", lambda: SamplingState.objects.create(number="SS-3", **facts))
    refused(
        "one_series_a_vendor",
        lambda: SamplingState.objects.create(number="SS-4", vendor=cast.vendor_organization, **facts),
    )
    refused("qualified_series_is_signed", lambda: save(own, skip_one_in=2))
