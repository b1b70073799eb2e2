app_name = "subcontract"

urlpatterns: list = []
