"""Who gets what: each address of the shop is named here with whom it is for, and tried by those whom it is not for."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.permissions.things import Things, own_things
from tests.permissions.walk import Route, routes

pytestmark = pytest.mark.django_db

#: For everybody: the shop itself, signing in, and pages that tell nothing of a person.
EVERYBODY = """
account_confirm_email account_email_verification_sent account_inactive account_login account_logout
account_reauthenticate account_reset_password account_reset_password_done account_reset_password_from_key
account_reset_password_from_key_done account_signup accounts:reset_link address:communes
basket:add basket:change basket:province basket:remove basket:summary catalogue:detail checkout:charges
checkout:checkout health media mfa_authenticate pages_login payment:stripe_webhook places:province places:region producers:detail
producers:list customer:alert_ask questions:report reviews:helpful reviews:report robots search:adult search:browse search:ranking
search:search search:suggest sitemap sitemap_section wagtail_serve wagtailcore_authenticate_with_password
wagtailcore_login wagtaildocs_authenticate_with_password wagtaildocs_serve
""".split()

#: For whoever has the secret in the address, and nobody else.
HOLDERS = """
accounts:withdraw customer:alert_cancel customer:alert_confirm order:ask_return order:cancel order:detail
order:escalate_return payment:back payment:pay payment:refund_account order:paper order:return order:return_photo
order:withdraw_return reviews:write_by_link
""".split()

#: For who is signed in, and only about themselves.
OWNERS = """
account_change_password account_email account_set_password accounts:delete accounts:export accounts:fetch_export
accounts:keep accounts:marketing accounts:overview accounts:privacy address:add address:book address:change
address:make_default address:remove communication:inbox communication:open communication:read_all
mfa_activate_totp mfa_deactivate_totp mfa_download_recovery_codes mfa_generate_recovery_codes mfa_index
mfa_reauthenticate mfa_view_recovery_codes order:mine questions:ask reviews:write_as_owner wishlist:list
wishlist:remove customer:alerts customer:alert_cancel_own accounts:profile accounts:security
accounts:sign_out_elsewhere
""".split()

#: A guest may begin here and is led to sign in: what was asked for is done afterwards.
LED_TO_SIGN_IN = {"wishlist:change"}

REFUSED = {302, 403, 404, 405}


#: Ends the visit.
LEAVES = {"account_logout", "admin_logout", "wagtailadmin_logout"}


def staffs() -> list[Route]:
    return [route for route in routes() if route.is_staffs and route.name not in LEAVES]


def shops() -> list[Route]:
    return [route for route in routes() if not route.is_staffs]


def answers(client: Client, route: Route, things: Things) -> list[Any]:
    address = route.address(things.of(route))
    return [client.get(address), client.post(address)]


def let_in(client: Client, found: list[Route], things: Things) -> list[str]:
    """Names of routes that answer otherwise than by refusing or leading to the login."""
    return [
        f"{route.name}: {response.status_code}"
        for route in found
        for response in answers(client, route, things)
        if response.status_code not in REFUSED
    ]


@pytest.fixture
def things() -> Things:
    return own_things()


def test_every_address_is_known_with_whom_it_is_for() -> None:
    named = {*EVERYBODY, *HOLDERS, *OWNERS, *LED_TO_SIGN_IN}
    found = {route.name for route in shops()}
    assert (sorted(found - named), sorted(named - found)) == ([], [])


def test_a_stranger_gets_no_page_of_an_account(client: Client, things: Things) -> None:
    owned = [route for route in shops() if route.name in OWNERS]
    assert let_in(client, owned, things) == []


@pytest.mark.parametrize("visitor", ["another buyer", "a producer's member", "staff without the right"])
def test_nobody_else_gets_what_belongs_to_a_person(client: Client, things: Things, visitor: str) -> None:
    things.visit(client, visitor)
    owned = [route for route in shops() if route.name in OWNERS and things.of(route)]
    assert len(owned) >= 7
    assert let_in(client, owned, things) == []
    assert things.unchanged()


def test_the_owner_gets_what_others_are_refused(client: Client, things: Things) -> None:
    # Without this a wrong key would look like a refusal.
    things.visit(client, "the owner")
    theirs = [route for route in shops() if route.name in (*OWNERS, *HOLDERS) and things.of(route)]
    refused = []
    for route in theirs:
        address = route.address(things.of(route))
        with transaction.atomic():
            codes = {client.get(address).status_code, client.post(address).status_code}
            transaction.set_rollback(True)
        if codes <= {403, 404, 405}:
            refused.append(route.name)
    assert refused == []


SLOW = pytest.mark.slow  # hundreds of pages asked for one after another
SIGNED_IN = [pytest.param(who, marks=SLOW) for who in ("another buyer", "a producer's member")]


@pytest.mark.parametrize("visitor", ["a stranger", *SIGNED_IN])
def test_nobody_but_staff_gets_into_the_admin(client: Client, things: Things, visitor: str) -> None:
    things.visit(client, visitor)
    assert let_in(client, staffs(), things) == []


@pytest.mark.parametrize(
    "visitor", ["a stranger", "another buyer", "a producer's member", "staff without the right"]
)
def test_without_its_secret_an_order_is_not_there(client: Client, things: Things, visitor: str) -> None:
    things.visit(client, visitor)
    secret = [route for route in shops() if route.name in HOLDERS]
    wrong = things.with_another_secret()
    codes = {
        f"{route.name}: {response.status_code}"
        for route in secret
        for response in answers(client, route, wrong)
        if response.status_code not in (404, 405)
    }
    assert codes == set()
    assert things.unchanged()


#: What everybody who may enter the admin sees: nothing of persons, orders or messages.
ANY_STAFF = """
producer_chooser:choose producer_chooser:choose_results producer_chooser:chosen_multiple
product_chooser:choose product_chooser:choose_results product_chooser:chosen_multiple refused_products
refused_products_results searches searches_results wagtailadmin_account wagtailadmin_api:documents:listing
wagtailadmin_api:images:listing wagtailadmin_api:pages:listing wagtailadmin_choose_page
wagtailadmin_choose_page_anchor_link wagtailadmin_choose_page_child wagtailadmin_choose_page_chosen_multiple
wagtailadmin_choose_page_email_link wagtailadmin_choose_page_external_link
wagtailadmin_choose_page_phone_link wagtailadmin_choose_page_search wagtailadmin_dismissibles
wagtailadmin_editing_sessions:release wagtailadmin_error_test wagtailadmin_home
wagtailadmin_javascript_catalog wagtailadmin_pages:confirm_workflow_cancellation
wagtailadmin_pages:move_confirm wagtailadmin_pages:set_page_position wagtailadmin_reports:site_history
wagtailadmin_reports:site_history_results wagtailadmin_sprite wagtailadmin_tag_autocomplete
wagtailadmin_workflows:task_chooser wagtailadmin_workflows:task_chooser_create
wagtailadmin_workflows:task_chooser_results wagtailadmin_workflows:task_chosen wagtaildocs_chooser:choose
wagtaildocs_chooser:choose_results wagtaildocs_chooser:chosen_multiple wagtailembeds:chooser
wagtailembeds:chooser_upload wagtailimages_chooser:choose wagtailimages_chooser:choose_results
wagtailimages_chooser:chosen_multiple wagtailsnippetchoosers_cms_provincetext:choose
wagtailsnippetchoosers_cms_provincetext:choose_results
wagtailsnippetchoosers_cms_provincetext:chosen_multiple wagtailsnippetchoosers_cms_regiontext:choose
wagtailsnippetchoosers_cms_regiontext:choose_results wagtailsnippetchoosers_cms_regiontext:chosen_multiple
""".split()


@SLOW
def test_staff_without_a_right_see_what_needs_none_and_no_more(client: Client, things: Things) -> None:
    client.raise_request_exception = False  # Wagtail's choosers of links stumble over an empty form
    things.visit(client, "staff without the right")
    found = {name.split(": ")[0] for name in let_in(client, staffs(), things)}
    assert sorted(found) == sorted(ANY_STAFF)
