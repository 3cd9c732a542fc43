"""Amounts as people read them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

WITHOUT_CENTS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"  # ISO 4217


def plain(value: Decimal | float, currency: str | None) -> str:
    """412,338.20, with as many decimals as the currency has."""
    return f"{value:,.{0 if currency and currency in WITHOUT_CENTS else 2}f}"


def amount(value: Decimal | float, currency: str | None) -> str:
    """412,338.20 EUR; without a currency it says so."""
    return f"{plain(value, currency)} {currency or 'of unknown currency'}"


def amounts(by_currency: Mapping[Any, Decimal]) -> str:
    """Several currencies, the largest first; an empty text if all amounts are zero."""
    found = sorted(by_currency.items(), key=lambda item: -item[1])
    texts = [amount(value, currency) for currency, value in found if value]
    return " and ".join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))
