package io.jenkins.plugins.sslmanager.engine.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.Poll;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.SslContact;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.TimePeriod;
import io.jenkins.plugins.sslmanager.engine.http.HttpAnswer;
import io.jenkins.plugins.sslmanager.engine.http.HttpCall;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The XML examples of InterNetX's page "Automation of certificate reissues", as they stand there; only the word CONTEXT in the
 * place of a context's number is replaced by one.
 */
class ProcessPageExamplesTest {

    private static final ServiceAccount ACCOUNT =
            new ServiceAccount(URI.create("https://gateway.autodns.com"), "USER", "PASSWORD", 9);
    private static final String DNS =
            "example.com. 300 IN TXT \"201704071405295z34is5g0jjairsdu0v5opdw8512td8kixzvtaacu4ebrkry5q\"";

    private final XmlCodec codec = new XmlCodec();
    private final AtomicReference<HttpCall> sent = new AtomicReference<>();

    /** What is left out is of no use to a re-issue; all else that is read is written again as it was. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prepare-order    |",
                "reissue          |",
                "poll-info        | /message/job/domain",
                "poll-confirm     |",
                "certificate-info | /certificate/technical/owner   /certificate/technical/updater"
                        + " /certificate/technical/created /certificate/technical/updated"
                        + " /certificate/admin/owner /certificate/admin/updater"
                        + " /certificate/admin/created /certificate/admin/updated"
            })
    void responseIsReadWithoutLosingAnElement(String task, String leftOut) throws IOException {
        byte[] example = example(task + ".response");
        String[] paths = leftOut == null
                ? new String[0]
                : leftOut.replace("/certificate", "/response/result/data/certificate")
                        .replace("/message", "/response/result/data/message")
                        .split(" +");

        byte[] again = codec.encode(codec.decodeResponse(example, XmlData.class));

        assertEquals(Canonical.response(example, paths), Canonical.response(again));
    }

    @Test
    void prepareOrderIsAskedAndAnsweredAsInTheExample() throws IOException {
        String csr = "----BEGIN CERTIFICATE REQUEST----- .... -----END CERTIFICATE REQUEST-----";

        CertificateData prepared =
                answered("prepare-order", api -> api.prepareOrder(CertificateData.request(csr, "QUICKSSLPREMIUM")));

        assertRequestIsTheExamples("prepare-order");
        assertEquals(2048, prepared.keySize());
        assertEquals("Entwicklung", prepared.organizationUnit());
        assertEquals(
                List.of(
                        CertAuthentication.byDns(DNS, true),
                        CertAuthentication.byFile(
                                "http://example.com/.well-known/pki-validation/fileauth.txt",
                                "201704071405295z34is5g0jjairsdu0v5opdw8512td8kixzvtaacu4ebrkry5q")),
                prepared.authentication());
    }

    @Test
    void reissueIsAskedAndAnsweredAsInTheExample() throws IOException {
        CertificateOrder order = new CertificateOrder(
                SslContact.reference(100),
                SslContact.reference(100),
                "example.com",
                new TimePeriod("MONTH", 12L),
                "APACHESSL",
                "---------BEGIN CERTIFICATE REQUEST----- .... -----END CERTIFICATE REQUEST-----",
                "QUICKSSLPREMIUM",
                null,
                CertAuthentication.byDns(DNS, true));

        Job job = answered("reissue", api -> api.reissue(100, order, "jenkins-17"));

        assertEquals(
                Canonical.request(example("reissue.request")),
                Canonical.request(sent.get().body().get()).replace("/request/task/ctid = jenkins-17\n", ""));
        assertEquals(123456, job.id());
        assertEquals(JobStatus.RUNNING, job.status());
    }

    @Test
    void pollInfoIsAskedAsInTheExampleAndTheDomainInTheAnswerIsAForeignMessage() throws IOException {
        Poll poll = answered("poll-info", SslManagerApi::pollInfo);

        assertRequestIsTheExamples("poll-info");
        assertEquals(1, poll.waiting());
        PollMessage message = poll.message().orElseThrow();
        assertEquals(1855680, message.id());
        assertEquals(4295625406L, message.job().id());
        assertEquals(JobStatus.SUCCESS, message.job().status());
        assertEquals("20181015-app1-3788", message.stid());
        assertEquals("domain", message.object().type());
        assertEquals("example.com", message.object().value());
        assertNull(message.object().data());
        assertNull(message.ctid());
        assertNull(message.messages());
        assertEquals(OffsetDateTime.parse("2018-10-15T14:03:02+02:00"), message.created());
    }

    @Test
    void pollConfirmIsAskedAndAnsweredAsInTheExample() throws IOException {
        assertNull(answered("poll-confirm", api -> api.pollConfirm(650664)));

        assertRequestIsTheExamples("poll-confirm");
    }

    @Test
    void certificateInfoIsAskedAndAnsweredAsInTheExample() throws IOException {
        Certificate certificate = answered("certificate-info", api -> api.certificateInfo(100));

        assertRequestIsTheExamples("certificate-info");
        assertEquals(100, certificate.id());
        assertEquals("1003396954", certificate.orderId());
        assertEquals("John", certificate.technicalContact().fname());
        assertEquals("93047", certificate.technicalContact().pcode());
        assertEquals(
                List.of("Maximilianstrasse 36000"),
                certificate.technicalContact().address());
        assertEquals("Bavaria", certificate.adminContact().state());
        assertEquals(new TimePeriod("MONTH", 12L), certificate.lifetime());
        assertEquals("SHA2", certificate.signatureHashAlgorithm());
        assertEquals(OffsetDateTime.parse("2030-01-01T23:59:59+01:00"), certificate.expire());
        assertEquals(
                List.of("INTERMEDIATE"),
                certificate.certificationAuthority().stream()
                        .map(authority -> authority.caType())
                        .toList());
        assertEquals(9, certificate.owner().context());
    }

    private <T> T answered(String task, Function<SslManagerApi, CompletableFuture<T>> ask) throws IOException {
        HttpAnswer answer = new HttpAnswer(200, "text/xml;charset=UTF-8", example(task + ".response"));
        return ask.apply(new XmlApi(ACCOUNT, call -> {
                    sent.set(call);
                    return CompletableFuture.completedFuture(answer);
                }))
                .join();
    }

    private void assertRequestIsTheExamples(String task) throws IOException {
        assertEquals(
                Canonical.request(example(task + ".request")),
                Canonical.request(sent.get().body().get()));
    }

    private static byte[] example(String name) throws IOException {
        try (InputStream in = ProcessPageExamplesTest.class.getResourceAsStream(name + ".xml")) {
            return new String(in.readAllBytes(), UTF_8)
                    .replace(">CONTEXT<", ">9<")
                    .getBytes(UTF_8);
        }
    }
}
