package org.mlxspring.engine.text.bpe;

/** How text without added tokens becomes tokens. Safe for several threads. */
sealed interface Model permits ByteLevelModel, MarkedSpaceModel {

    /** Hands over the words of a part of a text, as if the part stood alone. */
    void encode(char[] text, int start, int end, WordSink sink);
}
