"""The facts of a product or a producer as schema.org data: Product, Offer, Certification, Organization."""

from collections.abc import Callable
from typing import Any

from producers.models import Producer
from producers.profile import public_contact

Absolute = Callable[[str], str]


def product_schema(
    page: dict[str, Any], *, url: str, description: str, pictures: list[str], absolute: Absolute
) -> dict[str, Any]:
    """From the context of the product page, so that both say the same. `pictures` are absolute addresses."""
    graph = [_product(page, url, description, pictures, absolute), _crumbs(page["crumbs"], absolute)]
    return {"@context": "https://schema.org", "@graph": graph}


def organization(producer: Producer, *, url: str) -> dict[str, Any]:
    """A producer with what the public may know of it; needs partner, commune and province."""
    contact = public_contact(producer)
    place = {
        "@type": "PostalAddress",
        "addressCountry": "VN",
        "addressRegion": producer.province.display_name,
        "addressLocality": producer.commune.full_name if producer.commune else "",
    }
    facts = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": producer.name,
        "url": url,
        "description": producer.about,
        "address": _told(place),
        "telephone": contact.phone,
        "email": contact.email,
        "sameAs": contact.website,
    }
    return _told(facts)


def _product(
    page: dict[str, Any], url: str, description: str, pictures: list[str], absolute: Absolute
) -> dict[str, Any]:
    product = page["product"]
    maker = {
        "@type": "Organization",
        "name": product["producer_name"],
        "url": absolute(product["producer_url"]),
    }
    return _told(
        {
            "@type": "Product",
            "@id": f"{url}#san-pham",
            "name": product["title"],
            "alternateName": product["name_en"],
            "url": url,
            "description": description,
            "image": pictures,
            "category": product["set_label"],
            "brand": {"@type": "Brand", "name": product["producer_name"]},
            "manufacturer": maker,
            "countryOfOrigin": {"@type": "Country", "name": "VN"},
            "hasCertification": _certification(page["certificate"], product["star"]),
            "aggregateRating": _points(product),
            "offers": _offer(page, url, maker) if page["can_order"] else None,
        }
    )


def _points(product: dict[str, Any]) -> dict[str, Any] | None:
    """What buyers think, only where somebody has said it."""
    if not product["review_count"]:
        return None
    return {
        "@type": "AggregateRating",
        "ratingValue": round(product["rating"], 2),
        "reviewCount": product["review_count"],
        "bestRating": 5,
        "worstRating": 1,
    }


def _offer(page: dict[str, Any], url: str, seller: dict[str, Any]) -> dict[str, Any] | None:
    """One Offer, or an AggregateOffer over sizes of different price. Prices include VAT."""
    product = page["product"]
    if product["sale"] != "on_sale" or product["price"] is None:
        return None
    prices = [size.price for size in page["sizes"]] or [product["price"]]
    stock = "InStock" if product["in_stock"] else "OutOfStock"
    common = {
        "url": url,
        "priceCurrency": "VND",
        "availability": f"https://schema.org/{stock}",
        "itemCondition": "https://schema.org/NewCondition",
        "seller": seller,
    }
    if min(prices) == max(prices):
        return {"@type": "Offer", "price": int(prices[0]), **common}
    span = {"lowPrice": int(min(prices)), "highPrice": int(max(prices)), "offerCount": len(prices)}
    return {"@type": "AggregateOffer", **span, **common}


def _certification(certificate: Any, star: int | None) -> dict[str, Any] | None:
    """Only a certificate that is valid today is claimed."""
    if certificate is None or star is None:
        return None
    return {
        "@type": "Certification",
        "name": f"OCOP {star} sao",
        "certificationStatus": "https://schema.org/CertificationActive",
        "certificationIdentification": certificate.number,
        "issuedBy": {"@type": "Organization", "name": certificate.issuer},
        "datePublished": certificate.issued_on.isoformat(),
        "validFrom": certificate.issued_on.isoformat(),
        "expires": certificate.ends_on.isoformat(),
        "certificationRating": {"@type": "Rating", "ratingValue": star, "bestRating": 5, "worstRating": 3},
    }


def _crumbs(crumbs: list[dict[str, str]], absolute: Absolute) -> dict[str, Any]:
    items = [
        _told(
            {
                "@type": "ListItem",
                "position": place,
                "name": crumb["label"],
                "item": absolute(crumb["url"]) if crumb.get("url") else None,
            }
        )
        for place, crumb in enumerate(crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _told(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value}
