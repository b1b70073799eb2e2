"""The floor: what a plain DRF list and detail of the same model take, beside the portal's own addresses."""

from __future__ import annotations

from django.urls import path
from rest_framework import generics, pagination, serializers

from portal.api.authentication import BearerToken
from portal.urls import urlpatterns as of_the_portal
from routes.models import OrderLine, Traveler


class PlainLine(serializers.ModelSerializer):
    class Meta:
        model = OrderLine
        fields = "__all__"


class PlainLot(serializers.ModelSerializer):
    order_line = PlainLine()

    class Meta:
        model = Traveler
        fields = "__all__"


class Hundred(pagination.PageNumberPagination):
    page_size = 100


class PlainList(generics.ListAPIView):
    queryset = Traveler.objects.select_related("order_line").order_by("-id")
    serializer_class = PlainLot
    pagination_class = Hundred
    authentication_classes = [BearerToken]
    permission_classes = []
    schema = None


class PlainDetail(generics.RetrieveAPIView):
    queryset = Traveler.objects.select_related("order_line")
    serializer_class = PlainLot
    authentication_classes = [BearerToken]
    permission_classes = []
    schema = None


urlpatterns = [
    path("floor/", PlainList.as_view(), name="floor-list"),
    path("floor/<int:pk>/", PlainDetail.as_view(), name="floor-detail"),
    *of_the_portal,
]
