"""Oscar and our own apps: what is installed, prices, certificates."""

from oscar.defaults import *  # noqa: F403  Oscar asks for its defaults in the settings

from . import env

SHOP_APPS = [
    "cms",
    "search",
    "marketplace.demo",
    "marketplace.checkout.apps.CheckoutConfig",
    "marketplace.reconciliation",
    "marketplace.payment.apps.PaymentConfig",
    "marketplace.reviews.apps.ReviewsConfig",
    "marketplace.questions",
    "marketplace.customer.apps.CustomerConfig",
    "marketplace.wishlists.apps.WishlistsConfig",
    "marketplace.order.apps.OrderConfig",
    "marketplace.basket.apps.BasketConfig",
    "marketplace.offer.apps.OfferConfig",
    "marketplace.shipping.apps.ShippingConfig",
    "marketplace.address.apps.AddressConfig",
    "marketplace.partner.apps.PartnerConfig",
    "catalogue.apps.CatalogueConfig",
    "producers",
    "marketplace.look",
    "marketplace.pictures",
    "marketplace.work",
    "marketplace.audit",
    "marketplace.communication.apps.CommunicationConfig",
    "marketplace.accounts",
]

# Oscar's apps that are not forked; see marketplace/oscar_shop.py.
OSCAR_APPS = [
    "marketplace.oscar_shop.Shop",
    "marketplace.oscar_shop.Analytics",
    "marketplace.oscar_shop.Dashboard",
    "marketplace.oscar_shop.Voucher",
    "treebeard",
]

SHOP_MIDDLEWARE = [
    "catalogue.adult.AdultMiddleware",
    "marketplace.basket.middleware.BasketMiddleware",
]

# Forks that add no column keep Oscar's migrations.
MIGRATION_MODULES = {
    "basket": "oscar.apps.basket.migrations",
    "offer": "oscar.apps.offer.migrations",
}

OSCAR_DYNAMIC_CLASS_LOADER = "marketplace.class_loader.load_classes"
OSCAR_SHOP_NAME = "Chợ OCOP"
OSCAR_DEFAULT_CURRENCY = "VND"
OSCAR_CURRENCY_FORMAT = {"VND": {"currency_digits": False, "format": "#,##0\xa0¤"}}
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_ALLOW_ANON_REVIEWS = False
OSCAR_MODERATE_REVIEWS = True
OSCAR_EAGER_ALERTS = False
OSCAR_SEND_REGISTRATION_EMAIL = False
OSCAR_DELETE_IMAGE_FILES = False  # files go after commit only, by marketplace.pictures
OSCAR_THUMBNAILER = "marketplace.pictures.thumbnailer.Thumbnailer"
OSCAR_MAX_BASKET_QUANTITY_THRESHOLD = 999
OSCAR_BASKET_COOKIE_OPEN = "gio_hang"
OSCAR_BASKET_COOKIE_LIFETIME = 60 * 24 * 60 * 60
OSCAR_OFFER_ROUNDING_FUNCTION = "marketplace.offer.rounding.whole_dong"
OSCAR_INITIAL_ORDER_STATUS = ""
OSCAR_INITIAL_LINE_STATUS = ""

OCOP_VALIDITY_MONTHS = env.number("OCOP_VALIDITY_MONTHS", 36, least=1, most=120)

#: How long an order's link tells name, phone and address; the link itself does not end.
ORDER_LINK_SHOWS_PERSON_DAYS = env.number("ORDER_LINK_SHOWS_PERSON_DAYS", 90, least=1)

#: For how many days its writer may change a review.
REVIEW_EDIT_DAYS = env.number("REVIEW_EDIT_DAYS", 30, least=1, most=365)

#: Days after delivery within which goods may be returned, and for faults that nobody could see at once.
RETURN_WINDOW_DAYS = env.number("RETURN_WINDOW_DAYS", 2, least=1, most=365)
RETURN_HIDDEN_FAULT_DAYS = env.number("RETURN_HIDDEN_FAULT_DAYS", 30, least=1, most=365)
#: Working days that a producer has to answer, and days that a buyer then has to ask the shop to decide.
RETURN_ANSWER_DAYS = env.number("RETURN_ANSWER_DAYS", 2, least=1, most=30)
RETURN_ESCALATION_DAYS = env.number("RETURN_ESCALATION_DAYS", 7, least=1, most=90)

