"""Settings, read from the environment (twelve-factor), with defaults that work on one machine.

Owns nothing but configuration. Without a secret key in the environment, one is made at the
first start and kept beside the data.
"""

from pathlib import Path

import environ

from portulan.server.secret import secret_key

env = environ.Env()

DATA_DIR = Path(env.str("PORTULAN_DATA", default=str(Path.cwd() / "data")))
DEBUG = env.bool("PORTULAN_DEBUG", default=False)
SECRET_KEY = env.str("PORTULAN_SECRET_KEY", default="") or secret_key(DATA_DIR)
ALLOWED_HOSTS = env.list("PORTULAN_HOSTS", default=["127.0.0.1", "localhost"])

# Where `portulan up` listens; the live channel has a port of its own.
HOST = env.str("PORTULAN_HOST", default="127.0.0.1")
PORT = env.int("PORTULAN_PORT", default=8000)
LIVE_PORT = env.int("PORTULAN_LIVE_PORT", default=PORT + 1)
LIVE_URL = env.str("PORTULAN_LIVE_URL", default="")
WORKERS = env.int("PORTULAN_WORKERS", default=2)

# Where browsers come from, when it is not the address above: a proxy's, such as https://crm.example.com.
ORIGINS = CSRF_TRUSTED_ORIGINS = env.list("PORTULAN_ORIGINS", default=[])
# What links in mails begin with.
PUBLIC_URL = (ORIGINS[0] if ORIGINS else f"http://{HOST}:{PORT}").rstrip("/")

DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'portulan.sqlite3'}"),
}
DATABASE = DATABASES["default"]
DATABASE["TEST"] = {"NAME": env.str("PORTULAN_TEST_DB", default=None)}
if DATABASE["ENGINE"].endswith("sqlite3"):
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;",
    }
else:
    DATABASE["CONN_MAX_AGE"] = 600
    DATABASE["CONN_HEALTH_CHECKS"] = True
    # Search forgives slips of the fingers: how alike a word must be for the index of trigrams to give it.
    DATABASE.setdefault("OPTIONS", {}).setdefault("options", "-c pg_trgm.word_similarity_threshold=0.4")

# Shared by every process, so that the limits on sign-in attempts hold whichever answers.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "server_cache"},
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
    "portulan.events",
    "portulan.people",
    "portulan.pages",
    "portulan.maps",
    "portulan.blueprint",
    "portulan.records",
    "portulan.automation",
    "portulan.mining",
    "portulan.connectors",
    "portulan.brief",
    "portulan.server",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "portulan.server.front_files.StaticMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portulan.server.headers.HeadersMiddleware",
    "portulan.server.pinning.PinningMiddleware",
]
ROOT_URLCONF = "portulan.server.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "fr"
USE_I18N = False
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [("front", FRONT)] if (FRONT := Path(__file__).parent / "front").exists() else []

# Documents of records: beside the data, or in a bucket that speaks S3 (`pip install portulan[s3]`), whose
# keys come from the environment as its own tools read them.
BUCKET = env.str("PORTULAN_BUCKET", default="")
BUCKET_URL = env.str("PORTULAN_BUCKET_URL", default="")
MOST_DOCUMENT_BYTES = env.int("PORTULAN_MOST_DOCUMENT_BYTES", default=25 * 1024**2)
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
    "documents": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": BUCKET, "endpoint_url": BUCKET_URL or None, "file_overwrite": False},
    }
    if BUCKET
    else {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "documents"},
    },
}
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+[.-][0-9A-Za-z_-]{8,}[.][a-z0-9]+$"

#: Who administers a new instance, made at its first start; without them `portulan up` says how to make one.
ADMIN_EMAIL = env.str("PORTULAN_ADMIN_EMAIL", default="")
ADMIN_PASSWORD = env.str("PORTULAN_ADMIN_PASSWORD", default="")
#: The name of the company, shown in the sidebar and on quotes.
COMPANY = env.str("PORTULAN_COMPANY", default="")
#: What the law wants under its quotes: legal form, capital, address, SIREN, VAT number.
COMPANY_LEGAL = env.str("PORTULAN_COMPANY_LEGAL", default="")

AUTH_USER_MODEL = "people.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Sign-in by e-mail through allauth, for the browser client; sign-up is closed.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "portulan.server.sign_in.SignInAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)

# Mails that rules write leave through this server; without one they are only shown.
SMTP_HOST = env.str("PORTULAN_SMTP_HOST", default="")
SMTP_PORT = env.int("PORTULAN_SMTP_PORT", default=587)
SMTP_USER = env.str("PORTULAN_SMTP_USER", default="")
SMTP_PASSWORD = env.str("PORTULAN_SMTP_PASSWORD", default="")
SMTP_TLS = env.bool("PORTULAN_SMTP_TLS", default=True)
MAIL_FROM = env.str("PORTULAN_MAIL_FROM", default="portulan@localhost")
#: Private networks that webhooks may reach, such as 10.0.0.0/8; none: public addresses over HTTPS alone.
WEBHOOK_NETWORKS = env.list("PORTULAN_WEBHOOK_NETWORKS", default=[])

# Logs: how large a file may be, how much memory holds those being looked at, in each process.
MOST_UPLOAD_BYTES = env.int("PORTULAN_MOST_UPLOAD_BYTES", default=1024**3)
LOG_CACHE_BYTES = env.int("PORTULAN_LOG_CACHE_BYTES", default=512 * 1024**2)
FILE_UPLOAD_HANDLERS = ["portulan.server.uploads.BoundedUpload"]

# Behind HTTPS, `PORTULAN_HTTPS=1` keeps cookies off plain connections.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.bool("PORTULAN_HTTPS", default=False)
SESSION_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
