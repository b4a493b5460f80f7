package io.jenkins.plugins.sslmanager.engine.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/** What a hostile or broken document may try: nothing is fetched, nothing grows, and nothing overflows. */
class HostileXmlTest {

    private final XmlCodec codec = new XmlCodec();
    private final AtomicInteger fetched = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            fetched.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anExternalEntityIsNotRead(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "not for the service");

        assertRefused("""
                <!DOCTYPE certificate [<!ENTITY stolen SYSTEM "%s">]><certificate><name>&stolen;</name></certificate>
                """.formatted(secret.toUri()));
        assertRefused("""
                <!DOCTYPE certificate [<!ENTITY stolen SYSTEM "%s">]><certificate><name>&stolen;</name></certificate>
                """.formatted(url()));
        assertEquals(0, fetched.get());
    }

    @Test
    void anExternalParameterEntityIsNotRead() {
        assertRefused("""
                <!DOCTYPE certificate [<!ENTITY %% all SYSTEM "%s"> %%all;]><certificate><name>x</name></certificate>
                """.formatted(url()));
        assertEquals(0, fetched.get());
    }

    @Test
    void aBillionLaughsAreNotHeard() {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE certificate [<!ENTITY l0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            laughs.append("<!ENTITY l%d \"&l%d;&l%d;&l%d;\">".formatted(i, i - 1, i - 1, i - 1));
        }
        String document = laughs + "]><certificate><name>&l29;</name></certificate>";

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertRefused(document));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE certificate SYSTEM \"%s\"><certificate><name>x</name></certificate>",
                "<!DOCTYPE certificate PUBLIC \"-//x\" \"%s\"><certificate><name>x</name></certificate>",
                "<!DOCTYPE certificate><certificate><name>x</name></certificate>",
                "<!DOCTYPE certificate [<!ELEMENT certificate ANY>]><certificate><name>x</name></certificate>",
                "<?xml version='1.0'?> <!-- %s --> <!DOCTYPE certificate><certificate/>"
            })
    void aDocumentTypeDeclarationIsRefused(String document) {
        assertRefused(document.formatted(url()));
        assertEquals(0, fetched.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"&stolen;", "&#0;", "&#xFFFF;"})
    void whatIsNoReferenceToACharacterIsRefused(String reference) {
        assertRefused("<certificate><name>" + reference + "</name></certificate>");
    }

    @Test
    void aSchemaOrStyleIsNotFetched() {
        Certificate certificate = decode("""
                <?xml-stylesheet type="text/xsl" href="%1$s"?>
                <certificate xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xsi:noNamespaceSchemaLocation="%1$s" xsi:schemaLocation="urn:x %1$s"
                    xmlns:xi="http://www.w3.org/2001/XInclude">
                  <name>example.com</name><xi:include href="%1$s"/>
                </certificate>
                """.formatted(url()));

        assertEquals("example.com", certificate.name());
        assertEquals(0, fetched.get());
    }

    @Test
    void aHundredThousandNestedElementsAreRefused() {
        assertRefused("<certificate>" + "<a>".repeat(100_000));
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/secret";
    }

    private void assertRefused(String document) {
        assertThrows(JacksonException.class, () -> decode(document));
    }

    private Certificate decode(String document) {
        return decode(document.getBytes(UTF_8));
    }

    private Certificate decode(byte[] document) {
        return codec.decode(document, Certificate.class);
    }
}
