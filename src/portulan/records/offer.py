"""A quote on paper, as the client gets it: A4, in French, with what French law asks to be written.

Amounts are in euros, as everywhere in the house.
Shows what the actor may read, and refuses when the amounts are hidden from them. The name of the seller and
their legal lines come from the settings of the house. A draft says that it is one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from django.conf import settings

from portulan.base import calendar as calendars
from portulan.base import paper, texts
from portulan.base.refusals import NotAllowed
from portulan.people.actor import Actor
from portulan.records import lines, quoted
from portulan.records import queries as records

#: The language of the clients.
_LANG = "fr"
_HOME = frozenset({"", "FR", "FRANCE"})
_OF_CLIENT = ("street", "postcode", "city", "country", "siren", "siret")
_STYLE = """
@page { size: A4; margin: 18mm 17mm 24mm;
  @bottom-left { content: element(foot); width: 88% }
  @bottom-right { content: counter(page) ' / ' counter(pages); font: 7.5pt 'DejaVu Sans', sans-serif;
    white-space: nowrap } }
body { font: 9pt/1.45 'DejaVu Sans', sans-serif; color: #222; margin: 0 }
.foot { position: running(foot); font-size: 7.5pt; color: #555 }
h1 { font-size: 17pt; margin: 0 }
h2 { font-size: 9.5pt; margin: 0 0 2pt }
.head, .sides { display: flex; justify-content: space-between; gap: 12mm }
.head { align-items: flex-end; border-bottom: 1pt solid #222; padding-bottom: 4mm; margin-bottom: 7mm }
.seller { font-size: 13pt; font-weight: bold }
.client { width: 80mm; white-space: pre-line }
.facts td { padding: 1pt 8pt 1pt 0; border: 0 }
.subject { font-weight: bold; margin: 7mm 0 3mm }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: .5pt solid #ccc; padding: 4pt 5pt; text-align: left; vertical-align: top }
th { background: #f2f2f2; font-size: 8pt }
.n { text-align: right; white-space: nowrap }
tr { break-inside: avoid }
.sums { width: 92mm; margin: 5mm 0 0 auto; break-inside: avoid }
.sums .last td { font-weight: bold; font-size: 10.5pt; border-bottom: 1.5pt solid #222 }
.terms { margin-top: 8mm; white-space: pre-line; overflow-wrap: anywhere }
.sign { margin: 9mm 0 0 auto; width: 80mm; height: 32mm; border: .5pt solid #888; padding: 3mm;
  break-inside: avoid }
.draft { position: fixed; top: 110mm; left: 25mm; font-size: 70pt; color: #eee; transform: rotate(-28deg);
  z-index: -1 }
"""


@dataclass(frozen=True)
class Seller:
    """Who sells: the name, and what the law wants to be written of them."""

    name: str
    legal: str = ""


def seller() -> Seller:
    """Return who sells here, from the settings of the house."""
    return Seller(settings.COMPANY, settings.COMPANY_LEGAL)


def offer(actor: Actor, *, row_id: int, seller: Seller, at: datetime) -> tuple[str, bytes]:
    """Return the name and the bytes of the PDF of a quote.

    :raises NotThere: when the actor may not see the quote.
    :raises NotAllowed: when its amounts are hidden from them.
    :raises PdfNotHere: when the machine cannot lay out a PDF.
    """
    sheet = quoted.sheet(actor, row_id=row_id)
    if sheet["quote"]["values"].get("net") is None:
        raise NotAllowed
    account = sheet["quote"]["linked"].get("account")
    client = account and records.find_record(actor, object_name=account["object"], row_id=account["id"])
    html = html_of(sheet, client["values"] if client else {}, seller, at)
    return f"{sheet['quote']['title']}.pdf", paper.write_pdf(html)


def html_of(sheet: Mapping[str, Any], client: Mapping[str, Any], seller: Seller, at: datetime) -> str:
    """Return a quote as one page of HTML, every text escaped."""
    quote, said = sheet["quote"], sheet["quote"]["values"]
    head = f"<meta charset=utf-8><title>{escape(quote['title'])}</title><style>{_STYLE}</style>"
    draft = f"<div class=draft>{_t('draft')}</div>" if said["status"] == lines.DRAFT else ""
    return "".join(
        [
            f"<html lang={_LANG}>{head}<body>{draft}<div class=foot>{escape(seller.legal)}</div>",
            f"<div class=head><div class=seller>{escape(seller.name)}</div>",
            f"<h1>{_t('quote', number=escape(quote['title']))}</h1></div>",
            f"<div class=sides>{_facts(quote, at)}{_client(quote, client)}</div>",
            f"<p class=subject>{escape(said.get('subject') or '')}</p>",
            _lines(sheet["lines"]["rows"]),
            _sums(said, sheet["taxed"]),
            f"<div class=terms>{escape(said.get('terms') or '')}</div>",
            f"<div class=sign>{_t('sign')}</div></body></html>",
        ]
    )


def _facts(quote: Mapping[str, Any], at: datetime) -> str:
    said = quote["values"]
    made = datetime.fromisoformat(said["sent_at"]) if said.get("sent_at") else at
    facts = [("date", _day(made.astimezone(calendars.DEFAULT.tz).date()))]
    if said.get("valid_until"):
        facts.append(("until", _day(date.fromisoformat(said["valid_until"]))))
    facts += [(name, _linked(quote, name)) for name in ("contact", "owner") if _linked(quote, name)]
    cells = (f"<tr><td>{_t(name)}</td><td>{escape(value)}</td></tr>" for name, value in facts)
    return f"<table class=facts style='width:auto'>{''.join(cells)}</table>"


def _client(quote: Mapping[str, Any], client: Mapping[str, Any]) -> str:
    street, postcode, city, country, siren, siret = (client.get(name) or "" for name in _OF_CLIENT)
    said = [street, f"{postcode} {city}".strip(), "" if country.upper() in _HOME else country]
    if siren or siret:
        said.append(_t("siret", n=_spaced(siret)) if siret else _t("siren", n=_spaced(siren)))
    name = escape(_linked(quote, "account"))
    return f"<div class=client><h2>{name}</h2>{escape(chr(10).join(one for one in said if one))}</div>"


def _lines(rows: list[Mapping[str, Any]]) -> str:
    names = ("item", "quantity", "unit_price", "discount", "vat_rate", "amount")
    heads = (f"<th{' class=n' if name != 'item' else ''}>{_t(name)}</th>" for name in names)
    body = "".join(f"<tr>{''.join(_cells(one['values']))}</tr>" for one in rows)
    return f"<table><thead><tr>{''.join(heads)}</tr></thead><tbody>{body}</tbody></table>"


def _cells(said: Mapping[str, Any]) -> Iterator[str]:
    yield f"<td>{escape(said.get('name') or '')}</td>"
    quantity = format_decimal(Decimal(said.get("quantity") or 0).normalize(), locale=_LANG)
    discount = Decimal(said.get("discount") or 0)
    shown = (
        quantity,
        _money(said.get("unit_price")),
        _share(discount) if discount else "",
        _share(Decimal(said.get("vat_rate") or 0)),
        _money(said.get("total")),
    )
    yield from (f"<td class=n>{one}</td>" for one in shown)


def _sums(said: Mapping[str, Any], taxed: list[Mapping[str, Any]]) -> str:
    discount = Decimal(said.get("discount") or 0)
    found = []
    if discount:
        taken = Decimal(said["lines_total"]) - Decimal(said["net"])
        found = [
            (_t("lines_total"), _money(said["lines_total"])),
            (_t("taken", rate=_share(discount)), _money(-taken)),
        ]
    found.append((_t("net"), _money(said["net"])))
    for one in taxed:
        facts = {"rate": _share(Decimal(one["rate"])), "base": _money(one["base"])}
        found.append((_t("vat", **facts), _money(one["vat"])))
    body = "".join(f"<tr><td>{label}</td><td class=n>{amount}</td></tr>" for label, amount in found)
    total = f"<tr class=last><td>{_t('total')}</td><td class=n>{_money(said['total'])}</td></tr>"
    return f"<table class=sums>{body}{total}</table>"


def _linked(quote: Mapping[str, Any], name: str) -> str:
    return str((quote["linked"].get(name) or {}).get("title") or "")


def _spaced(number: str) -> str:
    """Write a SIREN or a SIRET as people read it: 552 100 554 00013."""
    parts = (number[:3], number[3:6], number[6:9], number[9:])
    return "\u00a0".join(part for part in parts if part)


def _t(name: str, **facts: Any) -> str:
    return texts.say(f"records.offer_{name}", _LANG, **facts)


def _money(amount: Any) -> str:
    return format_currency(Decimal(str(amount or 0)), "EUR", locale=_LANG)


def _share(rate: Decimal) -> str:
    return f"{format_decimal(rate.normalize(), locale=_LANG)}\u202f%"


def _day(day: date) -> str:
    return format_date(day, "long", locale=_LANG)
