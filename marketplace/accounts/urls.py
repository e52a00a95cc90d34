"""/tai-khoan/: allauth's views that the shop uses, under its own addresses, and the account's pages."""

from allauth.account import views as allauth
from django.urls import include, path, re_path

from . import views
from .privacy import views as privacy

app_pages = [
    path("", views.overview, name="overview"),
    path("du-lieu/", privacy.overview, name="privacy"),
    path("du-lieu/nhan-tin/", privacy.marketing, name="marketing"),
    path("du-lieu/ban-sao/", privacy.ask_for_copy, name="export"),
    path("du-lieu/ban-sao/<int:pk>/", privacy.fetch, name="fetch_export"),
    path("du-lieu/xoa/", privacy.delete, name="delete"),
    path("du-lieu/xoa/rut-lai/", privacy.keep, name="keep"),
    path("du-lieu/rut/<str:token>/", privacy.withdraw, name="withdraw"),
    path("thong-tin/", views.profile, name="profile"),
    path("bao-mat/", views.security, name="security"),
    path("bao-mat/noi-khac/", views.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("mat-khau/lien-ket/<str:token>/", views.reset_link, name="reset_link"),
]

urlpatterns = [
    path("", include((app_pages, "accounts"))),
    path("dang-nhap/", allauth.login, name="account_login"),
    path("dang-ky/", allauth.signup, name="account_signup"),
    path("dang-xuat/", allauth.logout, name="account_logout"),
    path("ngung/", allauth.account_inactive, name="account_inactive"),
    path("email/", allauth.email, name="account_email"),
    path("email/da-gui/", allauth.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^email/xac-nhan/(?P<key>[-:\w]+)/$", allauth.confirm_email, name="account_confirm_email"),
    path("mat-khau/", allauth.password_change, name="account_change_password"),
    path("mat-khau/dat/", allauth.password_set, name="account_set_password"),
    path("mat-khau/quen/", allauth.password_reset, name="account_reset_password"),
    path("mat-khau/quen/da-gui/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mat-khau/quen/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mat-khau/da-dat/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("xac-nhan-lai/", allauth.reauthenticate, name="account_reauthenticate"),
    path("buoc-hai/totp/activate/", views.ActivateFactor.as_view(), name="mfa_activate_totp"),
    path("buoc-hai/", include("allauth.mfa.urls")),
]
