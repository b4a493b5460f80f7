package io.jenkins.plugins.sslmanager.engine.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.sslmanager.engine.Envelopes;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.CsvLine;
import io.jenkins.plugins.sslmanager.engine.api.ForeignText;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslContact;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.TimePeriod;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.dns.DnsRecord;
import io.jenkins.plugins.sslmanager.engine.http.ForeignHeaders;
import io.jenkins.plugins.sslmanager.engine.http.HttpAnswer;
import io.jenkins.plugins.sslmanager.engine.http.Quoted;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/** All that the engine reads and others have written. */
final class ForeignReaders {

    private static final String SECRET = "dont-tell-this";
    private static final int NEAR = 60;

    private static final ServiceAccount ACCOUNT =
            new ServiceAccount(URI.create("https://ssl.example.com"), "release", "hunter2", 4);

    private ForeignReaders() {}

    static List<ForeignReader> all() {
        String key = Pem.encode(KeyAlgorithm.EC_P256.generate().getPrivate());
        List<byte[]> pem = List.of(
                file("pki/process-page-leaf.pem"),
                file("pki/process-page-intermediate.pem"),
                file("pki/process-page-root.pem"),
                file("pki/process-page-request.pem"),
                key.getBytes(UTF_8));
        return List.of(
                answers(Protocol.JSON),
                answers(Protocol.XML),
                CsvReader.of(CsvLine::of),
                new ForeignReader("certificates", pem, text -> Pem.certificates(read(text))),
                new ForeignReader("private key", pem, text -> Pem.privateKey(read(text))),
                new ForeignReader("CSR", pem, text -> CertificateSigningRequest.parse(read(text))),
                new ForeignReader(
                        "zone line",
                        texts(
                                "_dnsauth.www.example.com.\t300\tIN\tTXT\t\t\"2025-ab\"",
                                "_ab.example.com. IN CNAME cd.dcv.example.net."),
                        text -> DnsRecord.parse(read(text))),
                new ForeignReader(
                        "Retry-After",
                        texts("120", "Fri, 27 Nov 2026 04:15:00 GMT", "999999999"),
                        text -> ForeignHeaders.readRetryAfter(read(text))),
                new ForeignReader(
                        "names",
                        texts(
                                "www.example.com, *.example.com",
                                "xn--mller-kva.example",
                                "m\u00fcller.example shop.example"),
                        text -> CertificateNames.of("www.example.com", new String(text, UTF_8))),
                new ForeignReader(
                        "text", texts("\u001b[31mRot", "Der Schl\u00fcssel ist zu klein."), ForeignReaders::oneLine),
                new ForeignReader(
                        "quoted answer",
                        texts(
                                "<html><script>var password=\"hunter2\"</script>",
                                "<auth><password>hunter2</password><token>1</token></auth>",
                                "{\"type\":\"request.auth.password\",\"value\":\"hunter2\"}",
                                "Authorization: Basic aHVudGVyMg==",
                                key),
                        ForeignReaders::quote));
    }

    private static ForeignReader answers(Protocol protocol) {
        Envelopes envelopes = new Envelopes(protocol);
        String folder = protocol.name().toLowerCase(java.util.Locale.ROOT);
        List<byte[]> seeds = Stream.concat(
                        Stream.of("certificate-info", "poll-confirm", "poll-info", "prepare-order", "reissue")
                                .map(task -> file(folder + "/" + task + ".response." + folder)),
                        texts(
                                envelopes.refusal("EF1", "Nein.", "request.auth.password", "hunter2"),
                                envelopes.status("S1", "SUCCESS"))
                                .stream())
                .toList();
        return new ForeignReader(protocol + " answer", seeds, text -> {
            for (Function<SslManagerApi, CompletableFuture<?>> task : TASKS) {
                // A fresh one for each, since an API learns the service's routes.
                SslManagerApi api = protocol.over(
                        ACCOUNT,
                        call -> CompletableFuture.completedFuture(new HttpAnswer(200, envelopes.contentType(), text)));
                require(task.apply(api));
            }
        });
    }

    private static final List<Function<SslManagerApi, CompletableFuture<?>>> TASKS = List.of(
            api -> api.certificateInfo(1),
            api -> api.reissue(
                    1,
                    new CertificateOrder(
                            SslContact.reference(1L),
                            SslContact.reference(1L),
                            "www.example.com",
                            new TimePeriod("MONTH", 12L),
                            "APACHESSL",
                            "CSR",
                            "PRODUCT",
                            null,
                            CertAuthentication.byMail(List.of())),
                    "ctid"),
            SslManagerApi::pollInfo,
            api -> api.pollConfirm(1),
            api -> api.jobInfo(1),
            api -> api.jobSearch(Query.runningJobs(0)),
            api -> api.prepareOrder(CertificateData.request("CSR", "PRODUCT")));

    /** Nothing but this says whether an order may have arrived. */
    private static void require(CompletableFuture<?> answered) throws Exception {
        Throwable failure = answered.handle((answer, cause) -> cause).join();
        if (failure != null && !(Failures.cause(failure) instanceof ApiException)) {
            throw new AssertionError("No ApiException", failure);
        }
        if (failure == null && answered.join() instanceof Certificate certificate) {
            Fuzz.foreseen(() -> CertificateNames.of(certificate, null));
        }
    }

    private static void oneLine(byte[] text) {
        String line = ForeignText.oneLine(new String(text, UTF_8), 100);
        if (line.length() > 100 || line.chars().anyMatch(Character::isISOControl)) {
            throw new AssertionError("Not one short line: " + line);
        }
    }

    /** Whatever stands before a password, it is not told. */
    private static void quote(byte[] text) {
        Quoted.firstBytes(text);
        String before = new String(Arrays.copyOf(text, Math.min(text.length, NEAR)), UTF_8);
        String quoted = Quoted.firstBytes((before + "\n{\"password\":\"" + SECRET + "\"}").getBytes(UTF_8));
        if (quoted.contains(SECRET)) {
            throw new AssertionError("Told: " + quoted);
        }
    }

    private static String read(byte[] text) {
        return new String(text, ISO_8859_1);
    }

    private static List<byte[]> texts(String... texts) {
        return Stream.of(texts).map(text -> text.getBytes(UTF_8)).toList();
    }

    private static byte[] file(String name) {
        try (InputStream in = Protocol.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
