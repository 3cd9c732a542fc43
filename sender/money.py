"""Amounts as a person reads them."""

from collections.abc import Mapping
from decimal import Decimal

WITHOUT_CENTS = {
    "BIF",
    "CLP",
    "DJF",
    "GNF",
    "ISK",
    "JPY",
    "KMF",
    "KRW",
    "PYG",
    "RWF",
    "UGX",
    "VND",
    "VUV",
    "XAF",
    "XOF",
    "XPF",
}


def amount(value: Decimal | float, currency: str | None) -> str:
    """412,338.20 EUR; without a currency it says so."""
    digits = 0 if currency in WITHOUT_CENTS else 2
    return f"{value:,.{digits}f} {currency or 'of unknown currency'}"


def amounts(by_currency: Mapping[str | None, Decimal | float]) -> str:
    """Several currencies, the largest first; nothing when there is no money in it."""
    found = sorted(by_currency.items(), key=lambda item: -item[1])
    return " and ".join(amount(value, currency) for currency, value in found if value)
