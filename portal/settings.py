"""All settings, read from the environment. `.env.example` lists every variable."""

from pathlib import Path

from portal import environment
from portal.environment import BadEnvironment
from portal.servers import places

BASE_DIR = Path(__file__).resolve().parent.parent

# How this process was started
PORTAL_DEMO = environment.flag("PORTAL_DEMO", default=False)
PORTAL_TESTS = environment.flag("PORTAL_TESTS", default=False)
PORTAL_EMBEDDED = environment.flag("PORTAL_EMBEDDED", default=True)
PORTAL_STATE_DIR = places.state_folder()
PORTAL_SHARED_DATA = environment.text("PORTAL_SHARED_DATA", "../shared/data")
DEBUG = environment.flag("PORTAL_DEBUG", default=False)

# Databases: the application role works, the owner role migrates. Web and worker need only the first.
_address = environment.secret("DATABASE_URL")
_owner_address = environment.secret("DATABASE_OWNER_URL")
USES_EMBEDDED_DATABASE = not _address and PORTAL_EMBEDDED
if USES_EMBEDDED_DATABASE and _owner_address:
    raise BadEnvironment("DATABASE_OWNER_URL is set but DATABASE_URL is not. Set both, or neither.")
if USES_EMBEDDED_DATABASE:
    _address = places.database_address(PORTAL_STATE_DIR, places.APPLICATION_ROLE)
    _owner_address = places.database_address(PORTAL_STATE_DIR, places.OWNER_ROLE)
if not _address:
    raise BadEnvironment(
        "DATABASE_URL is not set and PORTAL_EMBEDDED is 0. Give the address for the application role."
    )
DATABASES = {"default": environment.database("DATABASE_URL", _address)}
if _owner_address:
    DATABASES["owner"] = environment.database("DATABASE_OWNER_URL", _owner_address)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Secrets
SECRET_KEY = environment.secret("SECRET_KEY")
if not SECRET_KEY and not (PORTAL_DEMO or USES_EMBEDDED_DATABASE):
    raise BadEnvironment(
        "SECRET_KEY is not set. Give at least 50 random characters, or their file in SECRET_KEY_FILE."
    )
SECRET_KEY = SECRET_KEY or places.own_secrets(PORTAL_STATE_DIR)["secret_key"]
# The event log is signed with a key of its own, which only workers need; the others say "elsewhere".
PORTAL_LOG_KEY = environment.secret("PORTAL_LOG_KEY")
PORTAL_LOG_OLD_KEY = environment.secret("PORTAL_LOG_OLD_KEY")
if not PORTAL_LOG_KEY and not (PORTAL_DEMO or USES_EMBEDDED_DATABASE):
    raise BadEnvironment(
        "PORTAL_LOG_KEY is not set. Make a key once: PORTAL_LOG_KEY=elsewhere manage.py make_log_key FILE. Name the "
        "file to the workers in PORTAL_LOG_KEY_FILE; every other process keeps PORTAL_LOG_KEY=elsewhere."
    )
PORTAL_LOG_KEY = PORTAL_LOG_KEY or places.own_log_key(PORTAL_STATE_DIR)

# Background work: PostgreSQL holds the truth, the broker only wakes the workers.
_redis_address = environment.secret("REDIS_URL")
USES_EMBEDDED_REDIS = not _redis_address and PORTAL_EMBEDDED
if USES_EMBEDDED_REDIS:
    _redis_address = places.redis_address(PORTAL_STATE_DIR)
if not _redis_address:
    raise BadEnvironment("REDIS_URL is not set and PORTAL_EMBEDDED is 0. Give the address of the broker.")
