"""What buyers read when a card does not pay, by Stripe's codes: its own texts of declines are English.

Source: https://docs.stripe.com/declines/codes and /error-codes. Codes of lost, stolen or suspicious cards are told like
any other decline, as Stripe asks for.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

_OTHER = _("Bạn thử thẻ khác hoặc chọn cách trả khác nhé.")
_NUMBER = _("Số thẻ chưa đúng. Bạn xem lại nhé.")
_EXPIRY = _("Ngày hết hạn của thẻ chưa đúng. Bạn xem lại nhé.")
_CVC = _("Mã bảo mật (CVC) chưa đúng. Bạn xem lại nhé.")
_LATER = _("Ngân hàng của bạn chưa xử lý được lúc này. Bạn thử lại sau ít phút, hoặc chọn cách trả khác.")
_NOT_PROVED = _("Ngân hàng chưa xác thực được bạn (3-D Secure), thẻ chưa bị trừ tiền. Bạn thử lại nhé.")

#: By decline code, else by code; what stands in neither is DECLINED.
WORDS: dict[str, Any] = {
    "insufficient_funds": _("Thẻ không đủ tiền. Bạn thử thẻ khác hoặc chọn cách trả khác nhé."),
    "withdrawal_count_limit_exceeded": _("Thẻ đã quá hạn mức. Bạn thử thẻ khác hoặc hỏi ngân hàng nhé."),
    "card_velocity_exceeded": _("Thẻ đã quá hạn mức. Bạn thử thẻ khác hoặc hỏi ngân hàng nhé."),
    "expired_card": _("Thẻ đã hết hạn. Bạn dùng thẻ khác nhé."),
    "incorrect_number": _NUMBER,
    "invalid_number": _NUMBER,
    "invalid_expiry_month": _EXPIRY,
    "invalid_expiry_year": _EXPIRY,
    "incorrect_cvc": _CVC,
    "invalid_cvc": _CVC,
    "card_not_supported": _("Thẻ này không trả được ở đây. Bạn dùng thẻ khác nhé."),
    "currency_not_supported": _("Thẻ này không trả được bằng đồng Việt Nam. Bạn dùng thẻ khác nhé."),
    "transaction_not_allowed": _(
        "Ngân hàng không cho thẻ này trả qua mạng. Bạn hỏi ngân hàng hoặc dùng thẻ khác nhé."
    ),
    "processing_error": _LATER,
    "issuer_not_available": _LATER,
    "try_again_later": _LATER,
    "reenter_transaction": _LATER,
    "authentication_required": _NOT_PROVED,
    "payment_intent_authentication_failure": _NOT_PROVED,
    "live_mode_test_card": _("Đây là thẻ thử, không trả được tiền thật."),
    "testmode_decline": _("Chợ đang chạy thử: bạn chỉ dùng thẻ thử nhé."),
    "rate_limit": _LATER,
}
DECLINED = _("Ngân hàng từ chối thẻ này và không nói lý do. %(other)s")
UNREACHED = _("Mất kết nối khi đang trả. Bạn thử lại nhé: dù bấm mấy lần, thẻ cũng chỉ bị trừ tiền một lần.")
UNLOADED = _("Chưa tải được phần điền thẻ. Bạn tải lại trang, hoặc chọn cách trả khác nhé.")
UNFILLED = _("Bạn xem lại các ô của thẻ nhé.")


def words() -> dict[str, str]:
    """Every text, in the active language, by what the page's script finds it with."""
    told = {code: str(text) for code, text in WORDS.items()}
    return told | {
        "declined": str(DECLINED % {"other": _OTHER}),
        "unreached": str(UNREACHED),
        "unloaded": str(UNLOADED),
        "unfilled": str(UNFILLED),
    }
