"""Settings of the office in its read-only mode: on this machine only, no sign-in, nothing stored, no database."""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

HERE = Path(__file__).resolve().parent

WORKSPACE = os.environ.get("HIGHNEEDS_WORKSPACE", "")
RESULTS_FOLDER = os.environ.get("HIGHNEEDS_RESULTS", "")

START_TOKEN = os.environ.get("HIGHNEEDS_START_TOKEN", "")

DEBUG = False
SECRET_KEY = secrets.token_urlsafe(50)  # nothing is signed in this mode; a new key at every start
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]  # also what keeps another site from reading us through DNS

ROOT_URLCONF = "highneeds.office.urls"
WSGI_APPLICATION = "highneeds.office.wsgi.application"
INSTALLED_APPS = ["django.contrib.staticfiles", "highneeds.office.site"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "highneeds.office.site.middleware.SayWhatIsWrong",
    "highneeds.office.site.middleware.nothing_kept",
    "highneeds.office.site.middleware.with_start_token",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES: list[dict[str, object]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "OPTIONS": {"environment": "highneeds.office.site.templating.environment"},
    }
]
DATABASES: dict[str, dict[str, object]] = {}
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "site" / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {  # no script at all: the pages carry none
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {"django": {"handlers": ["terminal"], "level": "ERROR", "propagate": False}},
}
