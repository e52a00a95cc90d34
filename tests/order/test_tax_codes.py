import pytest

from marketplace.order.tax_codes import EXAMPLE, TaxCodeError, parse_tax_code


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0300588569", "0300588569"),
        (" 0101 248 141 ", "0101248141"),
        ("0300588569-001", "0300588569-001"),
        ("0300588569001", "0300588569-001"),
    ],
)
def test_a_tax_code_is_read_as_people_write_it(typed: str, kept: str) -> None:
    assert parse_tax_code(typed) == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0300588568", "chữ số kiểm tra không khớp"),
        ("0300588596", "chữ số kiểm tra không khớp"),  # two digits exchanged
        ("0300588568-001", "chữ số kiểm tra không khớp"),
        ("030058856", "bạn nhập 9"),
        ("030058856912", "bạn nhập 12"),
        ("MST 0300588569", "chỉ gồm chữ số"),
        ("٠٣٠٠٥٨٨٥٦٩", "chỉ gồm chữ số"),
        ("", "chỉ gồm chữ số"),
    ],
)
def test_what_is_no_tax_code_is_explained(typed: str, said: str) -> None:
    with pytest.raises(TaxCodeError, match=said):
        parse_tax_code(typed)


def test_the_example_that_buyers_are_shown_is_one() -> None:
    assert parse_tax_code(EXAMPLE) == EXAMPLE


def test_every_wrong_digit_alone_is_found() -> None:
    for place in range(10):
        for digit in "0123456789":
            code = "0300588569"[:place] + digit + "0300588569"[place + 1 :]
            if code != "0300588569":
                with pytest.raises(TaxCodeError):
                    parse_tax_code(code)
