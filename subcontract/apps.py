from django.apps import AppConfig


class SubcontractConfig(AppConfig):
    name = "subcontract"
    label = "subcontract"
    verbose_name = "Outside orders"
