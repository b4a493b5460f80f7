package io.jenkins.plugins.sslmanager.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.localizer.LocaleProvider;

/** What a build that the trigger has started tells as its cause. */
class CertificateDueCauseTest {

    private final LocaleProvider ofTheTest = LocaleProvider.getProvider();

    @AfterEach
    void restore() {
        LocaleProvider.setProvider(ofTheTest);
    }

    @ParameterizedTest
    @CsvSource({
        "en, Certificate www.example.com is due and expires on 2027-04-09",
        "de, Zertifikat www.example.com ist fällig und läuft am 2027-04-09 ab"
    })
    void itIsInTheReadersLanguage(String language, String text) {
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return Locale.forLanguageTag(language);
            }
        });
        assertEquals(text, new CertificateDueCause("www.example.com", "2027-04-09T23:59:59Z").getShortDescription());
    }
}
