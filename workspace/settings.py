"""Every setting, from the environment. A name ending in ``_FILE`` reads the value from that file, for mounted secrets."""

from pathlib import Path

import environ
from django.utils.csp import CSP

from workspace.accounts.mailer import mailer
from workspace.embedded import folder

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()
if (BASE_DIR / env.str("ENV_FILE", default=".env")).is_file():
    env.read_env(BASE_DIR / env.str("ENV_FILE", default=".env"))  # what is set already wins

DEBUG = env.bool("DEBUG", default=False)
DATA_DIR = Path(env.str("PROOFSHEET_DATA_DIR", default=str(BASE_DIR / ".proofsheet")))
SECRET_KEY = env.str("SECRET_KEY", default=folder.secret_key(DATA_DIR))
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # earlier ones, while what they signed and sealed lives
RUNNING = folder.running(DATA_DIR).get("environment", {})  # the servers that `manage.py up` started, for every other command
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- applications --------------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",  # before the admin, whose templates it replaces
    "django.contrib.admin.apps.SimpleAdminConfig",  # what is registered is named in workspace.administration, and nothing else
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "workspace.accounts",
    "workspace.credits",
    "workspace.comparisons",
    "workspace.history",
    "workspace.operations",
    "workspace.ledger",
    "workspace.administration",
    "workspace.spend",
    "workspace.embedded",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "workspace.http.in_one_thread",
]

ROOT_URLCONF = "workspace.urls"
ASGI_APPLICATION = "workspace.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "workspace.context.page",
                "workspace.comparisons.context.money",
                "workspace.operations.context.trouble",
                "workspace.ledger.context.alarm",
                "workspace.spend.context.alarms",
            ],
        },
    },
]

# --- database, cache, broker ---------------------------------------------------------------------------------------------------
DATABASE_URL = env.str("DATABASE_URL", default=RUNNING.get("DATABASE_URL", "postgresql://postgres@localhost/proofsheet"))
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
DATABASES["default"].update(ENGINE="django.db.backends.postgresql", CONN_MAX_AGE=0, CONN_HEALTH_CHECKS=True)
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 2, "max_size": 20, "timeout": 5}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default=RUNNING.get("REDIS_URL", "redis://localhost:6379/0"))
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "cache"}}

WORKER_CONCURRENCY = 400  # comparisons one worker process holds at once; each only waits
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_DEFAULT_QUEUE = "generations"
CELERY_TASK_ROUTES = {
    "comparisons.finish": {"queue": "media"},
    "comparisons.*": {"queue": "generations"},
    "credits.*": {"queue": "generations"},
    "operations.*": {"queue": "generations"},
    "ledger.*": {"queue": "generations"},
    "spend.*": {"queue": "generations"},
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "ack_emulation": False,  # acknowledging over a lost connection would end the worker; what a dead one had, the sweep sends
    "max_connections": WORKER_CONCURRENCY + 20,
    "health_check_interval": 10,
}
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "comparisons.sweep", "schedule": 5.0, "options": {"expires": 5.0}},
    "measure": {"task": "comparisons.measure", "schedule": 600.0, "options": {"expires": 600.0}},
    "month": {"task": "credits.month", "schedule": 3600.0, "options": {"expires": 3600.0}},
    "daily": {"task": "operations.daily", "schedule": 3600.0, "options": {"expires": 3600.0}},  # asks once a day, see there
    "questions": {"task": "operations.question_the_ill", "schedule": 5.0, "options": {"expires": 5.0}},
    "audit": {"task": "ledger.audit", "schedule": 3600.0, "options": {"expires": 3600.0}},
    "low balances": {"task": "ledger.tell_low_balances", "schedule": 60.0, "options": {"expires": 60.0}},
    "gather spend": {"task": "spend.gather", "schedule": 60.0, "options": {"expires": 60.0}},
    "budgets": {"task": "spend.watch", "schedule": 5.0, "options": {"expires": 5.0}},
}
CELERY_TIMEZONE = "UTC"

# --- people --------------------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
OPEN_SIGNUP = env.bool("OPEN_SIGNUP", default=False)
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
]

