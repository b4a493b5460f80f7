package io.jenkins.plugins.sslmanager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import javax.xml.parsers.DocumentBuilderFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import tools.jackson.databind.json.JsonMapper;

/** The engine's own build and the plugin, whose libraries come from other plugins, use the same versions of them. */
class LibraryVersionsTest {

    private static Document enginePom;

    @BeforeAll
    static void readEnginePom() throws Exception {
        enginePom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File("engine/pom.xml"));
    }

    @Test
    void jacksonIsThatOfJackson3Api() {
        assertEquals(JsonMapper.shared().version().toString(), engineVersion("jackson.version"));
    }

    @Test
    void bouncyCastleIsThatOfBouncycastleApi() {
        assertEquals(new BouncyCastleProvider().getVersionStr(), engineVersion("bouncycastle.version"));
    }

    private static String engineVersion(String property) {
        return enginePom.getElementsByTagName(property).item(0).getTextContent();
    }
}