#: The bank account that transfers go to; without one, orders are not paid by transfer.
BANK_NAME = env.text("BANK_NAME", "-").strip("-")
BANK_BIN = env.text("BANK_BIN", "-").strip("-")
BANK_ACCOUNT = env.text("BANK_ACCOUNT", "-").strip("-")
BANK_HOLDER = env.text("BANK_HOLDER", "-").strip("-")
#: Stripe takes cards where its two keys are named. API and script have other addresses in tests. The script is the
#: release of the API version that marketplace.payment.stripe_gateway pins (docs.stripe.com/sdks/stripejs-versioning).
STRIPE_SECRET_KEY = env.secret("STRIPE_SECRET_KEY", "-").strip("-")
STRIPE_PUBLISHABLE_KEY = env.text("STRIPE_PUBLISHABLE_KEY", "-").strip("-")
STRIPE_WEBHOOK_SECRET = env.secret("STRIPE_WEBHOOK_SECRET", "-").strip("-")
STRIPE_API = env.text("STRIPE_API", "https://api.stripe.com")
STRIPE_SCRIPT = env.text("STRIPE_SCRIPT", "https://js.stripe.com/endive/stripe.js")
STRIPE_RETRIES = 2
STRIPE_TIMEOUT = 10  # seconds for each try
#: The least that a card is charged, in đồng: Stripe asks for about half a dollar.
CARD_LEAST = env.number("CARD_LEAST", 15_000, least=1)
#: How long an order waits for a card, and after its end for an answer of Stripe that is away.
CARD_MINUTES = env.number("CARD_MINUTES", 60, least=10, most=1440)
CARD_GRACE_MINUTES = env.number("CARD_GRACE_MINUTES", 30, most=1440)
#: How long an order waits for a transfer.
TRANSFER_HOURS = env.number("TRANSFER_HOURS", 24, least=1, most=168)
#: Where an order's refunds by transfer come to more than this, in đồng, one member of staff prepares them and another
#: confirms.
REFUND_FOUR_EYES = env.number("REFUND_FOUR_EYES", 1_000_000)

#: Cash at the door: the largest order in đồng, orders of one person under way at once, and how many parcels may have
#: come back undelivered in so many days.
CASH_MOST = env.number("CASH_MOST", 10_000_000, least=0)
CASH_MOST_ORDERS = env.number("CASH_MOST_ORDERS", 5, least=0)
CASH_MOST_REFUSED = env.number("CASH_MOST_REFUSED", 2, least=1)
CASH_REFUSED_DAYS = env.number("CASH_REFUSED_DAYS", 180, least=1)
#: Files of banks and carriers: how large and how long one may be, in bytes and rows.
STATEMENT_LARGEST = env.number("STATEMENT_LARGEST_KB", 5120, least=10, most=51_200) * 1024
STATEMENT_ROWS = env.number("STATEMENT_ROWS", 20_000, least=100, most=200_000)
#: Days after which a carrier should have handed over what it collected.
REMITTANCE_DAYS = env.number("REMITTANCE_DAYS", 10, least=1, most=60)
#: How many past days are compared when there were none before.
RECONCILE_DAYS = env.number("RECONCILE_DAYS", 31, least=1, most=366)

#: Whether every page says that data and orders are for demonstration only.
DEMO_NOTICE = env.flag("DEMO_NOTICE", False)

#: Elasticsearch answers searches where it is named; the shop's own database does where not, and when it is away.
ELASTICSEARCH_URL = env.text("ELASTICSEARCH_URL", "-").strip("-")
ELASTICSEARCH_API_KEY = env.secret("ELASTICSEARCH_API_KEY", "-").strip("-")
ELASTICSEARCH_CA = env.text("ELASTICSEARCH_CA", "-").strip("-")
ELASTICSEARCH_ALIAS = env.text("ELASTICSEARCH_ALIAS", "cho-ocop-products")
ELASTICSEARCH_REPLICAS = env.number("ELASTICSEARCH_REPLICAS", 0, most=5)
#: Seconds that a visitor's search may wait, and that a bulk of a rebuild may take.
ELASTICSEARCH_TIMEOUT = env.number("ELASTICSEARCH_TIMEOUT", 2, least=1, most=30)
ELASTICSEARCH_REBUILD_TIMEOUT = env.number("ELASTICSEARCH_REBUILD_TIMEOUT", 60, least=1, most=600)

#: How long a process may use place names and vocabulary without asking whether they changed.
SEARCH_REFERENCE_SECONDS = 60.0

#: Days that a copy of somebody's data can be fetched, and hours in which the deletion of an account can be taken back.
DATA_EXPORT_DAYS = env.number("DATA_EXPORT_DAYS", 7, least=1, most=30)
ACCOUNT_DELETION_GRACE_HOURS = env.number("ACCOUNT_DELETION_GRACE_HOURS", 24, most=30 * 24)
#: Days after an order in which its name, phone number and address are kept for complaints and returns.
ORDER_PERSON_DAYS = env.number("ORDER_PERSON_DAYS", 730, least=90)
#: Days that the data of an invoice are kept for bookkeeping and tax.
ORDER_INVOICE_DAYS = env.number("ORDER_INVOICE_DAYS", 3653, least=365)
