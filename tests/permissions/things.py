"""What belongs to one buyer, and the others who try to get at it."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import Permission
from django.core import signing
from django.test import Client
from oscar.core.loading import get_model

from marketplace import clock
from marketplace.accounts.consents import withdrawal_token
from marketplace.accounts.models import DataExport
from marketplace.communication.models import Notification
from marketplace.customer.links import CANCEL, CONFIRM
from marketplace.order.models import Order, Parcel, ParcelState, ReturnRequest
from marketplace.order.returns.asking import Asked, request_return
from marketplace.order.returns.rules import Reason
from marketplace.pictures.cleaning import clean_upload
from producers.models import Membership, Role
from tests import factories
from tests.order.moving import BUYER, bring, parcel_of
from tests.order.placing import place
from tests.permissions.walk import Route
from tests.pictures.images import picture_file
from tests.signing_in import sign_in_staff

UserAddress = get_model("address", "UserAddress")
WishList = get_model("wishlists", "WishList")
ProductReview = get_model("reviews", "ProductReview")
ProductAlert = get_model("customer", "ProductAlert")


@dataclass(frozen=True)
class Things:
    """An account with an order, an address, a wish, a notification; keys by the parameter's name.

    `token` is the order's secret, `secrets` are those of other links, by the name of the route.
    """

    owner: Any
    order: Order
    by_route: dict[str, dict[str, Any]]
    token: str
    secrets: dict[str, str]
    state: tuple[Any, ...]

    def of(self, route: Route) -> dict[str, Any]:
        """What to put into an address, or nothing where it names no thing of the owner."""
        found = self.by_route.get(route.name, {})
        if "token" not in dict(route.parameters):
            return found
        return found | {"token": self.secrets.get(route.name, self.token)}

    def with_another_secret(self) -> "Things":
        others = {name: secret[::-1] for name, secret in self.secrets.items()}
        return replace(self, token=self.token[::-1], secrets=others)

    def unchanged(self) -> bool:
        return state() == self.state

    def visit(self, client: Client, visitor: str) -> None:
        """Sign the visitor in, as far as they can."""
        if visitor == "the owner":
            client.force_login(self.owner)
        elif visitor == "another buyer":
            client.force_login(factories.user())
        elif visitor == "a producer's member":
            member = factories.user()
            producer = self.order.consignments.get().partner.producer
            Membership.objects.create(producer=producer, user=member, role=Role.OWNER)
            client.force_login(member)
        elif visitor == "staff without the right":
            member = factories.user(is_staff=True)
            member.user_permissions.add(Permission.objects.get(codename="access_admin"))
            sign_in_staff(client, member)


def own_things() -> Things:
    """A buyer with one of everything that an address can name."""
    owner = factories.user("Trần Thị Chủ Đơn")
    order = place((factories.product(), 1))
    Order.objects.filter(pk=order.pk).update(user=owner)
    order.refresh_from_db()
    bring(parcel_of(order), ParcelState.DELIVERED)
    line, part = order.lines.get(), order.consignments.get()
    address = UserAddress.objects.create(
        user=owner,
        first_name="Trần Thị Chủ Đơn",
        line1="Số 12",
        province=order.shipping_address.province,
        commune=order.shipping_address.commune,
        phone_number="+84912345678",
    )
    wish = WishList.objects.create(owner=owner).lines.create(product=line.product, quantity=1)
    notification = Notification.objects.create(recipient=owner, subject="Thư", body="Thư")
    waits = ProductAlert.objects.create(
        product=line.product, user=owner, status="Active", date_confirmed=order.date_placed
    )
    copy = DataExport.objects.create(user=owner)
    unsure = ProductAlert.objects.create(product=line.product, email="a@example.vn", status="Unconfirmed")
    photos = [clean_upload(picture_file((300, 200)))]
    asked = Asked(
        reason=Reason.DAMAGED, text="Hộp móp", quantities={line.pk: 1}, key="một biểu mẫu", photos=photos
    )
    back = request_return(consignment_id=part.pk, asked=asked, by=BUYER, moment=clock.now())
    by_route = {
        "accounts:fetch_export": {"pk": copy.pk},
        "address:change": {"pk": address.pk},
        "address:make_default": {"pk": address.pk},
        "address:remove": {"pk": address.pk},
        "communication:open": {"pk": notification.pk},
        "customer:alert_cancel_own": {"pk": waits.pk},
        "order:ask_return": {"consignment_id": part.pk},
        "order:cancel": {"consignment_id": part.pk},
        "order:escalate_return": {"number": back.number},
        "order:return": {"number": back.number},
        "order:return_photo": {"number": back.number, "position": 1},
        "order:withdraw_return": {"number": back.number},
        "reviews:write_as_owner": {"number": order.number, "line": line.pk},
        "reviews:write_by_link": {"line": line.pk},
        "wishlist:remove": {"pk": wish.pk},
    }
    secrets = {
        "accounts:withdraw": withdrawal_token("a@example.vn"),
        "customer:alert_cancel": signing.dumps(unsure.pk, salt=CANCEL),
        "customer:alert_confirm": signing.dumps(unsure.pk, salt=CONFIRM),
    }
    return Things(owner, order, by_route, order.token, secrets, state())


def state() -> tuple[Any, ...]:
    """What the visits might have changed."""
    kept = [
        Parcel,
        UserAddress,
        get_model("wishlists", "Line"),
        Notification,
        DataExport,
        ProductReview,
        ProductAlert,
        ReturnRequest,
    ]
    return tuple(tuple(model.objects.order_by("pk").values_list()) for model in kept)