REDIS_URL = _redis_address
CELERY_BROKER_URL = environment.broker("REDIS_URL", _redis_address)
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
    # A page that cannot reach the broker gives up at once (six seconds otherwise); the sweep sends later.
    **{"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0},
}
CELERY_WORKER_CONCURRENCY = environment.whole_number("PORTAL_WORKERS", 2, 1, 64)
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # KiB; rendering holds memory, so a child goes when it is fat
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "portal.tasks.sweep_jobs", "schedule": 5.0},
    "watch-feed": {"task": "portal.tasks.watch_feed", "schedule": 1.0},
    # asked for often and done once a day, so that a night without power is made up for in the morning
    "tidy-up": {"task": "portal.tasks.tidy_up_daily", "schedule": 600.0},
    "watch-folder": {"task": "documents.tasks.watch_folder", "schedule": 10.0},
    "fetch-mail": {"task": "documents.tasks.fetch_mail", "schedule": 60.0},
    "begin-the-day": {"task": "documents.tasks.begin_the_day", "schedule": 600.0},
    "remind": {"task": "documents.tasks.remind_daily", "schedule": 600.0},
    "send-digests": {"task": "portal.tasks.send_digests", "schedule": 600.0},
    "check-store": {"task": "portal.tasks.check_store_daily", "schedule": 600.0},
}
# Who follows the event log: the name of its cursor, and the module that deals with what happened.
PORTAL_FEED_READERS = {
    "log": "portal.domain.log_feed",
    "triggers": "inspection.domain.trigger_feed",
    "chains": "documents.domain.standing",
    "comparisons": "documents.domain.standing_comparisons",
    "notices": "documents.domain.notices",
    "mails": "documents.domain.mailings",
}
# How long a worker may be silent before its job is given to another; it speaks up every third of this.
PORTAL_JOB_LEASE_SECONDS = environment.whole_number("PORTAL_JOB_LEASE_SECONDS", 30, 1, 3600)

