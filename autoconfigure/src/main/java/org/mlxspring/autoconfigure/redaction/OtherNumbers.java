package org.mlxspring.autoconfigure.redaction;

/** Names of numbers that count things, not people. */
final class OtherNumbers {

    private static final int DISTANCE = 22;

    private static final ContextWords NAMES = ContextWords.of(
            "order*",
            "invoice*",
            "tracking*",
            "ticket*",
            "case",
            "part",
            "sku",
            "serial*",
            "model",
            "isbn*",
            "issn",
            "ean",
            "gtin",
            "upc",
            "article*",
            "item*",
            "batch",
            "lot",
            "build",
            "version*",
            "commit*",
            "page*",
            "ref",
            "reference*",
            "transaction*",
            "receipt*",
            "shipment*",
            "parcel*",
            "booking*",
            "contract*",
            "policy",
            "product*",
            "asset*",
            "bestell*",
            "auftrag*",
            "rechnung*",
            "artikel*",
            "sendung*",
            "lieferung*",
            "vertrag*",
            "beleg*",
            "seriennummer",
            "aktenzeichen",
            "vorgang*",
            "commande",
            "facture",
            "référence",
            "colis",
            "pedido",
            "factura",
            "referencia",
            "ordine",
            "fattura",
            "zamówien*",
            "faktur*",
            "bestelling",
            "factuur",
            "ordre",
            "tilaus*",
            "timestamp",
            "epoch",
            "doi",
            "jira",
            "uuid",
            "sha*",
            "md5",
            "port");

    private OtherNumbers() {}

    /** Whether one of the last words before the place is such a name. */
    static boolean areNamedBefore(String text, int at) {
        return NAMES.before(text, at, DISTANCE);
    }
}
