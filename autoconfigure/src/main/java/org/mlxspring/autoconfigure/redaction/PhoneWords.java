package org.mlxspring.autoconfigure.redaction;

/**
 * The last words before a number that say what it is.
 *
 * @param phone where the last word for a telephone begins; -1 if there is none
 * @param other where the last name of another number begins; -1 if there is none
 */
record PhoneWords(int phone, int other) {

    private static final int WORD_DISTANCE = 40;
    private static final int LABEL_DISTANCE = 16;

    private static final ContextWords WORDS = ContextWords.of(
            "phone*",
            "telephone*",
            "tel",
            "telefon*",
            "telefoon*",
            "téléphone*",
            "telephone",
            "teléfono*",
            "telefono*",
            "telefone*",
            "tfno",
            "tél",
            "telf",
            "tlf",
            "mobile*",
            "mobil*",
            "mob",
            "cell*",
            "cellulare",
            "celular*",
            "móvil",
            "movil",
            "portable",
            "handy*",
            "rufnummer",
            "durchwahl",
            "gsm",
            "fax*",
            "whatsapp",
            "signal",
            "sms",
            "text me",
            "call",
            "call me",
            "calling",
            "called",
            "dial",
            "ring",
            "reach me",
            "hotline",
            "callback",
            "ruf",
            "rufe",
            "rufen",
            "anrufen",
            "angerufen",
            "zurückrufen",
            "rückruf*",
            "erreichen",
            "erreichbar",
            "appeler",
            "appelez",
            "appelle",
            "joindre",
            "joignable",
            "llamar",
            "llame",
            "llámame",
            "llámeme",
            "llama",
            "chiamare",
            "chiamami",
            "ligar",
            "ligue",
            "bellen",
            "bel",
            "gebeld",
            "nummer ist",
            "my number",
            "meine nummer",
            "mon numéro",
            "mi número",
            "mio numero",
            "komórka",
            "komórkowy",
            "zadzwoń",
            "dzwonić",
            "puhelin*",
            "ring meg",
            "ring mig",
            "電話*",
            "电话*",
            "手机*",
            "携帯*",
            "тел",
            "телефон*");

    /** Those before a number that begins here. */
    static PhoneWords before(String text, int start) {
        return new PhoneWords(WORDS.lastBefore(text, start, WORD_DISTANCE), OtherNumbers.lastNameBefore(text, start));
    }

    boolean nameAPhone() {
        return phone >= 0;
    }

    /** Directly before it. */
    boolean labelAPhone(int start) {
        return phone >= 0 && phone >= start - LABEL_DISTANCE;
    }

    boolean nameSomethingElse() {
        return other > phone;
    }
}
