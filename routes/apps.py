from django.apps import AppConfig


class RoutesConfig(AppConfig):
    name = "routes"
    label = "routes"
    verbose_name = "Parts, routes and travelers"
