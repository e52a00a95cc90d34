"""Wagtail: what is installed and how its pages behave beside the shop."""

from . import env

CONTENT_APPS = [
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.desk.apps.UsersConfig",  # wagtail.users with our forms
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",  # without `modelsearch` beside it: the first page save would fail
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]

CONTENT_MIDDLEWARE = ["wagtail.contrib.redirects.middleware.RedirectMiddleware"]

SITE_ADDRESS = env.text("SITE_ADDRESS", "http://localhost:8000")

WAGTAIL_SITE_NAME = "Chợ OCOP"
WAGTAILADMIN_BASE_URL = SITE_ADDRESS
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = True  # a new page is mirrored in the other language at once
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILIMAGES_IMAGE_MODEL = "cms.ShopImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.desk.images.CleanImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.ShopDocument"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # a document is saved, never shown in the place of a page
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "csv"]
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True
