from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    label = "portal"
    verbose_name = "The front door"

    def ready(self) -> None:
        """Register the system checks."""
        from portal import checks  # noqa: F401  (importing it registers them)
