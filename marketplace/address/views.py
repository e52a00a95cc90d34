"""The pages of one's address book."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from producers.communes import communes_of
from producers.former import propose

from . import book
from .forms import AddressForm, initial_of
from .models import UserAddress


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All addresses, the default first."""
    addresses = list(book.book_of(_me(request)))
    full = len(addresses) >= book.MOST
    return render(request, "address/book.html", {"addresses": addresses, "full": full, "most": book.MOST})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new address."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            book.add(user_id=_me(request), written=form.written, default=form.cleaned_data["mac_dinh"])
        except (book.BookFull, book.AlreadyThere) as error:
            form.add_error(None, str(error))
        else:
            return _done(request, _("Đã thêm địa chỉ."))
    return render(request, "address/form.html", {"form": form})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own address anew; where its commune has ended, the page asks what it is now."""
    address = _own(request, pk)
    form = AddressForm(request.POST if request.method == "POST" else None, initial=initial_of(address))
    if form.is_valid():
        try:
            book.change(
                user_id=_me(request),
                address_id=pk,
                written=form.written,
                default=form.cleaned_data["mac_dinh"],
            )
        except book.AlreadyThere as error:
            form.add_error(None, str(error))
        except book.AddressGone:
            raise Http404 from None
        else:
            return _done(request, _("Đã lưu địa chỉ."))
    if address.has_ended and not form.is_bound:
        form.offer(propose(text=address.commune.full_name, province=address.province))
    return render(request, "address/form.html", {"form": form, "address": address})


@login_required
@require_POST
def make_default(request: HttpRequest, pk: int) -> HttpResponse:
    """From a button of the list."""
    try:
        book.make_default(user_id=_me(request), address_id=pk)
    except book.AddressGone:
        raise Http404 from None
    return _done(request, _("Đã đổi địa chỉ mặc định."))


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """From a button of the list; what is gone already stays gone."""
    try:
        book.remove(user_id=_me(request), address_id=pk)
    except book.AddressGone:
        raise Http404 from None
    return _done(request, _("Đã xóa địa chỉ."))


@require_safe
def communes(request: HttpRequest) -> HttpResponse:
    """For htmx: the communes of a province, for the list of a field."""
    found = communes_of(slug=request.GET.get("tinh", "")[:64])
    return render(request, "address/_communes.html", {"communes": found})


def _me(request: HttpRequest) -> int:
    """The key of whoever is signed in."""
    return int(request.user.pk)  # type: ignore[arg-type]  # login_required has seen to it


def _own(request: HttpRequest, pk: int) -> UserAddress:
    try:
        return book.find(user_id=_me(request), address_id=pk)
    except book.AddressGone:
        raise Http404 from None


def _done(request: HttpRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("address:book")
