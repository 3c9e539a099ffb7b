"""The addresses of the product."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
