package io.jenkins.plugins.sslmanager.engine.rotation;

import java.util.Arrays;
import java.util.Locale;

/** What becomes of a certificate that is due when its paid term ends with it, so that a re-issue would not last longer. */
public enum AtTermEnd {

    /** Nothing: people are told that it has to be renewed. */
    TELL,

    /** It is renewed (CertificateRenew 400106), which is billed. */
    RENEW,

    /** It is re-issued all the same, within its term. */
    REISSUE;

    /** @throws IllegalArgumentException if it is none of the words */
    public static AtTermEnd parse(String word) {
        return Arrays.stream(values())
                .filter(choice -> choice.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "'" + word
                                        + "' does not say what to do when the paid term ends. Write tell, renew (which is billed) or reissue"));
    }

    /** As a step writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
