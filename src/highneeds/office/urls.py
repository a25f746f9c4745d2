"""Every address of the office."""

from django.urls import include, path

urlpatterns = [path("", include("highneeds.office.site.urls"))]

handler400 = "highneeds.office.site.views.errors.bad_request"
handler403 = "highneeds.office.site.views.errors.forbidden"
handler404 = "highneeds.office.site.views.errors.not_found"
handler500 = "highneeds.office.site.views.errors.broken"
