"""Settings of the office for a team: sign-in, a database, the record. `settings.py` is for one person who only reads.

What differs from one installation to the next comes from the environment:

HIGHNEEDS_OFFICE        the folder with the embedded database, keys, uploads and results; ./office without
HIGHNEEDS_DATABASE_URL  postgresql://user:password@host/name; the embedded SQLite without
HIGHNEEDS_URL           the address that people type, https://send.example.gov.uk; http://127.0.0.1:8000 without
HIGHNEEDS_PROXIES       how many reverse proxies stand before the office; 0 without
HIGHNEEDS_OIDC          a JSON file that names the council's sign-in (Microsoft Entra and others); none without
HIGHNEEDS_SMTP          host:port of a mail server for password resets; none without
"""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import structlog
from csp.constants import NONE, SELF

from highneeds.office.settings import *  # noqa: F403
from highneeds.office.settings import HERE

OFFICE = Path(os.environ.get("HIGHNEEDS_OFFICE") or "office").resolve()
URL = os.environ.get("HIGHNEEDS_URL", "http://127.0.0.1:8000").rstrip("/")
SECURE = URL.startswith("https://")
PROXIES = int(os.environ.get("HIGHNEEDS_PROXIES", "0"))
RESULTS_FOLDER = WORKSPACE = ""


def _secret_key() -> str:
    try:
        return (OFFICE / "secret.key").read_text()
    except FileNotFoundError:
        return "not an office yet, and this key opens nothing"  # only `office init` starts without one


def _database(url: str) -> dict[str, object]:
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": OFFICE / "office.sqlite3",
            # The last connection that closes moves the whole log into the file, which made single pages wait a second.
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "timeout": 20,
                # Deferred transactions fail when two writers meet, whatever the timeout: 1,398 of 1,600 when tried.
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    socket = parse_qs(parts.query).get("host", [""])[0]  # a server on this machine is reached by its socket's folder
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": socket or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


SECRET_KEY = _secret_key()
DATABASES = {"default": _database(os.environ.get("HIGHNEEDS_DATABASE_URL", ""))}
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", urlsplit(URL).hostname or "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [URL]

ROOT_URLCONF = "highneeds.office.team_urls"
WSGI_APPLICATION = "highneeds.office.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "django_q",
    "django_structlog",
    "highneeds.office.site",
    "highneeds.office.people",
    "highneeds.office.evidence",
    "highneeds.office.registers",
    "highneeds.office.programme",
    "highneeds.office.submission",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "highneeds.office.site.middleware.SayWhatIsWrong",
    "highneeds.office.site.middleware.nothing_kept",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "highneeds.office.people.middleware.sessions_end",
    "highneeds.office.people.middleware.everybody_signs_in",
    "highneeds.office.site.middleware.without_nul",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "OPTIONS": {"environment": "highneeds.office.site.templating.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "people" / "account_templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",  # the passkey script of allauth
]

# Who comes in
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "highneeds.office.people.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "highneeds.office.people.adapters.SocialAccountAdapter"
MFA_ADAPTER = "highneeds.office.people.adapters.SecondFactorAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator enters the address; nobody signs up
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_FORMS = {"login_webauthn": "highneeds.office.people.forms.PasskeyForSigningIn"}
MFA_TOTP_TOLERANCE = 1  # a code that has just run out is still taken: people type slowly
MFA_TOTP_ISSUER = "highneeds office"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = (
    json.loads(Path(os.environ["HIGHNEEDS_OIDC"]).read_text()) if os.environ.get("HIGHNEEDS_OIDC") else {}
)

# How often one may try
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_IPWARE_PROXY_COUNT = PROXIES
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "highneeds.office.people.adapters.locked_out"
CACHES = {
    # Counts of tries are shared by every process of the office.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cached"}
}

# How long a session lasts
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_SECONDS = 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # a return from the council's own sign-in page is a visit from another site
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "highneeds.office.site.views.errors.form_refused"

# Behind a proxy that ends TLS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE and PROXIES else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {  # the only scripts are files of our own: saving a draft, and passkeys on the sign-in pages
        "default-src": [NONE],
        "script-src": [SELF],
        "connect-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the picture of a code to scan
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# What may come in
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_TEMP_DIR = OFFICE / "arriving" if (OFFICE / "arriving").is_dir() else None
FILE_UPLOAD_PERMISSIONS = 0o600
UPLOAD_MAX_BYTES = 300 * 1024 * 1024
REGISTER_MAX_BYTES = 10 * 1024 * 1024  # read while its page waits; a longer list is accepted on the command line
REGISTER_MAX_ROWS = 20_000

# Work in the background
JOB_SECONDS = 1800
Q_CLUSTER = {
    "name": "highneeds",
    "orm": "default",
    "workers": 1,
    "timeout": JOB_SECONDS,
    "retry": JOB_SECONDS + 60,
    "max_attempts": 5,
    "ack_failures": True,
    "catch_up": False,
    "poll": 1,
    "save_limit": 200,
    "label": "Jobs",
}

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
if os.environ.get("HIGHNEEDS_SMTP"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, _, _port = os.environ["HIGHNEEDS_SMTP"].partition(":")
    EMAIL_PORT = int(_port or 25)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
KEEP_UPLOADS_DAYS = 30

# What went wrong: a line of JSON each, with the number of the request and of the person, never a name or an address
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
_LINE: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
structlog.configure(
    processors=[*_LINE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "structlog.stdlib.ProcessorFormatter",
            "foreign_pre_chain": _LINE,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(),
            ],
        }
    },
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["terminal"], "level": "ERROR", "propagate": False},
        "django-q": {"handlers": ["terminal"], "level": "WARNING", "propagate": False},
        "django_structlog": {
            "handlers": ["terminal"],
            "level": "CRITICAL",
            "propagate": False,
        },  # django.request tells it
        "axes": {"handlers": ["terminal"], "level": "WARNING", "propagate": False},
        "highneeds": {"handlers": ["terminal"], "level": "ERROR", "propagate": False},
    },
}
