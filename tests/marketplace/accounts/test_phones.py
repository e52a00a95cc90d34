import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.accounts.phones import PhoneError, parse_phone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0912345678", "+84912345678"),
        ("091 234 5678", "+84912345678"),
        ("091.234.56.78", "+84912345678"),
        ("+84 912 345 678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("+84 (0)91 234 5678", "+84912345678"),
        ("0084912345678", "+84912345678"),
        ("0562345678", "+84562345678"),
        ("024 3825 1234", "+842438251234"),
        ("+84 28 3825 1234", "+842838251234"),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, kept: str) -> None:
    assert parse_phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("091 234 567", "có 10 chữ số, bạn mới nhập 9, còn thiếu 1"),
        ("09123", "bạn mới nhập 5, còn thiếu 5"),
        ("091 234 56789", "bạn nhập 11, thừa 1"),
        ("024 3825 123", "có 11 chữ số, bạn mới nhập 10"),
        ("0112345678", "bắt đầu bằng 03, 05, 07, 08, 09"),
        ("+1 202 555 0100", "chỉ gồm chữ số"),
        ("gọi cho tôi", "chỉ gồm chữ số"),
        ("٠٩١٢٣٤٥٦٧٨", "chỉ gồm chữ số"),
        ("", "chỉ gồm chữ số"),
    ],
)
def test_what_is_wrong_is_said(typed: str, said: str) -> None:
    with pytest.raises(PhoneError, match=said):
        parse_phone(typed)


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_a_clear_error(text: str) -> None:
    try:
        assert parse_phone(text).startswith("+84")
    except PhoneError as error:
        assert str(error)
