"""allauth, the only login: its apps, its limits, and what differs from its defaults. Read by base.py."""

SIGNING_IN_APPS = ["allauth", "allauth.account", "allauth.mfa"]
SIGNING_IN_MIDDLEWARE = [
    "allauth.account.middleware.AccountMiddleware",
    "marketplace.accounts.second_factor.StaffSecondFactor",
    "marketplace.accounts.language.RememberLanguage",
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:overview"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # a password is changed at /tai-khoan/ only
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

ACCOUNT_ADAPTER = "marketplace.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
# The form asks for one of both; a phone number is taken by our form, since allauth would send codes to it.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "marketplace.accounts.forms.LoginForm",
    "signup": "marketplace.accounts.forms.SignupForm",
    "reauthenticate": "marketplace.accounts.forms.ReauthenticateForm",
    "reset_password": "marketplace.accounts.forms.ResetForm",
    "reset_password_from_key": "marketplace.accounts.forms.ResetKeyForm",
    "change_password": "marketplace.accounts.forms.ChangePasswordForm",
    "set_password": "marketplace.accounts.forms.SetPasswordForm",
    "add_email": "marketplace.accounts.forms.EmailForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = (
    True  # only in the browser that signed up, and through the second factor
)
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # to change what opens the account

MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "marketplace.accounts.mfa.MFAAdapter"
MFA_TOTP_TOLERANCE = 1  # a phone whose clock is half a minute off
MFA_TOTP_ISSUER = "Chợ OCOP"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody is signed in whose address was never confirmed
MFA_FORMS = {
    "authenticate": "marketplace.accounts.mfa.AuthenticateForm",
    "reauthenticate": "marketplace.accounts.mfa.ReauthenticateForm",
    "activate_totp": "marketplace.accounts.mfa.ActivateForm",
}

#: Minutes that every limit below reaches back, so that one sentence can say how long to wait.
LOCKOUT_MINUTES = 5
ACCOUNT_RATE_LIMITS = {
    "login_failed": f"30/{LOCKOUT_MINUTES}m/ip,5/{LOCKOUT_MINUTES}m/key",
    "login": f"60/{LOCKOUT_MINUTES}m/ip",
    "signup": f"20/{LOCKOUT_MINUTES}m/ip",
    "reset_password": f"20/{LOCKOUT_MINUTES}m/ip,3/{LOCKOUT_MINUTES}m/key",
    "reset_password_from_key": f"20/{LOCKOUT_MINUTES}m/ip",
    "confirm_email": f"1/{LOCKOUT_MINUTES}m/key",
    "change_password": f"10/{LOCKOUT_MINUTES}m/user",
    "change_phone": f"10/{LOCKOUT_MINUTES}m/user",
    "manage_email": f"10/{LOCKOUT_MINUTES}m/user",
    "reauthenticate": f"10/{LOCKOUT_MINUTES}m/user",
}
