package io.jenkins.plugins.sslmanager.engine.xml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateHistory;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.StatusType;
import io.jenkins.plugins.sslmanager.engine.api.SubjectAlternativeName;
import io.jenkins.plugins.sslmanager.engine.api.TimePeriod;
import java.nio.charset.Charset;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class XmlCodecTest {

    private final XmlCodec codec = new XmlCodec();
    private final AtomicInteger fetched = new AtomicInteger();
    private HttpServer server;

    @ParameterizedTest
    @CsvSource({"UTF-8", "ISO-8859-1", "UTF-16"})
    void theEncodingThatADocumentDeclaresIsItsOwn(Charset encoding) {
        String document = "<?xml version='1.0' encoding='%s'?><certificate><name>bücher.example</name></certificate>"
                .formatted(encoding);

        assertEquals("bücher.example", decode(document.getBytes(encoding)).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<?xml version='1.0' encoding='UTF-8'?>", "<?xml version='1.0' encoding='klingon'?>"})
    void aDocumentInAnotherEncodingThanItSaysIsRefused(String declaration) {
        byte[] document = (declaration + "<certificate><name>bücher.example</name></certificate>").getBytes(ISO_8859_1);

        assertThrows(JacksonException.class, () -> decode(document));
    }

    @Test
    void anEncodingWithAByteOrderMarkIsReadAndNoneIsWritten() {
        assertEquals(
                "bücher.example",
                decode("<certificate><name>bücher.example</name></certificate>".getBytes(UTF_16))
                        .name());
        assertTrue(
                new String(codec.encode(new SubjectAlternativeName("FQDN", "bücher.example")), UTF_8).startsWith("<"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-07-01 12:00:00, 2026-07-01T12:00:00+02:00",
        "2026-12-01 12:00:00, 2026-12-01T12:00:00+01:00",
        "2019-10-23 16:12:33, 2019-10-23T16:12:33+02:00",
        "2026-10-25 02:30:00, 2026-10-25T02:30:00+02:00",
        "2026-03-29 02:30:00, 2026-03-29T03:30:00+02:00",
    })
    void datesAreInTheTimeOfRegensburg(String written, String meant) {
        assertEquals(
                OffsetDateTime.parse(meant),
                decode("<certificate><expire>" + written + "</expire></certificate>")
                        .expire());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-07-01T10:00:00Z, 2026-07-01 12:00:00",
        "2026-12-01T23:30:00Z, 2026-12-02 00:30:00",
        "2026-12-01T12:00:00.999+01:00, 2026-12-01 12:00:00"
    })
    void datesAreWrittenInTheTimeOfRegensburg(String date, String written) {
        String xml = new String(codec.encode(new CertificateHistory("1", null, OffsetDateTime.parse(date))), UTF_8);

        assertTrue(xml.contains("<revoked>" + written + "</revoked>"), xml);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "0, false", "true, true", "false, false"})
    void flagsAreNumbersOrWords(String written, boolean meant) {
        assertEquals(
                meant,
                codec.decode(
                                ("<a><provisioning>" + written + "</provisioning></a>").getBytes(UTF_8),
                                CertAuthentication.class)
                        .provisioning());
    }

    @Test
    void anElementThatComesOnceOrAgainLaterIsAListAllTheSame() {
        CertAuthentication once = codec.decode(
                "<a><approver_email>admin@example.com</approver_email></a>".getBytes(UTF_8), CertAuthentication.class);
        CertAuthentication apart = codec.decode("""
                <a><approver_email>admin@example.com</approver_email><method>EMAIL</method>
                <approver_email>postmaster@example.com</approver_email></a>""".getBytes(UTF_8), CertAuthentication.class);

        assertEquals(List.of("admin@example.com"), once.approverEmails());
        assertEquals(List.of("admin@example.com", "postmaster@example.com"), apart.approverEmails());
    }

    @Test
    void furtherNamesAreNamesInARequestAndObjectsInACertificate() {
        List<SubjectAlternativeName> names = List.of(
                new SubjectAlternativeName("FQDN", "example.org"),
                new SubjectAlternativeName("WILDCARD", "*.example.org"));
        CertificateData read = codec.decode(
                "<c><san>example.org</san><san>*.example.org</san></c>".getBytes(UTF_8), CertificateData.class);

        assertEquals(
                List.of("example.org", "*.example.org"),
                read.subjectAlternativeNames().stream()
                        .map(SubjectAlternativeName::name)
                        .toList());
        CertificateOrder order = new CertificateOrder(null, null, null, null, null, null, null, names, null);
        byte[] written = codec.encode(XmlOrder.of(571, order));
        assertEquals(XmlOrder.of(571, order), codec.decode(written, XmlOrder.class));
        assertTrue(new String(written, UTF_8).contains("<san><type>FQDN</type><name>example.org</name></san><san>"));
    }

    @Test
    void aRenewalSpellsFurtherNamesAsItsHelpPageDoes() {
        List<SubjectAlternativeName> names = List.of(new SubjectAlternativeName(null, "example.org"));
        CertificateOrder order = new CertificateOrder(null, null, null, null, null, null, null, names, null);

        byte[] written = codec.encode(XmlOrder.renewal(571, order));

        assertTrue(new String(written, UTF_8)
                .contains("<subject_alternative_name><name>example.org</name></subject_alternative_name>"));
        assertEquals(names, codec.decode(written, XmlOrder.class).san());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<san>a.example</san><san>b.example</san>",
                "<san><name>a.example</name></san><id>1</id><san><name>b.example</name></san>",
                "<san><name>a.example</name><name>b.example</name></san>",
                "<san><type>FQDN</type><name> a.example </name></san><san><name><![CDATA[b.example]]></name></san>",
                "<subject_alternative_name>a.example</subject_alternative_name><san>b.example</san>",
                "<subject_alternative_names><san>a.example</san><san>b.example</san></subject_alternative_names>",
                "<subject_alternative_names><subject_alternative_name>a.example</subject_alternative_name>"
                        + "<subject_alternative_name><name>b.example</name></subject_alternative_name>"
                        + "</subject_alternative_names>",
                "<subjectAlternativeNames><name>a.example</name><name>b.example</name></subjectAlternativeNames>",
                "<san>a.example, b.example</san>",
                "<san lang='de'>a.example</san><sans>b.example</sans>",
                "<san>a.example</san><san>b.example</san><subject_alternative_names>a.example</subject_alternative_names>"
            })
    void furtherNamesAreReadInEverySpelling(String names) {
        assertEquals(List.of("a.example", "b.example"), furtherNames(Certificate.class, names));
        assertEquals(List.of("a.example", "b.example"), furtherNames(CertificateData.class, names));
    }

    @Test
    void theKindOfAFurtherNameIsKeptWhereItIsTold() {
        assertEquals(
                List.of(new SubjectAlternativeName("WILDCARD", "*.a.example")),
                decode(
                                "<certificate><subject_alternative_names><san><type>WILDCARD</type><name>*.a.example</name></san>"
                                        + "</subject_alternative_names></certificate>")
                        .subjectAlternativeNames());
    }

    private List<String> furtherNames(Class<?> type, String elements) {
        Object read = codec.decode(("<c>" + elements + "</c>").getBytes(UTF_8), type);
        List<SubjectAlternativeName> names = read instanceof Certificate certificate
                ? certificate.subjectAlternativeNames()
                : ((CertificateData) read).subjectAlternativeNames();
        return names.stream().map(SubjectAlternativeName::name).toList();
    }

    @Test
    void elementsWithoutContentAreNotThere() {
        Certificate certificate = decode("""
                <certificate><id>571</id><serial_number/><server><![CDATA[]]></server><admin> </admin><owner/>
                <technical><first/><address></address></technical><extension /><certification_authority/></certificate>
                """);

        assertEquals(571, certificate.id());
        assertNull(certificate.serialNumber());
        assertNull(certificate.server());
        assertNull(certificate.adminContact());
        assertNull(certificate.certificationAuthority());
        assertNull(certificate.technicalContact());
    }

    @Test
    void attributesMakeNoDifference() {
        Certificate certificate = decode("""
                <certificate version="2"><id type="number">571</id><name lang="de"><![CDATA[example.com]]></name>
                <admin ref="1"><address line="1">Main Street 1</address><address line="2">Backyard</address></admin>
                <serial_number type="hex"/></certificate>
                """);

        assertEquals(571, certificate.id());
        assertEquals("example.com", certificate.name());
        assertEquals(
                List.of("Main Street 1", "Backyard"), certificate.adminContact().address());
    }

    @Test
    void aTextInCdataIsReadAndWrittenAsItIs() {
        String csr = "-----BEGIN CERTIFICATE REQUEST-----\nMIIB<&]]>\n-----END CERTIFICATE REQUEST-----\n";
        CertificateOrder order = new CertificateOrder(null, null, null, null, null, csr, null, null, null);

        byte[] written = codec.encode(XmlOrder.of(571, order));

        assertTrue(new String(written, UTF_8).contains("<csr><![CDATA[-----BEGIN CERTIFICATE REQUEST-----\nMIIB<&]]"));
        assertEquals(csr, codec.decode(written, XmlOrder.class).csr());
    }

    @Test
    void statusTypesAreInLowerCaseAndUnlistedOnesAreKept() {
        XmlResponse.Status status = codec.decode(
                "<s><code>N1</code><type>nicCom_notify</type></s>".getBytes(UTF_8), XmlResponse.Status.class);

        assertEquals(new StatusType("NICCOM_NOTIFY"), status.type());
        assertTrue(new String(codec.encode(status), UTF_8).contains("<type>niccom_notify</type>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<id>many</id>",
                "<expire>yesterday</expire>",
                "<expire>2026-13-01 00:00:00</expire>",
                "<lifetime>a year</lifetime>",
                "<lifetime><unit>MONTH</unit><period>12</period></lifetime>",
                "<has_csr>perhaps</has_csr>",
                "<certification_authority>x</certification_authority>"
            })
    void dataOfAnotherShapeIsRefused(String element) {
        assertRefused("<certificate>" + element + "</certificate>");
    }

    @Test
    void aLifetimeIsInMonths() {
        assertEquals(
                new TimePeriod("MONTH", 12L),
                decode("<certificate><lifetime>12</lifetime></certificate>").lifetime());
        assertThrows(
                JacksonException.class,
                () -> codec.encode(new XmlOrder(
                        1L, null, null, null, null, null, new TimePeriod("YEAR", 1L), null, null, null, null)));
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