ACCOUNT_ADAPTER = "workspace.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"  # only open sign-up brings unconfirmed addresses
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_CHANGE_EMAIL = True  # one address per person; a new one counts once confirmed
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody can make this server write to strangers
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"prompt_thinking": "30/m/user,300/h/user"}  # asking the language model; beside allauth's own limits
ACCOUNT_FORMS = {
    "login": "workspace.accounts.forms.SignInForm",
    "signup": "workspace.accounts.forms.SignUpForm",
    "add_email": "workspace.accounts.forms.ChangeEmailForm",
    "change_password": "workspace.accounts.forms.ChangePasswordForm",
    "set_password": "workspace.accounts.forms.SetPasswordForm",
    "reset_password": "workspace.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "workspace.accounts.forms.NewPasswordForm",
    "reauthenticate": "workspace.accounts.forms.ReauthenticateForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)  # proxies in front whose X-Forwarded-For is believed

MAILERS = {"default": mailer(env.str("EMAIL_URL", default="consolemail:" if DEBUG else f"filemail://{DATA_DIR / 'mail'}"))}
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Proofsheet <proofsheet@localhost>")

# --- credits -------------------------------------------------------------------------------------------------------------------
STARTING_CREDITS = env.int("STARTING_CREDITS", default=250)
CREDITS_PER_USD = env.int("CREDITS_PER_USD", default=100)  # one credit is one cent, rounded up per image
MINIMUM_CREDITS = env.int("MINIMUM_CREDITS", default=1)
LOW_BALANCE_CREDITS = env.int("LOW_BALANCE_CREDITS", default=20)  # below that a person is told, once
ADJUSTMENT_LIMIT = env.int("ADJUSTMENT_LIMIT", default=500)  # credits one admin may add or remove without another

# --- providers -----------------------------------------------------------------------------------------------------------------
SIMULATOR_URL = env.str("SIMULATOR_URL", default=RUNNING.get("SIMULATOR_URL", ""))  # answers for every provider that has no key
# Calls under way at one provider, where an account may have more or fewer than usual: "ideogram=20,bfl=48".
PROVIDER_IN_FLIGHT = {key: int(most) for key, most in env.dict("PROVIDER_IN_FLIGHT", default={}).items()}
GENERATION_DEADLINE = env.int("GENERATION_DEADLINE", default=180)  # seconds one provider call may take
CALL_TIMEOUT_MINIMUM = env.float("CALL_TIMEOUT_MINIMUM", default=45.0)  # no model is given up on sooner
COMPARISON_DEADLINE = 600  # seconds a comparison may take with every retry and fallback
WORKER_SILENCE_SECONDS = env.float("WORKER_SILENCE_SECONDS", default=15.0)  # one that shows no life this long is dead
THINKING_BASE_URL = env.str("THINKING_BASE_URL", default="")  # a chat endpoint that rewords prompts; none is asked by default
THINKING_MODEL = env.str("THINKING_MODEL", default="")
THINKING_API_KEY = env.str("THINKING_API_KEY", default="")
MAX_IMAGE_BYTES = 40 * 1024 * 1024
MAX_IMAGE_PIXELS = 40_000_000
MAX_REFERENCE_BYTES = 20 * 1024 * 1024  # of a file somebody chooses as a reference
MAX_BODY_BYTES = 24 * 1024 * 1024  # of any request: what is larger is turned away before it fills memory or disk
DRAWING_SECONDS = 20  # of processor time to turn an SVG into pixels: a logo takes half a one, hundreds of shapes one or two
MAX_PROMPT_CHARACTERS = 2_000
MAX_MODELS_PER_COMPARISON = 12
BODY_BYTES_IN_FLIGHT = 256 * 1024 * 1024

# --- files ---------------------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "images"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"},
}

# --- language and time ---------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

# --- security ------------------------------------------------------------------------------------------------------------------
HTTPS = env.bool("HTTPS", default=False)  # set behind a TLS proxy: cookies, redirects and HSTS follow
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "style-src-attr": [CSP.UNSAFE_INLINE],  # lengths known only at run time: --p, --ar, --cols
    "img-src": [CSP.SELF, "data:", "blob:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}

# --- records, in Django's admin -------------------------------------------------------------------------------------------------
UNFOLD = {"SITE_TITLE": "Proofsheet", "SITE_HEADER": "Proofsheet", "SHOW_HISTORY": False, "SHOW_VIEW_ON_SITE": False}

# --- log -----------------------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "aiohttp.access": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},  # two lines every five seconds otherwise, about a sweep that found nothing
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
    },
}