# Applications, each later one may import the earlier ones
INSTALLED_APPS = [
    "portal",
    "routes",
    "subcontract",
    "inspection",
    "documents",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "simple_history",
    "django_htmx",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.StrictHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.languages.ReaderLanguage",
    "portal.sessions.SessionLimits",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# People
AUTH_USER_MODEL = "portal.Person"
LOGIN_URL = "portal:sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "portal:sign-in"
PASSWORD_RESET_TIMEOUT = 60 * 60  # the link in the mail says so
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
if environment.flag("PORTAL_FAST_HASHER", default=False):
    if not (PORTAL_DEMO or PORTAL_TESTS):
        raise BadEnvironment(
            "PORTAL_FAST_HASHER is on, which protects no password. It is accepted only with PORTAL_DEMO=1."
        )
    PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")

# Mail carries links that set a new password and what is owed. With no mail host it is printed, in a sample shop only.
EMAIL_HOST = environment.text("PORTAL_MAIL_HOST")
EMAIL_PORT = environment.whole_number("PORTAL_MAIL_PORT", 587, 1, 65535)
EMAIL_HOST_USER = environment.text("PORTAL_MAIL_USER")
EMAIL_HOST_PASSWORD = environment.secret("PORTAL_MAIL_PASSWORD")
EMAIL_USE_TLS = environment.flag("PORTAL_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 10  # seconds; somebody waits for the page meanwhile
DEFAULT_FROM_EMAIL = environment.text("PORTAL_MAIL_FROM", "portal@localhost")
if not EMAIL_HOST and (PORTAL_DEMO or USES_EMBEDDED_DATABASE):
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# Certificates that come by themselves: as answers to our mails, and through a folder a scanner writes into.
PORTAL_MAIL_REPLY_DOMAIN = environment.text("PORTAL_MAIL_REPLY_DOMAIN")
PORTAL_IMAP_HOST = environment.text("PORTAL_IMAP_HOST")
PORTAL_IMAP_PORT = environment.whole_number("PORTAL_IMAP_PORT", 993, 1, 65535)
PORTAL_IMAP_USER = environment.text("PORTAL_IMAP_USER")
PORTAL_IMAP_PASSWORD = environment.secret("PORTAL_IMAP_PASSWORD")
PORTAL_IMAP_TLS = environment.flag("PORTAL_IMAP_TLS", default=True)
PORTAL_IMAP_FOLDER = environment.text("PORTAL_IMAP_FOLDER", "INBOX")
PORTAL_WATCHED_FOLDER = (
    environment.folder("PORTAL_WATCHED_FOLDER", BASE_DIR)
    if environment.text("PORTAL_WATCHED_FOLDER")
    else None
)

# The network side
ALLOWED_HOSTS = environment.listing("PORTAL_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
PORTAL_HTTPS = environment.flag("PORTAL_HTTPS", default=not (PORTAL_DEMO or USES_EMBEDDED_DATABASE))
# links in mails are made by workers, who see no request
PORTAL_ADDRESS = environment.text("PORTAL_ADDRESS").rstrip("/") or (
    f"{'https' if PORTAL_HTTPS else 'http'}://{ALLOWED_HOSTS[0].lstrip('*.') or 'localhost'}"
    + ("" if PORTAL_HTTPS else f":{environment.whole_number('PORTAL_PORT', 8000, 1, 65535)}")
)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PORTAL_HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60  # one long shift
CSRF_COOKIE_HTTPONLY = True  # forms carry the token themselves
SECURE_SSL_REDIRECT = PORTAL_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # the container's own check speaks plain HTTP
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PORTAL_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False  # other names of the shop are not ours to decide about
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # both ask for just those other names
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PORTAL_HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if PORTAL_HTTPS and "*" not in host]

# Files
MEDIA_ROOT = environment.folder("PORTAL_FILES_DIR", BASE_DIR / "var" / "files")
STATIC_URL = "/static/"
# A named folder means that the image has collected hashed files there; otherwise they come from the source.
# folder of the published QIF schemas, which are not ours to ship; empty: files are read without validating them
QIF_SCHEMAS = environment.text("PORTAL_QIF_SCHEMAS")
# program that reads scanned certificates: auto takes the one that is installed, off none; or its path
PORTAL_TESSERACT = environment.text("PORTAL_TESSERACT", "auto")
# folder of published JSON schemas of certificates; empty: their parts are checked, not their whole shape
PORTAL_CERTIFICATE_SCHEMAS = environment.text("PORTAL_CERTIFICATE_SCHEMAS")
# A file is handed to this scanner before anything else looks at it; empty: no scanner.
PORTAL_CLAMD = environment.scanner("PORTAL_CLAMD")
_static_is_collected = bool(environment.text("PORTAL_STATIC_DIR"))
STATIC_ROOT = environment.folder("PORTAL_STATIC_DIR", BASE_DIR) if _static_is_collected else None
WHITENOISE_USE_FINDERS = not _static_is_collected
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if _static_is_collected
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes of form fields; files stream to disk

# Sealing: a PEM file with the private key and its certificate; only a sample shop makes one by itself.
PORTAL_SEAL_MAKES_ITS_KEY = PORTAL_DEMO or PORTAL_TESTS or USES_EMBEDDED_DATABASE
PORTAL_SEAL_FILE = environment.folder("PORTAL_SEAL_FILE", PORTAL_STATE_DIR / "seal" / "seal.pem")
# address of an RFC 3161 time stamp authority; empty: packages are sealed without a time stamp
PORTAL_TSA_URL = environment.text("PORTAL_TSA_URL")

# a place at which only a test ends the process, to see that work is taken up again
PORTAL_CRASH_AT = ""

# Time and language: the shop and its customers read English, vendors read one of these (portal/languages.py)
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("zh-hans", "简体中文"), ("de", "Deutsch"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "portal_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = PORTAL_HTTPS

# The door for machines: bearer tokens only, JSON only, every refusal as problem details
# what a planned check uses that names no figures of its own: quality engineers read them beside each plan
PORTAL_SAMPLING_LTPD_PERCENT = environment.whole_number("PORTAL_SAMPLING_LTPD_PERCENT", 10, 1, 100)
PORTAL_SAMPLING_BETA_PERCENT = environment.whole_number("PORTAL_SAMPLING_BETA_PERCENT", 10, 1, 99)
# how much of a tolerance a coating may use while the drawing does not say on which side it applies
PORTAL_FINISH_SHARE_PERCENT = environment.whole_number("PORTAL_FINISH_SHARE_PERCENT", 10, 1, 100)
PORTAL_API_CALLS_A_MINUTE = environment.whole_number("PORTAL_API_CALLS_A_MINUTE", 600, 1, 1_000_000)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["portal.api.authentication.BearerToken"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["portal.api.parsers.PlainJson", "rest_framework.parsers.MultiPartParser"],
    "DEFAULT_SCHEMA_CLASS": "portal.api.schema.DoorSchema",
    "EXCEPTION_HANDLER": "portal.api.problems.answer",
    "URL_FORMAT_OVERRIDE": None,
    "COERCE_DECIMAL_TO_STRING": True,
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Supplier quality portal",
    "DESCRIPTION": "Reads of every noun and the acts machines need. Nothing is signed here.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["portal.api.schema.add_problem"],
}

# Failures are read from the output of the process; nothing is mailed and nothing is written twice.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("PORTAL_LOG_LEVEL", "INFO").upper()},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # what draws packages tells every step of every page; only its warnings are news
        **{name: {"level": "WARNING"} for name in ("weasyprint", "fontTools", "pikepdf")},
    },
}
