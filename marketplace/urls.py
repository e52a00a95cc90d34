"""All addresses: staff's admin, files, the shop, and Wagtail's pages last; shop and pages again under /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from marketplace.accounts.elsewhere import to_login, wagtail_logins
from marketplace.health import health

urlpatterns = [
    path("suc-khoe/", health, name="health"),
    *wagtail_logins,
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]

if settings.SERVE_MEDIA:
    from marketplace.pictures.views import media

    urlpatterns.append(path("media/<path:name>", media, name="media"))

urlpatterns += i18n_patterns(
    path("", include("search.urls")),
    path("san-pham/", include("catalogue.urls")),
    path("", include("search.places_urls")),
    path("nha-san-xuat/", include("catalogue.producers_urls")),
    path("gio-hang/", include("marketplace.basket.urls")),
    path("thanh-toan/", include("marketplace.checkout.urls")),
    path("tai-khoan/", include("marketplace.accounts.urls")),
    path("", include("marketplace.order.urls")),
    path("", include("marketplace.payment.urls")),
    path("", include("marketplace.reviews.urls")),
    path("tai-khoan/dia-chi/", include("marketplace.address.urls")),
    path("tai-khoan/yeu-thich/", include("marketplace.wishlists.urls")),
    path("tai-khoan/thong-bao/", include("marketplace.communication.urls")),
    path("bao-co-hang/", include("marketplace.customer.urls")),
    path("hoi-dap/", include("marketplace.questions.urls")),
    path("_util/login/", to_login, name="pages_login"),
    path("", include("cms.urls")),
    prefix_default_language=False,
)
